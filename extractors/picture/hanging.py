"""Rulings of which only the ends are left: they leave a crossing and stop in the open.

No form is ruled like that: a ruling ends on another. So a whole line that leaves a crossing, with
paper on both its sides and paper alone before it, was ruled as far as the next one.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from extractors.grid.ruling import Ruling
from extractors.picture.spans import BARE_FLANK, SAME_LINE_EM, TOUCH_EM, WHOLE, SpanMeter

MIN_STUB_EM = 1.15
"""Longer than a stroke of print that touches a ruling."""
MIN_SHARE = 0.4
"""Less of a span than this is no evidence for the whole of it."""
BLANK = 0.1
"""Share of the rest that may be inked, by dirt: print across it means that there was no ruling."""


def hanging_spans(
    rulings: Sequence[Ruling], crossings: Sequence[Ruling], meter: SpanMeter, *, em: float
) -> list[Ruling]:
    """Spans between two crossings of which only the part at one of them is printed.

    Args:
        rulings: All that was found on a page.
        crossings: Those of them that are printed.
        meter: Of the page without its seals.
        em: Text height in pixels.
    """
    spans = [
        replace(ruling, start=start, end=end)
        for ruling in rulings
        for start, end in itertools.pairwise(_crossed(ruling, crossings, TOUCH_EM * em))
        if min(end, ruling.end) - max(start, ruling.start) >= MIN_STUB_EM * em
    ]
    return [s for s in spans if _is_ruled(s, crossings, meter, em)]


def _is_ruled(span: Ruling, crossings: Sequence[Ruling], meter: SpanMeter, em: float) -> bool:
    """Whether the printed ends of a span show that all of it was ruled."""
    from_start, from_end = meter.printed_ends(span)
    if from_start >= from_end:
        stub = replace(span, end=span.start + from_start)
        rest = replace(span, start=stub.end)
    else:
        stub = replace(span, start=span.end - from_end)
        rest = replace(span, end=stub.start)
    if stub.length < max(MIN_STUB_EM * em, MIN_SHARE * span.length) or rest.length < 1.0:
        return False
    ink = meter.measure(stub)
    if ink.cover < WHOLE or ink.flank > BARE_FLANK or meter.measure(rest).cover > BLANK:
        return False
    goes_on = meter.goes_on(stub)[0 if from_start >= from_end else 1]
    at = span.start if from_start >= from_end else span.end
    return not goes_on or _is_ruled_beyond(span, at, crossings, em)


def _is_ruled_beyond(span: Ruling, at: float, crossings: Sequence[Ruling], em: float) -> bool:
    """Whether ink on the other side of the crossing is a ruling, and no stroke through it."""
    return any(
        r.horizontal == span.horizontal
        and abs(r.position - span.position) <= SAME_LINE_EM * em
        and min(abs(r.start - at), abs(r.end - at)) <= TOUCH_EM * em
        for r in crossings
    )


def _crossed(ruling: Ruling, crossings: Sequence[Ruling], reach: float) -> list[float]:
    """Where the line of a ruling crosses others, ascending."""
    return sorted(
        o.position
        for o in crossings
        if o.horizontal != ruling.horizontal and o.start - reach <= ruling.position <= o.end + reach
    )
