"""Fields of a draft out of one table: labels beside values, repeated rows, labels within cells."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.forms.colon import colon_pairs
from extractors.forms.definition import FieldType
from extractors.forms.draft.fields import Collector
from extractors.forms.draft.guess import bare_name, guess_column, is_prose
from extractors.forms.draft.model import Note
from extractors.forms.draft.rows import rows_field
from extractors.forms.labels import without_unit
from extractors.forms.pairs import label_before_gap
from extractors.forms.table import Table, TableCell
from extractors.forms.unknown.beside import LabelledCells, labelled_cells
from extractors.forms.unknown.blocks import RowBlock, find_blocks
from extractors.forms.unknown.likeness import Judge

_TOTALS = frozenset({"合计", "小计", "总计", "总额"})


def add_table(collector: Collector, table: Table, judge: Judge) -> None:
    """Adds everything of one table in print order.

    Args:
        collector: Of the form.
        table: A logical table of it.
        judge: Tells how much a cell is like a label.
    """
    blocks = find_blocks(table, judge)
    used = {id(c) for b in blocks for c in b.cells(table)}
    labelled = labelled_cells(table, used, judge)
    used |= {id(c) for entry in labelled for c in (entry.label, *entry.values)}
    sums = {id(b): [e for e in labelled if _is_total(e, b)] for b in blocks}
    gone = {id(e) for entries in sums.values() for e in entries}
    starts: list[tuple[int, int, RowBlock | LabelledCells | TableCell]] = []
    starts += [(b.header[0].row, b.header[0].col, b) for b in blocks]
    starts += [(e.label.row, e.label.col, e) for e in labelled if id(e) not in gone]
    starts += [(c.row, c.col, c) for c in table.cells if id(c) not in used]
    for _, _, part in sorted(starts, key=lambda s: s[:2]):
        if isinstance(part, RowBlock):
            totals = [bare_name(e.label.text) for e in sums[id(part)]]
            _add_block(collector, table, part, totals)
        elif isinstance(part, LabelledCells):
            notes = () if part.is_sure else (Note.CHECK_LABEL,)
            group = _group_of(table, part.label)
            collector.add_cells(part.label, part.values, notes, group=group)
        else:
            _add_inner(collector, part)


def _add_block(collector: Collector, table: Table, block: RowBlock, totals: Sequence[str]) -> None:
    """Repeated rows; a header over a single row names fields, unless it is known for rows."""
    labels = [without_unit(block.label.text)] if block.label else []
    heads = [without_unit(cell.text) for cell in block.header]
    is_known = collector.keys.rows_key(labels, heads) is not None
    texts = [[c.text for c in block.column(table, n)] for n in range(len(heads))]
    kinds = [guess_column(cell.text, t) for cell, t in zip(block.header, texts, strict=True)]
    is_list = len(block.rows) > 1 or is_known or totals or FieldType.TARGET in kinds
    if is_list:
        collector.add_rows(rows_field(table, block, collector.keys, totals))
        return
    for number, head in enumerate(block.header):
        cells = block.column(table, number)
        notes = () if any(is_prose(c.text) for c in cells) else (Note.ONE_ROW,)
        collector.add_cells(head, cells, notes, group=block.label)


def _group_of(table: Table, label: TableCell) -> TableCell | None:
    """The cell left of a label that stands beside more rows than the label does."""
    left = (table.at(label.row, col) for col in range(label.col - 1, -1, -1))
    return next((c for c in left if c is not None and c.row_span > label.row_span), None)


def _add_inner(collector: Collector, cell: TableCell) -> None:
    """A label that shares its cell with the value: the first one of its first line."""
    found = [pair for line in cell.lines for pair in colon_pairs(line)]
    at_start = colon_pairs(cell.lines[0]) if cell.lines else ()
    page = cell.parts[0].page
    if at_start:
        notes = (Note.MORE_IN_CELL,) if len(found) > 1 else ()
        collector.add_text(at_start[0].label, at_start[0].value, page, place="cell", notes=notes)
    elif apart := label_before_gap(cell):
        label, value = (p.line.text for p in apart)
        collector.add_text(label, value, page, place="cell", notes=(Note.CHECK_LABEL,))


def _is_total(entry: LabelledCells, block: RowBlock) -> bool:
    """Whether a labelled figure is the sum right below the rows."""
    return entry.label.row == block.rows[-1] + 1 and bare_name(entry.label.text) in _TOTALS
