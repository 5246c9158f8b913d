"""Rows onto pages: heights, page breaks, rows cut in two, merged cells cut in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samples.cells import Cell, FittedCell, Line, fit_cell
from samples.style import PrintStyle

MIN_PART_LINES = 2
"""A row is cut by the end of a page only where this many lines stand on either side."""


class LayoutError(Exception):
    """The content does not fit the style; another style may hold it."""


@dataclass(frozen=True, slots=True)
class RowPart:
    """A row, or the part of it that one page holds; lengths in points from the page's top.

    Attributes:
        row: Index of the row.
        page: Page within the declaration, from 0.
        y0: Upper edge.
        y1: Lower edge.
        first_line: First line of its long text that stands here.
        last_line: Line after the last one; ``None`` for all.
    """

    row: int
    page: int
    y0: float
    y1: float
    first_line: int = 0
    last_line: int | None = None


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell, or the part of it on one page, in points."""

    fitted: FittedCell
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    lines: tuple[Line, ...]
    top: bool


def fit_rows(cells: Sequence[Cell], style: PrintStyle) -> tuple[list[FittedCell], list[float]]:
    """Cells with their lines, and the rows' heights in points."""
    width = style.page.width - 2 * style.page.margin_x
    fitted = [fit_cell(cell, style, width) for cell in cells]
    heights = [style.table.min_row] * (1 + max(c.row + c.row_span - 1 for c in cells))
    for item in sorted(fitted, key=lambda f: f.cell.row_span):
        rows = range(item.cell.row, item.cell.row + item.cell.row_span)
        needed = len(item.lines) * item.leading + 2 * style.table.pad_y
        missing = needed - sum(heights[r] for r in rows)
        if missing > 0:
            heights[rows[-1]] += missing
    return fitted, heights


def paginate(
    fitted: Sequence[FittedCell],
    heights: Sequence[float],
    style: PrintStyle,
    top: float,
    heading_rows: range,
) -> list[RowPart]:
    """Places rows from ``top`` on; ``heading_rows`` come again on each page after them."""
    bottom = style.page.height - style.page.margin_bottom
    long_cells = {f.cell.row: f for f in fitted if f.splittable}
    beside = {f.cell.row: len(f.lines) for f in fitted if f.cell.label and f.cell.row in long_cells}
    parts: list[RowPart] = []
    page, y = 0, top
    for row, full_height in enumerate(heights):
        cell, height, first = long_cells.get(row), full_height, 0
        while y + height > bottom and y > style.page.margin_top:
            fewest = max(MIN_PART_LINES, beside.get(row, 0))
            lines = _lines_that_fit(cell, first, bottom - y, style, fewest)
            if cell is not None and lines:
                parts.append(RowPart(row, page, y, bottom, first, first + lines))
                first += lines
                left = (len(cell.lines) - first) * cell.leading
                height = max(left + 2 * style.table.pad_y, style.table.min_row)
            page, y = page + 1, style.page.margin_top
            if style.table.repeat_heading and row > heading_rows[-1]:
                for heading in heading_rows:
                    parts.append(RowPart(heading, page, y, y + heights[heading]))
                    y += heights[heading]
        parts.append(RowPart(row, page, y, y + height, first))
        y += height
    return parts


def _lines_that_fit(
    cell: FittedCell | None, first: int, room: float, style: PrintStyle, fewest: int
) -> int:
    """How many lines of a row that is to be cut stand before the cut; 0 to move it whole."""
    if cell is None:
        return 0
    remaining = len(cell.lines) - first
    page_room = style.page.height - style.page.margin_bottom - style.page.margin_top
    whole = remaining * cell.leading + 2 * style.table.pad_y <= page_room
    if whole and not style.table.split_rows:
        return 0
    lines = int((room - 2 * style.table.pad_y) / cell.leading)
    lines = min(lines, remaining - MIN_PART_LINES)
    return lines if lines >= fewest else 0


def place_cells(
    fitted: Sequence[FittedCell], parts: Sequence[RowPart], style: PrintStyle
) -> list[PlacedCell]:
    """Every cell once for each page that it touches."""
    left = style.page.margin_x
    width = style.page.width - 2 * left
    placed: list[PlacedCell] = []
    for item in fitted:
        rows = range(item.cell.row, item.cell.row + item.cell.row_span)
        groups = _stretches([p for p in parts if p.row in rows])
        shown = _showing(item, groups, style)
        for index, group in enumerate(groups):
            lines = item.lines if index in shown else ()
            if item.splittable:
                lines = item.lines[group[0].first_line : group[0].last_line]
            placed.append(
                PlacedCell(
                    item,
                    group[0].page,
                    left + item.cell.x0 * width,
                    group[0].y0,
                    left + item.cell.x1 * width,
                    group[-1].y1,
                    lines,
                    top=item.cell.top or (item.splittable and len(groups) > 1),
                )
            )
    return placed


def _stretches(parts: Sequence[RowPart]) -> list[list[RowPart]]:
    """The parts of a cell's rows, page by page, each stretch without a gap."""
    groups: list[list[RowPart]] = []
    for part in parts:
        last = groups[-1][-1] if groups else None
        if last is not None and last.page == part.page and abs(last.y1 - part.y0) < 1e-6:
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def _showing(item: FittedCell, groups: list[list[RowPart]], style: PrintStyle) -> set[int]:
    """Which parts of a cell that page ends cut carry its text.

    Raises:
        LayoutError: If its text fits none of them.
    """
    if not item.lines or item.splittable:
        return set()
    needed = len(item.lines) * item.leading
    sizes = [g[-1].y1 - g[0].y0 for g in groups]
    fit = [i for i, size in enumerate(sizes) if size >= needed]
    if not fit:
        raise LayoutError(f"no part of a cell cut by a page holds {item.visible!r}")
    whole = all(p.first_line == 0 and p.last_line is None for g in groups for p in g)
    heading_again = item.cell.row_span == 1 and whole
    if heading_again or item.cell.repeat or style.table.split_policy == "repeat":
        return set(fit)
    if style.table.split_policy == "first" or item.cell.row_span == 1:
        return {fit[0]}
    return {sizes.index(max(sizes))}
