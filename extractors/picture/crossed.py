"""Strokes that cross a ruling: print runs up to a ruling, and never through it.

Strokes of neighbouring characters that line up to a ruling are crossed by their other strokes,
as 于 and 中 are; nothing else tells so well what a tight column of them is.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE_EM = 0.2
"""A stroke that crosses goes on this far to both sides: text is set farther from a ruling."""
SLANT_EM = 0.08
"""By so much it may stand higher on one side than on the other."""
END_EM = 0.35
"""At its ends a ruling meets others, and the corners of what these enclose."""
THICKNESS_SHARE = 0.5
"""Rows of pixels covered like this, as a share of the fullest, are the ruling's own thickness."""


def strokes_across(
    ink: NDArray[np.uint8], position: float, start: float, end: float, *, em: float, wander: int
) -> int:
    """How many strokes cross a level ruling.

    Args:
        ink: uint8 (H, W), 0 or 1, all that is printed.
        position: Row of the ruling.
        start: First column.
        end: Last column.
        em: Text height, pixels.
        wander: How far its middle may lie from ``position``, pixels.
    """
    first, last = round(start + END_EM * em), round(end - END_EM * em)
    side, row = max(2, round(SIDE_EM * em)), round(position)
    # What a thick ruling needs on both sides; beyond the sheet there is nothing.
    reach = 3 * side + wander
    top = row - reach
    if top < 0 or row + reach >= ink.shape[0] or last - first < side:
        return 0
    strip = ink[top : row + reach + 1, first:last]
    upper, lower = _body(strip, reach, wander)
    above = np.asarray(strip[max(upper - side, 0) : upper].all(axis=0))
    below = np.asarray(strip[lower + 1 : lower + 1 + side].all(axis=0))
    slant = np.ones((1, 2 * max(1, round(SLANT_EM * em)) + 1), np.uint8)
    sides = np.stack((above, below)).astype(np.uint8)
    widened = np.asarray(cv2.dilate(sides, slant), np.uint8)
    crossed = np.concatenate(([0], widened[0] & widened[1]))
    return int(np.count_nonzero(np.diff(crossed) == 1))


def _body(strip: NDArray[np.uint8], middle: int, wander: int) -> tuple[int, int]:
    """First and last row of the ruling's thickness, near the middle row of a strip."""
    cover = strip.mean(axis=1)
    best = middle - wander + int(np.argmax(cover[middle - wander : middle + wander + 1]))
    bare = np.flatnonzero(cover < THICKNESS_SHARE * cover[best])
    upper = int(max(bare[bare < best], default=-1)) + 1
    lower = int(min(bare[bare > best], default=len(cover))) - 1
    return upper, lower
