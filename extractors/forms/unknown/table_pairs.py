"""All pairs of one table: beside, above, in one cell, under headers and headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from extractors.forms.pair_building import cells_pair, lines_pair
from extractors.forms.raw import Pair
from extractors.forms.table import PlacedLine, Table, TableCell
from extractors.forms.unknown.beside import LabelledCells, labelled_cells
from extractors.forms.unknown.blocks import RowBlock, find_blocks
from extractors.forms.unknown.headings import PlacedLabel, headings
from extractors.forms.unknown.inline import InlinePair, inline_pairs
from extractors.forms.unknown.likeness import Judge
from extractors.forms.unknown.named_rows import named_rows
from extractors.forms.unknown.own_cells import over_boxes, own_cells


class FoundPair(NamedTuple):
    """A pair, where in its table it stands, and whether the form has it once."""

    row: int
    col: int
    pair: Pair
    is_single: bool


def table_pairs(table: Table, judge: Judge) -> list[FoundPair]:
    """Pairs of one table in print order.

    A column of several rows has a value in each, none of which is the form's; nor are the
    labels under a heading.

    Args:
        table: The logical table.
        judge: Tells how much a cell is like a label.
    """
    blocks = find_blocks(table, judge)
    collected = _Collected({id(c) for b in blocks for c in b.cells(table)})
    for block in blocks:
        collected.add_block(table, block)
    for cell, inner in own_cells(table):
        if id(cell) not in collected.used:
            collected.add_inline(cell, inner)
    for row in named_rows(table, judge, collected.used):
        collected.add_cells([row.name], [[cell] for cell in row.values], is_single=False)
    for entry in labelled_cells(table, collected.used, judge):
        collected.add_labelled(entry)
    for cell in table.cells:
        if id(cell) not in collected.used:
            collected.add_inline(cell, over_boxes(cell) or inline_pairs(cell.lines))
    for heading in headings(table, collected.labels, collected.used, judge):
        lines = [line for label in heading.labels for line in _as_paragraph(label.lines)]
        pair = lines_pair(heading.cell.lines, lines)
        collected.found.append(FoundPair(heading.cell.row, heading.cell.col, pair, False))
    return sorted(collected.found, key=lambda f: (f.row, f.col))


@dataclass(slots=True)
class _Collected:
    """What was found so far.

    Attributes:
        used: Ids of the cells that are labels or values.
        found: Pairs.
        labels: Labels that have a value.
    """

    used: set[int]
    found: list[FoundPair] = field(default_factory=list)
    labels: list[PlacedLabel] = field(default_factory=list)

    def add_cells(
        self,
        labels: Sequence[TableCell],
        values: Sequence[Sequence[TableCell]],
        *,
        is_single: bool,
    ) -> None:
        """A label with one value, or with several that are none of the form's."""
        self.used |= {id(c) for cells in (labels, *values) for c in cells}
        pairs = [(cells[0], cells_pair(labels, cells)) for cells in values]
        for cell, pair in pairs:
            row, col = (labels[0].row, labels[0].col) if is_single else (cell.row, cell.col)
            self.found.append(FoundPair(row, col, pair, is_single))
        self._add_label(labels[-1], labels[-1].lines, [pair for _, pair in pairs])

    def add_block(self, table: Table, block: RowBlock) -> None:
        """Each cell under its header, the name of its row before it."""
        is_single = len(block.rows) == 1 and not block.names
        for number, head in enumerate(block.header):
            pairs = []
            for cell in block.column(table, number):
                labels = [block.names[cell.row], head] if cell.row in block.names else [head]
                pairs.append(cells_pair(labels, [cell]))
                self.found.append(FoundPair(cell.row, cell.col, pairs[-1], is_single))
            self._add_label(head, head.lines, pairs)
        if block.label is not None:
            # It is no label of a value, but heads the columns.
            self.used.discard(id(block.label))

    def add_labelled(self, entry: LabelledCells) -> None:
        """A label's value; where its cell has labels of its own, what stands before the first."""
        cell = entry.values[0]
        inner = inline_pairs(cell.lines) if len(entry.values) == 1 else ()
        start = next((n for n, pair in enumerate(inner) if pair.starts), None)
        if start is None:
            self.add_cells([entry.label], [entry.values], is_single=True)
            return
        self.used.add(id(cell))
        own = cell.lines[: inner[start].line]
        if any(placed.line.text.strip() for placed in own):
            self.used.add(id(entry.label))
            pair = lines_pair(entry.label.lines, own)
            self.found.append(FoundPair(entry.label.row, entry.label.col, pair, True))
            self._add_label(entry.label, entry.label.lines, [pair])
        self.add_inline(cell, inner[start:])

    def add_inline(self, cell: TableCell, inner: Sequence[InlinePair]) -> None:
        """Labels that share a cell with their values."""
        for entry in inner:
            pair = lines_pair([entry.label], entry.values)
            self.found.append(FoundPair(cell.row, cell.col, pair, True))
            self._add_label(cell, (entry.label,), [pair])
        if inner:
            self.used.add(id(cell))

    def _add_label(
        self, cell: TableCell, lines: Sequence[PlacedLine], pairs: Sequence[Pair]
    ) -> None:
        if any(pair.value.strip() for pair in pairs):
            self.labels.append(PlacedLabel(cell, tuple(lines)))


def _as_paragraph(lines: Sequence[PlacedLine]) -> Iterator[PlacedLine]:
    """A label that may be printed on several lines as one line of its own."""
    for number, placed in enumerate(lines):
        yield replace(placed, line=replace(placed.line, new_paragraph=not number))
