"""Boxes that the ring of a seal runs through, told by what is left of them.

The ring of a seal as dark as print hides a part of a box. Where every ticked box of the page has
print in the part that is left, and this one has no more there than empty ones, it is empty:
whoever ticks a form does so in one way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.evidence import MarkState
from extractors.picture.box_ink import TRACE
from extractors.picture.boxes import Box
from extractors.picture.lines import LineBox
from extractors.picture.marks import JudgedBox
from extractors.picture.seals import Seal
from extractors.picture.tick_state import SeenBox

MIN_OTHERS = 2
"""So many ticked boxes, and empty ones, show how a page is ticked."""
MIN_LEFT = 0.2
"""Share of the middle of a box that must be left: a stroke across it has room there."""
STROKE = 0.15
"""A stroke takes this share more of what is left than the frame of an empty box does there."""
MOVED = 0.05
"""By which the frame may differ, whose place is known to a pixel."""
LIKELY = 0.9
"""Probability of a state that is told by others of its page; a person sees it."""


def settle_ringed(
    judged: Mapping[LineBox, Sequence[JudgedBox]],
    seen: Sequence[SeenBox],
    mask: NDArray[np.uint8],
    seals: Sequence[Seal],
) -> dict[LineBox, list[JudgedBox]]:
    """The boxes, those empty whose part beside a ring is bare where ticks of the page have print.

    Args:
        judged: By line.
        seen: The same boxes, before they were judged.
        mask: Printed pixels without seals, uint8 (H, W), 0 or 1.
        seals: Of the page, in the same pixels.
    """
    sealed = [s.box for s in seen if s.is_sealed]
    ringed = [s.box for s in seen if s.is_ringed]
    clear = [j for boxes in judged.values() for j in boxes if j.box not in sealed]
    ticked, empty = (
        [_middle(j.box, mask) for j in clear if j.state is state]
        for state in (MarkState.CHECKED, MarkState.EMPTY)
    )

    def settled(one: JudgedBox) -> JudgedBox:
        if one.state is not MarkState.UNKNOWN or one.box not in ringed:
            return one
        left = _left_of(one.box, seals)
        own = _printed(_middle(one.box, mask), left)
        if left.mean() < MIN_LEFT or min(len(ticked), len(empty)) < MIN_OTHERS:
            return one
        if own > max(_printed(b, left) for b in empty) + MOVED:
            return one
        is_bare = min(_printed(b, left) for b in ticked) >= own + STROKE
        return JudgedBox(one.box, MarkState.EMPTY, LIKELY) if is_bare else one

    return {line: [settled(j) for j in boxes] for line, boxes in judged.items()}


def _left_of(box: Box, seals: Sequence[Seal]) -> NDArray[np.bool_]:
    """Which pixels of the middle of a box no ring hides, bool (N, N)."""
    y, x = _corner(box)
    ys, xs = np.mgrid[y : y + _side(box), x : x + _side(box)]
    left = np.ones(ys.shape, np.bool_)
    for seal in seals:
        distance = np.hypot(xs - seal.x, ys - seal.y)
        left &= (distance < seal.inner) | (distance > seal.outer)
    return left


def _printed(middle: NDArray[np.uint8], left: NDArray[np.bool_]) -> float:
    """Printed share of some pixels of the middle of a box, 0..1; sizes may differ by a pixel."""
    height, width = (min(pair) for pair in zip(middle.shape, left.shape, strict=True))
    part = middle[:height, :width][left[:height, :width]]
    return float(part.mean()) if part.size else 0.0


def _middle(box: Box, mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The mask within the frame of a box."""
    y, x = _corner(box)
    return mask[y : y + _side(box), x : x + _side(box)]


def _side(box: Box) -> int:
    return max(round(TRACE * box.size), 1)


def _corner(box: Box) -> tuple[int, int]:
    """First row and column of that part."""
    aside = (1 - TRACE) / 2 * box.size
    return max(round(box.y0 + aside), 0), max(round(box.x0 + aside), 0)
