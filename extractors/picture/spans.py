"""Whether the stretch of a ruling between two crossings is really printed.

A printed ruling is covered with ink nearly everywhere and has paper on both sides. Strokes of
neighbouring characters that happen to line up are covered in part, and have other strokes
beside them. The difference of the two shares separates them at any resolution.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.grid.ruling import Ruling
from extractors.picture.between import floats, stops_between_lines
from extractors.picture.pale import PALE
from extractors.picture.rulings import COVERED, FLANK_WEIGHT, MAX_THICKNESS_EM, SOLID

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
MIN_EVIDENCE = 0.58
"""Coverage less weighted flank ink that a span needs. Printed rulings lie above 0.6 even when
broken or touched by print, aligned strokes below 0.5."""


LONG_EM = 6.0
"""No row of strokes imitates a ruling over more than this."""
TOUCH_EM = 0.7
"""A ruling ends on a perpendicular one; its printed end may miss it by this much."""
GAP_SHARE = 0.2
"""Share of a span that may be blank on a page whose rulings are whole."""
GAP_SPREAD = 6.0
"""Where rulings are broken, a short span may by chance have this many times the usual gaps."""
CROWDED_FLANK = 0.2
"""Share of a short ruling's side that may be inked: one stroke in a row's height touches it."""


@dataclass(frozen=True, slots=True)
class SpanInk:
    """Ink along and beside a span.

    Attributes:
        cover: Share of its length that is printed, 0..1.
        flank: Share of the darker side beside it that is printed, 0..1.
        length: Pixels measured.
    """

    cover: float
    flank: float
    length: int

    @property
    def evidence(self) -> float:
        """Coverage less half the flank ink, −0.5..1."""
        return self.cover - FLANK_WEIGHT * self.flank


PAST_EM = (0.15, 0.5, 0.2)
"""Beyond a ruling's end: from outside the ruling it ends on to short of the print behind that,
and as far to either side as a seal's rim bends away on the way."""
PAST_COVER = 0.9
"""Ink goes on there if this share of the way is covered."""
WHOLE = 0.97
WHOLE_EM = 3.0
"""A span covered like this over more than three characters is ruled, whatever stands beside it:
between characters there is always a gap."""
BARE_COVER = 0.67
BARE_FLANK = 0.05
"""A broken line with nothing beside it is a ruling if it is long: strokes of print have others
beside them, save for a column of signs such as closing brackets."""
BROKEN_QUANTILE = 0.25
"""A page whose rulings are broken in one part only is as broken as this share of them."""
CONTINUED_EVIDENCE = 0.45
CONTINUED_COVER = 0.8
"""Evidence and coverage that suffice between two printed spans of the same ruling."""
WORN_COVER = 0.35
"""Coverage that suffices where nothing stands beside it and the line is surely ruled elsewhere."""
SAME_LINE_EM = 0.35
"""Two rulings nearer than this are pieces of one line."""


class SpanMeter:
    """Measures spans on one page; holds only precomputed pictures of it.

    Args:
        ink: Darkness, float32 (H, W), 0..1.
        em: Text height in pixels.
    """

    def __init__(self, ink: NDArray[np.float32], em: float) -> None:
        self._em, self._ink = em, ink
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
        thick, raw = (
            (self._across, self._printed) if ruling.horizontal else (self._down, self._turned)
        )
        a = min(max(round(ruling.start), 0), raw.shape[1] - 1)
        b = min(max(round(ruling.end), a + 1), raw.shape[1])
        if b - a > 4 * self._margin:
            a, b = a + self._margin, b - self._margin
        edges = np.linspace(a, b, max(1, (b - a) // self._piece) + 1).astype(int)
        parts = np.array(
            [
                np.multiply(self._part(thick, raw, round(ruling.position), int(p), int(q)), q - p)
                for p, q in itertools.pairwise(edges)
            ]
        )
        cover, flank = parts.sum(axis=0) / (b - a)
        return SpanInk(float(cover), float(flank), b - a)

    def is_print(self, ruling: Ruling) -> bool:
        """Whether an upright span is a column of signs, one to a line of print, or one stroke."""
        place = (ruling.position, ruling.start, ruling.end)
        return not ruling.horizontal and (
            stops_between_lines(self._printed, *place, em=self._em)
            or floats(self._printed, *place, em=self._em)
        )

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
        self, thick: NDArray[np.uint8], raw: NDArray[np.uint8], y: int, a: int, b: int
    ) -> tuple[float, float]:
        top = min(max(y - self._wander, 0), raw.shape[0] - 1)
        rows = thick[top : y + self._wander + 1, a:b].mean(axis=1)
        if rows.size == 0:
            return 0.0, 0.0
        # The covered rows are as many as the blur is wide; the darkest is the ruling's middle.
        y = top + int(np.argmax(rows + raw[top : y + self._wander + 1, a:b].mean(axis=1)))
        first, last = self._body(raw, y, a, b)
        near, far = self._flank
        upper, lower = min(y - near, first - self._edge), max(y + near, last + self._edge)
        depth = far - near
        above = raw[max(upper - depth, 0) : max(upper + 1, 1), a:b].max(axis=0).mean()
        below_rows = raw[min(lower, raw.shape[0] - 1) : lower + depth + 1, a:b]
        below = below_rows.max(axis=0).mean()
        flank = max((float(s) for s in (above, below) if s < SOLID), default=0.0)
        return float(rows[y - top]), flank

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


def sure_rulings(rulings: Sequence[Ruling], meter: SpanMeter, *, em: float) -> list[Ruling]:
    """Rulings too long and too whole for rows of strokes: the others are held to these.

    Args:
        rulings: Of one page.
        meter: Of that page.
        em: Text height in pixels.
    """
    return [
        r for r in rulings if r.length >= LONG_EM * em and meter.measure(r).evidence >= MIN_EVIDENCE
    ]


def printed_spans(
    rulings: Sequence[Ruling],
    crossings: Sequence[Ruling],
    meter: SpanMeter,
    *,
    em: float,
) -> list[Ruling]:
    """The stretches between crossings that are printed.

    How much of a ruling is covered depends on the scan; the long spans show it, and the short
    ones are held to that.

    Args:
        rulings: Of one page.
        crossings: Those that count as printed so far; spans end at these.
        meter: Of the page.
        em: Text height in pixels.
    """
    reach = TOUCH_EM * em
    spans = [
        replace(ruling, start=start, end=end)
        for ruling in rulings
        for start, end in itertools.pairwise(_stops(ruling, crossings, reach))
    ]
    measured = [(s, meter.measure(s)) for s in spans if not meter.is_print(s)]
    gaps = gaps_on([m for _, m in measured], em)
    firm = [
        span
        for span, m in measured
        if (m.evidence >= MIN_EVIDENCE and gaps.allow(m))
        or (m.cover >= WHOLE and m.length >= WHOLE_EM * em)
    ]
    found = firm + _worn(measured, firm, em=em)
    return found + _continued(found, meter, gaps, reach=reach)


@dataclass(frozen=True, slots=True)
class Gaps:
    """Share of a span that may be blank on one page.

    Print beside a ruling makes no gaps in it. So what has much beside it may be broken only as
    the page's long rulings are; strokes in line always are, between one character and the next.
    The same holds for what stands alone in a low row, since a single stroke may reach across it.

    Attributes:
        bare: Of a span with paper beside it, on a line that is ruled elsewhere.
        crowded: Of any other.
    """

    bare: float
    crowded: float

    def allow(self, ink: SpanInk, *, alone: bool = False) -> bool:
        """Whether a span may be a ruling, as far as its gaps go."""
        is_bare = ink.flank <= CROWDED_FLANK and not alone
        return ink.cover >= 1.0 - (self.bare if is_bare else self.crowded)


def gaps_on(inks: Sequence[SpanInk], em: float) -> Gaps:
    """The gaps of a page, from its long spans that are surely ruled."""
    sure = [m.cover for m in inks if m.evidence >= MIN_EVIDENCE and m.length >= LONG_EM * em]
    usual, broken = np.quantile(sure, (0.5, BROKEN_QUANTILE)) if sure else (1.0, 1.0)
    return Gaps(
        bare=GAP_SHARE + GAP_SPREAD * (1.0 - float(usual)),
        crowded=1.0 - WHOLE + GAP_SPREAD * (1.0 - float(broken)),
    )


def _worn(
    measured: Sequence[tuple[Ruling, SpanInk]], firm: Sequence[Ruling], *, em: float
) -> list[Ruling]:
    """Further spans with nothing beside what is left of them, on long lines."""
    out = []
    for span, ink in measured:
        if ink.flank > BARE_FLANK or ink.cover < WORN_COVER or span in firm:
            continue
        elsewhere = length_on_line(span, firm, em=em)
        own = span.length if ink.cover >= BARE_COVER else 0.0
        if elsewhere + own >= LONG_EM * em:
            out.append(span)
    return out


def _continued(
    firm: Sequence[Ruling], meter: SpanMeter, gaps: Gaps, *, reach: float
) -> list[Ruling]:
    """Spans between two firm ones of the same ruling that show enough ink themselves."""
    out = []
    for span in firm:
        after = [
            o
            for o in firm
            if o.horizontal == span.horizontal
            and abs(o.position - span.position) <= reach / 2
            and o.start > span.end - reach / 2
        ]
        nearest = min(after, key=lambda o: o.start, default=None)
        if nearest is None or nearest.start - span.end < reach / 2:
            continue
        middle = (span.position + nearest.position) / 2
        gap = Ruling(span.horizontal, middle, span.end, nearest.start)
        stops = _stops(gap, firm, reach)
        for start, end in itertools.pairwise(stops):
            piece = replace(gap, start=start, end=end)
            ink = meter.measure(piece)
            is_inked = ink.evidence >= CONTINUED_EVIDENCE and ink.cover >= CONTINUED_COVER
            if is_inked and gaps.allow(ink):
                out.append(piece)
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


def length_on_line(ruling: Ruling, rulings: Sequence[Ruling], *, em: float) -> float:
    """Total length of the rulings on the same line, the ruling itself included if it is one."""
    reach = SAME_LINE_EM * em
    return sum(
        r.length
        for r in rulings
        if r.horizontal == ruling.horizontal and abs(r.position - ruling.position) <= reach
    )
