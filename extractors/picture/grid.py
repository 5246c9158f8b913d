"""From segments to tables: false rulings out, breaks bridged, cells by the lattice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.grid.lattice import Lattice, Ruling, build_lattices
from extractors.picture.rulings import Segment
from extractors.picture.spans import SpanMeter, printed_spans

TOUCH_EM = 0.7
"""A ruling ends on a perpendicular one; its printed end may miss it by this much."""
SNAP_EM = 0.35
"""Rulings nearer than this are one line: less than half a row of print."""
GAP_EM = 0.9
"""Breaks up to this are bridged: less than a text height, so that stacked characters are not."""
MIN_CELL_EM = 1.05
"""A cell narrower than a character is none: tick boxes that touch a ruling look like that."""
MIN_RULING_EM = 1.2
"""The shortest ruling: a side of a cell that holds one line of print."""


def tables(
    segments: Sequence[Segment], ink: NDArray[np.float32], *, em: float
) -> tuple[Lattice, ...]:
    """Tables of a rectified page, in pixels.

    Args:
        segments: Ruled segments, axis-parallel within a pixel or two.
        ink: Darkness of the same page, float32 (H, W), 0..1.
        em: Text height in pixels.
    """
    meter = SpanMeter(ink, em)
    rulings = [_ruling(s) for s in segments]
    rulings = _rulings(rulings, em)
    while True:
        firm = _rulings(printed_spans(rulings, meter, em=em, reach=TOUCH_EM * em), em)
        if _same(firm, rulings):
            return build_lattices(firm, snap=SNAP_EM * em, gap=GAP_EM * em)
        rulings = firm


def _rulings(spans: Sequence[Ruling], em: float) -> list[Ruling]:
    """Collinear spans as one ruling; what is too short to be the side of a cell falls."""
    whole = joined(spans, snap=SNAP_EM * em, gap=GAP_EM * em)
    long = [r for r in whole if r.length >= MIN_RULING_EM * em]
    return [r for r in long if not any(_crowds(o, r, em) for o in long)]


def _crowds(longer: Ruling, shorter: Ruling, em: float) -> bool:
    """Whether a ruling runs so near along a longer one that no character fits between."""
    if longer.horizontal != shorter.horizontal or longer.length <= shorter.length:
        return False
    shared = min(longer.end, shorter.end) - max(longer.start, shorter.start)
    distance = abs(longer.position - shorter.position)
    return shared > shorter.length / 2 and distance < MIN_CELL_EM * em


def _same(a: Sequence[Ruling], b: Sequence[Ruling]) -> bool:
    """Whether nothing more was taken away: the total ruled length stays."""
    return sum(r.length for r in a) >= sum(r.length for r in b) - 1.0


def _ruling(segment: Segment) -> Ruling:
    return Ruling(segment.horizontal, segment.position, segment.start, segment.end)


def joined(rulings: Sequence[Ruling], *, snap: float, gap: float) -> list[Ruling]:
    """Collinear rulings with breaks under ``gap`` as one, of the mean position."""
    out: list[Ruling] = []
    for ruling in sorted(rulings, key=lambda r: (r.horizontal, r.start)):
        for i, other in enumerate(out):
            if (
                other.horizontal == ruling.horizontal
                and abs(other.position - ruling.position) <= snap
                and ruling.start - other.end <= gap
            ):
                out[i] = _merged(other, ruling)
                break
        else:
            out.append(ruling)
    return out


def _merged(a: Ruling, b: Ruling) -> Ruling:
    total = a.length + b.length
    return Ruling(
        a.horizontal,
        (a.position * a.length + b.position * b.length) / total,
        min(a.start, b.start),
        max(a.end, b.end),
    )
