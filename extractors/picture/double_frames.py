"""The outer lines of a double frame: no ruling of the table ends on them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extractors.grid.ruling import Ruling
from extractors.picture.span_meter import PAST_COVER, SpanMeter
from extractors.picture.spans import WHOLE

MIN_SHARED = 0.9
"""The two lines of a frame are as long as each other, save for their distance at both ends."""
MIN_CROSSINGS = 3
"""Fewer rulings inside of the two do not show on which of them a table's rulings end."""
LONG = 4.0
"""In shares of the lowest cell: two shorter lines side by side may be strokes, save at the ends of
two that are a side of a frame."""
CLOSE = 0.5
"""Two lines nearer than this share of the lowest cell can have nothing between them: one ruling
that ends on the inner shows it."""
MAX_PRINTED = 0.25
"""Share of the rulings inside that may be printed between the two, all the same: strokes of a
seal or of print can lie there."""
SAME_DISTANCE = 0.6
"""The two lines lie about as far apart on all sides."""
CORNER = 1.5
"""At a corner of a frame each line ends on the others, within this many of their distances."""
HALF_EM = 0.16
"""Half of the thickest line of a frame, with its blur."""
MIDDLE = 1 / 3
"""Share of their distance that is looked at, in its middle: both lines have their thickness."""


def without_outer(
    rulings: Sequence[Ruling], meter: SpanMeter, *, reach: float, near: float
) -> list[Ruling]:
    """Rulings without the outer lines of double frames.

    The sides of cells end on the inner ones: measured up to the outer they have a gap, which is
    much of a narrow cell.

    Args:
        rulings: Of one page, collinear pieces as one.
        meter: Of that page.
        reach: The end of a ruling may miss what it ends on by this much, pixels.
        near: Lines nearer than this have no cells between them, pixels.
    """
    whole = [r for r in rulings if r.length > 2 * near and _is_whole(r, meter, near)]
    twins = [_Pair(*sorted(p, key=lambda r: r.position)) for p in _twins(whole, near)]
    pairs = [p for p in twins if p.low.length > LONG * near]
    crossings = {pair: pair.crossings(rulings, reach) for pair in pairs}
    printed = {
        pair: sum(pair.is_printed_between(r, meter) for r in own) for pair, own in crossings.items()
    }
    empty = [p for p in pairs if printed[p] <= MAX_PRINTED * len(crossings[p])]
    double = [
        p for p in empty if len(crossings[p]) >= (MIN_CROSSINGS if p.distance > CLOSE * near else 1)
    ]
    # A frame is double on all its sides, and few rulings may end on one of them.
    double += [p for p in empty if p not in double and any(p.is_like(d) for d in double)]
    double += [p for p in twins if p not in pairs and any(p.is_at_end(d) for d in double)]
    outer = [p.outer(rulings) for p in double]
    return [r for r in rulings if r not in outer]


def outer_lines(
    rulings: Sequence[Ruling], inner: Sequence[Ruling], shape: tuple[int, ...], *, em: float
) -> NDArray[np.bool_]:
    """Where the outer lines of double frames are printed, bool (H, W).

    Args:
        rulings: Of one page.
        inner: Those that are left without the outer ones.
        shape: Height and width of the page in pixels.
        em: Text height in pixels.
    """
    found = np.zeros(shape, np.bool_)
    for outer in (r for r in rulings if r not in inner):
        beside = [i for i in inner if i.horizontal == outer.horizontal]
        distance = min((abs(i.position - outer.position) for i in beside), default=np.inf)
        half = min(HALF_EM * em, distance / 2)
        across = slice(max(round(outer.position - half), 0), round(outer.position + half) + 1)
        along = slice(max(round(outer.start), 0), round(outer.end) + 1)
        found[(across, along) if outer.horizontal else (along, across)] = True
    return found


def _is_whole(ruling: Ruling, meter: SpanMeter, near: float) -> bool:
    """Whether a line has no gap, save at its ends: an inner one may be found up to the outer."""
    inner = replace(ruling, start=ruling.start + near, end=ruling.end - near)
    return meter.measure(inner).cover >= WHOLE


def _twins(rulings: Sequence[Ruling], near: float) -> Iterator[tuple[Ruling, Ruling]]:
    for a, b in itertools.combinations(rulings, 2):
        shared = min(a.end, b.end) - max(a.start, b.start)
        if (
            a.horizontal == b.horizontal
            and abs(a.position - b.position) < near
            and shared >= MIN_SHARED * max(a.length, b.length)
        ):
            yield a, b


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two parallel lines of one length."""

    low: Ruling
    high: Ruling

    @property
    def distance(self) -> float:
        return self.high.position - self.low.position

    def is_like(self, other: _Pair) -> bool:
        """Whether two pairs may be sides of one frame."""
        near, far = sorted((self.distance, other.distance))
        return near >= SAME_DISTANCE * far

    def is_at_end(self, other: _Pair) -> bool:
        """Whether a pair goes on from another around a corner of one frame."""
        lines = itertools.product((self.low, self.high), (other.low, other.high))
        return (
            self.low.horizontal != other.low.horizontal
            and self.is_like(other)
            and all(_meet_at_ends(a, b, CORNER * self.distance) for a, b in lines)
        )

    def crossings(self, rulings: Sequence[Ruling], reach: float) -> list[Ruling]:
        """Rulings that end on the pair or cross it, those at its own ends left out."""
        start = max(self.low.start, self.high.start) + self.distance
        end = min(self.low.end, self.high.end) - self.distance
        return [
            r
            for r in rulings
            if r.horizontal != self.low.horizontal
            and start < r.position < end
            and r.start - reach <= self.high.position
            and r.end + reach >= self.low.position
        ]

    def is_printed_between(self, ruling: Ruling, meter: SpanMeter) -> bool:
        """Whether a ruling across runs on from one line to the other."""
        edge = self.distance * (1 - MIDDLE) / 2
        between = replace(ruling, start=self.low.position + edge, end=self.high.position - edge)
        return meter.measure(between).cover >= PAST_COVER

    def outer(self, rulings: Sequence[Ruling]) -> Ruling:
        """The line that is farther from the middle of all."""
        along = [r for r in rulings if r.horizontal == self.low.horizontal]
        middle = sum(r.position * r.length for r in along) / sum(r.length for r in along)
        return max((self.low, self.high), key=lambda r: abs(r.position - middle))


def _meet_at_ends(a: Ruling, b: Ruling, reach: float) -> bool:
    """Whether two lines across each other both end where they meet."""
    return all(
        min(abs(one.start - other.position), abs(one.end - other.position)) <= reach
        for one, other in ((a, b), (b, a))
    )
