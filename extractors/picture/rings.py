"""Pieces of a seal's ring that pass for rulings.

Where its tangent is upright or level a ring runs along a straight line for the height of a row,
and with print under it covers the line as a broken ruling does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extractors.grid.ruling import Ruling
from extractors.picture.seals import Seal
from extractors.picture.span_meter import SpanMeter
from extractors.picture.spans import CROWDED_FLANK, MIN_EVIDENCE, gaps_on

ALONG = 0.4
"""A span runs along a ring that holds this share of it; one that crosses a ring twice, as a ruling
through a seal does, has a tenth of a low row in it."""


def without_rings(
    spans: Sequence[Ruling], seals: Sequence[Seal], unsealed: SpanMeter, *, em: float
) -> list[Ruling]:
    """The spans without those that are printed only as far as a ring makes them, through print.

    Where print keeps clear of the line a ring may as well hide a ruling.

    Args:
        spans: Of one page.
        seals: Of that page.
        unsealed: Of that page without its seals.
        em: Text height in pixels.
    """
    doubtful = [s for s in spans if any(runs_along(s, r) for r in seals)]
    if not doubtful:
        return list(spans)
    gaps = gaps_on([unsealed.measure(s) for s in spans], em)

    def is_ruling(span: Ruling) -> bool:
        ink = unsealed.measure(span)
        is_printed = ink.evidence >= MIN_EVIDENCE and gaps.allow(ink)
        return is_printed or ink.beside <= CROWDED_FLANK

    return [s for s in spans if s not in doubtful or is_ruling(s)]


def runs_along(span: Ruling, seal: Seal) -> bool:
    """Whether much of a span lies within the ring of a seal."""
    along = np.arange(span.start, span.end)
    x, y = (seal.x, seal.y) if span.horizontal else (seal.y, seal.x)
    distance = np.hypot(along - x, span.position - y)
    return bool(np.mean((distance >= seal.inner) & (distance <= seal.outer)) >= ALONG)
