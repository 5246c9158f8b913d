"""The ring that ends a sentence: the smallest sign with the thinnest stroke.

Where a scanner blurs print, its outline is half as dark as strokes, a few dots of it count as
printed, and these are as small as dirt. All of it together is a ring still, as no dirt is.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

PALE_INK = 0.2
"""Darkness of a blurred outline, 0..1: the print of the reverse has no dots above `PRINTED`."""
RING_EM = (0.18, 0.45)
"""Outer width and height of the ring, with its blur."""
ROUND = 0.7
"""The shorter of these over the longer one."""


def with_rings(
    mask: NDArray[np.uint8], ink: NDArray[np.float32], *, em: float
) -> NDArray[np.uint8]:
    """The mask with whole rings where a part of one is printed.

    Args:
        mask: Printed pixels, specks included, uint8 (H, W), 0 or 1.
        ink: Darkness, float32 (H, W), 0..1.
        em: Text height in pixels.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStats(
        (ink > PALE_INK).astype(np.uint8), connectivity=8
    )
    shorter, longer = (pick(stats[:, 2], stats[:, 3]) for pick in (np.minimum, np.maximum))
    fits = (shorter >= RING_EM[0] * em) & (longer <= RING_EM[1] * em) & (shorter >= ROUND * longer)
    out = mask.copy()
    for label in np.flatnonzero(fits):
        x, y, w, h = stats[label, :4]
        place = np.s_[y : y + h, x : x + w]
        ring = labels[place] == label
        if mask[place][ring].any() and _is_hollow(ring):
            out[place][ring] = 1
    return out


def _is_hollow(shape: NDArray[np.bool_]) -> bool:
    """Whether a shape encloses paper."""
    paper = np.pad(~shape, 1, constant_values=True).astype(np.uint8)
    return int(cv2.connectedComponents(paper, connectivity=4)[0]) > 2
