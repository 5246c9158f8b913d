"""Tick boxes in a picture: two upright strokes, two level ones, as far apart as they are long.

Strokes are looked for, not closed outlines, so that a tick running over the frame, or a gap in
it, does not hide a box. Whether a frame is a box or a character such as 口 or 国 is decided
later, with the text as witness.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

PRINTED = 0.3
"""Darkness at which a pixel counts as printed, as a share of full ink."""
STROKE_EM = 0.38
"""Shortest straight stroke that can be a side of a box."""
SIZE_EM = (0.45, 1.7)
"""Sides of boxes: from a small square in small print to a box larger than the text."""
ASPECT = (0.72, 1.39)
"""Width over height: drawn boxes are squares, glyph boxes nearly so."""
SIDE_TOLERANCE = 0.16
"""Ends of opposite sides may differ by this share of the side."""
SIDE_COVER = 0.72
"""Share of each level side that must be printed; the rest may be a gap or a seal."""
SOLID_FILL = 0.82
"""Share of a filled square that is ink."""
CENTRE = 0.5
"""Share of the inside, along each axis, whose darkness is judged: the frame stays outside."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box-shaped frame in pixels.

    Attributes:
        fill: Mean darkness of its centre, 0..1 of full ink.
        cover: Share of its outline that is printed, 0..1.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    fill: float
    cover: float

    @property
    def size(self) -> float:
        """Mean of width and height."""
        return (self.x1 - self.x0 + self.y1 - self.y0) / 2

    @property
    def center(self) -> tuple[float, float]:
        """Centre ``(x, y)``."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


def find_boxes(ink: NDArray[np.float32], *, em: float) -> list[Box]:
    """Box-shaped frames and filled squares, left to right.

    Args:
        ink: Darkness without rulings, float32 (H, W), 0..1.
        em: Text height in pixels.
    """
    printed = (ink > PRINTED).astype(np.uint8)
    frames = _frames(printed, ink, em) + _filled(printed, ink, em)
    return sorted(_without_overlaps(frames), key=lambda b: b.x0)


def _frames(printed: NDArray[np.uint8], ink: NDArray[np.float32], em: float) -> list[Box]:
    length = max(4, round(STROKE_EM * em))
    mended = cv2.morphologyEx(printed, cv2.MORPH_CLOSE, np.ones((3, 1), np.uint8))
    upright = cv2.morphologyEx(mended, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(upright, connectivity=8)
    low, high = SIZE_EM[0] * em, SIZE_EM[1] * em
    strokes = np.array(
        [s[:4] for s in stats[1:] if low <= s[3] <= high and s[2] <= 0.35 * em], dtype=np.float64
    ).reshape(-1, 4)
    strokes = strokes[np.argsort(strokes[:, 0], kind="stable")]
    level = np.asarray(
        cv2.dilate(printed, np.ones((2 * max(1, round(0.06 * em)) + 1, 1), np.uint8)),
        dtype=np.uint8,
    )
    boxes = []
    for i, (x, y, _, h) in enumerate(strokes):
        stop = np.searchsorted(strokes[:, 0], x + high)
        for other in strokes[i + 1 : stop]:
            box = _frame(x, y, h, other, level, ink, em)
            if box is not None:
                boxes.append(box)
    return boxes


def _frame(
    x: float,
    y: float,
    h: float,
    other: NDArray[np.float64],
    level: NDArray[np.uint8],
    ink: NDArray[np.float32],
    em: float,
) -> Box | None:
    ox, oy, ow, oh = (float(v) for v in other)
    right = ox + ow
    width = right - x
    slack = max(2.0, SIDE_TOLERANCE * max(h, oh))
    if abs(oy - y) > slack or abs(oy + oh - y - h) > slack:
        return None
    top, bottom = (y + oy) / 2, (y + h + oy + oh) / 2
    height = bottom - top
    fits = SIZE_EM[0] * em <= width <= SIZE_EM[1] * em
    if not fits or not ASPECT[0] <= width / height <= ASPECT[1]:
        return None
    a, b = round(x) + 1, round(right) - 1
    covers = [
        max(float(level[row, a:b].mean()) for row in _rows(edge, em, level.shape[0]))
        for edge in (top, bottom - 1)
    ]
    if min(covers) < SIDE_COVER:
        return None
    cover = (covers[0] + covers[1] + 2 * min(h, oh) / height) / 4
    return Box(x, top, right, bottom, _centre(ink, x, top, right, bottom), min(cover, 1.0))


def _rows(edge: float, em: float, height: int) -> range:
    reach = max(1, round(0.08 * em))
    return range(max(0, round(edge) - reach), min(height, round(edge) + reach + 1))


def _centre(ink: NDArray[np.float32], x0: float, y0: float, x1: float, y1: float) -> float:
    dx, dy = (x1 - x0) * (1 - CENTRE) / 2, (y1 - y0) * (1 - CENTRE) / 2
    inner = ink[round(y0 + dy) : round(y1 - dy) + 1, round(x0 + dx) : round(x1 - dx) + 1]
    return float(inner.mean()) if inner.size else 0.0


def _filled(printed: NDArray[np.uint8], ink: NDArray[np.float32], em: float) -> list[Box]:
    side = max(3, round(0.4 * em))
    solid = cv2.morphologyEx(printed, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    boxes = []
    for x, y, w, h, area in (tuple(int(v) for v in s) for s in stats[1:]):
        square = ASPECT[0] <= w / h <= ASPECT[1] and SIZE_EM[0] * em <= max(w, h) <= SIZE_EM[1] * em
        if square and area >= SOLID_FILL * w * h:
            boxes.append(Box(x, y, x + w, y + h, _centre(ink, x, y, x + w, y + h), 1.0))
    return boxes


def _without_overlaps(boxes: list[Box]) -> list[Box]:
    """Of boxes that share area, the best covered one; of equals the largest."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda b: (round(b.cover, 1), b.size), reverse=True):
        if all(box.x1 <= k.x0 or box.x0 >= k.x1 or box.y1 <= k.y0 or box.y0 >= k.y1 for k in kept):
            kept.append(box)
    return kept
