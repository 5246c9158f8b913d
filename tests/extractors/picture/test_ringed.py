"""Boxes under a seal's ring, beside the ticked and empty ones of their page."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.evidence import MarkState
from extractors.picture.boxes import Box
from extractors.picture.lines import LineBox
from extractors.picture.marks import JudgedBox
from extractors.picture.ringed import settle_ringed
from extractors.picture.seals import Seal
from extractors.picture.tick_state import SeenBox

LINE = LineBox(0, 20, 400, 36)
SIZE = 16
HIDDEN = 200
"""Left end of the box under the ring."""
COMING_DOWN = Seal(x=HIDDEN + 4, y=-72.0, inner=90.0, outer=99.0, ink=1.0)
"""Its ring hides the upper half of that box."""
ALL_OVER = Seal(x=HIDDEN + 8, y=-72.0, inner=88.0, outer=112.0, ink=1.0)


def settled(
    *, ticks: int, empties: int = 2, crossed: bool = False, seal: Seal = COMING_DOWN
) -> MarkState:
    """State of an unknown box under a ring, on a page with so many others outside it."""
    mask = np.zeros((60, 400), np.uint8)
    states = [MarkState.CHECKED] * ticks + [MarkState.EMPTY] * empties
    boxes = [_box(10 + 30 * n) for n in range(len(states))] + [_box(HIDDEN)]
    drawn = [*states, MarkState.CHECKED if crossed else MarkState.EMPTY]
    for box, state in zip(boxes, drawn, strict=True):
        _draw(mask, box, ticked=state is MarkState.CHECKED)
    ys, xs = np.ogrid[:60, :400]
    distance = np.hypot(xs - seal.x, ys - seal.y)
    mask[(distance >= seal.inner) & (distance <= seal.outer)] = 0
    judged = [JudgedBox(b, s, 0.97) for b, s in zip(boxes, states, strict=False)]
    judged.append(JudgedBox(boxes[-1], MarkState.UNKNOWN, 0.5))
    seen = [SeenBox(b, None) for b in boxes[:-1]]
    seen.append(SeenBox(boxes[-1], None, is_sealed=True, is_ringed=True))
    found = settle_ringed({LINE: judged}, seen, mask, (seal,))[LINE]
    assert [j.state for j in found[:-1]] == states
    return found[-1].state


def _box(x: int) -> Box:
    return Box(float(x), 20.0, float(x + SIZE), 20.0 + SIZE, fill=0.0, trace=0.0, dark=0.0)


def _draw(mask: np.ndarray, box: Box, *, ticked: bool) -> None:
    x, y = int(box.x0), int(box.y0)
    cv2.rectangle(mask, (x, y), (x + SIZE - 1, y + SIZE - 1), 1, 1)
    if ticked:
        cv2.line(mask, (x, y), (x + SIZE - 1, y + SIZE - 1), 1, 2)
        cv2.line(mask, (x, y + SIZE - 1), (x + SIZE - 1, y), 1, 2)


def test_a_box_is_empty_that_has_no_print_where_ticks_of_its_page_have_some() -> None:
    assert settled(ticks=2) is MarkState.EMPTY


@pytest.mark.parametrize(
    ("ticks", "empties", "crossed", "seal"),
    [
        (2, 2, True, COMING_DOWN),
        (1, 2, False, COMING_DOWN),
        (2, 1, False, COMING_DOWN),
        (2, 2, False, ALL_OVER),
    ],
    ids=["ticked", "one tick", "one empty", "hidden"],
)
def test_it_stays_unknown(ticks: int, empties: int, crossed: bool, seal: Seal) -> None:
    assert settled(ticks=ticks, empties=empties, crossed=crossed, seal=seal) is MarkState.UNKNOWN
