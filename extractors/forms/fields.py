"""All fields of one declaration, in the definition's order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.evidence import MarkState, PageKind
from extractors.forms.cells import LabelCell, find_labels, value_cells
from extractors.forms.choices import choice_fields, find_choice
from extractors.forms.definition import FieldDefinition, FieldType, FormDefinition
from extractors.forms.extras import find_extras
from extractors.forms.headers import Header, find_headers
from extractors.forms.heading import form_unit, heading_field, label_within_cell
from extractors.forms.join import join_grids
from extractors.forms.leftovers import with_leftovers
from extractors.forms.mend import mend
from extractors.forms.pairs import cell_marks
from extractors.forms.provenance import cells_field, missing_field
from extractors.forms.raw import Extras, RawField
from extractors.forms.rows import row_fields
from extractors.forms.table import LOW_CONFIDENCE, PlacedGrid, PlacedLine, Table, TableCell

_AMBIGUOUS, _MARK_UNKNOWN = "amount_ambiguous", "mark_unknown"
"""Codes of `normalizers.issues.IssueCode`."""
_FEWEST_OPTIONS = 2


@dataclass(frozen=True, slots=True)
class FormParts:
    """What belongs to one declaration.

    Attributes:
        title: Lines of its title; empty where none was found.
        lines: All lines above its table, the title's included.
        below: Lines after its table, or between its grids.
        grids: In print order.
    """

    title: tuple[PlacedLine, ...]
    lines: tuple[PlacedLine, ...]
    below: tuple[PlacedLine, ...]
    grids: tuple[PlacedGrid, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A declaration's table with its labels found."""

    parts: FormParts
    definition: FormDefinition
    table: Table
    headers: tuple[Header, ...]
    labels: Mapping[str, LabelCell]
    unit: str | None


def read_fields(
    parts: FormParts, definition: FormDefinition
) -> tuple[tuple[RawField, ...], Extras]:
    """Every field of a form as read, and what the form has beyond them.

    Args:
        parts: Lines and grids of one declaration.
        definition: Its layout.

    Returns:
        Fields in the definition's order; rows in print order, options in definition order. A
        field that was not found has text ``None``; a repeated field without a header has no
        entry.
    """
    table = mend(join_grids(parts.grids, definition), definition)
    headers = find_headers(table, definition)
    labels = find_labels(table, definition, headers)
    unit = form_unit((*parts.lines, *parts.below, *_head_lines(table, labels)))
    reading = _Reading(parts, definition, table, headers, labels, unit)
    choices = _choices(reading)
    fields = [
        raw
        for field in definition.fields
        for raw in choices.get(field.key) or _read(field, reading)
    ]
    found = find_extras(table, (*parts.lines, *parts.below), definition, headers, labels)
    kept = with_leftovers(
        fields,
        definition,
        table,
        headers,
        labels,
        lines=parts.below,
        elsewhere=found.cells,
    )
    return kept, found.extras


def _read(field: FieldDefinition, reading: _Reading) -> tuple[RawField, ...]:
    if field.type is FieldType.ROWS:
        return row_fields(
            reading.table,
            field,
            reading.definition,
            labels=reading.labels,
            headers=reading.headers,
            unit=reading.unit,
        )
    label = reading.labels.get(field.key)
    if field.place == "heading":
        return (_from_lines(field, reading) or _from_table(field, label, reading),)
    found = _from_table(field, label, reading)
    if found.text is None and not found.issues and field.under is None:
        found = label_within_cell(field, reading.table) or _from_lines(field, reading) or found
    return (found,)


def _choices(reading: _Reading) -> dict[str, tuple[RawField, ...]]:
    """The choices of the form, which share the side on which boxes stand."""
    found = []
    for field in reading.definition.fields:
        if field.type is FieldType.CHOICE:
            label = reading.labels.get(field.key)
            cells = _cells(label, reading) if label else ()
            found.append(find_choice(field, cells, issues=label.cell.doubts if label else ()))
    return choice_fields(found)


def _cells(label: LabelCell, reading: _Reading) -> tuple[TableCell, ...]:
    return value_cells(reading.table, label, reading.labels, reading.headers)


def _from_table(field: FieldDefinition, label: LabelCell | None, reading: _Reading) -> RawField:
    unit, doubts = _unit(field, label, reading)
    cells = _cells(label, reading) if label else ()
    if not cells or label is None:
        return missing_field(field.key, field.type, unit=unit)
    issues = (*label.cell.doubts, *doubts)
    if label.is_rest or _is_blank_below(cells, label):
        issues = (*issues, LOW_CONFIDENCE)
    found = cells_field(field.key, field.type, cells, unit=unit, issues=issues)
    return _of_marked_option(found, cells) if field.type is FieldType.TEXT else found


def _is_blank_below(cells: Sequence[TableCell], label: LabelCell) -> bool:
    """Whether a picture shows nothing below a label that has none beside it.

    The ruling before the next label may be lost, and the value be in that label's cell.
    """
    is_picture = any(p.kind is PageKind.PICTURE for c in cells for p in c.parts)
    return is_picture and all(c.is_blank and c.row >= label.cell.end_row for c in cells)


def _of_marked_option(found: RawField, cells: Sequence[TableCell]) -> RawField:
    """A text that one office prints as options with boxes: the option that is marked.

    A single box is no choice: it may be a character that looks like one. Text without a box is
    no option: the boxes beside it may be another field's, whose ruling was lost.
    """
    marks = [mark for cell in cells for mark in cell_marks(cell)]
    printed = "".join("".join(cell.text for cell in cells).split())
    if len(marks) < _FEWEST_OPTIONS:
        return found
    if len(printed) > sum(len("".join(m.label.split())) for m in marks):
        return replace(found, issues=tuple(dict.fromkeys((*found.issues, LOW_CONFIDENCE))))
    chosen = [m.label for m in marks if m.state is MarkState.CHECKED]
    issues = tuple(code for code in found.issues if code != LOW_CONFIDENCE)
    if len(chosen) == 1 and chosen[0] and all(m.state is not MarkState.UNKNOWN for m in marks):
        return replace(found, text=chosen[0], issues=issues)
    return replace(found, text=None, issues=(*issues, _MARK_UNKNOWN))


def _unit(
    field: FieldDefinition, label: LabelCell | None, reading: _Reading
) -> tuple[str, tuple[str, ...]]:
    """Unit of an amount, and the doubt where its label shows none but the others do."""
    printed = (label and label.unit) or reading.unit
    if printed or field.type is not FieldType.AMOUNT:
        return printed or field.unit, ()
    amounts = (e for e in reading.labels.values() if e.field.type is FieldType.AMOUNT)
    others = {e.unit for e in amounts if e.unit}
    if not others - {field.unit}:
        return field.unit, ()
    return (others.pop() if len(others) == 1 else field.unit), (_AMBIGUOUS,)


def _from_lines(field: FieldDefinition, reading: _Reading) -> RawField | None:
    """From the lines above the table and its head rows, then from those below."""
    parts = reading.parts
    above = (*parts.lines, *_head_lines(reading.table, reading.labels))
    for lines in (above, parts.below):
        found = heading_field(
            field, title=parts.title, lines=lines, titles=reading.definition.titles
        )
        if found is not None:
            return found
    return None


def _head_lines(table: Table, labels: Mapping[str, LabelCell]) -> tuple[PlacedLine, ...]:
    """Lines of the rows above the first label: title, year and applicant within the frame."""
    first = min((entry.cell.row for entry in labels.values()), default=0)
    return tuple(line for c in table.cells if c.row < first for line in c.lines)
