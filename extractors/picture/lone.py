"""What a short ruling's own line says about it: a stroke stands alone, a ruling goes on elsewhere.

Columns keep their places from row to row. So the few upright rulings that serve one row only are
held to more than others: strokes of print or of a seal that reach from ruling to ruling have
other strokes beside them, or run on past both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extractors.grid.ruling import Ruling
from extractors.picture.span_meter import FLANK_EM, SpanInk, SpanMeter
from extractors.picture.spans import (
    BARE_FLANK,
    CONTINUED_COVER,
    CROWDED_FLANK,
    GOES_ON_COVER,
    WHOLE,
    WHOLE_EM,
    ends_meet,
    gaps_on,
    length_on_line,
    on_one_line,
)

LONE_EM = 8.0
"""A line with less ruled length than this stands alone: no more than a few low rows have it."""
LOW_ROW_EM = 2.0
"""A row lower than this holds one line of print, and a single stroke may reach across it."""
LONE_EVIDENCE = 0.65
"""Coverage less flank ink that a lone ruling needs."""
LINE_EM = 1.05
"""Print of one line is no higher than this."""
RING_EM = 8.5
"""Radius of the largest seals in heights of body text (3.1 cm in 10.5 pt)."""
BENT = 0.5
"""A ruling bends less than this share of what such a ring does over the same length."""
BENT_EM = 2.5
"""Over less than this neither bends by more than the edges of print are blurred."""
STEP_PX = 0.5
"""A straight line that leans steps by a pixel, and bends by half of that if it does so in the last
quarter."""
ASIDE_FROM_ENDS_EM = 0.2
"""The rulings at its ends are left out."""
BAND_EM = 0.22
"""A ring leaves its tangent by less than this over a few low rows."""
FILLED_EM = 0.3
"""What is inked this far to both sides as well is part of a filled area, such as a seal's star."""


def without_lone_strokes(
    rulings: Sequence[Ruling],
    spans: Sequence[Ruling],
    meter: SpanMeter,
    sealed: SpanMeter,
    *,
    em: float,
) -> list[Ruling]:
    """The rulings without short ones that stand alone on their line and look like strokes.

    Of a lone ruling that looks like strokes in part, the spans that do not are left, and those
    that go on from them. A whole one on the line of another column stays, whatever stands beside.

    Args:
        rulings: Of one page, collinear spans joined.
        spans: The stretches between crossings that they were joined from.
        meter: Of that page without its seals.
        sealed: Of the page with them.
        em: Text height in pixels.
    """
    gaps = gaps_on([meter.measure(s) for s in spans], em)

    def is_ruling(lone: Ruling) -> bool:
        ink = _measured(lone, meter, sealed)
        is_low = lone.length < LOW_ROW_EM * em
        return gaps.allow(ink, alone=is_low) and _stands_out(lone, ink, meter, em)

    kept: list[Ruling] = []
    for ruling in rulings:
        if length_on_line(ruling, rulings, em=em) >= LONE_EM * em or is_ruling(ruling):
            kept.append(ruling)
        elif not _is_bent(ruling, meter, em):
            parts = [s for s in spans if _is_part(s, ruling, em)]
            sure = [s for s in parts if is_ruling(s)]
            kept += sure + [s for s in parts if s not in sure and _goes_on(s, sure, meter, em)]
    lost = [r for r in rulings if r not in kept and any(on_one_line(r, k, em) for k in kept)]
    whole = [r for r in lost if _measured(r, meter, sealed).cover >= WHOLE]
    return kept + [r for r in whole if not _is_stroke(r, meter, em)]


def _measured(lone: Ruling, meter: SpanMeter, sealed: SpanMeter) -> SpanInk:
    """The ink of a ruling; what a seal's ring took with it where they cross counts as printed."""
    ink = meter.measure(lone)
    if lone.horizontal or ink.cover < GOES_ON_COVER or not sealed.is_sealed(lone):
        return ink
    return replace(ink, cover=max(ink.cover, sealed.measure(lone).cover))


def _goes_on(span: Ruling, sure: Sequence[Ruling], meter: SpanMeter, em: float) -> bool:
    """Whether a span begins where a ruling of its own line ends, and is mostly printed."""
    meets = any(ends_meet(span, r, em) for r in sure)
    return meets and meter.measure(span).cover >= CONTINUED_COVER


def _is_part(span: Ruling, ruling: Ruling, em: float) -> bool:
    return (
        on_one_line(span, ruling, em)
        and ruling.start - 1.0 <= span.start
        and span.end <= ruling.end + 1.0
    )


def _stands_out(ruling: Ruling, ink: SpanInk, meter: SpanMeter, em: float) -> bool:
    """Whether a line is no stroke: bare, or longer than any without a gap.

    That are three characters, or one where no more stands on one side of it.
    """
    is_beside_one = _is_beside_one_line(ruling, meter, em)
    is_bare = ink.flank <= CROWDED_FLANK or is_beside_one
    is_long = ink.length >= WHOLE_EM * em or is_beside_one
    is_ruled = (is_bare and ink.cover - ink.flank >= LONE_EVIDENCE) or (
        is_long and ink.cover >= WHOLE
    )
    return is_ruled and not _is_stroke(ruling, meter, em)


def _is_stroke(ruling: Ruling, meter: SpanMeter, em: float) -> bool:
    """Whether a line is part of a filled area, runs past both rulings, or bends as a ring does."""
    is_filled = meter.is_filled(ruling, FILLED_EM * em)
    return is_filled or meter.runs_past(ruling) or _is_bent(ruling, meter, em)


def _is_beside_one_line(ruling: Ruling, meter: SpanMeter, em: float) -> bool:
    """Whether a line is higher than one of print, and one of these ends or begins at it at most."""
    if ruling.length < LOW_ROW_EM * em:
        return False
    near, far = (round(share * em) for share in FLANK_EM)
    strip = meter.strip(_without_ends(ruling, em), far)
    sides = [s.any(axis=0) for s in (strip[: far - near], strip[far + near + 1 :])]
    bare, touched = sorted(sides, key=np.count_nonzero)
    rows = np.flatnonzero(touched)
    height = int(rows[-1] - rows[0]) + 1 if rows.size else 0
    return float(bare.mean()) <= BARE_FLANK and height <= LINE_EM * em


def _without_ends(ruling: Ruling, em: float) -> Ruling:
    end = ASIDE_FROM_ENDS_EM * em
    return replace(ruling, start=ruling.start + end, end=ruling.end - end)


def _is_bent(ruling: Ruling, meter: SpanMeter, em: float) -> bool:
    """Whether a line is a piece of a seal's ring: its middle lies aside of its ends."""
    inner = _without_ends(ruling, em)
    if inner.length < BENT_EM * em:
        return False
    strip = meter.strip(inner, round(BAND_EM * em)).astype(np.float64)
    inked = strip.sum(axis=0)
    middles = np.arange(strip.shape[0]) @ strip / np.maximum(inked, 1.0)
    quarters = [
        m[n > 0] for m, n in zip(np.array_split(middles, 4), np.array_split(inked, 4), strict=True)
    ]
    if not all(q.size for q in quarters):
        return False
    # The median, since a ruling that ends here lies to one side.
    first, second, third, last = (float(np.median(q)) for q in quarters)
    # Middles of quarters lie 1/8 and 3/8 of the length from the middle of an arc, whose distance
    # from its tangent there is the square of that over twice the radius.
    bend = abs(second + third - first - last) / 2
    ring = (9 / 64 - 1 / 64) * inner.length**2 / (2 * RING_EM * em)
    return bool(bend > STEP_PX and bend >= BENT * ring)
