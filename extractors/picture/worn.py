"""Tick boxes whose upright sides are all but gone: hairlines of a 1-bit scan.

A scanner that makes a page black or white keeps a hairline that meets its sensors and loses one
that falls between them, so all boxes of a page lose the same sides. Two level strokes are left,
one below the other, as far apart as they are long, with paper between and around them.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.box_strokes import SIZE_EM
from extractors.picture.boxes import ASPECT, SIDE_TOLERANCE, Box
from extractors.picture.openings import opened

INKED = 0.15
"""Darkness of a dot of a broken side in the working picture, 0..1."""
GAP_EM = 0.25
"""A level side is broken for no longer than this."""
STROKE_EM = 0.2
"""It is thinner than this."""
ROOM_EM = 0.15
"""Paper around a box: so far out there is nothing."""
LOST = 0.6
"""Inked share that one of the upright sides may have left: those of the character 口 are whole."""
BARE = 0.02
"""Inked share of what is paper."""


def worn_frames(ink: NDArray[np.float32], *, em: float) -> list[Box]:
    """Squares of two level strokes that stand free, left to right.

    Several of one size on a page are boxes: of characters only 二 is so bare, and its upper stroke
    is the shorter one.

    Args:
        ink: Darkness without long rulings, float32 (H, W), 0..1.
        em: Text height in pixels.
    """
    inked = (ink > INKED).astype(np.uint8)
    strokes = _level_strokes(inked, em)
    boxes = [b for upper in strokes for b in _below(upper, strokes) if stands_free(b, inked, em)]
    return sorted(boxes, key=lambda b: b.x0)


def _level_strokes(inked: NDArray[np.uint8], em: float) -> NDArray[np.float64]:
    """Level strokes ``(x, y, width, height)``, float (N, 4), top to bottom."""
    # An even kernel would move what it leaves by a pixel.
    gap = round(GAP_EM * em) | 1
    mended = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    level = opened(np.asarray(mended, np.uint8), width=round(SIZE_EM[0] * em))
    _, _, stats, _ = cv2.connectedComponentsWithStats(level, connectivity=8)
    found = stats[1:, :4].astype(np.float64)
    fits = (found[:, 2] <= SIZE_EM[1] * em) & (found[:, 3] <= max(2.0, STROKE_EM * em))
    return found[fits][np.argsort(found[fits][:, 1], kind="stable")]


def _below(upper: NDArray[np.float64], strokes: NDArray[np.float64]) -> Iterator[Box]:
    """The squares that a stroke makes with those below it."""
    x, y, width, _ = upper
    slack = max(2.0, SIDE_TOLERANCE * width)
    height = strokes[:, 1] + strokes[:, 3] - y
    fits = (
        (np.abs(strokes[:, 0] - x) <= slack)
        & (np.abs(strokes[:, 0] + strokes[:, 2] - x - width) <= slack)
        & (height * ASPECT[0] <= width)
        & (width <= height * ASPECT[1])
    )
    for stroke, high in zip(strokes[fits], height[fits], strict=True):
        x0, x1 = min(x, stroke[0]), max(x + width, stroke[0] + stroke[2])
        yield Box(float(x0), float(y), float(x1), float(y + high), is_worn=True)


def stands_free(box: Box, inked: NDArray[np.uint8], em: float, *, slack: int = 1) -> bool:
    """Whether there is paper in and around a square, and at its sides.

    Args:
        box: In pixels of ``inked``.
        inked: uint8 (H, W), 0 or 1.
        em: Text height in pixels.
        slack: So far from its place a side may lie, pixels.
    """
    x0, y0, x1, y1 = round(box.x0), round(box.y0), round(box.x1), round(box.y1)
    rim = slack - 1 + max(2, round(ROOM_EM * em))
    stroke = max(2, round(STROKE_EM * em))
    inside = inked[y0 + stroke : y1 - stroke, x0 + stroke : x1 - stroke]
    around = inked[max(y0 - rim, 0) : y1 + rim, max(x0 - rim, 0) : x1 + rim]
    near = inked[max(y0 - slack, 0) : y1 + slack, max(x0 - slack, 0) : x1 + slack]
    sides = [inked[y0 + 2 : y1 - 2, max(x - 1, 0) : x + 2] for x in (x0, x1 - 1)]
    if not inside.size or inside.mean() > BARE:
        return False
    if all(side.max(axis=1).mean() > LOST for side in sides):
        return False
    outside = int(around.sum(dtype=np.int64)) - int(near.sum(dtype=np.int64))
    return outside <= BARE * (around.size - near.size)
