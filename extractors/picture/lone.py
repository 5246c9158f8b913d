"""What a short ruling's own line says about it: a stroke stands alone, a ruling goes on elsewhere.

Columns keep their places from row to row. So the few upright rulings that serve one row only are
held to more than others: strokes of print or of a seal that reach from ruling to ruling have
other strokes beside them, or run on past both.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.grid.ruling import Ruling
from extractors.picture.spans import SpanMeter, length_on_line

LONE_EM = 8.0
"""A line with less ruled length than this stands alone: no more than a few low rows have it."""
LONE_FLANK = 0.2
"""Share of a lone ruling's side that may be inked: one stroke in a row's height touches it."""
LONE_EVIDENCE = 0.65
"""Coverage less flank ink that a lone ruling needs."""


def without_lone_strokes(rulings: Sequence[Ruling], meter: SpanMeter, *, em: float) -> list[Ruling]:
    """The rulings without short ones that stand alone on their line and look like strokes.

    Args:
        rulings: Of one page, collinear spans joined.
        meter: Of that page.
        em: Text height in pixels.
    """
    return [
        r
        for r in rulings
        if length_on_line(r, rulings, em=em) >= LONE_EM * em or _is_bare(r, meter)
    ]


def _is_bare(ruling: Ruling, meter: SpanMeter) -> bool:
    ink = meter.measure(ruling)
    if ink.flank > LONE_FLANK or ink.cover - ink.flank < LONE_EVIDENCE:
        return False
    return not meter.runs_past(ruling)
