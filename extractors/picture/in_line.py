"""Print in line with a ruling, taken for a part of it before the columns between were known.

Text in a merged cell stands in the middle of its rows, where the ruling of the next cells would
go on.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from extractors.grid.ruling import Ruling
from extractors.picture.span_meter import SpanMeter
from extractors.picture.spans import (
    CONTINUED_COVER,
    CONTINUED_EVIDENCE,
    CROWDED_FLANK,
    TOUCH_EM,
    WHOLE,
    stops_on,
)


def without_print_in_line(
    rulings: Sequence[Ruling], meter: SpanMeter, *, em: float
) -> list[Ruling]:
    """The rulings without stretches between two crossings that are print.

    A ruling that is whole elsewhere does not break just where print stands around it; but a seal
    may break it.

    Args:
        rulings: Of one page, collinear spans joined.
        meter: Of that page.
        em: Text height in pixels.
    """
    kept: list[Ruling] = []
    for ruling in rulings:
        stops = stops_on(ruling, rulings, TOUCH_EM * em)
        ends = sorted({ruling.start, *stops[1:-1], ruling.end})
        spans = [replace(ruling, start=a, end=b) for a, b in itertools.pairwise(ends)]
        print_like = [s for s in spans if _is_among_print(s, meter)]
        others = [s for s in spans if s not in print_like]
        if not print_like or not others or _cover(others, meter) < WHOLE:
            kept.append(ruling)
            continue
        runs = itertools.groupby(spans, key=lambda s: s in print_like)
        for is_print, run in runs:
            pieces = list(run)
            if not is_print:
                kept.append(replace(ruling, start=pieces[0].start, end=pieces[-1].end))
    return kept


def _is_among_print(span: Ruling, meter: SpanMeter) -> bool:
    ink = meter.measure(span)
    is_broken = ink.cover < CONTINUED_COVER and ink.evidence < CONTINUED_EVIDENCE
    return is_broken and ink.beside > CROWDED_FLANK and not meter.is_sealed(span)


def _cover(spans: Sequence[Ruling], meter: SpanMeter) -> float:
    """Printed share of some spans together, 0..1."""
    total = sum(s.length for s in spans)
    return sum(meter.measure(s).cover * s.length for s in spans) / total if total else 0.0
