"""Boxes side by side, one for each character of a number: nobody ticks these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractors.picture.boxes import Box

FEWEST = 3
"""Two boxes side by side may be 是 and 否 under a heading each."""
GAP = 0.6
"""Share of its size that such a box is from the next at most; between boxes that are ticked there
is room for a label of one character."""


def code_boxes(boxes: Sequence[Box]) -> list[Box]:
    """Those boxes of one line that stand in a row without room for a label between them.

    Args:
        boxes: Left to right.
    """
    rows: list[list[Box]] = [[box] for box in boxes[:1]]
    for left, right in pairwise(boxes):
        if right.x0 - left.x1 <= GAP * min(left.size, right.size):
            rows[-1].append(right)
        else:
            rows.append([right])
    return [box for row in rows if len(row) >= FEWEST for box in row]


def hold(boxes: Iterable[Box], x: float, y: float) -> bool:
    """Whether a place lies in one of some boxes."""
    return any(b.x0 <= x <= b.x1 and b.y0 <= y <= b.y1 for b in boxes)
