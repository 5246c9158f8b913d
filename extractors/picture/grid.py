"""From segments to tables: false rulings out, breaks bridged, cells by the lattice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from extractors.grid.groups import connected
from extractors.grid.lattice import Lattice, build_lattices
from extractors.grid.open_ends import closing_rulings
from extractors.grid.ruling import Ruling
from extractors.picture.columns import lost_in_one_row
from extractors.picture.double_frames import outer_lines, without_outer
from extractors.picture.hanging import hanging_spans
from extractors.picture.in_line import without_print_in_line
from extractors.picture.lone import without_lone_strokes
from extractors.picture.pale import Paleness
from extractors.picture.rings import without_rings
from extractors.picture.rulings import Segment
from extractors.picture.seals import Seal
from extractors.picture.span_meter import SpanMeter
from extractors.picture.spans import (
    MIN_EVIDENCE,
    TOUCH_EM,
    adjoins,
    on_one_line,
    printed_spans,
    sure_rulings,
)

SNAP_EM = 0.35
"""Rulings nearer than this are one line: less than half a row of print."""
STEP_EM = 0.2
"""A ruling does not jump by more where one piece of it ends and the next begins: a column is set
aside there."""
GAP_EM = 0.9
"""Breaks up to this are bridged: less than a text height, so that stacked characters are not."""
LONG_GAP_EM = 2.5
LONG_SIDE_EM = 6.0
LONG_GAP_SHARE = 0.1
"""A level ruling may be broken for as much between two pieces that no row of strokes is as long
as, or for this share of the whole, where neither ends on an upright one: a worn line, and no
gutter between two tables. Whether the whole is printed is measured later."""
AS_PRINTED = 0.8
"""Beside a side of a cell a ruling that is covered less than this share of it does not run: the
two of a double frame are printed alike."""
MAX_ROUNDS = 8
"""Each round finds the spans between what stands already; tables are no deeper nested."""
MIN_CELL_EM = 1.05
"""A cell narrower than a character is none: tick boxes that touch a ruling look like that."""
MIN_RULING_EM = 1.2
"""The shortest ruling: a side of a cell that holds one line of print."""


def tables(
    segments: Sequence[Segment],
    ink: NDArray[np.float32],
    unsealed: NDArray[np.float32],
    print_ink: NDArray[np.float32],
    seals: Sequence[Seal],
    *,
    em: float,
) -> tuple[Lattice, ...]:
    """Tables of a rectified page, in pixels.

    Args:
        segments: Ruled segments, axis-parallel within a pixel or two.
        ink: Darkness of the same page, float32 (H, W), 0..1.
        unsealed: The same without seals, which take rulings that they cover with them; what
            stands alone is held to it.
        print_ink: Without seals, with the frames that may be tick boxes or characters.
        seals: Round seals of the page.
        em: Text height in pixels.
    """
    meter = SpanMeter(ink, em, print_ink, seals)
    whole = joined([_ruling(s) for s in segments], em=em)
    rulings = without_outer(whole, meter, reach=TOUCH_EM * em, near=MIN_CELL_EM * em)
    if len(rulings) < len(whole):
        # A worn outer line would look like print beside the inner one.
        outer = outer_lines(whole, rulings, ink.shape, em=em)
        ink, unsealed, print_ink = (np.where(outer, 0, i) for i in (ink, unsealed, print_ink))
        meter = SpanMeter(ink, em, print_ink, seals)
    lone_meter = SpanMeter(unsealed, em, print_ink)
    pale = Paleness(sure_rulings(rulings, meter, em=em), ink, em=em)
    # What shines through must not crowd out a ruling of the page close to it.
    found = bridged(_rulings(pale.without(rulings), meter, em), meter, em)
    sure = sure_rulings(found, meter, em=em)
    ends = _open_ends(found, sure, meter, em)
    crossings = [*sure, *ends]
    firm: list[Ruling] = []
    for _ in range(MAX_ROUNDS):
        spans = pale.without(printed_spans(found, crossings, meter, em=em))
        spans = without_rings(spans, seals, lone_meter, em=em)
        grown = _rulings([*firm, *spans], meter, em)
        grown = without_lone_strokes(grown, spans, lone_meter, meter, em=em)
        before, firm = firm, grown
        if _total(firm) <= _total(before) + 1.0:
            break
        crossings = [*firm, *ends]
    firm = without_print_in_line(firm, meter, em=em)
    hanging = pale.without(hanging_spans(found, firm, lone_meter, em=em))
    firm = _rulings([*firm, *hanging], meter, em)
    firm = _rulings([*firm, *_set_aside(segments, firm, lone_meter, em)], meter, em)
    lost = lost_in_one_row(firm, print_ink, seals, lone_meter, em=em)
    firm = _rulings([*firm, *lost], meter, em)
    return build_lattices(firm, snap=SNAP_EM * em, gap=GAP_EM * em)


def _set_aside(
    segments: Sequence[Segment], firm: Sequence[Ruling], meter: SpanMeter, em: float
) -> list[Ruling]:
    """Spans that go on from a column a little beside it, where it was looked for in vain.

    Some forms set the column of their last rows a millimetre aside.
    """
    columns = [r for r in firm if not r.horizontal]
    aside = [
        r
        for r in (_ruling(s) for s in segments if not s.horizontal)
        if any(on_one_line(r, c, em) for c in columns)
    ]
    spans = [s for s in printed_spans([*firm, *aside], firm, meter, em=em) if not s.horizontal]
    free = [s for s in spans if not any(_is_near(c, s, em) for c in columns)]
    found: list[Ruling] = []
    while more := [s for s in free if s not in found and adjoins(s, [*columns, *found], em)]:
        found += more
    return found


def _open_ends(
    rulings: Sequence[Ruling], sure: Sequence[Ruling], meter: SpanMeter, em: float
) -> list[Ruling]:
    """Where rulings may end without meeting another: the open ends of tables.

    Short rulings count if they stand on a sure one: a page may hold the last rows alone.
    """
    standing = [
        r
        for r in rulings
        if any(_meet(r, s, TOUCH_EM * em) for s in sure)
        and meter.measure(r).evidence >= MIN_EVIDENCE
    ]
    groups = connected([*sure, *standing], reach=GAP_EM * em)
    return [c for table in groups for c in closing_rulings(table, snap=SNAP_EM * em)]


def bridged(rulings: Sequence[Ruling], meter: SpanMeter, em: float) -> list[Ruling]:
    """Rulings with the long level ones joined over long breaks.

    Args:
        rulings: Of one page, collinear pieces with short breaks joined.
        meter: Of that page.
        em: Text height in pixels.
    """
    upright = [r for r in rulings if not r.horizontal]
    sides = [u for u in upright if meter.measure(u).evidence >= MIN_EVIDENCE]
    short = [r for r in rulings if r.horizontal and r.length < LONG_SIDE_EM * em]
    long = [r for r in rulings if r.horizontal and r not in short]
    kept: list[Ruling] = []
    for ruling in sorted(long, key=lambda r: r.start):
        before = next((k for k in kept if _is_broken(k, ruling, sides, em)), None)
        if before is None:
            kept.append(ruling)
        else:
            kept[kept.index(before)] = _merged(before, ruling)
    return [*kept, *short, *upright]


def _is_broken(left: Ruling, right: Ruling, upright: Sequence[Ruling], em: float) -> bool:
    """Whether two level rulings are one, with a break that ends on no upright ruling."""
    reach = TOUCH_EM * em
    longest = max(LONG_GAP_EM * em, LONG_GAP_SHARE * (right.end - left.start))
    return (
        abs(left.position - right.position) <= SNAP_EM * em
        and 0 < right.start - left.end <= longest
        and not any(
            u.start - reach <= left.position <= u.end + reach
            and left.end - reach <= u.position <= right.start + reach
            for u in upright
        )
    )


def _meet(a: Ruling, b: Ruling, reach: float) -> bool:
    return (
        a.horizontal != b.horizontal
        and a.start - reach <= b.position <= a.end + reach
        and b.start - reach <= a.position <= b.end + reach
    )


def _total(rulings: Sequence[Ruling]) -> float:
    return sum(r.length for r in rulings)


def _rulings(spans: Sequence[Ruling], meter: SpanMeter, em: float) -> list[Ruling]:
    """Collinear spans as one ruling; what is too short to be the side of a cell falls."""
    whole = joined(spans, em=em)
    kept: list[Ruling] = []
    for ruling in sorted(whole, key=lambda r: -r.length):
        near = [k for k in kept if _is_near(k, ruling, em)]
        crowding = [k for k in near if not _ends_before(k, ruling, kept, meter, em)]
        rests = _beyond(ruling, crowding) if crowding else [ruling]
        kept += [r for r in rests if r.length >= MIN_RULING_EM * em]
    return kept


def _beyond(ruling: Ruling, others: Sequence[Ruling]) -> list[Ruling]:
    """What of a ruling runs on before the first and behind the last of some others beside it.

    A column that begins below another, and strokes of print beside that one, are found as one.
    """
    first, last = min(o.start for o in others), max(o.end for o in others)
    return [
        replace(ruling, end=min(ruling.end, first)),
        replace(ruling, start=max(ruling.start, last)),
    ]


def _is_near(longer: Ruling, shorter: Ruling, em: float) -> bool:
    """Whether a ruling runs so near along a longer one that no character fits between."""
    if longer.horizontal != shorter.horizontal:
        return False
    shared = min(longer.end, shorter.end) - max(longer.start, shorter.start)
    distance = abs(longer.position - shorter.position)
    return shared > shorter.length / 2 and distance < MIN_CELL_EM * em


def _ends_before(
    longer: Ruling, shorter: Ruling, kept: Sequence[Ruling], meter: SpanMeter, em: float
) -> bool:
    """Whether only print carries the longer one on beside the shorter, a side of a cell."""
    reach = TOUCH_EM * em
    ends = [
        any(_meet(k, shorter, reach) and abs(k.position - end) <= reach for k in kept)
        for end in (shorter.start, shorter.end)
    ]
    if not all(ends):
        return False
    start, end = max(longer.start, shorter.start), min(longer.end, shorter.end)
    along, own = (meter.measure(replace(r, start=start, end=end)).cover for r in (longer, shorter))
    return along < AS_PRINTED * own


def _ruling(segment: Segment) -> Ruling:
    return Ruling(segment.horizontal, segment.position, segment.start, segment.end)


def joined(rulings: Sequence[Ruling], *, em: float) -> list[Ruling]:
    """Collinear rulings with short breaks as one, of the mean position.

    Args:
        rulings: In pixels.
        em: Text height in pixels.
    """
    out: list[Ruling] = []
    last: list[Ruling] = []
    for ruling in sorted(rulings, key=lambda r: (r.horizontal, r.start)):
        for i, other in enumerate(out):
            if (
                other.horizontal == ruling.horizontal
                and abs(other.position - ruling.position) <= SNAP_EM * em
                and ruling.start - other.end <= GAP_EM * em
                and not _steps(last[i], ruling, em)
            ):
                out[i] = _merged(other, ruling)
                last[i] = max(last[i], ruling, key=lambda r: r.end)
                break
        else:
            out.append(ruling)
            last.append(ruling)
    return out


def _steps(before: Ruling, after: Ruling, em: float) -> bool:
    """Whether one line ends, and the next begins beside it: both are sides of cells."""
    return (
        abs(before.end - after.start) <= SNAP_EM * em
        and abs(before.position - after.position) > STEP_EM * em
        and min(before.length, after.length) >= MIN_RULING_EM * em
    )


def _merged(a: Ruling, b: Ruling) -> Ruling:
    total = a.length + b.length
    return Ruling(
        a.horizontal,
        (a.position * a.length + b.position * b.length) / total,
        min(a.start, b.start),
        max(a.end, b.end),
    )
