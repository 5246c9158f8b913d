"""Ruled lines in a darkness map: long, thin, dark, with empty flanks.

A line filter averages the darkness along a short window and subtracts what stands beside it.
Averaging carries it over breaks and through noise; the flanks tell a ruling from a row of print.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.openings import opened

FLANK_NEAR_EM = 0.16
"""Nearest distance of the flanks from the line: outside a heavy frame's own half thickness."""
FLANK_FAR_EM = 0.42
"""Farthest: beyond the second line of a double frame, still inside a row of print."""
WEAK = 0.16
"""Filter response of the faintest part of a ruling, as a share of full ink."""
STRONG = 0.3
"""Response that at least one part of a ruling must reach,"""
STRONG_SHARE = 0.6
USUAL_EM = 10.0
SURELY_RULED = 0.6
"""or this share of what those usually reach that are longer and surer than rows of strokes: a page
may be ruled in hairlines."""
COVERED = 0.25
"""Darkness at which a pixel of a ruling counts as printed."""
STROKE_EM = 2.5
"""No single stroke of print is as long as this."""
MAX_THICKNESS_EM = 0.4
"""A run thicker than this is a filled area."""
BESIDE_EM = 0.2
"""Distance of the flanks where ink speaks against a ruling."""
SOLID = 0.9
"""A flank with this much ink is a filled area beside the ruling, not print."""
FLANK_WEIGHT = 0.5
"""Print may touch a ruling in a tight row, so ink beside it counts half against it."""


Crest = tuple[NDArray[np.bool_], NDArray[np.float32], tuple[int, int], float]
"""Where the response of the filter is highest: the pixels, the response there, the upper left
corner of both on the page, and the highest response."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A nearly axis-parallel ruled segment in pixels.

    For a horizontal one ``(x0, y0)`` is the left end, for a vertical one the upper end.

    Attributes:
        evidence: Share of it covered with ink less half the share of its flanks that is, −1..1.
    """

    horizontal: bool
    x0: float
    y0: float
    x1: float
    y1: float
    evidence: float

    @property
    def length(self) -> float:
        """Along its direction."""
        return self.x1 - self.x0 if self.horizontal else self.y1 - self.y0

    @property
    def position(self) -> float:
        """Across its direction, in the middle."""
        return (self.y0 + self.y1) / 2 if self.horizontal else (self.x0 + self.x1) / 2

    @property
    def start(self) -> float:
        """Smaller end along its direction."""
        return self.x0 if self.horizontal else self.y0

    @property
    def end(self) -> float:
        """Larger end along its direction."""
        return self.x1 if self.horizontal else self.y1


def find_segments(
    ink: NDArray[np.float32], *, em: float, window_em: float, min_length_em: float
) -> list[Segment]:
    """Ruled segments of both directions.

    Args:
        ink: Darkness, float32 (H, W), 0..1.
        em: Text height in pixels.
        window_em: Length of the averaging window: long against strokes, short against the
            drift of a skewed line.
        min_length_em: Shorter findings are dropped.
    """
    across = _horizontal(ink, em, window_em, min_length_em)
    down = _horizontal(np.ascontiguousarray(ink.T), em, window_em, min_length_em)
    return across + [Segment(False, s.y0, s.x0, s.y1, s.x1, s.evidence) for s in down]


def find_runs(ink: NDArray[np.float32], *, em: float, min_length_em: float) -> list[Segment]:
    """Unbroken level and upright runs of ink, with exact ends.

    The line filter blurs the ends of a ruling by half its window, which in a row no higher than
    the window mixes it with strokes above and below; a run shows such short rulings as they are.

    Args:
        ink: Darkness, float32 (H, W), 0..1.
        em: Text height in pixels.
        min_length_em: Longer than any stroke of print.
    """
    across = _runs(ink, em, min_length_em)
    down = _runs(np.ascontiguousarray(ink.T), em, min_length_em)
    return across + [Segment(False, s.y0, s.x0, s.y1, s.x1, s.evidence) for s in down]


def _runs(ink: NDArray[np.float32], em: float, min_length_em: float) -> list[Segment]:
    printed = (ink > COVERED).astype(np.uint8)
    length = max(5, round(min_length_em * em))
    mended = cv2.morphologyEx(printed, cv2.MORPH_CLOSE, np.ones((1, 3), np.uint8))
    runs = opened(np.asarray(mended, np.uint8), width=length)
    count, _, stats, centroids = cv2.connectedComponentsWithStats(runs, connectivity=8)
    return [
        Segment(
            True,
            float(stats[i, cv2.CC_STAT_LEFT]),
            float(centroids[i][1]),
            float(stats[i, cv2.CC_STAT_LEFT] + stats[i, cv2.CC_STAT_WIDTH]),
            float(centroids[i][1]),
            1.0,
        )
        for i in range(1, count)
        if stats[i, cv2.CC_STAT_HEIGHT] <= MAX_THICKNESS_EM * em
    ]


def long_runs(ink: NDArray[np.float32], em: float) -> NDArray[np.uint8]:
    """Ink in level or upright runs longer than any stroke of print, with its blurred rim.

    Args:
        ink: Darkness, float32 (H, W), 0..1.
        em: Text height in pixels.

    Returns:
        uint8 (H, W), 1 where such ink is.
    """
    printed = (ink > COVERED).astype(np.uint8)
    length = max(3, round(STROKE_EM * em))
    level = opened(printed, width=length)
    upright = opened(printed, height=length)
    return np.asarray(cv2.dilate(cv2.max(level, upright), np.ones((3, 3), np.uint8)), np.uint8)


def line_response(ink: NDArray[np.float32], em: float, window: int) -> NDArray[np.float32]:
    """Mean darkness along a horizontal window less the darker of its two flanks."""
    along = cv2.blur(ink, (window, 1))
    near, far = max(2, round(FLANK_NEAR_EM * em)), max(4, round(FLANK_FAR_EM * em))
    size = far - near + 1
    kernel = np.ones((size, 1), np.uint8)
    # The anchor decides on which side of the pixel the window of offsets lies.
    emptiest = cv2.erode(along, kernel, anchor=(0, 0), borderValue=0.0)
    height = ink.shape[0]
    below = np.zeros_like(along)
    below[: height - near] = emptiest[near:]
    above = np.zeros_like(along)
    above[far:] = emptiest[: height - far]
    return np.asarray(along - np.maximum(above, below), dtype=np.float32)


def _horizontal(
    ink: NDArray[np.float32], em: float, window_em: float, min_length_em: float
) -> list[Segment]:
    window = max(9, round(window_em * em) | 1)
    response = line_response(ink, em, window)
    crest = response >= cv2.dilate(response, np.ones((5, 1), np.uint8)) - 0.02
    mask = ((response > WEAK) & crest).astype(np.uint8)
    # Crests of neighbouring columns may differ by a row where the line drifts.
    linked = cv2.dilate(mask, np.ones((3, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(linked, connectivity=8)
    crests: list[Crest] = []
    for i in range(1, count):
        x, y, w, h = (int(v) for v in stats[i, :4])
        if w < min_length_em * em:
            continue
        part = (labels[y : y + h, x : x + w] == i) & (mask[y : y + h, x : x + w] > 0)
        strength = response[y : y + h, x : x + w]
        if part.any():
            crests.append((part, strength, (x, y), float(strength[part].max())))
    long = [c for c in crests if c[0].shape[1] >= USUAL_EM * em]
    strong = min(STRONG, STRONG_SHARE * _usual_peak(ink, long, em))
    fits = (_fitted(ink, *crest[:3], em) for crest in crests if crest[3] >= strong)
    return [s for s in fits if s is not None and s.length >= min_length_em * em]


def _usual_peak(ink: NDArray[np.float32], crests: Sequence[Crest], em: float) -> float:
    """Response that long rulings of the page reach; full ink where there are none."""
    fitted = ((_fitted(ink, *crest[:3], em), crest[3]) for crest in crests)
    peaks = [
        peak
        for s, peak in fitted
        if s is not None and s.length >= USUAL_EM * em and s.evidence >= SURELY_RULED
    ]
    return float(np.median(peaks)) if peaks else 1.0


def _fitted(
    ink: NDArray[np.float32],
    part: NDArray[np.bool_],
    strength: NDArray[np.float32],
    corner: tuple[int, int],
    em: float,
) -> Segment | None:
    """Straight line through the crest, cut back to where ink is really printed.

    Args:
        ink: Darkness of the page.
        part: The crest, bool (h, w).
        strength: Response of the filter there, float32 (h, w).
        corner: ``(x, y)`` of the part on the page.
        em: Text height in pixels.
    """
    x, y = corner
    rows, cols = np.nonzero(part)
    slope, level = np.polyfit(cols, rows, 1, w=strength[rows, cols]) if len(cols) > 2 else (0, 0)
    xs = np.arange(part.shape[1])
    ys = np.asarray(y + level + slope * xs, dtype=np.float64)
    near = _darkest(ink, x + xs, ys, range(-1, 2))
    printed = np.nonzero(near > COVERED)[0]
    if printed.size == 0:
        return None
    first, last = int(printed[0]), int(printed[-1])
    offset = max(3, round(BESIDE_EM * em))
    flanks = [
        float((_darkest(ink, x + xs, ys, range(d, d + 3))[first : last + 1] > COVERED).mean())
        for d in (-offset - 2, offset)
    ]
    cover = printed.size / (last + 1 - first)
    beside = max((f for f in flanks if f < SOLID), default=0.0)
    return Segment(
        True,
        x + first,
        float(ys[first]),
        x + last + 1,
        float(ys[first] + slope * (last + 1 - first)),
        cover - FLANK_WEIGHT * beside,
    )


def _darkest(
    ink: NDArray[np.float32], xs: NDArray[np.int64], ys: NDArray[np.float64], offsets: range
) -> NDArray[np.float32]:
    """Darkest pixel of each column among the rows at ``offsets`` from a line."""
    rows = np.rint(ys).astype(int)
    stack = [ink[np.clip(rows + d, 0, ink.shape[0] - 1), xs] for d in offsets]
    return np.asarray(np.max(stack, axis=0), dtype=np.float32)
