"""Tick boxes under seals, whose strokes are ink in and around them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from seen_frames import frame

from extractors.evidence import MarkState
from extractors.ocr.port import Char, Reading
from extractors.picture.marks import is_of_seal, judge
from extractors.picture.placed import PlacedReading
from extractors.picture.tick_state import Blank, SeenBox, blank_box


@pytest.mark.parametrize(
    ("fill", "trace", "struck", "state"),
    [
        (0.0, 0.1, 0.6, MarkState.UNKNOWN),
        (0.03, 0.1, 0.0, MarkState.EMPTY),
        (0.06, 0.1, 0.0, MarkState.UNKNOWN),
        (0.4, 0.5, 0.2, MarkState.CHECKED),
    ],
)
def test_under_a_seal_only_a_filled_box_is_ticked(
    fill: float, trace: float, struck: float, state: MarkState
) -> None:
    """Strokes of a seal cross the frames of empty boxes; on a clean page such ink is a tick."""
    box = replace(frame(100, fill=fill, struck=struck), trace=trace, span=0.5)
    clean = Blank(is_clean=True)
    assert judge(SeenBox(box, None, is_clear=False, is_sealed=True), clean).state is state


@pytest.mark.parametrize(
    ("bare", "ringed", "struck", "state"),
    [
        (True, True, 0.0, MarkState.EMPTY),
        (True, True, 0.3, MarkState.UNKNOWN),
        (True, False, 0.0, MarkState.UNKNOWN),
        (False, True, 0.0, MarkState.UNKNOWN),
    ],
)
def test_a_ring_that_was_taken_off_leaves_an_empty_box(
    bare: bool, ringed: bool, struck: float, state: MarkState
) -> None:
    box = replace(frame(100, fill=0.3, dark=0.44, struck=struck), printed=0.0, bare=bare)
    seen = SeenBox(box, None, is_clear=False, is_sealed=True, is_ringed=ringed)
    assert judge(seen, Blank()).state is state


@pytest.mark.parametrize(
    ("dark", "ticks", "state"),
    [
        (0.03, (0.4, 0.5), MarkState.EMPTY),
        (0.06, (0.4, 0.5), MarkState.UNKNOWN),
        (0.03, (0.4, 0.0), MarkState.UNKNOWN),
        (0.03, (), MarkState.UNKNOWN),
    ],
)
def test_pale_ink_of_a_seal_is_no_tick_where_ticks_are_dark(
    dark: float, ticks: tuple[float, ...], state: MarkState
) -> None:
    boxes = [frame(60.0 * i, alike=True) for i in range(4)]
    boxes += [frame(60.0 * i, fill=0.3, dark=d, alike=True) for i, d in enumerate(ticks, 4)]
    box = replace(frame(500, fill=0.12, dark=dark), printed=0.0, bare=True)
    seen = SeenBox(box, None, is_clear=False, is_sealed=True)
    blank = blank_box([*(SeenBox(b, None) for b in boxes), seen])
    assert judge(seen, blank).state is state


@pytest.mark.parametrize(
    ("printed", "is_sealed", "state"),
    [
        (0.03, True, MarkState.UNKNOWN),
        (0.03, False, MarkState.CHECKED),
        (0.14, True, MarkState.CHECKED),
    ],
)
def test_what_is_left_of_a_seal_in_a_box_is_no_tick(
    printed: float, is_sealed: bool, state: MarkState
) -> None:
    box = replace(frame(100, fill=0.16, dark=0.36), printed=printed)
    assert judge(SeenBox(box, None, is_clear=False, is_sealed=is_sealed), Blank()).state is state


@pytest.mark.parametrize(
    ("bare_ticks", "elsewhere", "state"),
    [
        (2, 0.0, MarkState.EMPTY),
        (1, 0.0, MarkState.CHECKED),
        (2, 0.4, MarkState.CHECKED),
    ],
)
def test_where_ticks_stand_in_the_place_of_boxes_a_seal_ticks_none(
    bare_ticks: int, elsewhere: float, state: MarkState
) -> None:
    boxes = [frame(60.0 * i, alike=True) for i in range(4)]
    boxes.append(frame(300, fill=elsewhere, alike=True))
    seen = SeenBox(frame(500, fill=0.3, alike=True), None, is_clear=False, is_sealed=True)
    blank = blank_box([*(SeenBox(b, None) for b in boxes), seen], bare_ticks)
    assert judge(seen, blank).state is state


@pytest.mark.parametrize(("bare_ticks", "state"), [(2, MarkState.UNKNOWN), (1, MarkState.CHECKED)])
def test_trace_in_a_box_is_doubted_where_ticks_stand_in_the_place_of_boxes(
    bare_ticks: int, state: MarkState
) -> None:
    boxes = [frame(60.0 * i, alike=True) for i in range(4)]
    traced = replace(frame(300, fill=0.06, dark=0.12, alike=True), trace=0.07, span=0.35)
    traced = replace(traced, printed=0.08, inked=True)
    blank = blank_box([SeenBox(b, None) for b in (*boxes, traced)], bare_ticks)
    assert judge(SeenBox(traced, None), blank).state is state


@pytest.mark.parametrize(
    ("elsewhere", "fill", "state"),
    [
        (1.0, 0.0, MarkState.EMPTY),
        (1.0, 1.0, MarkState.CHECKED),
        (0.4, 0.0, MarkState.UNKNOWN),
    ],
    ids=["empty", "filled", "ticked by strokes"],
)
def test_where_boxes_are_filled_a_stroke_of_a_seal_that_hangs_on_one_ticks_it_not(
    elsewhere: float, fill: float, state: MarkState
) -> None:
    boxes = [frame(60.0 * i, alike=True) for i in range(4)]
    boxes.append(frame(300, fill=elsewhere, alike=True))
    box = frame(500, fill=fill, struck=0.5, alike=True)
    seen = SeenBox(box, None, is_clear=False, is_sealed=True)
    blank = blank_box([*(SeenBox(b, None) for b in boxes), seen])
    assert judge(seen, blank).state is state


@pytest.mark.parametrize(
    ("cover", "y0", "witness", "label", "is_strokes"),
    [
        (1.0, 0.0, None, 330, False),
        (0.5, 0.0, Char("目", 0.6, 0.5), 330, True),
        (1.0, 8.0, None, 330, True),
        (1.0, 8.0, Char("□", 0.6, 0.5), 330, False),
        (1.0, 0.0, None, 380, True),
        (1.0, 0.0, Char("□", 0.6, 0.5), 380, False),
    ],
)
def test_a_box_in_a_seal_has_its_whole_outline_and_stands_level_beside_print(
    cover: float, y0: float, witness: Char | None, label: float, is_strokes: bool
) -> None:
    box = replace(frame(300, alike=True), y0=y0, y1=y0 + 16, cover=cover)
    beside = SeenBox(frame(100, alike=True), Char("□", 0.9, 0.1))
    placed = PlacedReading(Reading((Char("类", 0.9, label / 400),)), 0.0, 400.0, 20.0)
    seen = SeenBox(box, witness)
    assert is_of_seal(seen, [beside, seen], placed) is is_strokes
