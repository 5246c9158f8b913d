"""Header cells that hold several columns' names, or the cell below them too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.forms.colon import cut_line
from extractors.forms.definition import FieldDefinition, FormDefinition
from extractors.forms.divide import with_lines
from extractors.forms.label_text import end_of_label
from extractors.forms.labels import MIN_SIMILARITY, best_similarity, fold, label_matches
from extractors.forms.places import Span
from extractors.forms.table import Table, TableCell

# Two headers side by side are the least that can have lost the ruling between them.
_MIN_NAMES = 2


def part_headers(table: Table, definition: FormDefinition) -> Table:
    """The table with one header cell for each column of repeated rows.

    Names side by side are taken apart only where they are exactly known ones and the columns
    below are as many, so nothing is doubted; a cell parted from the row below is.
    """
    gone: set[int] = set()
    new: list[TableCell] = []
    for cell in table.cells:
        if cell.is_blank or label_matches(cell.text, definition):
            continue
        for field in (f for f in definition.fields if f.columns):
            pieces = _side_by_side(table, cell, field) or _above_its_row(table, cell, field)
            if pieces:
                gone.add(id(cell))
                new += pieces
                break
    return Table.of([*(c for c in table.cells if id(c) not in gone), *new]) if gone else table


def _side_by_side(table: Table, cell: TableCell, field: FieldDefinition) -> list[TableCell]:
    """Pieces of a cell whose one line is nothing but several headers, exactly as they are."""
    if len(cell.lines) != 1 or cell.col_span < _MIN_NAMES:
        return []
    names = _names(cell.text, [label for c in field.columns for label in c.labels])
    below = (table.at(cell.end_row, col) for col in range(cell.col + 1, cell.end_col))
    starts = sorted({c.col for c in below if c is not None and c.col > cell.col})
    if cell.col_span == len(names):
        starts = list(range(cell.col + 1, cell.end_col))
    if len(names) < _MIN_NAMES or len(starts) + 1 != len(names):
        return []
    bands = pairwise([cell.col, *starts, cell.end_col])
    line = cell.lines[0]
    pieces = (with_lines(cell, [cut_line(line, *name)]) for name in names)
    return [
        replace(piece, col=first, col_span=end - first, doubts=cell.doubts)
        for piece, (first, end) in zip(pieces, bands, strict=True)
    ]


def _names(text: str, labels: Sequence[str]) -> list[Span]:
    """Places of the headers that a text consists of; empty where it holds anything else."""
    wanted = {fold(label) for label in labels}
    found: list[Span] = []
    start = 0
    while fold(text[start:]):
        pieces = {fold(text[start:n]): n for n in range(len(text), start, -1)}
        known = [piece for piece in pieces if piece in wanted]
        if not known:
            return []
        end = end_of_label(text, pieces[max(known, key=len)])
        found.append((start, end))
        start = end
    return found


def _above_its_row(table: Table, cell: TableCell, field: FieldDefinition) -> list[TableCell]:
    """Pieces of a cell that begins with a header's lines, in a row with another header."""
    spellings = [label for c in field.columns for label in c.labels]
    beside = (c for c in table.row_cells(cell.row) if c is not cell and c.row == cell.row)
    if cell.row_span < _MIN_NAMES or not any(_is_like(c.text, spellings) for c in beside):
        return []
    lines = cell.lines
    heads = [
        n
        for n in range(1, len(lines))
        if _is_like("".join(p.line.text for p in lines[:n]), spellings)
    ]
    if not heads:
        return []
    end = cell.row + 1
    return [
        replace(with_lines(cell, lines[: heads[-1]]), row_span=1),
        replace(with_lines(cell, lines[heads[-1] :]), row=end, row_span=cell.end_row - end),
    ]


def _is_like(text: str, spellings: Sequence[str]) -> bool:
    return best_similarity(text, spellings) >= MIN_SIMILARITY
