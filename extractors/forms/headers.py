"""Header rows of repeated fields: which column of the table holds which column of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.forms.definition import ColumnDefinition, FieldDefinition, FormDefinition
from extractors.forms.labels import (
    MIN_SIMILARITY,
    LabelMatch,
    best_similarity,
    is_left_of,
    label_matches,
    printed_unit,
)
from extractors.forms.table import LOW_CONFIDENCE, Table, TableCell

# A lone header cell may be a value by chance; two of one field side by side are not.
_MIN_HEADER_CELLS = 2
# A header beside another of its field may be misread more than one that stands anywhere.
_MIN_SIMILARITY_IN_PLACE = 0.5
# A field with one value beside its label may fit two columns by chance, but not three.
_FITTING_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """One column under a header.

    Attributes:
        definition: The record's column.
        start: First table column.
        end: First table column after it.
        unit: Unit printed in the header, else the definition's.
        cell: The header cell.
        doubts: Codes of `normalizers.issues.IssueCode` for the values under it.
    """

    definition: ColumnDefinition
    start: int
    end: int
    unit: str
    cell: TableCell
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """A header row of a field with repeated rows.

    Attributes:
        field: The field.
        row: Row of the header.
        end_row: First row below it.
        columns: The columns that were found, left to right.
        block: Table columns ``(first, end)`` of the whole header row where another field's
            block stands beside this one; ``None`` where it has the row for itself.
    """

    field: FieldDefinition
    row: int
    end_row: int
    columns: tuple[HeaderColumn, ...]
    block: tuple[int, int] | None = None

    @property
    def start(self) -> int:
        """First table column of the header row, the blocks beside this one included."""
        return self.block[0] if self.block else self.columns[0].start

    def covers(self, cell: TableCell) -> bool:
        """Whether a cell stands under this header, or right of it where nothing else does."""
        if self.block is None:
            return cell.end_col > self.columns[0].start
        return any(cell.col < c.end and c.start < cell.end_col for c in self.columns)

    def fits(self, table: Table, row: int) -> bool:
        """Whether each of its columns, three or more, has a cell as wide as it in a row."""
        spans = {(c.col, c.end_col) for c in table.row_cells(row)}
        is_fitting = all((c.start, c.end) in spans for c in self.columns)
        return len(self.columns) >= _FITTING_COLUMNS and is_fitting


@dataclass(frozen=True, slots=True)
class _Row:
    """A table's row that is looked at for headers."""

    table: Table
    number: int
    definition: FormDefinition


_Match = tuple[LabelMatch, TableCell]


def find_headers(table: Table, definition: FormDefinition) -> tuple[Header, ...]:
    """All header rows, top to bottom; one that is repeated stands again.

    Of fields with the same columns the one whose label stands there has the header. Blocks that
    share a row stand left to right.
    """
    return tuple(
        h for row in range(table.rows) for h in _headers_of_row(_Row(table, row, definition))
    )


def _headers_of_row(row: _Row) -> tuple[Header, ...]:
    matches = [
        (m, cell)
        for cell in row.table.row_cells(row.number)
        if cell.row == row.number
        for m in label_matches(cell.text, row.definition)
        if m.column is not None
    ]
    found = (
        _header(row, field, [(m, c) for m, c in matches if m.field == field])
        for field in row.definition.fields
    )
    best = max(
        (h for h in found if h is not None),
        key=lambda h: (len(h.columns), _is_beside_label(row.table, h)),
        default=None,
    )
    if best is None:
        return ()
    right = row.definition.field(best.field.left_of or best.field.key)
    left = next((f for f in row.definition.fields if right and f.left_of == right.key), None)
    if right is None or left is None:
        return (best,)
    return _side_by_side(row, left, right, matches) or (best,)


def _side_by_side(
    row: _Row, left: FieldDefinition, right: FieldDefinition, matches: Sequence[_Match]
) -> tuple[Header, ...]:
    """Headers of two blocks in one row; of a single one the right field's, or the likelier's.

    A block begins where a column comes that should stand before the one left of it. What stands
    before the first column of the second block and only in the first serves both.
    """
    cells: dict[int, TableCell] = {}
    for match, cell in matches:
        if match.field in (left, right):
            cells[id(cell)] = cell
    ordered = sorted(cells.values(), key=lambda c: c.col)
    places = [_place_of(cell, right, matches) for cell in ordered]
    cut = next((n + 1 for n, (a, b) in enumerate(pairwise(places)) if b <= a), None)
    if cut is None:
        likeness = [sum(m.similarity for m, _ in matches if m.field == f) for f in (left, right)]
        field = left if likeness[0] > likeness[1] else right
        header = _header(row, field, [(m, c) for m, c in matches if m.field == field])
        return (header,) if header else ()
    shared = [c for c, place in zip(ordered[:cut], places, strict=False) if place < places[cut]]
    first = [c for c in row.table.row_cells(row.number) if c.end_col <= ordered[cut].col]
    second = [c for c in row.table.row_cells(row.number) if c.col >= ordered[cut].col]
    found = (
        _header_among(row, left, first, matches),
        _header_among(row, right, [*shared, *second], matches),
    )
    span = (ordered[0].col, max(h.columns[-1].end for h in found if h) if any(found) else 0)
    return tuple(replace(h, block=span) for h in found if h)


def _place_of(cell: TableCell, field: FieldDefinition, matches: Sequence[_Match]) -> int:
    """Number of the column that a header cell names, as the field counts them."""
    keys = [c.key for c in field.columns]
    own = [m for m, c in matches if c is cell and m.column is not None and m.column.key in keys]
    best = max(own, key=lambda m: m.similarity, default=None)
    return keys.index(best.column.key) if best is not None and best.column is not None else 0


def _header_among(
    row: _Row, field: FieldDefinition, cells: Sequence[TableCell], matches: Sequence[_Match]
) -> Header | None:
    ids = {id(c) for c in cells}
    own = [(m, c) for m, c in matches if m.field == field and id(c) in ids]
    return _header(row, field, own, among=cells)


def _is_beside_label(table: Table, header: Header) -> bool:
    """Whether the label of its field stands left of a header, or across above it."""
    start = header.columns[0].start
    beside = [c for c in table.row_cells(header.row) if c.col < start]
    above = [c for c in table.row_cells(header.row - 1) if c.col <= start and c.end_col > start]
    return any(
        best_similarity(cell.text, header.field.labels) >= MIN_SIMILARITY
        for cell in (*beside, *above)
    )


def _header(
    row: _Row,
    field: FieldDefinition,
    matches: Sequence[_Match],
    *,
    among: Sequence[TableCell] | None = None,
) -> Header | None:
    """The header of a field; a misread name is looked for ``among`` cells, or in the row."""
    labelled = [c for c in field.columns if c.labels]
    chosen: dict[str, _Match] = {}
    for match, cell in sorted(matches, key=lambda m: -m[0].similarity):
        if match.column is None or match.column.key in chosen:
            continue
        if all(cell is not taken for _, taken in chosen.values()):
            chosen[match.column.key] = (match, cell)
    enough = max(_MIN_HEADER_CELLS, (len(labelled) + 1) // 2)
    if len(chosen) in {enough - 1, len(labelled) - 1}:
        names = among if among is not None else row.table.row_cells(row.number)
        names = [c for c in names if not _is_label(c, row.definition)]
        chosen |= _in_place(names, row.number, field, chosen)
    if len(chosen) < enough:
        return None
    columns = tuple(
        HeaderColumn(
            match.column,
            cell.col,
            _column_end(row.table, cell),
            match.unit or match.column.unit,
            cell,
            cell.doubts if match.similarity >= MIN_SIMILARITY else (*cell.doubts, LOW_CONFIDENCE),
        )
        for match, cell in sorted(chosen.values(), key=lambda m: m[1].col)
        if match.column is not None
    )
    columns = (*_row_names(row, field, columns[0]), *columns)
    return Header(field, row.number, max(c.cell.end_row for c in columns), columns)


def _row_names(row: _Row, field: FieldDefinition, first: HeaderColumn) -> tuple[HeaderColumn, ...]:
    """The column of the rows' names, left of the first one with a header."""
    column = field.columns[0]
    cell = row.table.at(row.number, first.start - 1)
    if column.labels or cell is None or cell.row != row.number:
        return ()
    if cell.end_row > first.cell.end_row:
        return ()
    return (HeaderColumn(column, cell.col, first.start, column.unit, cell),)


def _is_label(cell: TableCell, definition: FormDefinition) -> bool:
    return any(m.column is None for m in label_matches(cell.text, definition))


def _in_place(
    cells: Sequence[TableCell],
    row: int,
    field: FieldDefinition,
    chosen: Mapping[str, _Match],
) -> dict[str, _Match]:
    """A further header read badly, beside one that is surely read: a stray stroke, or a seal.

    Its values are in doubt, since what was read is not quite a header.
    """
    if not any(match.similarity == 1.0 for match, _ in chosen.values()):
        return {}
    scored = [
        (best_similarity(cell.text, column.labels), column, cell)
        for column in field.columns
        if column.key not in chosen and column.labels
        for cell in cells
        if cell.row == row and all(cell is not taken for _, taken in chosen.values())
    ]
    score, column, cell = max(scored, key=lambda s: s[0], default=(0.0, None, None))
    if column is None or cell is None:
        return {}
    if score < _MIN_SIMILARITY_IN_PLACE:
        column, cell = _last_one_left(cells, row, field, chosen)
    if column is None or cell is None:
        return {}
    match = LabelMatch(field, column, score, printed_unit(cell.text))
    return {column.key: (match, cell)}


def _last_one_left(
    cells: Sequence[TableCell], row: int, field: FieldDefinition, chosen: Mapping[str, _Match]
) -> tuple[ColumnDefinition, TableCell] | tuple[None, None]:
    """The one column without a header, where one cell stands between those of its neighbours.

    What was read in it must be left of its label: a seal hides characters, and makes none.
    """
    labelled = [c for c in field.columns if c.labels]
    missing = [n for n, c in enumerate(labelled) if c.key not in chosen]
    if len(missing) != 1 or not 0 < missing[0] < len(labelled) - 1:
        return None, None
    column = labelled[missing[0]]
    before, after = (chosen[labelled[missing[0] + step].key][1] for step in (-1, 1))
    between = [c for c in cells if c.row == row and before.end_col <= c.col < after.col]
    if len(between) != 1 or not any(is_left_of(between[0].text, s) for s in column.labels):
        return None, None
    return column, between[0]


def _column_end(table: Table, cell: TableCell) -> int:
    """Where spans are unknown, the blank cells to the right belong to the column."""
    end = cell.end_col
    if cell.has_spans:
        return end
    while end < table.cols:
        beside = table.at(cell.row, end)
        if beside is not None and not beside.is_blank:
            break
        end += 1
    return end
