"""Rows that have their name at the left and one value in each column, without a header above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import groupby

from extractors.forms.table import Table, TableCell
from extractors.forms.unknown.likeness import Judge, Likeness
from extractors.forms.unknown.spelled import has_boxes

# A name and a value are a pair; more of one kind beside it make a row.
_MIN_CELLS = 3
# One row may as well be a label with its value in pieces.
_MIN_ROWS = 2


@dataclass(frozen=True, slots=True)
class NamedRow:
    """The name of a row and what stands in its columns, left to right."""

    name: TableCell
    values: tuple[TableCell, ...]


def named_rows(table: Table, judge: Judge, used: Set[int]) -> tuple[NamedRow, ...]:
    """Rows of the same columns in which labels and values cannot alternate.

    Args:
        table: The logical table.
        judge: Tells how much a cell is like a label.
        used: Ids of the cells that belong to something else.
    """
    rows = [_own_cells(table, row, used) for row in range(table.rows)]
    found: list[NamedRow] = []
    for _, run in groupby(rows, key=lambda cells: [(c.col, c.end_col) for c in cells]):
        found += _named([cells for cells in run if cells], judge)
    return tuple(found)


def _own_cells(table: Table, row: int, used: Set[int]) -> list[TableCell]:
    """Cells of one row alone; none where one of them belongs to something else."""
    cells = [c for c in table.row_cells(row) if c.row_span == 1]
    return [] if any(id(c) in used for c in cells) else cells


def _named(rows: Sequence[Sequence[TableCell]], judge: Judge) -> Iterator[NamedRow]:
    if len(rows) < _MIN_ROWS or len(rows[0]) < _MIN_CELLS:
        return
    if any(has_boxes(cell) for row in rows for cell in row):
        # Options in several cells are one value.
        return
    levels = [[judge(cell) for cell in row] for row in rows]
    if any(row[0] is Likeness.NONE or Likeness.SURE in row[1:] for row in levels):
        return
    filled = [
        [level for cell, level in zip(cells[1:], row[1:], strict=True) if not cell.is_blank]
        for cells, row in zip(rows, levels, strict=True)
    ]
    # Where labels and values alternate, a row has further labels.
    if any(len(row) > 1 and set(row) == {Likeness.NONE} for row in filled):
        yield from (NamedRow(row[0], tuple(row[1:])) for row in rows)
