"""Printed text of a form that no field took: it may be part of a value, so a person must look.

A cell cut by a false ruling, a row parted from its table or a label that was not recognized all
leave text behind. Without this the value beside it would look whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from extractors.evidence import TextLine
from extractors.forms.cells import LabelCell, value_cells
from extractors.forms.definition import FieldType, FormDefinition
from extractors.forms.headers import Header
from extractors.forms.labels import fold, is_heading, label_matches
from extractors.forms.lines_left import rows_outside
from extractors.forms.raw import RawField
from extractors.forms.table import PlacedLine, Table

UNASSIGNED_TEXT = "unassigned_text"
"""Code of `normalizers.issues.IssueCode`."""
_MIN_CHARS = 2
"""A lone character is a stain as often as print, and no value was cut to it."""
_NOTE_STARTS = ("注", "说明", "填表说明", "填报说明")
"""What printed explanations begin with; they belong to no field."""


def with_leftovers(
    fields: Sequence[RawField],
    definition: FormDefinition,
    table: Table,
    headers: Sequence[Header],
    labels: Mapping[str, LabelCell],
    *,
    lines: Sequence[PlacedLine] = (),
    elsewhere: Set[int] = frozenset(),
) -> tuple[RawField, ...]:
    """The fields, with an issue where text stands beside or below that none of them took.

    Args:
        fields: All fields as read.
        definition: Layout of the form.
        table: The form's table.
        headers: Its header rows.
        labels: Its labels by field.
        lines: Between and below its grids.
        elsewhere: Ids of cells whose text the record keeps elsewhere.
    """
    taken = fold("".join(f.text or "" for f in fields))
    known = _choice_cells(definition, table, headers, labels)
    known |= {id(entry.cell) for entry in labels.values()} | elsewhere
    places = [
        (cell.row, cell.col)
        for cell in table.cells
        if id(cell) not in known and _is_leftover(cell.text, cell.lines, definition, taken)
    ]
    places += [
        (row, 0)
        for placed, row in rows_outside(lines, table, definition)
        if _is_leftover(placed.line.text, [placed], definition, taken)
    ]
    owners = {o for place in places if (o := _owner(*place, headers, labels)) is not None}
    out = list(fields)
    for key in sorted(owners):
        place = _place_of(key, out)
        if place is not None:
            issues = dict.fromkeys((*out[place].issues, UNASSIGNED_TEXT))
            out[place] = replace(out[place], issues=tuple(issues))
    return tuple(out)


def _choice_cells(
    definition: FormDefinition,
    table: Table,
    headers: Sequence[Header],
    labels: Mapping[str, LabelCell],
) -> set[int]:
    """Cells of tick boxes, whose options are told apart by other means."""
    kinds = {f.key: f.type for f in definition.fields if f.key in labels}
    return {
        id(c)
        for key, kind in kinds.items()
        if kind in {FieldType.CHOICE, FieldType.TEXT}
        for c in value_cells(table, labels[key], labels, headers)
        if kind is FieldType.CHOICE or c.has_marks
    }


def _is_leftover(
    text: str, lines: Sequence[PlacedLine], definition: FormDefinition, taken: str
) -> bool:
    if text.lstrip().startswith(_NOTE_STARTS) or label_matches(text, definition):
        return False
    return not is_heading(text, definition) and any(_is_left(p.line, taken) for p in lines)


def _is_left(line: TextLine, taken: str) -> bool:
    """Whether no field took a line, with its marks left out or, in a text, as letters (口)."""
    spellings = (fold(line.text), fold(line.letters))
    return all(len(text) >= _MIN_CHARS and text not in taken for text in spellings)


def _owner(
    row: int, col: int, headers: Sequence[Header], labels: Mapping[str, LabelCell]
) -> str | None:
    """The field whose label or header stands last before a place in reading order."""
    before = [
        (entry.cell.row, entry.cell.col, key)
        for key, entry in labels.items()
        if entry.cell.row < row
        or (entry.cell.row <= row < entry.cell.end_row and entry.cell.col < col)
    ]
    before += [(h.row, h.columns[0].start, h.field.key) for h in headers if h.end_row <= row]
    return max(before)[2] if before else None


def _place_of(key: str, fields: Sequence[RawField]) -> int | None:
    """Index of the field, or of the last cell of its rows."""
    places = [i for i, f in enumerate(fields) if f.path == key or f.path.startswith(f"{key}/")]
    return places[-1] if places else None
