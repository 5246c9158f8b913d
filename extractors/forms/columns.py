"""Columns of the grids of one table, brought to common numbers over its pages.

Two pages of one table are scanned apart: each has its own skew and perspective, and one page may
show more columns than another. So an edge is placed by its share of the way from the left frame
to the right frame at its own height, and common columns come from the edges of all pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import linear_regression, median

from extractors.evidence import Cell, Grid
from extractors.forms.table import PlacedGrid
from extractors.geometry import BBox

# Edges nearer than this share of the table's width are one ruling: about 2 mm on A4, more than
# two scans of one form differ after straightening, less than any column's width.
_SAME_EDGE = 0.012
# Widths of the boxes around two pages of one table differ less than this, in shares of the
# width; a skew of 3° widens the box around a tall grid by 5 %, and of two photographs one is
# taken from a fifth further away. What tells tables apart is where their inner edges stand.
_SAME_FRAME = 0.25


def align_columns(grids: Sequence[PlacedGrid]) -> tuple[PlacedGrid, ...]:
    """The same grids with columns counted over all of them.

    Args:
        grids: In print order. Where any of them has no geometry the columns stay as counted.
    """
    if len(grids) < 2 or any(g.grid.bbox is None for g in grids):
        return tuple(grids)
    edges = [_column_edges(g.grid) for g in grids]
    numbers, count = _common_numbers(edges)
    return tuple(
        replace(g, grid=_renumbered(g.grid, own, count))
        for g, own in zip(grids, numbers, strict=True)
    )


def same_columns(above: Grid, below: Grid) -> bool:
    """Whether two grids could be parts of one table: common frame, inner edges in common."""
    if above.bbox is None or below.bbox is None:
        return below.cols <= above.cols
    if abs(above.bbox.width - below.bbox.width) > _SAME_FRAME * above.bbox.width:
        return False
    known = _column_edges(above).values()
    return all(
        any(abs(x - other) <= _SAME_EDGE for other in known) for x in _column_edges(below).values()
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of the frame as a line ``x = offset + slope · y`` in page fractions."""

    offset: float
    slope: float

    def at(self, y: float) -> float:
        return self.offset + self.slope * y


def _column_edges(grid: Grid) -> dict[int, float]:
    """Column number → place of its left edge, 0 at the left frame to 1 at the right."""
    cells = [(c, c.bbox) for c in grid.cells if c.bbox is not None]
    lean = _lean(cells)
    left = _side([_corner(b, lean, right=False) for c, b in cells if c.col == 0], lean)
    right_cells = [b for c, b in cells if c.col + c.col_span == grid.cols]
    right = _side([_corner(b, lean, right=True) for b in right_cells], lean)
    places: dict[int, list[float]] = {}
    for cell, box in cells:
        for col, is_right in ((cell.col, False), (cell.col + cell.col_span, True)):
            x, y = _corner(box, lean, right=is_right)
            width = right.at(y) - left.at(y)
            places.setdefault(col, []).append((x - left.at(y)) / width if width > 0 else col)
    return {col: median(shares) for col, shares in places.items()}


def _lean(cells: Sequence[tuple[Cell, BBox]]) -> float:
    """How far vertical rulings go to the right per step down, from cells of equal columns."""
    slopes: list[float] = []
    ordered = sorted(cells, key=lambda c: (c[0].col, c[0].col_span, c[0].row))
    for (above, a), (below, b) in pairwise(ordered):
        same = (above.col, above.col_span, above.row_span) == (
            below.col,
            below.col_span,
            below.row_span,
        )
        if same and b.y0 > a.y0:
            slopes.append((b.x0 - a.x0) / (b.y0 - a.y0))
    return median(slopes) if slopes else 0.0


def _corner(box: BBox, lean: float, *, right: bool) -> tuple[float, float]:
    """The corner ``(x, y)`` that the box around a leaning cell shares with the cell's side."""
    at_foot = (lean > 0) == right
    return (box.x1 if right else box.x0), (box.y1 if at_foot else box.y0)


def _side(corners: Sequence[tuple[float, float]], lean: float) -> _Side:
    heights = [y for _, y in corners]
    if len(corners) > 1 and max(heights) > min(heights):
        slope, offset = linear_regression(heights, [x for x, _ in corners])
        return _Side(offset, slope)
    x, y = corners[0] if corners else (0.0, 0.0)
    return _Side(x - lean * y, lean)


def _common_numbers(edges: Sequence[dict[int, float]]) -> tuple[list[dict[int, int]], int]:
    """For each grid its columns' common numbers, and how many edges there are in common.

    The nearest edges are matched first. Two edges of one grid are two rulings, however near:
    one page's narrow column must not take an edge of another page from its own.
    """
    groups = sorted(
        ([(x, grid, col)] for grid, by_col in enumerate(edges) for col, x in by_col.items()),
        key=lambda group: group[0],
    )
    while True:
        widths = [
            (b[-1][0] - a[0][0], place)
            for place, (a, b) in enumerate(pairwise(groups))
            if not {grid for _, grid, _ in a} & {grid for _, grid, _ in b}
        ]
        width, place = min(widths, default=(1.0, 0))
        if width > _SAME_EDGE:
            break
        groups[place : place + 2] = [groups[place] + groups[place + 1]]
    numbers: list[dict[int, int]] = [{} for _ in edges]
    for number, group in enumerate(groups):
        for _, grid, col in group:
            numbers[grid][col] = number
    return numbers, len(groups)


def _renumbered(grid: Grid, numbers: dict[int, int], edges: int) -> Grid:
    cells: list[Cell] = []
    for cell in grid.cells:
        first, end = numbers.get(cell.col), numbers.get(cell.col + cell.col_span)
        if first is None or end is None:
            return grid
        cells.append(replace(cell, col=first, col_span=end - first))
    return replace(grid, cols=edges - 1, cells=tuple(cells))
