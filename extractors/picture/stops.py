"""The ring that ends a sentence: the thinnest sign, as pale as a seal that lies over its line.

Told by darkness it goes with the seal; but no stroke of a seal is a small ring with paper around.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.seals import Seal

RING_INK = 0.2
"""Darkness of its blurred outline, 0..1: half of what counts as printed."""
RING_EM = (0.18, 0.45)
"""Outer width and height of the ring, with its blur."""
ROUND = 0.7
"""The shorter of these over the longer one."""
DEPTH = 0.2
"""Its middle is paler than any place of its outline by this share of the darkest: blots are not."""


def with_stops(
    mask: NDArray[np.uint8], ink: NDArray[np.float32], seals: Sequence[Seal], *, em: float
) -> NDArray[np.uint8]:
    """The printed pixels with the rings of full stops in seals.

    Args:
        mask: Printed pixels without seals, uint8 (H, W), 0 or 1.
        ink: Darkness without rulings, float32 (H, W), 0..1.
        seals: Of the page.
        em: Text height in pixels.
    """
    out = mask.copy()
    for seal in seals:
        place, distance = seal.surroundings(ink.shape)
        out[place] |= _rings(np.where(distance <= seal.inner, ink[place], 0), em)
    return out


def _rings(ink: NDArray[np.float32], em: float) -> NDArray[np.uint8]:
    """The pixels (h, w) of small rings, 0 or 1."""
    inked = (ink > RING_INK).astype(np.uint8)
    rings = np.zeros_like(inked)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    shorter, longer = (pick(stats[:, 2], stats[:, 3]) for pick in (np.minimum, np.maximum))
    fits = (shorter >= RING_EM[0] * em) & (longer <= RING_EM[1] * em) & (shorter >= ROUND * longer)
    for label in np.flatnonzero(fits):
        x, y, w, h = stats[label, :4]
        ring = labels[y : y + h, x : x + w] == label
        if _is_hollow(np.where(ring, ink[y : y + h, x : x + w], 0)):
            rings[y : y + h, x : x + w][ring] = 1
    return rings


def _is_hollow(ink: NDArray[np.float32]) -> bool:
    """Whether a shape has a middle that is paler than its outline all around."""
    levels = np.unique(ink)
    closed = [level for level in levels if _encloses_paper(ink > level)]
    return bool(closed) and float(levels[levels > closed[-1]][0] - closed[0]) >= DEPTH * ink.max()


def _encloses_paper(shape: NDArray[np.bool_]) -> bool:
    paper = np.pad(~shape, 1, constant_values=True).astype(np.uint8)
    return int(cv2.connectedComponents(paper, connectivity=4)[0]) > 2
