"""Whether the stretch of a ruling between two crossings is really printed.

A printed ruling is covered with ink nearly everywhere and has paper on both sides. Strokes of
neighbouring characters that happen to line up are covered in part, and have other strokes
beside them. The difference of the two shares separates them at any resolution.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from extractors.grid.ruling import Ruling
from extractors.picture.span_meter import LONG_EM, SpanInk, SpanMeter

MIN_EVIDENCE = 0.58
"""Coverage less weighted flank ink that a span needs. Printed rulings lie above 0.6 even when
broken or touched by print, aligned strokes below 0.5."""
TOUCH_EM = 0.7
"""A ruling ends on a perpendicular one; its printed end may miss it by this much."""
GAP_SHARE = 0.2
"""Share of a span that may be blank on a page whose rulings are whole."""
GAP_SPREAD = 6.0
"""Where rulings are broken, a short span may by chance have this many times the usual gaps."""
CROWDED_FLANK = 0.2
"""Share of a short ruling's side that may be inked: one stroke in a row's height touches it."""
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
ADJOINED_COVER = 0.5
"""Coverage that suffices where nothing stands beside it, right after a printed span of its line."""
GOES_ON_EVIDENCE = 0.5
GOES_ON_COVER = 0.65
"""Evidence and coverage that suffice there with print beside it: a character covers half of a row's
height, and has strokes beside that one."""
SAME_LINE_EM = 0.35
"""Two rulings nearer than this are pieces of one line."""


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
        for start, end in itertools.pairwise(stops_on(ruling, crossings, reach))
    ]
    measured = [(s, meter.measure(s)) for s in spans if not meter.is_print(s)]
    gaps = gaps_on([m for _, m in measured], em)
    standing = [(s, m) for s, m in measured if not meter.floats(s)]
    firm = [
        span
        for span, m in standing
        if (m.evidence >= MIN_EVIDENCE and gaps.allow(m))
        or (m.cover >= WHOLE and m.length >= WHOLE_EM * em)
    ]
    while more := [s for s, m in measured if s not in firm and _goes_on(s, m, firm, gaps, em)]:
        firm += more
    found = firm + _worn(standing, firm, em=em)
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
        is_bare = ink.beside <= CROWDED_FLANK and not alone
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
        if ink.beside > BARE_FLANK or ink.cover < WORN_COVER or span in firm:
            continue
        elsewhere = length_on_line(span, firm, em=em)
        own = span.length if ink.cover >= BARE_COVER else 0.0
        if elsewhere + own >= LONG_EM * em:
            out.append(span)
    return out


def _goes_on(span: Ruling, ink: SpanInk, firm: Sequence[Ruling], gaps: Gaps, em: float) -> bool:
    """Whether a span right after a printed one of its line is printed too, if less well."""
    is_bare = ink.beside <= BARE_FLANK and ink.cover >= ADJOINED_COVER
    is_inked = ink.evidence >= GOES_ON_EVIDENCE and ink.cover >= GOES_ON_COVER
    return (is_bare or (is_inked and gaps.allow(ink))) and adjoins(span, firm, em)


def adjoins(span: Ruling, firm: Sequence[Ruling], em: float) -> bool:
    """Whether a span begins or ends where one of some others on its line does."""
    return any(on_one_line(f, span, em) and ends_meet(f, span, em) for f in firm)


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
        stops = stops_on(gap, firm, reach)
        for start, end in itertools.pairwise(stops):
            piece = replace(gap, start=start, end=end)
            ink = meter.measure(piece)
            is_inked = ink.evidence >= CONTINUED_EVIDENCE and ink.cover >= CONTINUED_COVER
            if is_inked and gaps.allow(ink):
                out.append(piece)
    return out


def stops_on(ruling: Ruling, rulings: Sequence[Ruling], reach: float) -> list[float]:
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
    return sum(r.length for r in rulings if on_one_line(r, ruling, em))


def on_one_line(a: Ruling, b: Ruling, em: float) -> bool:
    """Whether two rulings are pieces of one line."""
    return a.horizontal == b.horizontal and abs(a.position - b.position) <= SAME_LINE_EM * em


def ends_meet(a: Ruling, b: Ruling, em: float) -> bool:
    """Whether one piece of a line begins where another ends."""
    return min(abs(a.start - b.end), abs(b.start - a.end)) <= TOUCH_EM * em
