"""Rulings of which only the ends are left: they leave a crossing and stop in the open.

No form is ruled like that: a ruling ends on another. So a whole line that leaves a crossing, with
paper on both its sides and paper alone before it, was ruled as far as the next one. So it was where
a shorter end of it comes from there.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from extractors.grid.ruling import Ruling
from extractors.picture.span_meter import SpanMeter
from extractors.picture.spans import (
    BARE_FLANK,
    CONTINUED_COVER,
    TOUCH_EM,
    WHOLE,
    on_one_line,
)

MIN_STUB_EM = 1.15
"""Longer than a stroke of print that touches a ruling."""
LONG_STUB_EM = 3.0
"""No stroke of print is so long: what is may have breaks itself."""
BREAK_EM = 0.5
"""Such breaks are shorter than this."""
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
    return [s for s in spans if _is_ruled(s, crossings, meter, em) and not meter.is_print(s)]


def _is_ruled(span: Ruling, crossings: Sequence[Ruling], meter: SpanMeter, em: float) -> bool:
    """Whether the printed ends of a span show that all of it was ruled."""
    whole, rest, at_start = _parted(span, meter, 0.0)
    least = max(MIN_STUB_EM * em, MIN_SHARE * span.length)
    if whole.length >= least and _is_bare(whole, rest, meter, WHOLE):
        goes_on = meter.goes_on(whole)[0 if at_start else 1]
        at = span.start if at_start else span.end
        return not goes_on or _is_ruled_beyond(span, at, crossings, em)
    broken, rest, _ = _parted(span, meter, BREAK_EM * em)
    least = max(LONG_STUB_EM * em, MIN_SHARE * span.length)
    return broken.length >= least and _is_bare(broken, rest, meter, CONTINUED_COVER)


def _parted(span: Ruling, meter: SpanMeter, bridged: float) -> tuple[Ruling, Ruling, bool]:
    """The longer printed end of a span, what lies between both, and whether it is its start."""
    from_start, from_end = meter.printed_ends(span, bridged=bridged)
    first, last = span.start + from_start, span.end - from_end
    between = replace(span, start=first, end=max(first, last))
    if from_start >= from_end:
        return replace(span, end=first), between, True
    return replace(span, start=last), between, False


def _is_bare(stub: Ruling, rest: Ruling, meter: SpanMeter, cover: float) -> bool:
    """Whether a stub is covered so far, with paper beside it, and paper alone before it."""
    ink = meter.measure(stub)
    return (
        rest.length >= 1.0
        and ink.cover >= cover
        and ink.flank <= BARE_FLANK
        and meter.measure(rest).cover <= BLANK
    )


def _is_ruled_beyond(span: Ruling, at: float, crossings: Sequence[Ruling], em: float) -> bool:
    """Whether ink on the other side of the crossing is a ruling, and no stroke through it."""
    return any(
        on_one_line(r, span, em) and min(abs(r.start - at), abs(r.end - at)) <= TOUCH_EM * em
        for r in crossings
    )


def _crossed(ruling: Ruling, crossings: Sequence[Ruling], reach: float) -> list[float]:
    """Where the line of a ruling crosses others, ascending."""
    return sorted(
        o.position
        for o in crossings
        if o.horizontal != ruling.horizontal and o.start - reach <= ruling.position <= o.end + reach
    )
