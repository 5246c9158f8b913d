"""Tick boxes of which little but the corners is left, where two hairlines meet.

The two make a darker dot than either, and a scanner that makes a page black or white may keep
these alone. Four dots of a square with paper within are chance; several of one size are boxes.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.boxes import ASPECT, Box, same_size
from extractors.picture.worn import INKED, STROKE_EM, stands_free

REACH_PX = 2
"""A corner lies so near to its place: half a hairline, and what scaling moves it by."""
SIZE_EM = (0.45, 1.1)
"""Sides of boxes in a line of print: lines are farther apart, and ends of strokes in them lie over
each other."""
CORNERS = 4
FEWEST_CORNERS = 3
"""Of a box whose size others show one corner may be lost."""
MOST_POINTS = 2000
"""A page with more specks than this is dirty, and squares of them are chance."""


def cornered_frames(ink: NDArray[np.float32], *, em: float, least: int) -> list[Box]:
    """Squares of dots, left to right, where ``least`` of one size have all four corners.

    Args:
        ink: Darkness without long rulings, float32 (H, W), 0..1.
        em: Text height in pixels.
        least: So many show that they are boxes.
    """
    inked = (ink > INKED).astype(np.uint8)
    points = _points(inked, em)
    if not CORNERS * least <= len(points) <= MOST_POINTS:
        return []
    dots = np.zeros(inked.shape, np.uint8)
    dots[points[:, 1], points[:, 0]] = 1
    reach = np.ones((2 * REACH_PX + 1, 2 * REACH_PX + 1), np.uint8)
    near = np.asarray(cv2.dilate(dots, reach), np.uint8)
    whole = _free(_squares(points, near, em), inked, em)
    group = max(([b for b in whole if same_size(a, b)] for a in whole), key=len, default=[])
    if len(group) < least:
        return []
    size = round(float(np.median([b.size for b in group])))
    more = _free(_of_size(points, near, size), inked, em)
    return sorted(_distinct([*group, *more]), key=lambda b: b.x0)


def _points(inked: NDArray[np.uint8], em: float) -> NDArray[np.int64]:
    """Both ends of every small stroke that is no higher than a hairline, int64 (N, 2), x and y."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    x, y, w, h = (stats[1:, i].astype(np.int64) for i in range(4))
    flat = (h <= max(2.0, STROKE_EM * em)) & (w <= SIZE_EM[1] * em)
    middle = y[flat] + (h[flat] - 1) // 2
    ends = [np.stack([at, middle], axis=1) for at in (x[flat], x[flat] + w[flat] - 1)]
    return np.unique(np.concatenate(ends), axis=0)


def _squares(points: NDArray[np.int64], near: NDArray[np.uint8], em: float) -> list[Box]:
    """Squares of any size a box may have, with a dot at each corner."""
    dx = points[None, :, 0] - points[:, None, 0]
    level = np.abs(points[None, :, 1] - points[:, None, 1]) <= REACH_PX
    lefts, rights = np.nonzero(level & (dx >= SIZE_EM[0] * em) & (dx <= SIZE_EM[1] * em))
    found = []
    for left, right in zip(points[lefts], points[rights], strict=True):
        width = int(right[0] - left[0])
        for high in range(round(width / ASPECT[1]), round(width / ASPECT[0]) + 1):
            y = int(min(left[1], right[1])) + high
            if y < near.shape[0] and near[y, left[0]] and near[y, right[0]]:
                found.append((abs(high - width), left, width, high))
                break
    return [_box(left, width, high) for _, left, width, high in sorted(found, key=lambda f: f[0])]


def _of_size(points: NDArray[np.int64], near: NDArray[np.uint8], size: int) -> list[Box]:
    """Squares of one size with dots at most of their corners; one of these is given."""
    bordered = np.pad(near, size + REACH_PX)
    found = []
    for dx in (0, size):
        for dy in (0, size):
            corner = points - (dx, dy)
            x, y = (corner + size + REACH_PX).T
            count = sum(
                bordered[y + v, x + u].astype(np.int64) for u in (0, size) for v in (0, size)
            )
            found += [_box(p, size, size) for p in corner[count >= FEWEST_CORNERS]]
    return found


def _box(corner: NDArray[np.int64], width: int, height: int) -> Box:
    x, y = float(corner[0]), float(corner[1])
    return Box(x, y, x + width + 1, y + height + 1, is_worn=True)


def _free(boxes: list[Box], inked: NDArray[np.uint8], em: float) -> list[Box]:
    """Those of them with paper in and around them, and in the middle of a level side."""
    inside = [b for b in boxes if b.x0 >= 0 and b.y0 >= 0]
    broken = [b for b in inside if not all(_is_ruled(b, y, inked) for y in (b.y0, b.y1 - 1))]
    return _distinct([b for b in broken if stands_free(b, inked, em, slack=1 + REACH_PX)])


def _is_ruled(box: Box, y: float, inked: NDArray[np.uint8]) -> bool:
    """Whether anything of the middle of a level side is left: two strokes may be 二."""
    third = (box.x1 - box.x0) / 3
    side = inked[max(round(y) - REACH_PX, 0) : round(y) + REACH_PX + 1]
    return bool(side[:, round(box.x0 + third) : round(box.x1 - third)].any())


def _distinct(boxes: list[Box]) -> list[Box]:
    """The first of boxes that lie over each other."""
    kept: list[Box] = []
    for box in boxes:
        x, y = box.center
        if all(max(abs(x - k.center[0]), abs(y - k.center[1])) >= box.size / 2 for k in kept):
            kept.append(box)
    return kept
