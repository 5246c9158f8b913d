"""Cells in which a label stands with its value, or with other labels: the ruling was not seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.evidence import TextRun
from extractors.forms.colon import cut_line
from extractors.forms.definition import FieldDefinition, FormDefinition
from extractors.forms.divide import cut_at_spaces, divide_columns, with_lines
from extractors.forms.headers import find_headers
from extractors.forms.label_text import LabelPlace, find_label
from extractors.forms.labels import (
    MIN_SIMILARITY,
    LabelMatch,
    best_similarity,
    is_heading,
    label_matches,
)
from extractors.forms.places import Places, Span
from extractors.forms.stacked import part_stacked
from extractors.forms.table import PlacedLine, Table, TableCell

_COLONS = (":", "：")
_GAP = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class _Search:
    """Labels that no cell holds alone, and where the labels that were found stand.

    Attributes:
        missing: Fields whose labels were not found.
        stands: Columns of those that were.
        labels: Identities of their cells.
        whole: Identities of these, of cells with headers and of those with headings of blocks.
        rows: Those that fit a header above them: what ends like a label there is a value.
        places: Where columns and rows lie.
    """

    missing: tuple[FieldDefinition, ...]
    stands: frozenset[Span]
    labels: frozenset[int]
    whole: frozenset[int]
    rows: frozenset[int]
    places: Places


def part_labels(table: Table, definition: FormDefinition) -> Table:
    """The table with each label in a cell of its own, as far as print and rulings tell.

    Only a label that stands nowhere else is looked for, and only where labels stand; a label
    with a colon needs no ruling and is left with its value. What is parted is doubted.
    """
    for _ in definition.fields:
        search = _search(table, definition)
        mended = part_stacked(table, definition, search.missing) if search.missing else table
        if mended is table:
            mended = _part_beside(table, search)
        if mended is table:
            break
        table = mended
    return table


def _search(table: Table, definition: FormDefinition) -> _Search:
    found: set[str] = set()
    stands: set[Span] = set()
    labels: set[int] = set()
    whole: set[int] = set()
    for cell in table.cells:
        matches = [
            m for m in label_matches(cell.text, definition) if not _with_figures(cell.text, m)
        ]
        if matches or is_heading(cell.text, definition):
            whole.add(id(cell))
        own = [m for m in matches if m.column is None]
        if own:
            best = own[0].similarity
            found |= {m.field.key for m in own if m.similarity == best}
            stands.add((cell.col, cell.end_col))
            labels.add(id(cell))
    missing = tuple(
        f for f in definition.fields if f.place == "cell" and f.labels and f.key not in found
    )
    return _Search(
        missing,
        frozenset(stands),
        frozenset(labels),
        frozenset(whole),
        _fitting_rows(table, definition),
        Places.of(table),
    )


def _fitting_rows(table: Table, definition: FormDefinition) -> frozenset[int]:
    headers = find_headers(table, definition)
    return frozenset(
        row for h in headers for row in range(h.end_row, table.rows) if h.fits(table, row)
    )


def _with_figures(text: str, match: LabelMatch) -> bool:
    """Whether a text is like a label only because a short figure stands beside the label."""
    place = find_label(text, [match.field]) if match.similarity < 1.0 else None
    rest = text[: place.start] + text[place.end :] if place else ""
    return any(char.isdigit() for char in rest)


def _part_beside(table: Table, search: _Search) -> Table:
    if not search.missing:
        return table
    for cell in table.cells:
        if cell.is_blank or cell.is_unread or id(cell) in search.whole or cell.row in search.rows:
            continue
        for bands, number in _label_bands(cell, search.stands):
            pieces = _by_place(cell, bands, number, search) or _by_text(cell, bands, number, search)
            if pieces:
                return Table.of([*(c for c in table.cells if c is not cell), *pieces])
        place = _in_one_column(table, cell, search) or _at_gap(table, cell, search)
        if place is not None:
            return place
    return table


def _label_bands(cell: TableCell, stands: frozenset[Span]) -> list[tuple[list[Span], int]]:
    """Ways to part a cell over several columns so that one band is where labels stand."""
    found: list[tuple[list[Span], int]] = []
    for start, end in sorted(stands):
        if cell.col <= start and end <= cell.end_col and (start, end) != (cell.col, cell.end_col):
            edges = sorted({cell.col, start, end, cell.end_col})
            bands = list(pairwise(edges))
            found.append((bands, bands.index((start, end))))
    return found


def _by_place(
    cell: TableCell, bands: Sequence[Span], number: int, search: _Search
) -> list[TableCell] | None:
    """Pieces by where the tokens stand; the label's band must hold a label and no more."""

    def cut(run: TextRun, edges: Sequence[float]) -> Sequence[TextRun] | None:
        return _cut_at_label(run, edges, search.missing) or cut_at_spaces(run, edges)

    pieces = divide_columns(cell, bands, search.places, cut)
    if pieces is None or not any(not p.is_blank for n, p in enumerate(pieces) if n != number):
        return None
    text = pieces[number].text
    likeness = max(best_similarity(text, f.labels) for f in search.missing)
    return pieces if text.strip() and likeness >= MIN_SIMILARITY else None


def _cut_at_label(
    run: TextRun, edges: Sequence[float], fields: Sequence[FieldDefinition]
) -> Sequence[TextRun] | None:
    place = find_label(run.text, fields)
    if place is None or run.bbox is None:
        return None
    texts = [run.text[: place.start], run.text[place.start : place.end], run.text[place.end :]]
    texts = [t.strip() for t in texts if t.strip()]
    if len(texts) != len(edges) + 1:
        return None
    sides = [run.bbox.x0, *edges, run.bbox.x1]
    return [
        replace(run, text=text, bbox=replace(run.bbox, x0=sides[n], x1=sides[n + 1]), gaps=())
        for n, text in enumerate(texts)
    ]


def _by_text(
    cell: TableCell, bands: Sequence[Span], number: int, search: _Search
) -> list[TableCell] | None:
    """Pieces by the words alone: a line begins, ends or holds the label."""
    found = _label_line(cell, search.missing)
    if found is None:
        return None
    at, place = found
    texts = _three_texts(cell, at, place)
    used = [n for n, lines in enumerate(texts) if lines]
    wanted = range(1 - number, 1 - number + len(bands))
    if not set(used) <= set(wanted):
        return None
    return [
        replace(with_lines(cell, texts[1 - number + n]), col=first, col_span=end - first)
        for n, (first, end) in enumerate(bands)
    ]


def _in_one_column(table: Table, cell: TableCell, search: _Search) -> Table | None:
    """The table with a further column, where label and value share one that has no ruling."""
    columns = {start for start, _ in search.stands}
    left = table.at(cell.row, cell.col - 1)
    after_label = left is not None and id(left) in search.whole
    found = _label_line(cell, search.missing) if cell.col_span == 1 else None
    if found is None:
        return None
    texts = _three_texts(cell, *found)
    begins, ends = not texts[0], not texts[2]
    if not ((begins and cell.col in columns and not after_label) or (ends and after_label)):
        return None
    first, second = (texts[1], texts[2]) if begins else (texts[0], texts[1])
    wider = [
        replace(c, col=c.col + 1)
        if c.col > cell.col
        else replace(c, col_span=c.col_span + 1)
        if c.end_col > cell.col
        else c
        for c in table.cells
        if c is not cell
    ]
    return Table.of(
        [*wider, with_lines(cell, first), replace(with_lines(cell, second), col=cell.col + 1)]
    )


def _at_gap(table: Table, cell: TableCell, search: _Search) -> Table | None:
    """The table with a cell over several columns parted behind the label that begins its line.

    No other label tells where its band ends; what follows a gap is its value all the same.
    """
    left = table.at(cell.row, cell.col - 1)
    after_label = left is not None and id(left) in search.labels
    if cell.col_span == 1 or len(cell.lines) != 1 or after_label:
        return None
    text = cell.lines[0].line.text
    place = find_label(text, search.missing)
    if place is None or place.start > 0 or not _GAP.search(text, place.end - 1, place.end + 1):
        return None
    _, label, value = _three_texts(cell, 0, place)
    if not value:
        return None
    rest = replace(with_lines(cell, value), col=cell.col + 1, col_span=cell.col_span - 1)
    others = [c for c in table.cells if c is not cell]
    return Table.of([*others, replace(with_lines(cell, label), col_span=1), rest])


def _label_line(
    cell: TableCell, fields: Sequence[FieldDefinition]
) -> tuple[int, LabelPlace] | None:
    """The line with a label, and the label's place in it; without a colon behind it.

    Of several lines only the first may begin with it and only the last may end with it.
    """
    lines = cell.lines
    for at in dict.fromkeys((0, len(lines) - 1)):
        text = lines[at].line.text
        place = find_label(text, fields)
        if place is None or text[place.start : place.end].rstrip().endswith(_COLONS):
            continue
        begins, ends = at == 0 and place.start == 0, at == len(lines) - 1 and place.end == len(text)
        if len(lines) == 1 or begins or ends:
            return at, place
    return None


def _three_texts(cell: TableCell, at: int, place: LabelPlace) -> list[list[PlacedLine]]:
    """Lines before a label, the label, and lines after it."""
    lines = cell.lines
    line = lines[at]
    before = [*lines[:at], cut_line(line, 0, place.start)]
    after = [cut_line(line, place.end, len(line.line.text)), *lines[at + 1 :]]
    label = [cut_line(line, place.start, place.end)]
    return [[p for p in found if p.line.text.strip()] for found in (before, label, after)]
