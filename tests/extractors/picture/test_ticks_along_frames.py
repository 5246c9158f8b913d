"""Ticks drawn along the frame of their box, which leave next to nothing in it."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from seen_frames import frame

from extractors.evidence import MarkState
from extractors.picture.box_ink import with_strokes
from extractors.picture.boxes import Box
from extractors.picture.marks import judge
from extractors.picture.tick_state import Blank, SeenBox


@pytest.mark.parametrize(
    ("struck", "aside", "trace", "is_clear", "state"),
    [
        (0.19, 0.13, 0.164, True, MarkState.CHECKED),
        (0.19, 0.0, 0.164, True, MarkState.UNKNOWN),
        (0.05, 0.13, 0.164, True, MarkState.EMPTY),
        (0.19, 0.13, 0.055, True, MarkState.EMPTY),
        (0.19, 0.13, 0.164, False, MarkState.EMPTY),
    ],
    ids=["a tick", "beyond one side", "level", "nothing within", "beside other print"],
)
def test_ink_that_leaves_a_box_at_two_sides_is_a_tick(
    struck: float, aside: float, trace: float, is_clear: bool, state: MarkState
) -> None:
    box = replace(frame(100, struck=struck), aside=aside, trace=trace, span=0.23, printed=0.016)
    assert judge(SeenBox(box, None, is_clear), Blank(trace=0.053)).state is state


@pytest.mark.parametrize(
    ("end", "struck", "aside"),
    [((76, 54), 0.25, 0.375), ((68, 60), 0.25, 0.0)],
    ids=["out at the right", "below alone"],
)
def test_how_far_a_tick_runs_out_of_its_box(
    end: tuple[int, int], struck: float, aside: float
) -> None:
    mask = np.zeros((120, 140), np.uint8)
    cv2.rectangle(mask, (55, 50), (70, 65), 1, 1)
    cv2.polylines(mask, [np.array([(56, 64), (62, 69), end])], False, 1, 1)
    box = with_strokes(Box(55.0, 50.0, 71.0, 66.0), mask)
    assert box.struck == pytest.approx(struck, abs=0.07)
    assert box.aside == pytest.approx(aside, abs=0.07)
