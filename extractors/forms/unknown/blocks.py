"""Rows under a header in a table nobody has defined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractors.forms.table import Table, TableCell
from extractors.forms.unknown.likeness import Judge, Likeness, label_likeness
from extractors.forms.unknown.spelled import has_boxes

# A lone label over a value is a pair; two side by side are a header.
_MIN_COLUMNS = 2
# A row of labels and values may be followed by one that looks like the values of its columns.
_MIN_ROWS = 2
_DATE_PLACE = " 年月日_/-\u3000\n"


@dataclass(frozen=True, slots=True)
class RowBlock:
    """A header row and the rows below it that have its columns.

    Attributes:
        label: The cell left of it or across above it that names the whole; ``None`` where
            there is none.
        header: Its cells, left to right.
        rows: Numbers of the rows below.
        names: Row → the cell left of it, where each has a name of its own and the corner above
            is blank.
    """

    label: TableCell | None
    header: tuple[TableCell, ...]
    rows: tuple[int, ...]
    names: Mapping[int, TableCell] = field(default_factory=dict)

    def column(self, table: Table, number: int) -> tuple[TableCell, ...]:
        """Cells under one header cell, top to bottom, a merged one once."""
        start = self.header[number].col
        found = (table.at(row, start) for row in self.rows)
        return tuple({id(c): c for c in found if c is not None}.values())

    def cells(self, table: Table) -> Iterator[TableCell]:
        """Its label, its header, all cells below and their names."""
        if self.label is not None:
            yield self.label
        yield from self.names.values()
        yield from self.header
        for number in range(len(self.header)):
            yield from self.column(table, number)


def find_blocks(table: Table, judge: Judge) -> tuple[RowBlock, ...]:
    """All headers with rows below them, top to bottom.

    Args:
        table: The logical table.
        judge: Tells how much a cell is like a label.
    """
    found: list[RowBlock] = []
    row = 0
    while row < table.rows:
        block = _block(table, row, judge)
        if block is not None:
            found.append(block)
        row = block.rows[-1] + 1 if block is not None else row + 1
    return tuple(found)


def _block(table: Table, row: int, judge: Judge) -> RowBlock | None:
    lead, corner, header = _lead_and_header(table, row)
    if len(header) < _MIN_COLUMNS or header[-1].end_col != table.cols:
        return None
    levels = [judge(cell) for cell in header]
    if Likeness.NONE in levels or len({cell.row_span for cell in header}) != 1:
        return None
    rows: list[int] = []
    for below in range(header[0].end_row, table.rows):
        if not _fits(table, below, header, lead) or _is_header_again(table, below, header):
            break
        rows.append(below)
    is_apart = lead is not None or corner is not None
    if not rows or not (
        _is_header(table, levels, header, rows[0], judge, is_apart=is_apart)
        or _cannot_alternate(table, header, rows, judge)
    ):
        return None
    if corner is not None:
        return _named_at_left(table, lead, header, rows, judge)
    return RowBlock(lead or _across_above(table, row, judge), header, tuple(rows))


def _named_at_left(
    table: Table,
    lead: TableCell | None,
    header: tuple[TableCell, ...],
    rows: Sequence[int],
    judge: Judge,
) -> RowBlock | None:
    """Rows with one label beside them all, or a name beside each, below a blank corner."""
    beside = {row: table.at(row, header[0].col - 1) for row in rows}
    first = beside[rows[0]]
    if first is None or judge(first) is Likeness.NONE:
        return None
    own = [row for row in rows if beside[row] is first]
    if lead is None and (len(own) > 1 or len(rows) == 1):
        return RowBlock(first, header, tuple(own))
    names = {row: c for row, c in beside.items() if c is not None and judge(c) > Likeness.NONE}
    return RowBlock(lead, header, tuple(names), names)


def _lead_and_header(
    table: Table, row: int
) -> tuple[TableCell | None, TableCell | None, tuple[TableCell, ...]]:
    """The label cell left of a header and higher than it, a blank corner, the header's cells."""
    cells = list(table.row_cells(row))
    low = min((c.end_row for c in cells if c.row == row), default=row)
    lead = corner = None
    while cells and (cells[0].row < row or cells[0].end_row > low):
        lead = cells.pop(0)
    while cells and cells[0].is_blank:
        corner = cells.pop(0)
    is_whole = all(c.row == row for c in cells)
    return lead, corner, tuple(cells) if is_whole else ()


def _fits(table: Table, row: int, header: Sequence[TableCell], lead: TableCell | None) -> bool:
    """Whether a row has the header's columns, no wider and no narrower."""
    if lead is not None and row >= lead.end_row:
        return False
    under = [c for c in table.row_cells(row) if c.end_col > header[0].col]
    return [(c.col, c.end_col) for c in under] == [(c.col, c.end_col) for c in header]


def _is_header_again(table: Table, row: int, header: Sequence[TableCell]) -> bool:
    texts = [c.text.split() for c in table.row_cells(row) if c.end_col > header[0].col]
    return texts == [c.text.split() for c in header]


def _is_header(
    table: Table,
    levels: Sequence[Likeness],
    header: Sequence[TableCell],
    first: int,
    judge: Judge,
    *,
    is_apart: bool,
) -> bool:
    """Whether a row of short texts names columns and is not itself labels and values.

    Nothing in the row below is like a label (of two cells that is a chance, unless something
    stands apart at their left); or more than half of its own cells end as labels do, and labels
    and values do not alternate below, as they would then here too.
    """
    under = [c for c in table.row_cells(first) if c.end_col > header[0].col]
    below = [judge(cell) for cell in under]
    blanks = sum(cell.is_blank for cell in under)
    is_table = is_apart or len(header) > _MIN_COLUMNS
    # A stain taken for a box makes no value of a label.
    unlike = all(label_likeness(c.text) is Likeness.NONE for c in under)
    if is_table and unlike and 2 * blanks < len(under):
        return True
    sure = sum(level is Likeness.SURE for level in levels)
    if 2 * sure <= len(levels):
        return False
    marked = [level is Likeness.SURE for level in below]
    alternates = len(marked) % 2 == 0 and all(marked[::2]) and not any(marked[1::2])
    return sure == len(levels) > _MIN_COLUMNS or not alternates


def _cannot_alternate(
    table: Table, header: Sequence[TableCell], rows: Sequence[int], judge: Judge
) -> bool:
    """Whether several rows under short texts show that labels and values do not alternate there.

    Nothing was entered in any of them; or values alone stand where labels would.
    """
    if len(header) <= _MIN_COLUMNS or len(rows) < _MIN_ROWS:
        return False
    columns = [[table.at(row, head.col) for row in rows] for head in header]
    filled = [[c for c in column if c is not None and not _is_unfilled(c)] for column in columns]
    if not any(filled):
        return True
    levels = [[judge(cell) for cell in column] for column in filled]
    in_place_of_labels = [level for column in levels[_MIN_COLUMNS::2] for level in column]
    return (
        Likeness.SURE not in (level for column in levels for level in column)
        and Likeness.NONE in in_place_of_labels
        and set(in_place_of_labels) == {Likeness.NONE}
    )


def _is_unfilled(cell: TableCell) -> bool:
    """Whether a cell is blank, or holds no more than a printed place for a date."""
    return not has_boxes(cell) and not cell.text.strip(_DATE_PLACE)


def _across_above(table: Table, row: int, judge: Judge) -> TableCell | None:
    """A label that stands across the whole table right above a header."""
    above = table.at(row - 1, 0)
    if above is None or above.col_span != table.cols or judge(above) is Likeness.NONE:
        return None
    return above
