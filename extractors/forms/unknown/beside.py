"""Label cells and the cells that hold their values: to the right, stacked, or below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.forms.table import Table, TableCell
from extractors.forms.titles import looks_like_title
from extractors.forms.unknown.blocks import RowBlock
from extractors.forms.unknown.likeness import Judge, Likeness


@dataclass(frozen=True, slots=True)
class LabelledCells:
    """A label and its value.

    Attributes:
        label: Its cell.
        values: At least one; several where they are stacked, or where boxes go on beside.
        is_sure: Whether the label ends as labels do, or its value cannot be one.
    """

    label: TableCell
    values: tuple[TableCell, ...]
    is_sure: bool


def labelled_cells(
    table: Table, blocks: Sequence[RowBlock], judge: Judge
) -> tuple[LabelledCells, ...]:
    """Labels with their values in print order, those of repeated rows left out.

    Args:
        table: The logical table.
        blocks: Its repeated rows.
        judge: Tells how much a cell is like a label.
    """
    walk = _Walk(table, judge, {id(c) for b in blocks for c in b.cells(table)})
    return tuple(found for row in range(table.rows) for found in walk.row(row))


@dataclass(slots=True)
class _Walk:
    """Row by row through a table; each cell is label or value once."""

    table: Table
    judge: Judge
    used: set[int]

    def row(self, row: int) -> Iterator[LabelledCells]:
        cells = [c for c in self.table.row_cells(row) if c.row == row]
        place = 0
        while place < len(cells):
            cell = cells[place]
            found = None if id(cell) in self.used else self._labelled(cells, place)
            if found is not None:
                self.used |= {id(c) for c in (found.label, *found.values)}
                yield found
            place += 1

    def _labelled(self, cells: Sequence[TableCell], place: int) -> LabelledCells | None:
        label = cells[place]
        level = self.judge(label)
        if level is Likeness.NONE or self._is_title(label):
            return None
        right = self.table.at(label.row, label.end_col)
        if right is None:
            return self._below(label, level)
        stacked = self._stacked(label)
        if len(stacked) > 1:
            return LabelledCells(label, stacked, True)
        beside = self.judge(right)
        is_value = beside is Likeness.NONE or self._labels(cells, place, level)
        if not (is_value and self._is_in_its_rows(right, label)):
            return None
        more = self._more_boxes(cells, place + 2, right)
        is_sure = level is Likeness.SURE or beside is Likeness.NONE
        return LabelledCells(label, (right, *more), is_sure)

    def _is_in_its_rows(self, value: TableCell, label: TableCell) -> bool:
        is_free = id(value) not in self.used
        return is_free and value.row == label.row and value.row_span >= label.row_span

    def _labels(self, cells: Sequence[TableCell], place: int, level: Likeness) -> bool:
        """Whether the left of two short texts labels the right one.

        In a row of an even number labels and values alternate, a photograph's place beside
        several rows and a blank end left out; else a sure label has a value that is none, and
        others alternate from the left, unless the right one has a value of its own.
        """
        row = [c for c in cells[place:] if c.row_span <= cells[place].row_span]
        row = row[:-1] if len(row) % 2 and row[-1].is_blank else row
        beside = self.judge(cells[place + 1]) if place + 1 < len(cells) else Likeness.NONE
        if beside > level and place > 0:
            return False
        if len(row) % 2 == 0:
            return True
        if level is beside:
            after = cells[place + 2 : place + 3]
            is_labelled = any(self.judge(c) is Likeness.NONE for c in after)
            return level is Likeness.SHORT and place % 2 == 0 and not is_labelled
        return level > beside

    def _is_title(self, cell: TableCell) -> bool:
        return cell.col_span == self.table.cols and looks_like_title(cell.text)

    def _stacked(self, label: TableCell) -> tuple[TableCell, ...]:
        """Values one above the other beside a high label; none where they have labels."""
        rows = range(label.row, label.end_row)
        beside = [self.table.at(row, label.end_col) for row in rows]
        cells = tuple({id(c): c for c in beside if c is not None}.values())
        for cell in cells:
            is_last = cell.end_col == self.table.cols
            is_inside = cell.row >= label.row and cell.end_row <= label.end_row
            if id(cell) in self.used or not is_inside:
                return ()
            if not is_last and self.judge(cell) is not Likeness.NONE:
                return ()
        return cells

    def _more_boxes(
        self, cells: Sequence[TableCell], start: int, first: TableCell
    ) -> Iterator[TableCell]:
        """Further cells with tick boxes right of one with tick boxes."""
        for cell in cells[start:] if first.has_marks else ():
            if not cell.has_marks:
                return
            yield cell

    def _below(self, label: TableCell, level: Likeness) -> LabelledCells | None:
        """The cell under a label that has none beside it, as wide as the label."""
        cell = self.table.at(label.end_row, label.col)
        if (
            cell is None
            or id(cell) in self.used
            or (cell.col, cell.col_span)
            != (
                label.col,
                label.col_span,
            )
        ):
            return None
        if self.judge(cell) is not Likeness.NONE:
            return None
        return LabelledCells(label, (cell,), level is Likeness.SURE)
