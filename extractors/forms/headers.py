"""Header rows of repeated fields: which column of the table holds which column of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.forms.definition import ColumnDefinition, FieldDefinition, FormDefinition
from extractors.forms.labels import (
    MIN_SIMILARITY,
    LabelMatch,
    best_similarity,
    label_matches,
    printed_unit,
)
from extractors.forms.table import LOW_CONFIDENCE, Table, TableCell

# A lone header cell may be a value by chance; two of one field side by side are not.
_MIN_HEADER_CELLS = 2
# A header beside another of its field may be misread more than one that stands anywhere.
_MIN_SIMILARITY_IN_PLACE = 0.5


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
    """

    field: FieldDefinition
    row: int
    end_row: int
    columns: tuple[HeaderColumn, ...]


def find_headers(table: Table, definition: FormDefinition) -> tuple[Header, ...]:
    """All header rows, top to bottom; one that is repeated stands again.

    Of fields with the same columns the one whose label stands there has the header.
    """
    found = (_header_of_row(table, row, definition) for row in range(table.rows))
    return tuple(h for h in found if h is not None)


def _header_of_row(table: Table, row: int, definition: FormDefinition) -> Header | None:
    matches = [
        (m, cell)
        for cell in table.row_cells(row)
        if cell.row == row
        for m in label_matches(cell.text, definition)
        if m.column is not None
    ]
    found = []
    for field in definition.fields:
        own = [(m, c) for m, c in matches if m.field == field]
        header = _header(table, row, field, own, definition)
        if header is not None:
            found.append(header)
    return max(found, key=lambda h: (len(h.columns), _is_beside_label(table, h)), default=None)


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
    table: Table,
    row: int,
    field: FieldDefinition,
    matches: list[tuple[LabelMatch, TableCell]],
    definition: FormDefinition,
) -> Header | None:
    chosen: dict[str, tuple[LabelMatch, TableCell]] = {}
    for match, cell in sorted(matches, key=lambda m: -m[0].similarity):
        if match.column is None or match.column.key in chosen:
            continue
        if all(cell is not taken for _, taken in chosen.values()):
            chosen[match.column.key] = (match, cell)
    enough = max(_MIN_HEADER_CELLS, (len(field.columns) + 1) // 2)
    if len(chosen) in {enough - 1, len(field.columns) - 1}:
        names = [c for c in table.row_cells(row) if not _is_label(c, definition)]
        chosen |= _in_place(names, row, field, chosen)
    if len(chosen) < enough:
        return None
    columns = tuple(
        HeaderColumn(
            match.column,
            cell.col,
            _column_end(table, cell),
            match.unit or match.column.unit,
            cell,
            cell.doubts if match.similarity >= MIN_SIMILARITY else (*cell.doubts, LOW_CONFIDENCE),
        )
        for match, cell in sorted(chosen.values(), key=lambda m: m[1].col)
        if match.column is not None
    )
    return Header(field, row, max(c.cell.end_row for c in columns), columns)


def _is_label(cell: TableCell, definition: FormDefinition) -> bool:
    return any(m.column is None for m in label_matches(cell.text, definition))


def _in_place(
    cells: Sequence[TableCell],
    row: int,
    field: FieldDefinition,
    chosen: Mapping[str, tuple[LabelMatch, TableCell]],
) -> dict[str, tuple[LabelMatch, TableCell]]:
    """A further header read badly, beside one that is surely read: a stray stroke, or a seal.

    Its values are in doubt, since what was read is not quite a header.
    """
    if not any(match.similarity == 1.0 for match, _ in chosen.values()):
        return {}
    scored = [
        (best_similarity(cell.text, column.labels), column, cell)
        for column in field.columns
        if column.key not in chosen
        for cell in cells
        if cell.row == row and all(cell is not taken for _, taken in chosen.values())
    ]
    score, column, cell = max(scored, key=lambda s: s[0], default=(0.0, None, None))
    if column is None or cell is None or score < _MIN_SIMILARITY_IN_PLACE:
        return {}
    match = LabelMatch(field, column, score, printed_unit(cell.text))
    return {column.key: (match, cell)}


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
