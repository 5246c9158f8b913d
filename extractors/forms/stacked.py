"""Several labels in one cell, one above the other: the ruling between them was not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.forms.definition import FieldDefinition, FormDefinition
from extractors.forms.divide import doubted, unread
from extractors.forms.label_text import stacked
from extractors.forms.places import Places, Span
from extractors.forms.table import CellPart, Table, TableCell
from extractors.geometry import BBox, union

# A wrapped label has up to four lines; three labels in one cell are not expected.
_MAX_LINES = 10


def part_stacked(
    table: Table, definition: FormDefinition, missing: Sequence[FieldDefinition]
) -> Table:
    """The table with the first cell that holds several labels cut between them.

    The rows of the values beside them say where. Where those too lack the ruling, rows are
    added, and the place of the labels in their cell says how high they are; if it does not,
    nothing tells which value is whose.

    Args:
        table: The whole logical table.
        definition: The form's layout.
        missing: Fields whose labels no cell holds alone.

    Returns:
        The same table where there is no such cell.
    """
    fields = [f for f in definition.fields if f.place == "cell" and f.labels]
    for cell in table.cells:
        lines = cell.lines
        if len(cell.parts) != 1 or cell.is_unread or not 1 < len(lines) <= _MAX_LINES:
            continue
        labels = stacked([p.line.text for p in lines], [f.labels for f in fields])
        if any(fields[number] in missing for number, _ in labels):
            return _parted(table, cell, [list(range(*span)) for _, span in labels])
    return table


def _parted(table: Table, cell: TableCell, groups: Sequence[Sequence[int]]) -> Table:
    others = [c for c in table.cells if c is not cell]
    starts = [
        row
        for row in range(cell.row + 1, cell.end_row)
        if (beside := table.at(row, cell.end_col)) is not None and beside.row == row
    ]
    if cell.row_span == 1:
        return _with_rows(others, cell, groups)
    if len(starts) >= len(groups):
        starts = _between_groups(table, cell, groups, starts)
    if len(starts) + 1 != len(groups):
        return Table.of([*others, unread(cell)])
    bands = list(pairwise([cell.row, *starts, cell.end_row]))
    return Table.of([*others, *_pieces(cell, groups, bands, [None] * len(groups))])


def _between_groups(
    table: Table, cell: TableCell, groups: Sequence[Sequence[int]], starts: Sequence[int]
) -> list[int]:
    """Of several rulings beside a cell those that alone lie between two of its labels."""
    places, page = Places.of(table), cell.parts[0].page
    boxes = [_box_of(cell, group) for group in groups]
    found: list[int] = []
    for above, below in pairwise(boxes):
        if above is None or below is None:
            return []
        low, high = (places.level(page, b).center[1] for b in (above, below))
        tops = {row: places.row_ranges(page, [(row, row + 1)])[0] for row in starts}
        between = [row for row, limits in tops.items() if limits and low < limits[0] < high]
        if len(between) != 1:
            return []
        found += between
    return found


def _with_rows(
    others: Sequence[TableCell], cell: TableCell, groups: Sequence[Sequence[int]]
) -> Table:
    """The table with a row for each label; all cells beside them cover them all."""
    more = len(groups) - 1
    moved = [
        replace(c, row=c.row + more)
        if c.row > cell.row
        else replace(c, row_span=c.row_span + more)
        if c.end_row > cell.row
        else c
        for c in others
    ]
    bands = [(cell.row + n, cell.row + n + 1) for n in range(len(groups))]
    return Table.of([*moved, *_pieces(cell, groups, bands, _halves(cell, groups))])


def _halves(cell: TableCell, groups: Sequence[Sequence[int]]) -> list[BBox | None]:
    """Boxes of two labels' cells, if both labels stand in the middle of theirs.

    The ruling between is then as far below the upper label's middle as the cell's top is above
    it, and likewise for the lower one; the two must agree within a line.
    """
    box = cell.parts[0].cell.bbox
    found = [_box_of(cell, group) for group in groups]
    if len(groups) != 2 or box is None or found[0] is None or found[1] is None:
        return [None] * len(groups)
    upper = 2 * found[0].center[1] - box.y0
    lower = 2 * found[1].center[1] - box.y1
    line = cell.lines[0].line.bbox
    if line is None or abs(upper - lower) > line.height:
        return [None, None]
    middle = (upper + lower) / 2
    return [replace(box, y1=middle), replace(box, y0=middle)]


def _pieces(
    cell: TableCell,
    groups: Sequence[Sequence[int]],
    bands: Sequence[Span],
    boxes: Sequence[BBox | None],
) -> list[TableCell]:
    part = cell.parts[0]
    return [
        replace(doubted(cell), row=first, row_span=end - first, parts=(_part(part, group, box),))
        for group, (first, end), box in zip(groups, bands, boxes, strict=True)
    ]


def _part(part: CellPart, group: Sequence[int], box: BBox | None) -> CellPart:
    lines = [part.cell.lines[n] for n in group]
    lines[0] = replace(lines[0], new_paragraph=True)
    return replace(part, cell=replace(part.cell, bbox=box, lines=tuple(lines)))


def _box_of(cell: TableCell, group: Sequence[int]) -> BBox | None:
    return union(cell.lines[n].line.bbox for n in group)
