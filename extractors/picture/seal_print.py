"""The characters of a grey seal, told from print by how dark the strokes are at their core.

A page's full ink is measured over all its print, thin strokes too, and the wide ring of a grey
seal comes near it. But the cores of printed strokes are darker than any part of such a seal.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.seals import Seal

CORE_PERCENTILE = 85
"""Of the pixels of a stroke, or of all print, the darkest sixth is its core."""
SEPARABLE = 0.8
"""A ring darker than this share of the cores of print is as dark as print."""
TOWARDS_PRINT = 0.35
"""So far from a ring's darkness towards that of print a stroke is print: thin strokes are paler
than others, those of a seal never darker than its ring by a tenth of the way."""
MIN_PIXELS = 4
"""Fewer pixels have no core."""


def without_seal_print(
    mask: NDArray[np.uint8], tone: NDArray[np.float32], seals: Sequence[Seal]
) -> NDArray[np.uint8]:
    """The print of a page without the strokes that grey seals added beside it.

    Strokes that print and seal share stay: which part is which a person must see.

    Args:
        mask: Printed pixels without rulings and rings, uint8 (H, W), 0 or 1.
        tone: Darkness that is not cut off at full ink, float32 (H, W).
        seals: Of the page.
    """
    dark = [s for s in seals if s.is_dark]
    outside = np.ones(mask.shape, np.bool_)
    distances = [_distance(seal, mask.shape) for seal in dark]
    for seal, distance in zip(dark, distances, strict=True):
        outside &= distance > seal.outer
    cores = tone[(mask > 0) & outside]
    if not dark or cores.size == 0:
        return mask
    print_tone = float(np.percentile(cores, CORE_PERCENTILE))
    bare = mask.copy()
    for seal, distance in zip(dark, distances, strict=True):
        ring_tone = _ring_tone(tone, seal, distance)
        if ring_tone < SEPARABLE * print_tone:
            least = ring_tone + TOWARDS_PRINT * (print_tone - ring_tone)
            _drop_pale(bare, tone, distance <= seal.inner, least)
    return bare


def _ring_tone(tone: NDArray[np.float32], seal: Seal, distance: NDArray[np.float64]) -> float:
    """Usual darkness of the darkest circle of a ring: its edges are blurred."""
    near = (distance >= seal.inner) & (distance <= seal.outer)
    circles = np.rint(distance[near]).astype(np.int64)
    values = tone[near]
    return max((float(np.median(values[circles == r])) for r in np.unique(circles)), default=0.0)


def _drop_pale(
    mask: NDArray[np.uint8], tone: NDArray[np.float32], disc: NDArray[np.bool_], least: float
) -> None:
    """Takes strokes off the mask that lie within a disc and have a core paler than ``least``."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    for label in np.unique(labels[disc & (mask > 0)]):
        x, y, w, h, area = (int(v) for v in stats[label])
        place = (slice(y, y + h), slice(x, x + w))
        own = labels[place] == label
        if area < MIN_PIXELS or float(np.percentile(tone[place][own], CORE_PERCENTILE)) < least:
            mask[place][own & disc[place]] = 0


def _distance(seal: Seal, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Of every pixel from the centre of a seal, float64 (H, W)."""
    ys = np.arange(shape[0])[:, None] - seal.y
    xs = np.arange(shape[1])[None] - seal.x
    return np.asarray(np.hypot(ys, xs), dtype=np.float64)
