"""Where the rows and columns of a logical table lie on each of its pages.

Boxes are of the page as filed, so on a sheet that lay aslant they lean; rows and columns are
compared after the page's own slopes have been taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median

from extractors.forms.table import Table, TableCell
from extractors.geometry import BBox

Span = tuple[int, int]

# Slopes are taken about the middle of the page, where they move nothing.
_MIDDLE = 0.5


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One page: slopes of its rulings, edges of rows and columns by number, rows on it."""

    rise: float
    lean: float
    rows: Mapping[int, float]
    cols: Mapping[int, float]
    shown: frozenset[int]

    def level(self, box: BBox) -> BBox:
        """The box as it would be on a straight page."""
        x, y = box.center
        half_width = max(box.width - abs(self.lean) * box.height, 0.0) / 2
        half_height = max(box.height - abs(self.rise) * box.width, 0.0) / 2
        x, y = x - self.lean * (y - _MIDDLE), y - self.rise * (x - _MIDDLE)
        return BBox(x - half_width, y - half_height, x + half_width, y + half_height)


@dataclass(frozen=True, slots=True)
class Places:
    """Edges of rows and columns on all pages of a table."""

    sheets: Mapping[int, _Sheet]

    @classmethod
    def of(cls, table: Table) -> Places:
        """Places of a table's rulings, from the boxes of its cells."""
        boxes: dict[int, list[tuple[TableCell, int, BBox]]] = {}
        for cell in table.cells:
            for number, part in enumerate(cell.parts):
                if part.cell.bbox is not None:
                    boxes.setdefault(part.page, []).append((cell, number, part.cell.bbox))
        return cls({page: _sheet(found) for page, found in boxes.items()})

    def level(self, page: int, box: BBox) -> BBox:
        """A box of a page without the page's slopes."""
        sheet = self.sheets.get(page)
        return sheet.level(box) if sheet is not None else box

    def row_ranges(self, page: int, bands: Sequence[Span]) -> list[tuple[float, float] | None]:
        """``(top, bottom)`` of each band of rows; ``None`` for one that is not on the page.

        A side that the page itself cuts off lies at infinity.
        """
        sheet = self.sheets.get(page)
        if sheet is None:
            return [None] * len(bands)
        return [
            (sheet.rows.get(first, -inf), sheet.rows.get(end, inf))
            if any(row in sheet.shown for row in range(first, end))
            else None
            for first, end in bands
        ]

    def col_edge(self, page: int, col: int) -> float | None:
        """Place of a column's left edge; from another page's where this one does not show it."""
        sheet = self.sheets.get(page)
        if sheet is None or not sheet.cols:
            return None
        if col in sheet.cols:
            return sheet.cols[col]
        left, right = sheet.cols[min(sheet.cols)], sheet.cols[max(sheet.cols)]
        for other in self.sheets.values():
            if col in other.cols:
                start, end = other.cols[min(other.cols)], other.cols[max(other.cols)]
                return left + (other.cols[col] - start) / (end - start) * (right - left)
        return None


def nearest_range(value: float, ranges: Sequence[tuple[float, float] | None]) -> int | None:
    """Number of the range that holds a value, or else of the nearest."""
    distances = [
        (max(r[0] - value, value - r[1], 0.0), number)
        for number, r in enumerate(ranges)
        if r is not None
    ]
    return min(distances)[1] if distances else None


def _sheet(found: Sequence[tuple[TableCell, int, BBox]]) -> _Sheet:
    rise, lean = _slopes(found)
    bare = _Sheet(rise, lean, {}, {}, frozenset())
    rows: dict[int, list[float]] = {}
    cols: dict[int, list[float]] = {}
    shown: set[int] = set()
    for cell, number, box in found:
        level = bare.level(box)
        cols.setdefault(cell.col, []).append(level.x0)
        cols.setdefault(cell.end_col, []).append(level.x1)
        if number == 0:
            rows.setdefault(cell.row, []).append(level.y0)
        if number == len(cell.parts) - 1:
            rows.setdefault(cell.end_row, []).append(level.y1)
        if len(cell.parts) == 1 or cell.row_span == 1:
            shown |= set(range(cell.row, cell.end_row))
    return _Sheet(rise, lean, _medians(rows), _medians(cols), frozenset(shown))


def _medians(places: Mapping[int, Iterable[float]]) -> dict[int, float]:
    return {number: median(found) for number, found in places.items()}


def _slopes(found: Sequence[tuple[TableCell, int, BBox]]) -> tuple[float, float]:
    """Rise of the rows to the right and lean of the columns downwards, median over neighbours."""
    whole = [(cell, box.center) for cell, _, box in found if len(cell.parts) == 1]
    rises: list[float] = []
    leans: list[float] = []
    for (a, p), (b, q) in pairwise(sorted(whole, key=lambda c: (c[0].row, c[0].col))):
        if (a.row, a.row_span) == (b.row, b.row_span) and q[0] > p[0]:
            rises.append((q[1] - p[1]) / (q[0] - p[0]))
    for (a, p), (b, q) in pairwise(sorted(whole, key=lambda c: (c[0].col, c[0].col_span))):
        if (a.col, a.col_span) == (b.col, b.col_span) and q[1] > p[1]:
            leans.append((q[0] - p[0]) / (q[1] - p[1]))
    return (median(rises) if rises else 0.0), (median(leans) if leans else 0.0)
