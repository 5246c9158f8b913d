"""Tables that are open where a page cuts them, or at their sides.

Browsers and some word processors draw no border where a page break slices a cell, and many
printed forms have no rulings at their left and right. The rulings that run on past the last one
across them, and end together, show where the table ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.grid.ruling import Ruling

OVERHANG_SNAPS = 2.0
"""Rulings that run on by more than so many times the snapping distance hold text beside them;
less is the overshoot of a drawn corner."""
MOST = 0.5
MIN_ALIKE = 4
"""So many rulings, and this share of all, that end at one place end on a ruling, though the
outermost have lost their ends."""


def closing_rulings(table: Sequence[Ruling], *, snap: float) -> list[Ruling]:
    """The rulings that an open table lacks at its four ends.

    Args:
        table: Rulings of one table.
        snap: Rulings nearer than this are the same line, in the rulings' unit.

    Returns:
        One ruling an open end; none where the table is closed.
    """
    across = [r for r in table if r.horizontal]
    down = [r for r in table if not r.horizontal]
    found = []
    for ahead, beside in ((across, down), (down, across)):
        for sign in (-1.0, 1.0):
            ruling = _closing(ahead, beside, sign, snap)
            if ruling is not None:
                found.append(ruling)
    return found


def _closing(
    ahead: Sequence[Ruling], beside: Sequence[Ruling], sign: float, snap: float
) -> Ruling | None:
    """The ruling beyond the last of ``ahead`` towards ``sign``, where ``beside`` run on to it.

    Both outermost rulings of ``beside`` must end there, or most of all: one alone is a stray
    stroke. Nor does a stroke of print in the open row close it: a ruling goes from one of
    ``beside`` to another.
    """
    if not ahead or len(beside) < 2:
        return None

    def end(ruling: Ruling) -> float:
        return sign * (ruling.end if sign > 0 else ruling.start)

    whole = [r for r in ahead if _ends_on(r, beside, snap)] or ahead
    last = max(sign * r.position for r in whole)
    reached = max(end(r) for r in beside)
    if reached - last <= OVERHANG_SNAPS * snap:
        return None
    there = [r for r in beside if reached - end(r) <= snap]
    first, final = (f(r.position for r in there) for f in (min, max))
    low, high = (f(r.position for r in beside) for f in (min, max))
    ends_alike = first <= low + snap and final >= high - snap
    if not ends_alike and len(there) < max(MOST * len(beside), MIN_ALIKE):
        return None
    return Ruling(ahead[0].horizontal, sign * reached, first, final)


def _ends_on(ruling: Ruling, others: Sequence[Ruling], snap: float) -> bool:
    """Whether both ends lie on the lines of some of the others."""
    return all(
        any(abs(o.position - end) <= OVERHANG_SNAPS * snap for o in others)
        for end in (ruling.start, ruling.end)
    )
