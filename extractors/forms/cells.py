"""Which cell of a table holds which label, and which cells belong to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.forms.definition import FieldDefinition, FieldType, FormDefinition
from extractors.forms.headers import Header, HeaderColumn
from extractors.forms.labels import (
    MAX_LABEL_CHARS,
    best_similarity,
    fold,
    is_heading,
    is_left_of,
    label_matches,
    printed_unit,
)
from extractors.forms.parts import is_part_of
from extractors.forms.table import Table, TableCell

# A label between its neighbours may be misread more than one that stands anywhere.
_MIN_SIMILARITY_IN_PLACE = 0.5
# Fewer characters of a label may stand in a value too.
_FEWEST_LEFT = 3


@dataclass(frozen=True, slots=True)
class LabelCell:
    """The cell that holds a field's label.

    Attributes:
        unit: Printed with the label.
        is_rest: Whether only a part of the label was read; its value is in doubt.
    """

    field: FieldDefinition
    cell: TableCell
    unit: str | None
    is_rest: bool = False


def find_labels(
    table: Table, definition: FormDefinition, headers: Sequence[Header]
) -> Mapping[str, LabelCell]:
    """Field key → its label cell: likest first, each field once.

    A cell labels one field only, unless its very characters are a label of several (起止时间).
    Parts of a field are looked for by its label only, and then a cell labels one of them.
    """
    header_cells = {id(column.cell) for h in headers for column in h.columns}
    candidates = [
        (match, cell)
        for cell in table.cells
        if id(cell) not in header_cells
        for match in label_matches(cell.text, definition)
        if match.column is None and not is_heading(cell.text, definition, match.similarity)
    ]
    candidates.sort(key=lambda m: (-m[0].similarity, m[1].row, m[1].col))
    chosen: dict[str, LabelCell] = {}
    taken: set[int] = set()
    for match, cell in candidates:
        free = match.similarity >= 1.0 or id(cell) not in taken
        if match.field.key not in chosen and free and match.field.under is None:
            chosen[match.field.key] = _label_cell(table, match.field, cell, definition)
            taken.add(id(cell))
    for match, cell in candidates:
        key, free = match.field.key, id(cell) not in taken
        if key not in chosen and free and _is_in_its_part(table, match.field, cell, chosen):
            chosen[key] = _label_cell(table, match.field, cell, definition)
            taken.add(id(cell))
    _find_in_place(table, definition, chosen, taken | header_cells)
    return chosen


def _label_cell(
    table: Table, field: FieldDefinition, cell: TableCell, definition: FormDefinition
) -> LabelCell:
    """A label with its unit: printed with it, else in the heading of its block, left of it."""
    left = (table.at(cell.row, col) for col in range(cell.col - 1, -1, -1))
    headings = (c.text for c in left if c is not None and is_heading(c.text, definition))
    units = (printed_unit(text) for text in (cell.text, *headings))
    return LabelCell(field, cell, next((u for u in units if u), None))


def _is_in_its_part(
    table: Table, field: FieldDefinition, cell: TableCell, chosen: Mapping[str, LabelCell]
) -> bool:
    """Whether a cell stands among the parts of the field that a field is a part of."""
    whole = chosen.get(field.under or "")
    others = [e.cell for e in chosen.values() if e.field.under is None and e is not whole]
    return whole is not None and is_part_of(cell, whole.cell, others)


def _find_in_place(
    table: Table, definition: FormDefinition, chosen: dict[str, LabelCell], taken: set[int]
) -> None:
    """Labels read too badly to be known anywhere, found between their printed neighbours."""
    order = [f for f in definition.fields if f.place == "cell"]
    for position, field in enumerate(order):
        if field.key in chosen or not field.labels:
            continue
        before = [chosen[f.key].cell for f in order[:position] if f.key in chosen]
        after = [chosen[f.key].cell for f in order[position + 1 :] if f.key in chosen]
        top = (before[-1].row, before[-1].col) if before else (-1, -1)
        bottom = (after[0].row, after[0].col) if after else (table.rows, 0)
        scored = [
            (best_similarity(cell.text, field.labels), cell)
            for cell in table.cells
            if (
                _is_in_its_part(table, field, cell, chosen)
                if field.under
                else top < (cell.row, cell.col) < bottom
            )
            and id(cell) not in taken
            and not cell.is_unread
            and 1 < len(cell.text.strip()) <= MAX_LABEL_CHARS
            and not is_heading(cell.text, definition)
            and _may_be_label(table, cell, chosen)
        ]
        score, cell = max(scored, key=lambda s: s[0], default=(0.0, None))
        is_rest = score < _MIN_SIMILARITY_IN_PLACE
        if is_rest:
            cell = _only_rest([c for _, c in scored], field)
        if cell is not None:
            found = _label_cell(table, field, cell, definition)
            chosen[field.key] = replace(found, is_rest=is_rest)
            taken.add(id(cell))


def _only_rest(cells: Sequence[TableCell], field: FieldDefinition) -> TableCell | None:
    """The one cell whose text is left of a label: a seal hides characters, and makes none."""
    rests = [
        cell
        for cell in cells
        if len(fold(cell.text)) >= _FEWEST_LEFT
        and any(is_left_of(cell.text, label) for label in field.labels)
    ]
    return rests[0] if len(rests) == 1 else None


def _may_be_label(table: Table, cell: TableCell, chosen: Mapping[str, LabelCell]) -> bool:
    """Whether a cell stands where labels do: first in its row, or in a row with another label."""
    rows = range(cell.row, cell.end_row)
    beside = {id(c) for row in rows for c in table.row_cells(row)} - {id(cell)}
    return cell.col == 0 or any(id(entry.cell) in beside for entry in chosen.values())


def value_cells(
    table: Table, label: LabelCell, labels: Mapping[str, LabelCell], headers: Sequence[Header]
) -> tuple[TableCell, ...]:
    """Cells that hold the value: right of the label, else below it; blank ones included.

    Returns:
        In reading order; empty where no cell is left for a value.
    """
    known = {id(entry.cell) for entry in labels.values()}
    rows = list(range(label.cell.row, label.cell.end_row))
    cells = {id(c): c for row in rows for c in _run_to_right(table, row, label.cell.end_col, known)}
    if not cells:
        return _below(table, label.cell, known)
    if label.field.type in {FieldType.CHOICE, FieldType.LONG_TEXT}:
        for row in _unlabelled_rows(table, label.cell, known, headers):
            for cell in _run_to_right(table, row, label.cell.end_col, known):
                cells.setdefault(id(cell), cell)
    found = tuple(cells.values())
    column = _column_of(label, headers)
    if column is not None:
        return _under_column(found, column)
    if label.field.type is FieldType.CHOICE:
        return found
    if label.field.type is FieldType.LONG_TEXT:
        return _long_text_cells(found)
    return _scalar_cells(found)


def _column_of(label: LabelCell, headers: Sequence[Header]) -> HeaderColumn | None:
    """The column of repeated rows in which the field's value stands, of the nearest header."""
    rows, _, key = (label.field.in_column or "").partition("/")
    columns = [
        c
        for h in headers
        if h.field.key == rows and h.row < label.cell.row
        for c in h.columns
        if c.definition.key == key
    ]
    return columns[-1] if columns else None


def _under_column(found: Sequence[TableCell], column: HeaderColumn) -> tuple[TableCell, ...]:
    under = [c for c in found if c.col < column.end and column.start < c.end_col]
    return tuple(under[:1])


def _run_to_right(table: Table, row: int, col: int, known: set[int]) -> list[TableCell]:
    run: list[TableCell] = []
    while col < table.cols:
        cell = table.at(row, col)
        if cell is not None and id(cell) in known:
            break
        if cell is not None:
            run.append(cell)
        col = cell.end_col if cell is not None else col + 1
    return run


def _unlabelled_rows(
    table: Table, label: TableCell, known: set[int], headers: Sequence[Header]
) -> list[int]:
    """Rows below a label whose own label cell is blank: they go on with its value."""
    header_rows = {h.row for h in headers}
    rows: list[int] = []
    for row in range(label.end_row, table.rows):
        cells = list(table.row_cells(row))
        beside = table.at(row, label.col)
        if beside is None or not beside.is_blank or beside.end_col > label.end_col:
            break
        if row in header_rows or any(id(c) in known for c in cells):
            break
        rows.append(row)
    return rows


def _below(table: Table, label: TableCell, known: set[int]) -> tuple[TableCell, ...]:
    """The cell below a label, unless a label in its own row has it."""
    cell = table.at(label.end_row, label.col)
    if cell is None or id(cell) in known or cell.end_col > label.end_col:
        return ()
    if any(id(table.at(cell.row, col)) in known for col in range(cell.col)):
        return ()
    return (cell,)


def _long_text_cells(found: Sequence[TableCell]) -> tuple[TableCell, ...]:
    first = {c.row: c for c in reversed(found) if not c.is_blank or c.has_spans}
    kept = tuple(first[row] for row in sorted(first))
    return kept or tuple(found[:1])


def _scalar_cells(found: Sequence[TableCell]) -> tuple[TableCell, ...]:
    """The cell beside the label; without spans, the only one with text in the run."""
    if found[0].is_blank and not found[0].has_spans:
        filled = [c for c in found if not c.is_blank]
        if len(filled) == 1:
            return tuple(filled)
    return tuple(found[:1])
