"""Reading order of boxes on a page: rows from top to bottom, each from left to right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from extractors.geometry import BBox

Placed = TypeVar("Placed")


def in_rows(things: Iterable[Placed], box_of: Callable[[Placed], BBox]) -> list[Placed]:
    """The things in reading order.

    A thing belongs to the row whose first thing has that one's middle beside it, or its own
    middle beside the first thing.

    Args:
        things: In any order.
        box_of: Place of a thing.
    """
    rows: list[list[Placed]] = []
    for thing in sorted(things, key=lambda t: box_of(t).center[1]):
        if rows and beside(box_of(rows[-1][0]), box_of(thing)):
            rows[-1].append(thing)
        else:
            rows.append([thing])
    return [thing for row in rows for thing in sorted(row, key=lambda t: box_of(t).x0)]


def beside(one: BBox, other: BBox) -> bool:
    """Whether the middle of either box lies at a height that the other covers."""
    return one.y0 <= other.center[1] <= one.y1 or other.y0 <= one.center[1] <= other.y1
