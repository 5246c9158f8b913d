"""The characters of a grey seal, told from print by how dark the strokes are at their core.

A page's full ink is measured over all its print, thin strokes too, and the wide ring of a grey
seal comes near it. But the cores of printed strokes are darker than any part of such a seal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.seals import Seal

CORE_PERCENTILE = 85
"""Of the pixels of a stroke, or of all print, the darkest sixth is its core."""
TOWARDS_PRINT = 0.35
"""So far from a ring's darkness towards that of print a stroke is print: thin strokes are paler
than others, those of a seal never darker than its ring by a tenth of the way."""
LOST = 0.03
"""Share of a page's print that is paler than what counts as print in a seal, at most: signs with
thin strokes. A ring as dark as print has a tenth of it and more below its own darkness."""
REACH_EM = 0.1
"""The rims of printed strokes, and their thin ends, lie so near to a core."""
MIN_PIXELS = 4
"""Fewer pixels have no core."""


def without_seal_print(
    mask: NDArray[np.uint8], tone: NDArray[np.float32], seals: Sequence[Seal], *, em: float
) -> NDArray[np.uint8]:
    """The print of a page without the strokes that grey seals added beside it.

    Strokes that print and seal share stay: which part is which a person must see.

    Args:
        mask: Printed pixels without rulings and rings, uint8 (H, W), 0 or 1.
        tone: Darkness that is not cut off at full ink, float32 (H, W).
        seals: Of the page.
        em: Text height in pixels.
    """
    dark = [s for s in seals if s.is_dark]
    if not dark:
        return mask
    distances = [_distance(seal, mask.shape) for seal in dark]
    outside = np.ones(mask.shape, np.bool_)
    for seal, distance in zip(dark, distances, strict=True):
        outside &= distance > seal.outer
    print_cores = tone[(mask > 0) & outside]
    if print_cores.size == 0:
        return mask
    strokes = _strokes(mask, tone)
    palest = _palest([s for s in strokes if outside[s.place][s.own].all()])
    print_tone = float(np.percentile(print_cores, CORE_PERCENTILE))
    reach = max(1, round(REACH_EM * em))
    bare = mask.copy()
    for seal, distance in zip(dark, distances, strict=True):
        ring_tone = _ring_tone(tone, seal, distance)
        if ring_tone <= palest:
            least = min(ring_tone + TOWARDS_PRINT * (print_tone - ring_tone), palest)
            _drop_pale(bare, tone, strokes, distance <= seal.inner, least, reach)
    return bare


@dataclass(frozen=True, slots=True)
class _Stroke:
    """Print that hangs together.

    Attributes:
        place: Rows and columns of it.
        own: Which pixels there are its own, bool (h, w).
        core: Darkness of its core; 0 if it is too small to have one.
    """

    place: tuple[slice, slice]
    own: NDArray[np.bool_]
    core: float

    @property
    def area(self) -> int:
        """Pixels."""
        return int(np.count_nonzero(self.own))


def _strokes(mask: NDArray[np.uint8], tone: NDArray[np.float32]) -> list[_Stroke]:
    """All print of a page."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = []
    for label, (x, y, w, h, area) in enumerate(stats[1:].tolist(), start=1):
        place = (slice(y, y + h), slice(x, x + w))
        own = labels[place] == label
        core = np.percentile(tone[place][own], CORE_PERCENTILE) if area >= MIN_PIXELS else 0.0
        found.append(_Stroke(place, own, float(core)))
    return found


def _palest(strokes: Sequence[_Stroke]) -> float:
    """Darkness of the core below which `LOST` of the print lies."""
    ordered = sorted((s for s in strokes if s.core), key=lambda s: s.core)
    areas = np.cumsum([s.area for s in ordered])
    if not ordered:
        return 0.0
    return ordered[int(np.searchsorted(areas, LOST * areas[-1]))].core


def _ring_tone(tone: NDArray[np.float32], seal: Seal, distance: NDArray[np.float64]) -> float:
    """Usual darkness of the darkest circle of a ring: its edges are blurred."""
    near = (distance >= seal.inner) & (distance <= seal.outer)
    circles = np.rint(distance[near]).astype(np.int64)
    values = tone[near]
    return max((float(np.median(values[circles == r])) for r in np.unique(circles)), default=0.0)


def _drop_pale(
    mask: NDArray[np.uint8],
    tone: NDArray[np.float32],
    strokes: Sequence[_Stroke],
    disc: NDArray[np.bool_],
    least: float,
    reach: int,
) -> None:
    """Takes ink off the mask that lies within a disc, not near a core as dark as ``least``."""
    around = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    for stroke in strokes:
        inside = stroke.own & disc[stroke.place]
        if not inside.any():
            continue
        cores = np.pad((stroke.own & (tone[stroke.place] >= least)).astype(np.uint8), reach)
        near = cv2.dilate(cores, around)[reach:-reach, reach:-reach]
        mask[stroke.place][inside & (near == 0)] = 0


def _distance(seal: Seal, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Of every pixel from the centre of a seal, float64 (H, W)."""
    ys = np.arange(shape[0])[:, None] - seal.y
    xs = np.arange(shape[1])[None] - seal.x
    return np.asarray(np.hypot(ys, xs), dtype=np.float64)
