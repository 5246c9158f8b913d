"""Upright strokes that may be sides of tick boxes; those of stacked boxes, printed as one, are cut.

The sides of boxes on lines set close run on from box to box. Level sides cross them there.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.openings import opened

STROKES_EM = (0.38, 0.58)
"""Straight strokes that can be sides of a box: of the smallest, and of the usual ones."""
STROKE_WIDTH_EM = 0.35
"""A side is thinner than this."""
SIZE_EM = (0.45, 1.7)
"""Sides of boxes: from a small square in small print to a box larger than the text."""
STACK_EM = 6.0
"""Five boxes that touch one another are no higher than this."""


def upright_strokes(printed: NDArray[np.uint8], em: float) -> NDArray[np.float64]:
    """Upright strokes ``(x, y, width, height)``, float (N, 4), left to right.

    A heavy tick that touches a side joins it in the shorter opening and not in the longer one.

    Args:
        printed: uint8 (H, W), without rulings, 0 or 1.
        em: Text height in pixels.
    """
    mended = np.asarray(
        cv2.morphologyEx(printed, cv2.MORPH_CLOSE, np.ones((3, 1), np.uint8)), np.uint8
    )
    found: list[tuple[int, ...]] = []
    for stroke in STROKES_EM:
        length = max(4, round(stroke * em))
        level = opened(mended, width=length)
        for run in _runs(opened(mended, height=length), em):
            is_one = run[3] <= SIZE_EM[1] * em
            found += [run] if is_one else _between_crossings(run, level, em)
    strokes = np.unique(np.array(found, dtype=np.float64).reshape(-1, 4), axis=0)
    return strokes[np.argsort(strokes[:, 0], kind="stable")]


def _runs(upright: NDArray[np.uint8], em: float) -> Iterator[tuple[int, int, int, int]]:
    """Runs as thin as a side, from the lowest box to the highest stack."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(upright, connectivity=8)
    for x, y, width, height in stats[1:, :4].tolist():
        if SIZE_EM[0] * em <= height <= STACK_EM * em and width <= STROKE_WIDTH_EM * em:
            yield x, y, width, height


def _between_crossings(
    run: tuple[int, int, int, int], level: NDArray[np.uint8], em: float
) -> list[tuple[int, ...]]:
    """Pieces of a run from one level stroke on it to another, as high as a box may be.

    Where the foot of one box and the head of the next are printed as one, each piece has as much
    of that as the thinnest level stroke is thick.
    """
    x, y, width, height = run
    crossed = level[y : y + height, x : x + width].any(axis=1).astype(np.int8)
    edges = np.diff(crossed, prepend=np.int8(0), append=np.int8(0))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    thin = int((ends - starts).min(initial=height))
    pieces = (
        (x, y + int(ends[i]) - thin, width, int(starts[j] - ends[i]) + 2 * thin)
        for i, j in combinations(range(len(starts)), 2)
    )
    return [p for p in pieces if SIZE_EM[0] * em <= p[3] <= SIZE_EM[1] * em]
