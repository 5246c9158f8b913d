"""Reading order of the blocks of a page, two pages side by side on one sheet included."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.evidence import Grid, TextLine
from extractors.geometry import BBox

SIDE_BY_SIDE = 0.5
"""Two tables stand side by side if they share this much of the lower one's height."""


def reading_order(blocks: Sequence[Grid | TextLine]) -> tuple[Grid | TextLine, ...]:
    """Top to bottom; where tables stand side by side, the left part of the sheet first.

    Args:
        blocks: Of one page, each with its box.
    """
    middle = _gutter([b.bbox for b in blocks if isinstance(b, Grid) and b.bbox is not None])

    def key(block: Grid | TextLine) -> tuple[bool, float, float]:
        box = block.bbox or BBox(0, 0, 1, 1)
        right = middle is not None and box.center[0] > middle
        return right, box.y0, box.x0

    return tuple(sorted(blocks, key=key))


def _gutter(tables: Sequence[BBox]) -> float | None:
    """Middle of the blank between the first two tables that stand side by side."""
    for a in tables:
        for b in tables:
            shared = min(a.y1, b.y1) - max(a.y0, b.y0)
            if a.x1 <= b.x0 and shared >= SIDE_BY_SIDE * min(a.height, b.height):
                return (a.x1 + b.x0) / 2
    return None
