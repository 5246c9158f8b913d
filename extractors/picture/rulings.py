"""Ruled lines in a darkness map: long, thin, dark, with empty flanks.

A line filter averages the darkness along a short window and subtracts what stands beside it.
Averaging carries it over breaks and through noise; the flanks tell a ruling from a row of print.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

FLANK_NEAR_EM = 0.16
"""Nearest distance of the flanks from the line: outside a heavy frame's own half thickness."""
FLANK_FAR_EM = 0.42
"""Farthest: beyond the second line of a double frame, still inside a row of print."""
WEAK = 0.16
"""Filter response of the faintest part of a ruling, as a share of full ink."""
STRONG = 0.3
"""Response that at least one part of a ruling must reach."""
COVERED = 0.25
"""Darkness at which a pixel of a ruling counts as printed."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A nearly axis-parallel ruled segment in pixels.

    For a horizontal one ``(x0, y0)`` is the left end, for a vertical one the upper end.
    """

    horizontal: bool
    x0: float
    y0: float
    x1: float
    y1: float
    thickness: float

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
    return across + [Segment(False, s.y0, s.x0, s.y1, s.x1, s.thickness) for s in down]


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
    segments = []
    for i in range(1, count):
        x, y, w, h = (int(v) for v in stats[i, :4])
        if w < min_length_em * em:
            continue
        part = (labels[y : y + h, x : x + w] == i) & (mask[y : y + h, x : x + w] > 0)
        strength = response[y : y + h, x : x + w]
        if not part.any() or float(strength[part].max()) < STRONG:
            continue
        segment = _fitted(ink, part, strength, x, y)
        if segment is not None and segment.length >= min_length_em * em:
            segments.append(segment)
    return segments


def _fitted(
    ink: NDArray[np.float32],
    part: NDArray[np.bool_],
    strength: NDArray[np.float32],
    x: int,
    y: int,
) -> Segment | None:
    """Straight line through the crest, cut back to where ink is really printed."""
    rows, cols = np.nonzero(part)
    slope, level = np.polyfit(cols, rows, 1, w=strength[rows, cols]) if len(cols) > 2 else (0, 0)
    xs = np.arange(part.shape[1])
    ys = np.clip(np.rint(y + level + slope * xs).astype(int), 1, ink.shape[0] - 2)
    column = np.stack([ink[ys - 1, x + xs], ink[ys, x + xs], ink[ys + 1, x + xs]])
    printed = np.nonzero(column.max(axis=0) > COVERED)[0]
    if printed.size == 0:
        return None
    first, last = int(printed[0]), int(printed[-1])
    thickness = float(np.median(column[:, printed].sum(axis=0)))
    return Segment(
        True,
        x + first,
        y + level + slope * first,
        x + last + 1,
        y + level + slope * (last + 1),
        thickness,
    )
