"""Edges of a photographed sheet, which are no rulings: darker beyond, and no line between.

Against the paper around it the last of a desk is as dark as a line, and what ends on it would be
taken for a table as large as the sheet.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.picture.rulings import Segment

LONG_EM = 4.0
"""Beside less than this stands print, on one side or the other."""
BESIDE_EM = (0.4, 0.7)
"""Where the sides are looked at: beyond the blur of a line."""
ACROSS_EM = 0.15
"""A segment follows its line this closely."""
FAR_EM = 4.0
"""A desk goes on as far, or to the edge of the picture: a filled row of a table is lower."""
STEP = 0.1
"""The desk is darker than paper by this share of its brightness at least."""
LEAST_RATIO = 4.0
"""An edge is a step so many times as high as the line is darker than its darker side. Of rulings
beside a grey cell it is less than twice as high; of edges forty times."""


def without_edges(
    segments: Sequence[Segment], grey: NDArray[np.uint8], *, em: float
) -> list[Segment]:
    """The segments without those on which brightness changes and nothing is drawn.

    Args:
        segments: In pixels of ``grey``.
        grey: The page, uint8 (H, W).
        em: Text height in pixels.
    """
    return [s for s in segments if s.length < LONG_EM * em or not _is_edge(s, grey, em)]


def _is_edge(segment: Segment, grey: NDArray[np.uint8], em: float) -> bool:
    across = max(2, round(ACROSS_EM * em))
    low, high = (round(share * em) for share in BESIDE_EM)
    line = float(np.median(_rows(segment, grey, -across, across).min(axis=0)))
    before, after = (
        float(np.median(_rows(segment, grey, *band))) for band in ((-high, -low), (low, high))
    )
    darker, paper = min(before, after), max(before, after)
    if paper - darker < max(STEP * paper, LEAST_RATIO * (darker - line)):
        return False
    beyond = range(-round(FAR_EM * em), -low) if before < after else range(low, round(FAR_EM * em))
    rows = _rows(segment, grey, beyond[0], beyond[-1])
    return bool((np.median(rows, axis=1) < (darker + paper) / 2).all())


def _rows(segment: Segment, grey: NDArray[np.uint8], first: int, last: int) -> NDArray[np.uint8]:
    """Brightness along a segment at distances ``first`` to ``last`` across it, (rows, length)."""
    level = grey if segment.horizontal else grey.T
    ends = (segment.y0, segment.y1) if segment.horizontal else (segment.x0, segment.x1)
    along = np.arange(max(round(segment.start), 0), min(round(segment.end), level.shape[1]))
    middle = np.interp(along, (segment.start, segment.end), ends)
    rows = np.rint(middle).astype(np.int64) + np.arange(first, last + 1)[:, None]
    return np.asarray(level[np.clip(rows, 0, level.shape[0] - 1), along], np.uint8)
