"""How well a figure of known shape fits at each place of a picture with other strokes in it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.figure_shapes import Shape

MISSING = 5.0
"""Ink of a figure that is missing weighs so many times what is there."""
SLACK = 0.25
"""Darkness by which a pixel may be paler than it usually is in this figure."""
JITTER = (-1, 0, 1)
"""Pixels by which a figure may stand aside."""
KNOWN = 0.2
"""Share of a figure's ink that must lie where ink can be told from that of a ring or a star."""
LOST = 0.07
"""No more of a figure's ink is known to be missing: of those that are printed up to 0.05 was."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a figure fits, by the first row and the column in which its room begins.

    Attributes:
        gain: Ink that it accounts for less what is missing, weighed, pixels, float32
            (rows, columns); -inf where it does not fit.
        extra: Ink beyond its own, and of its own that is hidden, pixels.
        there: Ink that it accounts for, pixels.
        total: All of its own ink, pixels.
    """

    gain: NDArray[np.float32]
    extra: NDArray[np.float32]
    there: NDArray[np.float32]
    total: float


def fit_of(ink: NDArray[np.float32], known: NDArray[np.bool_], shape: Shape, share: float) -> Fit:
    """How a figure fits in a picture.

    Args:
        ink: Darkness, float32 (H, W), 0..1.
        known: Where ink may be of print, bool (H, W).
        shape: Of the figure.
        share: How often it comes, 0..1: of two that fit alike the commoner is likelier.
    """
    h, w = shape.ink.shape
    padded = np.pad(ink, ((0, 0), (1, w)))
    seen = np.pad(known, ((0, 0), (1, w)), constant_values=True).astype(np.float32)
    views = np.lib.stride_tricks.sliding_window_view(padded, (h, w))
    weights = np.lib.stride_tricks.sliding_window_view(seen, (h, w))
    own = np.einsum("yxhw,hw->yx", weights, shape.ink)
    there = (np.minimum(views, shape.ink) * weights).sum(axis=(2, 3))
    missing = (np.maximum(shape.ink - views - SLACK, 0) * weights).sum(axis=(2, 3))
    wide = cv2.dilate(shape.ink, np.ones((3, 3), np.uint8))
    total = shape.ink.sum()
    beyond = (np.maximum(views - wide, 0) * weights).sum(axis=(2, 3))
    fits = (own >= KNOWN * total) & (missing <= LOST * total)
    gain = np.where(fits, there - MISSING * missing + np.log(share), -np.inf)
    values = (gain, beyond + total - own, there)
    return Fit(*_best_aside(*values, ink.shape[1] + 1), float(total))


def _best_aside(
    gain: NDArray[np.float64],
    extra: NDArray[np.float64],
    there: NDArray[np.float64],
    width: int,
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Three values of the best of some places side by side, by where the room begins."""
    best = np.full((gain.shape[0], width), -np.inf, np.float32)
    beyond, share = np.zeros(best.shape, np.float32), np.zeros(best.shape, np.float32)
    for aside in JITTER:
        first = max(0, -aside - 1)
        columns = slice(first, min(width, gain.shape[1] - aside - 1))
        moved = slice(columns.start + aside + 1, columns.stop + aside + 1)
        better = gain[:, moved] > best[:, columns]
        best[:, columns][better] = gain[:, moved][better]
        beyond[:, columns][better] = extra[:, moved][better]
        share[:, columns][better] = there[:, moved][better]
    return best, beyond, share
