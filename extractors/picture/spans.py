"""Whether the stretch of a ruling between two crossings is really printed.

A printed ruling is covered with ink nearly everywhere and has paper on both sides. Strokes of
neighbouring characters that happen to line up are covered in part, and have other strokes
beside them. The difference of the two shares separates them at any resolution.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.grid.lattice import Ruling
from extractors.picture.rulings import FLANK_WEIGHT, SOLID

WANDER_EM = 0.09
"""A ruling may wander this far from its mean line (curl, residual skew)."""
PIECE_EM = 3.0
"""It wanders slowly: stretches of this length are followed one by one."""
FLANK_EM = (0.2, 0.34)
"""Distance of the flanks from the mean line."""
PRINTED = 0.25
"""Darkness at which a pixel counts as printed, as a share of full ink."""
MIN_EVIDENCE = 0.58
"""Coverage less weighted flank ink that a span needs. Printed rulings lie above 0.6 even when
broken or touched by print, aligned strokes below 0.5."""


class SpanMeter:
    """Measures spans on one page; holds only precomputed pictures of it.

    Args:
        ink: Darkness, float32 (H, W), 0..1.
        em: Text height in pixels.
    """

    def __init__(self, ink: NDArray[np.float32], em: float) -> None:
        self._printed = (ink > PRINTED).astype(np.uint8)
        self._turned = np.ascontiguousarray(self._printed.T)
        blur = np.ones((3, 1), np.uint8)
        self._across = np.asarray(cv2.dilate(self._printed, blur), dtype=np.uint8)
        self._down = np.asarray(cv2.dilate(self._turned, blur), dtype=np.uint8)
        self._wander = max(1, round(WANDER_EM * em))
        self._piece = max(8, round(PIECE_EM * em))
        self._flank = (max(3, round(FLANK_EM[0] * em)), max(4, round(FLANK_EM[1] * em)))
        self._margin = max(2, round(0.12 * em))

    def evidence(self, ruling: Ruling) -> float:
        """Share of the span covered with ink less half the share of its flanks that is."""
        thick, raw = (
            (self._across, self._printed) if ruling.horizontal else (self._down, self._turned)
        )
        a = min(max(round(ruling.start), 0), raw.shape[1] - 1)
        b = min(max(round(ruling.end), a + 1), raw.shape[1])
        if b - a > 4 * self._margin:
            a, b = a + self._margin, b - self._margin
        edges = np.linspace(a, b, max(1, (b - a) // self._piece) + 1).astype(int)
        parts = [
            self._part(thick, raw, round(ruling.position), int(p), int(q)) * (q - p)
            for p, q in itertools.pairwise(edges)
        ]
        return float(sum(parts) / (b - a))

    def _part(
        self, thick: NDArray[np.uint8], raw: NDArray[np.uint8], y: int, a: int, b: int
    ) -> float:
        top = min(max(y - self._wander, 0), raw.shape[0] - 1)
        rows = thick[top : y + self._wander + 1, a:b].mean(axis=1)
        if rows.size == 0:
            return 0.0
        y = top + int(np.argmax(rows))
        near, far = self._flank
        above = raw[max(y - far, 0) : max(y - near + 1, 1), a:b].max(axis=0).mean()
        below_rows = raw[min(y + near, raw.shape[0] - 1) : y + far + 1, a:b]
        below = below_rows.max(axis=0).mean()
        flank = max((float(s) for s in (above, below) if s < SOLID), default=0.0)
        return float(float(rows.max()) - FLANK_WEIGHT * flank)


def printed_spans(rulings: Sequence[Ruling], meter: SpanMeter, *, reach: float) -> list[Ruling]:
    """The stretches between crossings that are printed.

    Args:
        rulings: Anchored rulings of one page.
        meter: Of that page.
        reach: A crossing this near to an end is the end.
    """
    out = []
    for ruling in rulings:
        stops = _stops(ruling, rulings, reach)
        for start, end in itertools.pairwise(stops):
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
