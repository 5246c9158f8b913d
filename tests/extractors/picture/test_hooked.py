"""Ink that hangs on a tick box: of another line, of another box, or its own tick."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from extractors.evidence import MarkState
from extractors.picture.box_ink import with_strokes
from extractors.picture.boxes import Box
from extractors.picture.hooked import hangs_free, reaches_line, settle_hooked
from extractors.picture.lines import LineBox
from extractors.picture.marks import JudgedBox
from extractors.picture.tick_state import Blank

ABOVE, BELOW = LineBox(0, 0, 200, 18), LineBox(0, 20, 200, 38)
LOWER = Box(10, 24, 26, 40, fill=0.2, printed=0.2)
UPPER = Box(10, 2, 26, 18, printed=0.0, struck=0.4, hooked=LOWER.center)


@pytest.mark.parametrize(
    ("line", "struck", "free"),
    [
        (LineBox(0, 31, 200, 50), 0.6, False),
        (LineBox(0, 31, 200, 50), 0.45, True),
        (LineBox(0, 0, 200, 9), 0.6, False),
        (LineBox(0, 45, 200, 60), 0.6, True),
        (LineBox(0, 45, 200, 80), 1.0, False),
        (LineBox(60, 31, 200, 50), 0.6, True),
    ],
)
def test_a_tick_may_hang_where_no_other_line_stands(
    line: LineBox, struck: float, free: bool
) -> None:
    """A character of the next line that touches a box is no tick of it, and reaches far."""
    box = Box(10, 10, 30, 30, fill=0.0, struck=struck)
    assert hangs_free(box, [line]) is free
    assert not hangs_free(replace(box, hooked=(20.0, 60.0)), [line])


@pytest.mark.parametrize(
    ("line", "bare", "reaches"),
    [
        (LineBox(0, 0, 200, 9), True, True),
        (LineBox(0, 0, 200, 9), False, False),
        (LineBox(0, 0, 200, 2), True, False),
        (LineBox(60, 0, 200, 9), True, False),
    ],
)
def test_ink_on_a_bare_box_may_be_of_the_line_it_reaches(
    line: LineBox, bare: bool, reaches: bool
) -> None:
    """A stroke at the foot of a character is no higher than a tick that only touches its box."""
    assert reaches_line(Box(10, 10, 30, 30, struck=0.35, bare=bare), [line]) is reaches


def drawn(*boxes: Box) -> np.ndarray:
    mask = np.zeros((60, 60), np.uint8)
    for box in boxes:
        x0, y0, x1, y1 = (round(v) for v in (box.x0, box.y0, box.x1, box.y1))
        mask[y0 : y1 + 1, x0 : x1 + 1] = 1
        mask[y0 + 1 : y1, x0 + 1 : x1] = 0
    return mask


@pytest.mark.parametrize(("end", "hooked"), [(18, LOWER.center), (22, None)])
def test_ink_between_two_boxes_is_known_from_a_tick_of_one(
    end: int, hooked: tuple[float, float] | None
) -> None:
    """The tick of the lower box reaches the upper one, or stops short of it."""
    upper, lower = Box(10, 2, 26, 18), Box(10, 30, 26, 46)
    mask = drawn(upper, lower)
    mask[end:36, 20] = 1
    seen = with_strokes(upper, mask, [lower])
    assert seen.hooked == (lower.center if hooked else None)
    assert (seen.struck > 0.2) is (hooked is not None)


@pytest.mark.parametrize(
    ("upper", "lower", "state"),
    [
        (UPPER, MarkState.CHECKED, MarkState.EMPTY),
        (UPPER, MarkState.UNKNOWN, MarkState.UNKNOWN),
        (replace(UPPER, trace=0.1), MarkState.CHECKED, MarkState.UNKNOWN),
        (replace(UPPER, hooked=None), MarkState.CHECKED, MarkState.UNKNOWN),
    ],
)
def test_a_bare_box_that_the_next_one_s_tick_reaches_is_empty(
    upper: Box, lower: MarkState, state: MarkState
) -> None:
    judged = {
        ABOVE: [JudgedBox(upper, MarkState.UNKNOWN, 0.5)],
        BELOW: [JudgedBox(LOWER, lower, 0.97)],
    }
    settled = settle_hooked(judged, Blank())
    assert settled[ABOVE][0].state is state
    assert settled[BELOW] == judged[BELOW]


@pytest.mark.parametrize(
    ("band", "tick", "bare"), [(8, False, True), (16, False, False), (8, True, False)]
)
def test_a_box_is_bare_where_most_of_its_frame_is_left_and_nothing_in_it(
    band: int, tick: bool, bare: bool
) -> None:
    box = Box(10, 10, 30, 30)
    mask = drawn(box)
    mask[:, 12 : 12 + band] = 0
    if tick:
        mask[20, 22:28] = 1
    assert with_strokes(box, mask).bare is bare
