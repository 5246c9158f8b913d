"""Label cells and the cells that hold their values: to the right, stacked, or below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from extractors.forms.table import Table, TableCell
from extractors.forms.titles import looks_like_title
from extractors.forms.unknown.inline import inline_pairs
from extractors.forms.unknown.likeness import Judge, Likeness
from extractors.forms.unknown.spelled import has_boxes, spelled_text

_BOXES = "□☑"
# A group's name, and a label with its value.
_MIN_GROUP = 3


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


def labelled_cells(table: Table, used: Set[int], judge: Judge) -> tuple[LabelledCells, ...]:
    """Labels with their values in print order.

    Args:
        table: The logical table.
        used: Ids of the cells that belong to repeated rows.
        judge: Tells how much a cell is like a label.
    """
    walk = _Walk(table, judge, set(used))
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
        if self._has_details(label):
            return LabelledCells(label, (cells[place + 1],), True)
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
        more = self._more_values(cells, place + 2, right)
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
        if self._is_over_labels(row) or any(map(self._heads_columns, cells[place + 1 : place + 2])):
            return False
        row = row[:-1] if len(row) % 2 and row[-1].is_blank else row
        beside = self.judge(cells[place + 1]) if place + 1 < len(cells) else Likeness.NONE
        if beside > level and place > 0:
            return False
        if len(row) % 2 == 0:
            return True
        if level is beside:
            after = cells[place + 2 : place + 3]
            is_labelled = any(map(self._is_value, after))
            return level is Likeness.SHORT and place % 2 == 0 and not is_labelled
        return level > beside

    def _is_over_labels(self, row: Sequence[TableCell]) -> bool:
        """Whether the first cell of a row names a group of labels with their values.

        Where labels and values alternate, the odd one out stands before them.
        """
        if len(row) % 2 == 0 or len(row) < _MIN_GROUP or self.judge(row[1]) is Likeness.NONE:
            return False
        levels = [self.judge(cell) for cell in row]
        if levels[2] is Likeness.NONE:
            return self._is_value(row[2]) and (not row[2].is_blank or levels[1] is Likeness.SURE)
        is_even = levels[1] >= levels[0] and levels[-1] is not Likeness.SURE
        return len(row) > _MIN_GROUP and is_even and not row[-1].is_blank

    def _is_value(self, cell: TableCell) -> bool:
        return self.judge(cell) is Likeness.NONE and not inline_pairs(cell.lines)

    def _heads_columns(self, cell: TableCell) -> bool:
        """Whether labels begin right below a cell, narrower than it: it is no value."""
        below = self.table.at(cell.end_row, cell.col)
        return (
            self.judge(cell) is Likeness.SURE
            and below is not None
            and below.col == cell.col
            and below.col_span < cell.col_span
            and self.judge(below) is Likeness.SURE
        )

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
            if self._has_details(cell):
                return ()
        return cells

    def _has_details(self, cell: TableCell) -> bool:
        """Whether a cell is one option, and the last cell of its row says more about it."""
        right = self.table.at(cell.row, cell.end_col)
        if (
            right is None
            or right.end_col != self.table.cols
            or (right.row, right.row_span) != (cell.row, cell.row_span)
        ):
            return False
        texts = [spelled_text(c.lines).strip() for c in (cell, right)]
        (label, details) = (sum(map(text.count, _BOXES)) for text in texts)
        is_option = label == 1 and texts[0][0] in _BOXES and len(texts[0]) > 1
        return is_option and id(right) not in self.used and bool(texts[1]) and details != 1

    def _more_values(
        self, cells: Sequence[TableCell], start: int, first: TableCell
    ) -> Iterator[TableCell]:
        """Further cells that no label stands before: boxes beside boxes, pieces of one value."""
        if self.judge(first) is not Likeness.NONE or first.is_blank:
            return
        for cell in cells[start:]:
            is_like = has_boxes(cell) if has_boxes(first) else cell.row_span == first.row_span
            if not is_like or cell.is_blank or self.judge(cell) is not Likeness.NONE:
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
