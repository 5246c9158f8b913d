"""Columns of the grids of one table, brought to common numbers over its pages.

Two pages of one table are scanned apart, so their rulings differ a little in place; and one
page may show more columns than another. Common columns come from the edges of all pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from extractors.evidence import Cell, Grid
from extractors.forms.table import PlacedGrid

# Edges nearer than this share of the table's width are one ruling: about 2 mm on A4, more than
# two scans of one form differ after straightening, less than any column's width.
_SAME_EDGE = 0.012
# Widths of the frames of two pages of one table differ less than this, in shares of the width.
_SAME_FRAME = 0.05


def align_columns(grids: Sequence[PlacedGrid]) -> tuple[PlacedGrid, ...]:
    """The same grids with columns counted over all of them.

    Args:
        grids: In print order. Where any of them has no geometry the columns stay as counted.
    """
    if len(grids) < 2 or any(g.grid.bbox is None for g in grids):
        return tuple(grids)
    edges = [_column_edges(g.grid) for g in grids]
    starts = _clusters(sorted(x for by_col in edges for x in by_col.values()))
    return tuple(
        replace(g, grid=_renumbered(g.grid, by_col, starts))
        for g, by_col in zip(grids, edges, strict=True)
    )


def _column_edges(grid: Grid) -> dict[int, float]:
    """Column number → place of its left edge, as a share of the grid's width."""
    places: dict[int, list[float]] = {}
    for cell in grid.cells:
        if cell.bbox is not None:
            places.setdefault(cell.col, []).append(cell.bbox.x0)
            places.setdefault(cell.col + cell.col_span, []).append(cell.bbox.x1)
    if grid.bbox is None or grid.bbox.width <= 0:
        return {col: float(col) for col in places}
    return {col: (median(xs) - grid.bbox.x0) / grid.bbox.width for col, xs in places.items()}


def _clusters(ordered: Sequence[float]) -> list[float]:
    """First member of each run of neighbouring edges."""
    starts: list[float] = []
    for x in ordered:
        if not starts or x - starts[-1] > _SAME_EDGE:
            starts.append(x)
    return starts


def _renumbered(grid: Grid, edges: dict[int, float], starts: Sequence[float]) -> Grid:
    numbers = {
        col: max(i for i, start in enumerate(starts) if start <= x) for col, x in edges.items()
    }
    cells: list[Cell] = []
    for cell in grid.cells:
        first, end = numbers.get(cell.col), numbers.get(cell.col + cell.col_span)
        if first is None or end is None:
            return grid
        cells.append(replace(cell, col=first, col_span=max(1, end - first)))
    return replace(grid, cols=len(starts) - 1, cells=tuple(cells))


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
