"""Signs whose ink tells what they are, where a scan broke them or ran them together.

A recognizer takes the two arcs of a broken ring for a colon, and a ≥ whose strokes run together
for a >. But a colon is high and narrow, and a > is the same above and below its point.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.ocr.port import Char, Reading
from extractors.picture.placed import PlacedReading

REACH_EM = 0.45
"""A sign's ink lies so near to the middle of it: half of the widest, and the error of its place."""
RING_HIGH_EM = 0.36
RING_SLIM = 1.8
"""Height of a ring, and its height over its width, at most. Of twelve typefaces rings are 0.17 to
0.32 em high and as wide; colons 0.33 to 0.67 em and more than three times as high as wide."""
SURE = 0.9
"""Probability of a sign whose ink was measured."""


def settle_by_ink(placed: PlacedReading, rows: NDArray[np.uint8]) -> Reading:
    """The reading with signs as what their ink is.

    Args:
        placed: Reading of a whole line.
        rows: Printed pixels of the line's rows over the page's width, uint8 (h, W), 0 or 1.
    """
    return replace(
        placed.reading, chars=tuple(_settled(c, placed, rows) for c in placed.reading.chars)
    )


def _settled(char: Char, placed: PlacedReading, rows: NDArray[np.uint8]) -> Char:
    if char.text in ":：":
        ink = _ink_of(char, placed, rows)
        if ink.size and _is_ring(ink, placed.em):
            return replace(char, text="。", probability=SURE)
    return char


def _is_ring(ink: NDArray[np.uint8], em: float) -> bool:
    height, width = ink.shape
    return height <= RING_HIGH_EM * em and height <= RING_SLIM * width


def _ink_of(char: Char, placed: PlacedReading, rows: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What is printed at the place of a character and hangs on nothing beside it, cut out."""
    x, reach = placed.x(char), REACH_EM * placed.em
    first, last = max(round(x - reach), 0), round(x + reach) + 1
    near = np.ascontiguousarray(rows[:, first:last])
    if near.size == 0:
        return near
    _, labels, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    left, right = stats[:, 0], stats[:, 0] + stats[:, 2]
    own = (left > 0) & (right < near.shape[1])
    own[0] = False
    kept = own[labels]
    ys, xs = np.nonzero(kept)
    if ys.size == 0:
        return near[:0]
    cut = kept[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    return np.asarray(cut, np.uint8)
