"""Elementary cells with no ruling between them are one cell; a cell is a rectangle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rect = tuple[int, int, int, int]
"""Half-open ``(row0, col0, row1, col1)`` in lattice steps."""


@dataclass(frozen=True, slots=True)
class Edges:
    """How much of each elementary side is ruled, 0..1.

    Attributes:
        across: float (rows + 1, cols): horizontal sides, by lattice line and column.
        down: float (cols + 1, rows): vertical sides, by lattice line and row.
    """

    across: NDArray[np.float64]
    down: NDArray[np.float64]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of elementary cells."""
        return self.across.shape[0] - 1, self.down.shape[0] - 1


def rectangles(edges: Edges, *, min_cover: float) -> list[Rect]:
    """Cells as rectangles that tile the lattice, by row, then column."""
    out: list[Rect] = []
    for region in _regions(edges, min_cover):
        _cut(region, edges, min_cover, out)
    return sorted(out)


def _regions(edges: Edges, min_cover: float) -> list[set[tuple[int, int]]]:
    rows, cols = edges.shape
    seen = np.zeros((rows, cols), dtype=bool)
    regions = []
    for r in range(rows):
        for c in range(cols):
            if not seen[r, c]:
                regions.append(_flood(r, c, edges, min_cover, seen))
    return regions


def _flood(
    row: int, col: int, edges: Edges, min_cover: float, seen: NDArray[np.bool_]
) -> set[tuple[int, int]]:
    rows, cols = edges.shape
    region = {(row, col)}
    seen[row, col] = True
    stack = [(row, col)]
    while stack:
        r, c = stack.pop()
        ways = (
            (r - 1, c, edges.across[r, c]),
            (r + 1, c, edges.across[r + 1, c]),
            (r, c - 1, edges.down[c, r]),
            (r, c + 1, edges.down[c + 1, r]),
        )
        for nr, nc, cover in ways:
            inside = 0 <= nr < rows and 0 <= nc < cols
            if inside and not seen[nr, nc] and cover < min_cover:
                seen[nr, nc] = True
                region.add((nr, nc))
                stack.append((nr, nc))
    return region


_Cut = tuple[float, int, float, set[tuple[int, int]]]
"""Ink under a cut, how many of its ends go on as rulings, share of its line that is ruled within
the region, and the cells on one side."""


def _cut(region: set[tuple[int, int]], edges: Edges, min_cover: float, out: list[Rect]) -> None:
    """Appends the rectangles of a region; one that is no rectangle is cut in two and tried again.

    A ruling cannot end in the open, so at a reflex corner one of the two rulings that meet
    there must go on: the lattice line with the most ink under it does; of equals one that is
    ruled at both ends of the gap, then the one that is printed along more of the region.
    """
    r0, r1 = min(r for r, _ in region), max(r for r, _ in region) + 1
    c0, c1 = min(c for _, c in region), max(c for _, c in region) + 1
    if len(region) == (r1 - r0) * (c1 - c0):
        out.append((r0, c0, r1, c1))
        return
    best: _Cut | None = None
    for y in range(r0 + 1, r1):
        sides = [c for c in range(c0, c1) if (y - 1, c) in region and (y, c) in region]
        if sides:
            cut = _measured(edges.across[y], sides, slice(c0, c1), min_cover)
            best = _better(best, (*cut, {(r, c) for r, c in region if r < y}))
    for x in range(c0 + 1, c1):
        sides = [r for r in range(r0, r1) if (r, x - 1) in region and (r, x) in region]
        if sides:
            cut = _measured(edges.down[x], sides, slice(r0, r1), min_cover)
            best = _better(best, (*cut, {(r, c) for r, c in region if c < x}))
    if best is None:
        out.extend((r, c, r + 1, c + 1) for r, c in region)
        return
    for part in (best[-1], region - best[-1]):
        for piece in _connected_parts(part, edges, min_cover):
            _cut(piece, edges, min_cover, out)


def _measured(
    line: NDArray[np.float64], sides: list[int], within: slice, min_cover: float
) -> tuple[float, int, float]:
    """How much speaks for a cut along some sides of a lattice line."""
    ruled = line >= min_cover
    ends = [e for e in (sides[0] - 1, sides[-1] + 1) if 0 <= e < len(line) and ruled[e]]
    return float(line[sides].mean()), len(ends), float(ruled[within].mean())


def _better(best: _Cut | None, other: _Cut) -> _Cut:
    return other if best is None or other[:-1] > best[:-1] else best


def _connected_parts(
    part: set[tuple[int, int]], edges: Edges, min_cover: float
) -> list[set[tuple[int, int]]]:
    rest = set(part)
    pieces = []
    while rest:
        stack = [rest.pop()]
        piece = set(stack)
        while stack:
            r, c = stack.pop()
            ways = (
                ((r - 1, c), edges.across[r, c]),
                ((r + 1, c), edges.across[r + 1, c]),
                ((r, c - 1), edges.down[c, r]),
                ((r, c + 1), edges.down[c + 1, r]),
            )
            for other, cover in ways:
                if other in rest and cover < min_cover:
                    rest.remove(other)
                    piece.add(other)
                    stack.append(other)
        pieces.append(piece)
    return pieces
