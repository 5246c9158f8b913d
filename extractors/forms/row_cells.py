"""Cells of repeated rows brought to one cell a row and column.

A cell over several columns or rows has lost a ruling; two cells under one header have one too
many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.evidence import TextLine
from extractors.forms.cells import find_labels
from extractors.forms.definition import FormDefinition
from extractors.forms.divide import (
    blanked,
    cut_at_spaces,
    divide_columns,
    divide_rows,
    doubted,
    over_columns,
    over_rows,
    with_lines,
)
from extractors.forms.headers import Header, HeaderColumn, find_headers
from extractors.forms.label_text import stacked
from extractors.forms.places import Places, Span
from extractors.forms.rows import body_rows, is_total
from extractors.forms.table import Table, TableCell
from extractors.geometry import union

# Two pieces of one printed line have centres nearer than this share of their height.
_SAME_LINE = 0.5


def part_row_cells(table: Table, definition: FormDefinition) -> Table:
    """The table with the cells of repeated rows parted and joined as their headers say.

    A text that cannot be parted stays in its first column or row, and the others give no value.
    All cells that were changed are doubted.
    """
    for part in (_over_columns, _over_rows, _over_merged, _beside):
        headers = find_headers(table, definition)
        labels = find_labels(table, definition, headers)
        places = Places.of(table)
        for field in dict.fromkeys(h.field.key for h in headers):
            own = [h for h in headers if h.field.key == field]
            body = body_rows(table, own, definition, labels=labels, headers=headers)
            body = [(h, row) for h, row in body if not is_total(own[0].field, table, row)]
            table = part(table, body, places)
    return table


def _replaced(table: Table, gone: Sequence[TableCell], new: Sequence[TableCell]) -> Table:
    ids = {id(c) for c in gone}
    return Table.of([*(c for c in table.cells if id(c) not in ids), *new])


def _over_columns(table: Table, body: Sequence[tuple[Header, int]], places: Places) -> Table:
    gone: list[TableCell] = []
    new: list[TableCell] = []
    for header, row in body:
        for cell in table.row_cells(row):
            starts = [c.start for c in header.columns if cell.col < c.start < cell.end_col]
            if cell.row != row or cell.is_blank or not starts:
                continue
            bands = list(pairwise([cell.col, *starts, cell.end_col]))
            pieces = divide_columns(cell, bands, places, cut_at_spaces)
            gone.append(cell)
            new += pieces or _first_only(cell, bands, header.columns[0].start)
    return _replaced(table, gone, new) if gone else table


def _first_only(cell: TableCell, bands: Sequence[Span], start: int) -> list[TableCell]:
    """The text in the first column under the header, nothing in the others."""
    first = next((n for n, (col, _) in enumerate(bands) if col >= start), 0)
    full = over_columns(doubted(cell), bands)
    none = over_columns(blanked(cell), bands)
    return [full[n] if n == first else none[n] for n in range(len(bands))]


def _over_rows(table: Table, body: Sequence[tuple[Header, int]], places: Places) -> Table:
    gone: list[TableCell] = []
    new: list[TableCell] = []
    rows = [row for _, row in body]
    for header, row in body:
        own = [c for c in header.columns if not c.definition.merged]
        for cell in table.row_cells(row):
            if cell.row != row or not any(c.start <= cell.col < c.end for c in own):
                continue
            starts = [r for r in rows if cell.row < r < cell.end_row]
            if cell.is_blank or not starts:
                continue
            bands = list(pairwise([cell.row, *starts, cell.end_row]))
            pieces = divide_rows(cell, bands, places)
            gone.append(cell)
            new += pieces or [
                over_rows(doubted(cell), bands)[0],
                *over_rows(blanked(cell), bands)[1:],
            ]
    return _replaced(table, gone, new) if gone else table


def _over_merged(table: Table, body: Sequence[tuple[Header, int]], places: Places) -> Table:
    """Merged cells that reach past the merged cell left of them, or hold several usual words."""
    gone: list[TableCell] = []
    new: list[TableCell] = []
    rows = [row for _, row in body]
    for header, row in body:
        merged = [c for c in header.columns if c.definition.merged]
        for number, column in enumerate(merged):
            cell = table.at(row, column.start)
            if cell is None or cell.row != row or cell.is_blank:
                continue
            inner = [r for r in rows if row < r < cell.end_row]
            left = [table.at(r, merged[number - 1].start) for r in inner] if number else []
            starts = [r for r, c in zip(inner, left, strict=False) if c is not None and c.row == r]
            pieces = _by_left(cell, starts, places) or _by_words(cell, inner, column)
            if pieces:
                gone.append(cell)
                new += pieces
    return _replaced(table, gone, new) if gone else table


def _by_left(cell: TableCell, starts: Sequence[int], places: Places) -> list[TableCell]:
    if not starts:
        return []
    bands = list(pairwise([cell.row, *starts, cell.end_row]))
    pieces = divide_rows(cell, bands, places)
    return pieces or [over_rows(doubted(cell), bands)[0], *over_rows(blanked(cell), bands)[1:]]


def _by_words(cell: TableCell, inner: Sequence[int], column: HeaderColumn) -> list[TableCell]:
    """A piece for each usual word, where there are as many rows; else the cell, doubted."""
    lines = cell.lines
    words = stacked([p.line.text for p in lines], [(w,) for w in column.definition.known])
    if not words or not inner:
        return []
    if len(words) != len(inner) + 1:
        return [doubted(cell)]
    bands = pairwise([cell.row, *inner, cell.end_row])
    return [
        replace(with_lines(cell, lines[first:end]), row=top, row_span=bottom - top)
        for (_, (first, end)), (top, bottom) in zip(words, bands, strict=True)
    ]


def _beside(table: Table, body: Sequence[tuple[Header, int]], places: Places) -> Table:
    gone: list[TableCell] = []
    new: list[TableCell] = []
    for header, row in body:
        for column in header.columns:
            cells = _cut_apart(table, row, column)
            if len(cells) > 1:
                gone += cells
                new.append(_side_by_side(cells, places))
    return _replaced(table, gone, new) if gone else table


def _cut_apart(table: Table, row: int, column: HeaderColumn) -> list[TableCell]:
    """Printed cells of one row under one header cell, side by side on one page."""
    cells = [
        c
        for c in table.row_cells(row)
        if column.start <= c.col and c.end_col <= column.end and not c.is_blank
    ]
    if any(c.row != row or len(c.parts) != 1 or c.row_span != cells[0].row_span for c in cells):
        return []
    return cells if all(p.line.bbox for c in cells for p in c.lines) else []


def _side_by_side(cells: Sequence[TableCell], places: Places) -> TableCell:
    """One cell of several, line by line from left to right."""
    first, page = cells[0], cells[0].parts[0].page
    lines: list[list[TextLine]] = []
    centres: list[float] = []
    for line in (line for c in cells for line in c.parts[0].cell.lines):
        if line.bbox is None:
            continue
        box = places.level(page, line.bbox)
        y = box.center[1]
        near = [n for n, other in enumerate(centres) if abs(other - y) < _SAME_LINE * box.height]
        if near:
            lines[near[0]].append(line)
        else:
            lines.append([line])
            centres.append(y)
    order = sorted(range(len(lines)), key=centres.__getitem__)
    joined = tuple(
        TextLine(
            tuple(t for line in lines[n] for t in line.tokens),
            union(line.bbox for line in lines[n]),
            lines[n][0].new_paragraph,
        )
        for n in order
    )
    part = first.parts[0]
    frame = union(c.parts[0].cell.bbox for c in cells)
    whole = replace(part, cell=replace(part.cell, bbox=frame, lines=joined))
    span = max(c.end_col for c in cells) - first.col
    return replace(doubted(first), col_span=span, parts=(whole,))
