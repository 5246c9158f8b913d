"""On which side of its option a tick box stands.

A form is set one way throughout, so a field whose own boxes leave a doubt (some are missing, or
were not seen) follows the form's others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from extractors.forms.options import OptionPlace
from extractors.forms.placed_marks import PlacedMark

# A box is nearer to its own option than to the neighbour by this factor, where print shows it.
_CLEARLY_NEARER = 1.5


@dataclass(frozen=True, slots=True)
class Side:
    """Where the boxes of a field stand, by its own cells.

    Attributes:
        follows: Whether they stand after their options.
        is_sure: Whether the print shows it; otherwise it is the likelier of the two.
    """

    follows: bool
    is_sure: bool


def leading_marks(
    places: Mapping[str, OptionPlace], marks: Sequence[PlacedMark]
) -> dict[str, PlacedMark]:
    """The box before each option, behind the option before it."""
    found: dict[str, PlacedMark] = {}
    last_end = 0
    for option, place in _in_order(places):
        before = [m for m in marks if last_end <= m.at <= place.start]
        if before:
            found[option] = before[-1]
        last_end = place.end
    return found


def following_marks(
    places: Mapping[str, OptionPlace], marks: Sequence[PlacedMark]
) -> dict[str, PlacedMark]:
    """The box after each option, before the option after it."""
    found: dict[str, PlacedMark] = {}
    next_start: int | None = None
    for option, place in reversed(_in_order(places)):
        after = [
            m for m in marks if m.at >= place.end and (next_start is None or m.at <= next_start)
        ]
        if after:
            found[option] = after[0]
        next_start = place.start
    return found


def side_of(places: Mapping[str, OptionPlace], marks: Sequence[PlacedMark]) -> Side:
    """Side of the boxes of one field.

    Where every option has a box, the side that leaves none over is right. Where boxes are
    missing, the gaps of print know better than the count.

    Args:
        places: Options that were found.
        marks: All boxes of the field.
    """
    surplus = len(following_marks(places, marks)) - len(leading_marks(places, marks))
    if surplus and len(marks) == len(places):
        return Side(surplus > 0, True)
    # A tick without a box has no outline to measure from.
    for candidates in ([m for m in marks if m.mark.boxed], marks):
        gaps = [
            (m.gap_before, m.gap_after)
            for m in candidates
            if m.gap_before is not None and m.gap_after is not None
        ]
        if gaps:
            before, after = median(b for b, _ in gaps), median(a for _, a in gaps)
            if max(before, after) > _CLEARLY_NEARER * min(before, after):
                return Side(before < after, True)
    ends = sum(m.gap_after is None for m in marks) - sum(m.gap_before is None for m in marks)
    return Side((surplus or ends) > 0, False)


def common_side(sides: Iterable[Side]) -> bool | None:
    """Whether boxes follow their options on a form; ``None`` where its fields do not show it."""
    sure = [s.follows for s in sides if s.is_sure]
    surplus = 2 * sum(sure) - len(sure)
    return surplus > 0 if surplus else None


def _in_order(places: Mapping[str, OptionPlace]) -> list[tuple[str, OptionPlace]]:
    return sorted(places.items(), key=lambda p: p[1].start)
