"""Repeated rows of a draft: columns, their types, what merged cells hold."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.forms.definition import FieldType
from extractors.forms.draft.guess import guess_column
from extractors.forms.draft.keys import Keys
from extractors.forms.draft.model import DraftColumn, DraftField, Note
from extractors.forms.labels import bare_label, fold, printed_unit, without_unit
from extractors.forms.table import Table, TableCell
from extractors.forms.unknown.blocks import RowBlock

# What a column usually holds is a word or two; more is a text of the sample's own.
_MAX_KNOWN_CHARS = 12


def rows_field(table: Table, block: RowBlock, keys: Keys, totals: Sequence[str]) -> DraftField:
    """The field for a header and the rows below it.

    Args:
        table: The logical table.
        block: Of that table.
        keys: Of the whole form.
        totals: Labels of the sum rows that follow.
    """
    heads = [without_unit(cell.text) for cell in block.header]
    label = without_unit(block.label.text) if block.label is not None else ""
    key, is_number = keys.take(keys.rows_key([label] if label else [], heads), stem="rows")
    notes = [Note.NAME_KEY] if is_number else []
    columns = _columns(table, block, Keys(keys.definitions))
    if len(columns) < len(heads):
        notes.append(Note.PRINTED_AGAIN)
    if block.names:
        notes.append(Note.ROW_NAMES)
    notes.append(Note.CHECK_COLUMNS)
    page = block.header[0].parts[0].page
    return DraftField(
        key,
        FieldType.ROWS,
        label,
        page,
        columns=columns,
        totals=tuple(totals),
        notes=tuple(notes),
    )


def _columns(table: Table, block: RowBlock, keys: Keys) -> tuple[DraftColumn, ...]:
    found: dict[str, DraftColumn] = {}
    for number, head in enumerate(block.header):
        label = without_unit(head.text)
        if bare_label(label) in found:
            continue
        known = keys.known_column(label)
        key, _ = keys.take(known.key if known else None, stem="column")
        cells = block.column(table, number)
        # Without spans a merged cell is followed by blank ones; only of the first column is that
        # certain.
        blanks = number == 0 and any(c.is_blank and not c.has_spans for c in cells)
        merged = blanks or any(c.row_span > 1 for c in cells)
        kind = guess_column(head.text, [c.text for c in cells])
        is_text = kind is FieldType.TEXT
        words = _known(cells) if merged and is_text else ()
        unit = group_unit(block.label, head) if kind is FieldType.AMOUNT else ""
        found[bare_label(label)] = DraftColumn(key, kind, label, merged, words, unit)
    return tuple(found.values())


def group_unit(group: TableCell | None, label: TableCell) -> str:
    """Unit that the label of a group prints for a label without one of its own."""
    if group is None or printed_unit(label.text) is not None:
        return ""
    return printed_unit(group.text) or ""


def _known(cells: Sequence[TableCell]) -> tuple[str, ...]:
    """Short contents without figures, each once."""
    found: dict[str, str] = {}
    for cell in cells:
        text = "".join(cell.text.split())
        if 0 < len(text) <= _MAX_KNOWN_CHARS and not any(c.isdigit() for c in text):
            found.setdefault(fold(text), text)
    return tuple(found.values())
