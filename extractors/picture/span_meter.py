"""Ink along and beside the stretch of a ruling: what tells it from strokes of print."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.grid.ruling import Ruling
from extractors.picture.between import floats, stops_between_lines
from extractors.picture.crossed import strokes_across
from extractors.picture.pale import PALE
from extractors.picture.rulings import COVERED, FLANK_WEIGHT, MAX_THICKNESS_EM, SOLID
from extractors.picture.seals import Seal

WANDER_EM = 0.09
"""A ruling may wander this far from its mean line (curl, residual skew)."""
PIECE_EM = 3.0
"""It wanders slowly: stretches of this length are followed one by one."""
FLANK_EM = (0.2, 0.34)
"""Distance of the flanks from the middle of a thin ruling."""
BODY_COVER = 0.8
"""Rows of pixels covered like this, as a share of the fullest, are the ruling's own thickness."""
EDGE_EM = 0.1
"""Beyond the rows that are wholly covered a ruling's ragged edge goes on so far."""
PAST_EM = (0.15, 0.5, 0.2)
"""Beyond a ruling's end: from outside the ruling it ends on to short of the print behind that,
and as far to either side as a seal's rim bends away on the way."""
CROSSINGS = 2
"""Strokes across a short span, from which it is print: one may be a seal's or a hand's."""
LONG_EM = 6.0
"""No row of strokes imitates a ruling over more than this."""
PAST_COVER = 0.9
"""Ink goes on there if this share of the way is covered."""


@dataclass(frozen=True, slots=True)
class SpanInk:
    """Ink along and beside a span.

    Attributes:
        cover: Share of its length that is printed, 0..1.
        flank: Share of the darker side beside it that is printed, 0..1.
        beside: The same with print that was taken off, such as the frames of characters: a ruling
            between tight lines has much of it, but what is to be told by bare flanks has none.
        length: Pixels measured.
    """

    cover: float
    flank: float
    beside: float
    length: int

    @property
    def evidence(self) -> float:
        """Coverage less half the flank ink, −0.5..1."""
        return self.cover - FLANK_WEIGHT * self.flank


class SpanMeter:
    """Measures spans on one page; holds only precomputed pictures of it.

    Args:
        ink: Darkness, float32 (H, W), 0..1.
        em: Text height in pixels.
        print_ink: The same with print that was taken off ``ink``; what stands beside a ruling is
            looked for there. ``None`` where nothing was.
        seals: Round seals of the page, whose strokes cross rulings.
    """

    def __init__(
        self,
        ink: NDArray[np.float32],
        em: float,
        print_ink: NDArray[np.float32] | None = None,
        seals: Sequence[Seal] = (),
    ) -> None:
        self._em, self._ink, self._seals = em, ink, seals
        self._shown = ink if print_ink is None else print_ink
        beside = (self._shown > COVERED).astype(np.uint8)
        self._beside, self._beside_turned = beside, np.ascontiguousarray(beside.T)
        self._printed = (ink > COVERED).astype(np.uint8)
        self._turned = np.ascontiguousarray(self._printed.T)
        blur = np.ones((3, 1), np.uint8)
        self._across = np.asarray(cv2.dilate(self._printed, blur), dtype=np.uint8)
        self._down = np.asarray(cv2.dilate(self._turned, blur), dtype=np.uint8)
        self._wander = max(1, round(WANDER_EM * em))
        self._piece = max(8, round(PIECE_EM * em))
        self._flank = (max(3, round(FLANK_EM[0] * em)), max(4, round(FLANK_EM[1] * em)))
        self._edge = max(2, round(EDGE_EM * em))
        self._thickest = max(3, round(MAX_THICKNESS_EM * em))
        self._margin = max(2, round(0.12 * em))
        near, far, aside = (round(share * em) for share in PAST_EM)
        self._past = (max(2, near), max(5, far), max(2, aside))

    def measure(self, ruling: Ruling) -> SpanInk:
        """Ink along and beside a span."""
        planes = (
            (self._across, self._printed, self._beside)
            if ruling.horizontal
            else (self._down, self._turned, self._beside_turned)
        )
        raw = planes[1]
        a = min(max(round(ruling.start), 0), raw.shape[1] - 1)
        b = min(max(round(ruling.end), a + 1), raw.shape[1])
        if b - a > 4 * self._margin:
            a, b = a + self._margin, b - self._margin
        edges = np.linspace(a, b, max(1, (b - a) // self._piece) + 1).astype(int)
        parts = np.array(
            [
                np.multiply(self._part(planes, round(ruling.position), int(p), int(q)), q - p)
                for p, q in itertools.pairwise(edges)
            ]
        )
        cover, flank, beside = (float(share) for share in parts.sum(axis=0) / (b - a))
        return SpanInk(cover, flank, beside, b - a)

    def is_print(self, ruling: Ruling) -> bool:
        """Whether an upright span is no ruling: signs in a column, or one that strokes cross."""
        if ruling.horizontal:
            return False
        place = (ruling.position, ruling.start, ruling.end)
        return stops_between_lines(self._printed, self._beside, *place, em=self._em) or (
            ruling.length <= LONG_EM * self._em
            and not self.is_sealed(ruling)
            and self._strokes_across(ruling) >= CROSSINGS
        )

    def _strokes_across(self, upright: Ruling) -> int:
        """How many strokes as dark as an upright span cross it; those of the reverse are paler."""
        left = max(round(upright.position - self._em), 0)
        near = self._shown[:, left : round(upright.position + self._em) + 1]
        printed = np.ascontiguousarray((near > self._as_dark(upright)).T).astype(np.uint8)
        place = (upright.position - left, upright.start, upright.end)
        return strokes_across(printed, *place, em=self._em, wander=self._wander)

    def floats(self, ruling: Ruling) -> bool:
        """Whether an upright span is one stroke in a low row, as far as its ends tell."""
        place = (ruling.position, ruling.start, ruling.end)
        return not ruling.horizontal and floats(self._printed, *place, em=self._em)

    def is_sealed(self, span: Ruling) -> bool:
        """Whether a seal lies over a span."""
        at, start, end = span.position, span.start, span.end
        place = (start, at, end, at) if span.horizontal else (at, start, at, end)
        return any(s.touches(*place, reach=0.0) for s in self._seals)

    def runs_past(self, ruling: Ruling) -> bool:
        """Whether ink goes on beyond both ends, straight or bending away, as a stroke's does."""
        return all(self.goes_on(ruling))

    def goes_on(self, ruling: Ruling) -> tuple[bool, bool]:
        """Whether ink as dark as its own goes on before its start, and after its end."""
        ink = self._ink if ruling.horizontal else self._ink.T
        y, start, end = round(ruling.position), round(ruling.start), round(ruling.end)
        near, far, aside = self._past
        rows = ink[max(y - aside, 0) : y + aside + 1] > self._as_dark(ruling)
        before = rows[:, max(start - far, 0) : max(start - near, 0)]
        after = rows[:, end + near : end + far]
        return _is_covered(before), _is_covered(after)

    def is_filled(self, ruling: Ruling, reach: float) -> bool:
        """Whether ink as dark as its own lies ``reach`` pixels to both sides as well."""
        ink = self._ink if ruling.horizontal else self._ink.T
        along = slice(max(round(ruling.start), 0), round(ruling.end))
        sides = (round(ruling.position - reach), round(ruling.position + reach))
        beside = [ink[max(y - 1, 0) : y + 2, along] > self._as_dark(ruling) for y in sides]
        return all(b.size > 0 and float(b.max(axis=0).mean()) >= SOLID for b in beside)

    def _as_dark(self, ruling: Ruling) -> float:
        """Least darkness of what belongs to a ruling.

        The reverse shines through in the same places, where both sides hold the same table.
        """
        ink = self._ink if ruling.horizontal else self._ink.T
        along = slice(max(round(ruling.start), 0), round(ruling.end))
        y = round(ruling.position)
        strip = ink[max(y - self._wander, 0) : y + self._wander + 1, along]
        return max(COVERED, PALE * float(np.median(strip.max(axis=0)))) if strip.size else COVERED

    def strip(self, ruling: Ruling, reach: int) -> NDArray[np.uint8]:
        """Printed pixels along it, level, uint8 (up to 2 ``reach`` + 1, length), 0 or 1."""
        raw = self._printed if ruling.horizontal else self._turned
        y = round(ruling.position)
        along = slice(max(round(ruling.start), 0), round(ruling.end))
        return raw[max(y - reach, 0) : y + reach + 1, along]

    def printed_ends(self, ruling: Ruling, *, bridged: float) -> tuple[int, int]:
        """How far ink goes on from its start, and from its end, pixels.

        Args:
            ruling: The span.
            bridged: Longest break that is taken for ink, pixels.
        """
        strip = self.strip(ruling, self._wander)
        inked = strip.max(axis=0, initial=0)[None]
        reach = int(bridged) // 2
        # The rulings at its ends are ink.
        ended = np.pad(inked, ((0, 0), (2 * reach, 2 * reach)), constant_values=1)
        closed = cv2.morphologyEx(ended, cv2.MORPH_CLOSE, np.ones((1, 2 * reach + 1), np.uint8))
        bare = np.flatnonzero(closed[0, 2 * reach : 2 * reach + inked.shape[1]] == 0)
        bare = bare[(bare >= self._margin) & (bare < strip.shape[1] - self._margin)]
        if bare.size == 0:
            return strip.shape[1], strip.shape[1]
        return int(bare[0]), strip.shape[1] - 1 - int(bare[-1])

    def _part(
        self,
        planes: tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]],
        y: int,
        a: int,
        b: int,
    ) -> tuple[float, float, float]:
        """Cover, flank and beside of a stretch.

        ``planes`` are printed pixels: blurred, as they are, with what was taken off.
        """
        thick, raw, beside = planes
        top = min(max(y - self._wander, 0), raw.shape[0] - 1)
        rows = thick[top : y + self._wander + 1, a:b].mean(axis=1)
        if rows.size == 0:
            return 0.0, 0.0, 0.0
        # The covered rows are as many as the blur is wide; the darkest is the ruling's middle.
        y = top + int(np.argmax(rows + raw[top : y + self._wander + 1, a:b].mean(axis=1)))
        first, last = self._body(raw, y, a, b)
        near, far = self._flank
        upper, lower = min(y - near, first - self._edge), max(y + near, last + self._edge)
        depth = far - near
        rows_above = slice(max(upper - depth, 0), max(upper + 1, 1))
        rows_below = slice(min(lower, raw.shape[0] - 1), lower + depth + 1)
        flank, all_print = (
            max((s for s in sides if s < SOLID), default=0.0)
            for sides in (
                [float(plane[part, a:b].max(axis=0).mean()) for part in (rows_above, rows_below)]
                for plane in (raw, beside)
            )
        )
        return float(rows[y - top]), flank, all_print

    def _body(self, raw: NDArray[np.uint8], y: int, a: int, b: int) -> tuple[int, int]:
        """First and last row of a ruling's thickness around its row ``y``."""
        reach = self._thickest
        top = max(y - reach, 0)
        cover = raw[top : y + reach + 1, a:b].mean(axis=1)
        full = cover >= BODY_COVER * cover[y - top]
        before, after = np.flatnonzero(~full[: y - top + 1]), np.flatnonzero(~full[y - top :])
        first = top + int(before[-1]) + 1 if before.size else y
        last = y + int(after[0]) - 1 if after.size else y
        return (first, last) if last - first < reach else (y, y)


def _is_covered(strip: NDArray[np.bool_]) -> bool:
    return strip.size > 0 and float(strip.max(axis=0).mean()) >= PAST_COVER
