"""Repeated rows under their header: sub-projects, indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.forms.cells import LabelCell
from extractors.forms.definition import ColumnDefinition, FieldDefinition, FormDefinition
from extractors.forms.headers import Header, HeaderColumn
from extractors.forms.labels import MIN_SIMILARITY, best_similarity, fold
from extractors.forms.provenance import cells_field, missing_field
from extractors.forms.raw import RawField
from extractors.forms.table import LOW_CONFIDENCE, Table, TableCell
from extractors.forms.usual import is_misread, usual_content

_INFERRED_MERGE = "inferred_merge"


def row_fields(
    table: Table,
    field: FieldDefinition,
    definition: FormDefinition,
    *,
    labels: Mapping[str, LabelCell],
    headers: Sequence[Header],
    unit: str | None,
) -> tuple[RawField, ...]:
    """Cells of all rows of a repeated field, in print order.

    Args:
        table: The whole logical table.
        field: Of type rows.
        definition: The form's layout.
        labels: Label cells of all fields.
        headers: Header rows of all fields.
        unit: Unit that the form prints for all its amounts, if any.

    Returns:
        Paths ``key/number/column``; empty where there is no header.
    """
    own = [h for h in headers if h.field == field]
    if not own:
        return ()
    label_unit = labels[field.key].unit if field.key in labels else None
    fields: list[RawField] = []
    above: dict[str, tuple[TableCell, ...]] = {}
    number = 0
    for header, row in body_rows(table, own, definition, labels=labels, headers=headers):
        if is_total(field, table, row):
            continue
        by_key = {c.definition.key: _column_cells(table, row, c) for c in header.columns}
        issues = _shared(by_key)
        for head in header.columns:
            own_doubts = (*issues.get(head.definition.key, ()), *head.doubts)
            issues[head.definition.key] = tuple(dict.fromkeys(own_doubts))
        for key in _fill_down(header, by_key, above, row):
            issues[key] = (*issues.get(key, ()), _INFERRED_MERGE)
        units = {c.definition.key: c.unit for c in header.columns}
        for column in field.columns:
            path = f"{field.key}/{number}/{column.key}"
            own_unit = _unit(column, units.get(column.key), label_unit or unit)
            fields.append(
                _cell_field(path, column, by_key, unit=own_unit, issues=issues.get(column.key, ()))
            )
        above = by_key
        number += 1
    return tuple(fields)


def _cell_field(
    path: str,
    column: ColumnDefinition,
    by_key: Mapping[str, tuple[TableCell, ...]],
    *,
    unit: str,
    issues: tuple[str, ...],
) -> RawField:
    cells = by_key.get(column.key)
    if cells is None:
        return missing_field(path, column.type, unit=unit)
    field = cells_field(path, column.type, cells, unit=unit, issues=issues)
    usual = usual_content(cells, column.known)
    if field.text is None:
        return field
    text = usual.text if usual else field.text
    is_doubtful = usual.is_doubtful if usual else is_misread(text, column.known)
    doubts = (LOW_CONFIDENCE,) if is_doubtful else ()
    return replace(field, text=text, issues=tuple(dict.fromkeys((*field.issues, *doubts))))


def _unit(column: ColumnDefinition, header_unit: str | None, form_unit: str | None) -> str:
    """Unit of a column: its header's, else that of the rows' label or of the whole form."""
    if header_unit is not None and header_unit != column.unit:
        return header_unit
    return form_unit or column.unit


def body_rows(
    table: Table,
    own: Sequence[Header],
    definition: FormDefinition,
    *,
    labels: Mapping[str, LabelCell],
    headers: Sequence[Header],
) -> list[tuple[Header, int]]:
    """Rows under the headers of one field, each with the header it stands under.

    Args:
        table: The whole logical table.
        own: Header rows of the field; at least one.
        definition: The form's layout.
        labels: Label cells of all fields.
        headers: Header rows of all fields.
    """
    field = own[0].field
    foreign = {entry.cell.row for key, entry in labels.items() if key != field.key}
    foreign |= {h.row for h in headers if h.field != field} - {h.row for h in own}
    later = _labels_after(field, definition)
    repeated = {row for h in own for row in range(h.row, h.end_row)}
    header, body = own[0], []
    for row in range(own[0].end_row, table.rows):
        header = next((h for h in own if h.row == row), header)
        if row in foreign or _is_labelled_otherwise(table, row, header):
            break
        if _is_next_field(table, row, header, later):
            break
        is_row = row not in repeated and _has_own_cells(table, row, header)
        if is_row and not _is_own_label_row(table, row, header):
            body.append((header, row))
    return body


def _labels_after(field: FieldDefinition, definition: FormDefinition) -> tuple[str, ...]:
    """Folded labels of the fields that are printed after one."""
    number = definition.fields.index(field)
    return tuple(fold(label) for f in definition.fields[number + 1 :] for label in f.labels)


def _is_next_field(table: Table, row: int, header: Header, later: Sequence[str]) -> bool:
    """Whether a row is one cell that begins with the label of a field further down."""
    first = next(table.row_cells(row), None)
    second = header.columns[min(1, len(header.columns) - 1)]
    if first is None or first.row != row or first.end_col <= second.start:
        return False
    text = fold(first.text)
    return any(text.startswith(label) for label in later)


def _has_own_cells(table: Table, row: int, header: Header) -> bool:
    """Whether anything is printed from a row on; else its ruling is none, or ends in a cell."""
    under = [c for c in table.row_cells(row) if header.covers(c)]
    own = {c.start for c in header.columns if not c.definition.merged}
    return any(c.row == row and (not c.is_blank or c.col in own) for c in under)


def _is_labelled_otherwise(table: Table, row: int, header: Header) -> bool:
    """Whether the label column left of the header holds another field's unknown label.

    Beside a row that fits the header column by column it is a piece of the field's own label,
    which a ruling seen in the wrong place cut in two.
    """
    if header.fits(table, row):
        return False
    beside = [c for c in table.row_cells(row) if c.col < header.start]
    own = [fold(label) for label in header.field.labels]
    for cell in beside:
        text = fold(cell.text)
        starts_here = cell.row == row and cell.end_col <= header.start
        is_own = best_similarity(cell.text, header.field.labels) >= MIN_SIMILARITY
        is_part = any(text in label for label in own)
        is_total = best_similarity(cell.text, header.field.totals) >= MIN_SIMILARITY
        if text and starts_here and not (is_own or is_part or is_total):
            return True
    return False


def _is_own_label_row(table: Table, row: int, header: Header) -> bool:
    """Whether nothing but the field's own label stands across a row, after a page break."""
    filled = [c for c in table.row_cells(row) if not c.is_blank]
    if len(filled) != 1:
        return False
    cell, start = filled[0], header.start
    across = cell.row == row and cell.col <= start < cell.end_col
    return across and best_similarity(cell.text, header.field.labels) >= MIN_SIMILARITY


def is_total(field: FieldDefinition, table: Table, row: int) -> bool:
    """Whether a row is the printed sum of the others."""
    first = next((c for c in table.row_cells(row) if c.row == row and not c.is_blank), None)
    return first is not None and best_similarity(first.text, field.totals) >= MIN_SIMILARITY


def _column_cells(table: Table, row: int, column: HeaderColumn) -> tuple[TableCell, ...]:
    """Cells of one row under a header cell; the filled ones, else the first."""
    under = [c for c in table.row_cells(row) if column.start <= c.col < column.end]
    if not under:
        cell = table.at(row, column.start)
        return (cell,) if cell is not None else ()
    return tuple(c for c in under if not c.is_blank) or tuple(under[:1])


def _shared(by_key: Mapping[str, tuple[TableCell, ...]]) -> dict[str, tuple[str, ...]]:
    """Doubts about cells that reach into another column: a ruling was not seen."""
    owners: dict[int, set[str]] = {}
    for key, cells in by_key.items():
        for cell in cells:
            owners.setdefault(id(cell), set()).add(key)
    return {key: (LOW_CONFIDENCE,) for keys in owners.values() if len(keys) > 1 for key in keys}


def _fill_down(
    header: Header,
    by_key: dict[str, tuple[TableCell, ...]],
    above: Mapping[str, tuple[TableCell, ...]],
    row: int,
) -> set[str]:
    """Puts the cell above into blank merged cells where the source shows no spans.

    The first merged column is filled wherever it is blank. A further one is filled only where
    all before it were, and the row is not blank otherwise; since a blank may be printed there,
    that is reported, as is every place under a cell that was inferred at a page break.

    Returns:
        Keys of the columns whose content was inferred with doubt.
    """
    doubtful: set[str] = set()
    goes_on = True
    merged = [c.definition for c in header.columns if c.definition.merged]
    rest = [c for key, cells in by_key.items() for c in cells if key not in {m.key for m in merged}]
    for position, column in enumerate(merged):
        cells = by_key[column.key]
        first = cells[0] if cells else None
        if first is not None and not first.is_blank:
            goes_on = goes_on and first.row < row
            if position and row in first.inferred_rows:
                doubtful.add(column.key)
            continue
        if first is not None and row in first.inferred_rows:
            doubtful.add(column.key)
        may_fill = goes_on and (first is None or not first.has_spans or position == 0)
        if position and all(c.is_blank for c in rest):
            may_fill = False
        source = above.get(column.key, ())
        if may_fill and any(not c.is_blank for c in source):
            by_key[column.key] = source
            if position or (first is not None and first.has_spans):
                doubtful.add(column.key)
        else:
            goes_on = False
    return doubtful
