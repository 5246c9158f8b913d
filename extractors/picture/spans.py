"""Whether the stretch of a ruling between two crossings is really printed.

A printed ruling is covered with ink nearly everywhere and has paper on both sides. Strokes of
neighbouring characters that happen to line up are covered in part, and have other strokes
beside them. The difference of the two shares separates them at any resolution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.grid.lattice import Ruling

BAND_EM = 0.09
"""A ruling may wander this far from its mean line (curl, residual skew)."""
FLANK_EM = (0.2, 0.34)
"""Distance of the flanks from the mean line."""
PRINTED = 0.25
"""Darkness at which a pixel counts as printed, as a share of full ink."""
SOLID = 0.9
"""A flank with this much ink is a filled area beside the ruling, not print."""
MIN_EVIDENCE = 0.5
"""Coverage less flank ink that a span needs. Printed rulings lie above 0.6 even when broken,
aligned strokes below 0.4; the middle divides them."""


class SpanMeter:
    """Measures spans on one page; holds only precomputed pictures of it.

    Args:
        ink: Darkness, float32 (H, W), 0..1.
        em: Text height in pixels.
    """

    def __init__(self, ink: NDArray[np.float32], em: float) -> None:
        printed = (ink > PRINTED).astype(np.uint8)
        band = 2 * max(1, round(BAND_EM * em)) + 1
        self._across = cv2.dilate(printed, np.ones((band, 1), np.uint8))
        self._down = cv2.dilate(printed, np.ones((1, band), np.uint8)).T
        self._printed = printed
        self._turned = printed.T
        self._flank = (max(2, round(FLANK_EM[0] * em)), max(3, round(FLANK_EM[1] * em)))
        self._margin = max(2, round(0.12 * em))

    def evidence(self, ruling: Ruling) -> float:
        """Share of the span covered with ink less the share of its flanks that is, −1..1."""
        wide, raw = (
            (self._across, self._printed) if ruling.horizontal else (self._down, self._turned)
        )
        height, width = raw.shape
        a = min(max(round(ruling.start), 0), width - 1)
        b = min(max(round(ruling.end), a + 1), width)
        if b - a > 4 * self._margin:
            a, b = a + self._margin, b - self._margin
        y = min(max(round(ruling.position), 0), height - 1)
        covered = float(wide[y, a:b].mean())
        near, far = self._flank
        above = raw[max(y - far, 0) : max(y - near + 1, 1), a:b].max(axis=0).mean()
        below = raw[min(y + near, height - 1) : y + far + 1, a:b].max(axis=0).mean()
        return covered - max((float(s) for s in (above, below) if s < SOLID), default=0.0)


def printed_spans(
    rulings: Sequence[Ruling], meter: SpanMeter, *, reach: float
) -> list[Ruling]:
    """The stretches between crossings that are printed.

    Args:
        rulings: Anchored rulings of one page.
        meter: Of that page.
        reach: A crossing this near to an end is the end.
    """
    out = []
    for ruling in rulings:
        stops = _stops(ruling, rulings, reach)
        for start, end in zip(stops, stops[1:], strict=False):
            span = replace(ruling, start=start, end=end)
            if meter.evidence(span) >= MIN_EVIDENCE:
                out.append(span)
    return out


def _stops(ruling: Ruling, rulings: Sequence[Ruling], reach: float) -> list[float]:
    """Positions of crossings along the ruling, ascending, distinct by ``reach``."""
    crossings = sorted(
        o.position
        for o in rulings
        if o.horizontal != ruling.horizontal
        and ruling.start - reach <= o.position <= ruling.end + reach
        and o.start - reach <= ruling.position <= o.end + reach
    )
    stops: list[float] = []
    for position in crossings:
        if not stops or position - stops[-1] > reach / 2:
            stops.append(position)
    return stops
