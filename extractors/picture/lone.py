"""What a short ruling's own line says about it: a stroke stands alone, a ruling goes on elsewhere.

Columns keep their places from row to row. So the few upright rulings that serve one row only are
held to more than others: strokes of print or of a seal that reach from ruling to ruling have
other strokes beside them, or run on past both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.grid.ruling import Ruling
from extractors.picture.rulings import SOLID
from extractors.picture.spans import (
    CROWDED_FLANK,
    SAME_LINE_EM,
    SpanInk,
    SpanMeter,
    gaps_on,
    length_on_line,
)

LONE_EM = 8.0
"""A line with less ruled length than this stands alone: no more than a few low rows have it."""
LOW_ROW_EM = 2.0
"""A row lower than this holds one line of print, and a single stroke may reach across it."""
LONE_EVIDENCE = 0.65
"""Coverage less flank ink that a lone ruling needs."""
FILLED_EM = 0.3
"""What is inked this far to both sides as well is part of a filled area, such as a seal's star."""


def without_lone_strokes(
    rulings: Sequence[Ruling], spans: Sequence[Ruling], meter: SpanMeter, *, em: float
) -> list[Ruling]:
    """The rulings without short ones that stand alone on their line and look like strokes.

    Of a lone ruling that looks like strokes in part, the spans that do not are left.

    Args:
        rulings: Of one page, collinear spans joined.
        spans: The stretches between crossings that they were joined from.
        meter: Of that page without its seals.
        em: Text height in pixels.
    """
    gaps = gaps_on([meter.measure(s) for s in spans], em)

    def is_ruling(lone: Ruling) -> bool:
        ink = meter.measure(lone)
        is_low = lone.length < LOW_ROW_EM * em
        return gaps.allow(ink, alone=is_low) and _is_bare(lone, ink, meter, em)

    kept: list[Ruling] = []
    for ruling in rulings:
        if length_on_line(ruling, rulings, em=em) >= LONE_EM * em or is_ruling(ruling):
            kept.append(ruling)
        else:
            kept += [s for s in spans if _is_part(s, ruling, em) and is_ruling(s)]
    return kept


def _is_part(span: Ruling, ruling: Ruling, em: float) -> bool:
    return (
        span.horizontal == ruling.horizontal
        and abs(span.position - ruling.position) <= SAME_LINE_EM * em
        and ruling.start - 1.0 <= span.start
        and span.end <= ruling.end + 1.0
    )


def _is_bare(ruling: Ruling, ink: SpanInk, meter: SpanMeter, em: float) -> bool:
    if ink.flank > CROWDED_FLANK or ink.cover - ink.flank < LONE_EVIDENCE:
        return False
    beside = (
        meter.measure(replace(ruling, position=ruling.position + side * FILLED_EM * em)).cover
        for side in (-1, 1)
    )
    return min(beside) < SOLID and not meter.runs_past(ruling)
