"""Which frames are tick boxes, and their states, from places and readings alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from seen_frames import frame

from extractors.evidence import MarkState
from extractors.ocr.port import Char, Reading
from extractors.picture.marks import judge, only_alike, tick_boxes
from extractors.picture.placed import PlacedReading
from extractors.picture.tick_state import Blank, SeenBox, blank_box

EM = 20.0


def placed(*chars: tuple[str, float, float]) -> PlacedReading:
    """Reading with ``(text, probability, centre in pixels)`` on a crop from 0 to 400."""
    reading = Reading(tuple(Char(text, p, x / 400) for text, p, x in chars))
    return PlacedReading(reading, 0.0, 400.0, EM)


@pytest.mark.parametrize(
    ("text", "probability", "is_box"),
    [
        ("口", 0.97, False),
        ("国", 0.99, False),
        ("目", 0.95, False),
        ("围", 0.9, False),
        ("口", 0.4, True),
        ("图", 0.4, True),
        ("□", 0.99, True),
        ("☑", 0.99, True),
        ("📕", 0.99, True),
    ],
)
def test_what_was_read_inside_a_frame_tells_boxes_from_characters(
    text: str, probability: float, is_box: bool
) -> None:
    line = placed(("人", 0.99, 88), (text, probability, 108), ("数", 0.99, 128))
    seen = tick_boxes((frame(100),), line, em=EM)
    assert len(seen) == is_box
    if is_box:
        assert seen[0].witness is not None
        assert seen[0].witness.text == text


@pytest.mark.parametrize(("text", "is_box"), [("目", False), ("口", True)])
def test_frame_alone_on_its_line_is_print_unless_an_empty_box_looks_so(
    text: str, is_box: bool
) -> None:
    assert len(tick_boxes((frame(100),), placed((text, 0.6, 108)), em=EM)) == is_box


def test_frame_needs_room_between_the_characters_beside_it() -> None:
    tight = placed(("围", 0.99, 96), ("内", 0.99, 116))
    wide = placed(("是", 0.99, 88), ("否", 0.99, 128))
    assert tick_boxes((frame(98),), tight, em=EM) == []
    assert len(tick_boxes((frame(100),), wide, em=EM)) == 1
    assert len(tick_boxes((frame(100),), placed(("否", 0.99, 128)), em=EM)) == 1


@pytest.mark.parametrize(("centre", "is_box"), [(100, False), (112, False), (86, True)])
def test_frame_at_the_end_of_a_line_stands_clear_of_the_last_character(
    centre: float, is_box: bool
) -> None:
    """Small frames at the edge of 额 or 财 are parts of these, though their middles lie apart."""
    line = placed(("节", 0.99, centre - 40), ("约", 0.99, centre - 20), ("额", 0.99, centre))
    assert len(tick_boxes((frame(100),), line, em=EM)) == is_box


@pytest.mark.parametrize(("others", "is_box"), [("绪诸", False), ("回口", True)])
def test_frame_is_no_box_where_it_is_unsure_only_which_character_was_read(
    others: str, is_box: bool
) -> None:
    doubtful = Char("渚", 0.4, 108 / 400, tuple((text, 0.25) for text in others))
    chars = (Char("桑", 0.99, 88 / 400), doubtful, Char("新", 0.99, 128 / 400))
    line = PlacedReading(Reading(chars), 0.0, 400.0, EM)
    assert len(tick_boxes((frame(100, alike=True),), line, em=EM)) == is_box


@pytest.mark.parametrize(("second", "is_box"), [(112, True), (103, False)])
def test_frame_on_a_short_line_needs_more_room_than_its_characters_have(
    second: float, is_box: bool
) -> None:
    # 质量 stand 20 apart, and so would 量指 without a box between them.
    line = placed(("质", 0.99, 55), ("量", 0.99, 75), ("指", 0.99, second), ("标", 0.99, 135))
    box = frame(84)
    assert len(tick_boxes((box,), line, em=EM)) == is_box


def test_frame_in_a_wide_title_needs_more_room_than_the_title_is_set_with() -> None:
    """A frame inside a character whose place was read a little beside it is no box."""
    centres = [20.0, 52.0, 84.0, 116.0, 148.0, 180.0]
    title = placed(*(("题", 0.99, x) for x in centres))
    assert tick_boxes((frame(92),), title, em=EM) == []
    options = placed(*(("题", 0.99, x) for x in (20, 40, 60, 80, 120, 140)))
    assert len(tick_boxes((frame(92),), options, em=EM)) == 1


@pytest.mark.parametrize(
    ("text", "probability", "fill", "letter"),
    [("口", 0.97, 0.0, "口"), ("口", 0.5, 0.0, ""), ("口", 0.97, 0.5, "口"), ("目", 0.99, 0.0, "")],
)
def test_empty_box_that_was_surely_read_as_a_character_may_be_one(
    text: str, probability: float, fill: float, letter: str
) -> None:
    witness = Char(text, probability, 0.27)
    judged = judge(SeenBox(frame(100, fill=fill, alike=True), witness), Blank())
    assert judged.letter == letter
    assert judged.state is (MarkState.EMPTY if fill == 0 else MarkState.UNKNOWN)


def test_character_like_a_frame_is_looked_for_around_the_frame_too() -> None:
    """At the end of a line its place is less sure; no second frame stands beside it."""
    (seen,) = tick_boxes(
        (frame(100, alike=True),), placed(("归", 0.99, 82), ("口", 0.99, 123)), em=EM
    )
    assert seen.witness is not None
    assert seen.witness.text == "口"


@pytest.mark.parametrize(
    ("trace", "struck", "inked", "state"),
    [
        (0.25, 0.25, True, MarkState.CHECKED),
        (0.02, 0.25, True, MarkState.UNKNOWN),
        (0.25, 0.25, False, MarkState.UNKNOWN),
        (0.05, 0.0, False, MarkState.EMPTY),
    ],
)
def test_stroke_that_crosses_a_box_and_runs_out_of_it_is_a_tick(
    trace: float, struck: float, inked: bool, state: MarkState
) -> None:
    """Be it in a corner, where nothing of it is in the centre."""
    box = replace(frame(100, fill=0.03, struck=struck), trace=trace, printed=0.0, inked=inked)
    assert judge(SeenBox(box, None), Blank()).state is state


@pytest.mark.parametrize(
    ("trace", "printed", "state"),
    [
        (0.2, 0.03, MarkState.UNKNOWN),
        (0.05, 0.03, MarkState.EMPTY),
        (0.2, 0.0, MarkState.EMPTY),
    ],
)
def test_box_with_a_little_print_in_it_may_be_ticked(
    trace: float, printed: float, state: MarkState
) -> None:
    box = replace(frame(100, fill=0.03, struck=0.15), trace=trace, printed=printed, dark=0.02)
    assert judge(SeenBox(box, None), Blank()).state is state


@pytest.mark.parametrize(
    ("struck", "is_clear", "state"),
    [
        (0.15, True, MarkState.UNKNOWN),
        (0.05, True, MarkState.EMPTY),
        (0.15, False, MarkState.EMPTY),
    ],
    ids=["runs out", "blur", "beside other print"],
)
def test_a_thin_tick_along_the_frame_leaves_a_doubt(
    struck: float, is_clear: bool, state: MarkState
) -> None:
    box = replace(frame(100, struck=struck), trace=0.164, span=0.23, printed=0.016)
    assert judge(SeenBox(box, None, is_clear), Blank(trace=0.053)).state is state


@pytest.mark.parametrize(
    ("fill", "glyph", "probability", "state"),
    [
        (0.0, "□", 0.9, MarkState.EMPTY),
        (0.2, "☑", 0.9, MarkState.CHECKED),
        (0.0, "☑", 0.95, MarkState.UNKNOWN),
        (0.15, "□", 0.95, MarkState.UNKNOWN),
        (0.15, "□", 0.4, MarkState.CHECKED),
        (0.9, "□", 0.95, MarkState.CHECKED),
        (0.06, "☑", 0.9, MarkState.CHECKED),
        (0.06, "□", 0.9, MarkState.EMPTY),
    ],
)
def test_two_witnesses_agree_or_a_person_looks(
    fill: float, glyph: str, probability: float, state: MarkState
) -> None:
    judged = judge(SeenBox(frame(100, fill=fill), Char(glyph, probability, 0.27)), Blank())
    assert judged.state is state
    assert (judged.confidence <= 0.5) == (state is MarkState.UNKNOWN)


def test_doubtful_fill_without_a_witness_is_unknown() -> None:
    judged = judge(SeenBox(frame(100, fill=0.06), None), Blank())
    assert (judged.state, judged.confidence) == (MarkState.UNKNOWN, 0.5)


@pytest.mark.parametrize(
    ("span", "dark", "state"),
    [
        (0.14, 0.04, MarkState.EMPTY),
        (0.3, 0.04, MarkState.UNKNOWN),
        (0.0, 0.0, MarkState.UNKNOWN),
    ],
)
def test_a_point_as_dark_as_the_frame_is_dirt_and_paler_ink_may_be_a_tick(
    span: float, dark: float, state: MarkState
) -> None:
    box = replace(frame(100, fill=0.05, dark=dark), trace=0.03, span=span)
    assert judge(SeenBox(box, None), Blank()).state is state


def test_blurred_frames_are_held_to_the_empty_ones_of_the_page() -> None:
    fills = [0.1, 0.11, 0.1, 0.12, 0.11, 0.3]
    seen = [SeenBox(frame(50.0 * i, fill=f), None) for i, f in enumerate(fills)]
    blank = blank_box(seen)
    assert blank.fill == pytest.approx(0.1, abs=0.01)
    states = [judge(s, blank).state for s in seen]
    assert states == [MarkState.EMPTY] * 5 + [MarkState.CHECKED]


def test_ink_paler_than_the_frame_is_left_to_a_person() -> None:
    """A seal, or the reverse shining through, is no tick; nor is it nothing."""
    judged = judge(SeenBox(frame(100, fill=0.2, dark=0.02), None), Blank())
    assert judged.state is MarkState.UNKNOWN


def test_darkness_that_is_no_print_is_left_to_a_person() -> None:
    sealed = replace(frame(100, fill=0.3), printed=0.0)
    assert judge(SeenBox(sealed, None), Blank()).state is MarkState.UNKNOWN


@pytest.mark.parametrize(
    ("trace", "struck", "is_clear", "state"),
    [
        (0.03, 0.6, False, MarkState.CHECKED),
        (0.0, 0.6, False, MarkState.UNKNOWN),
        (0.03, 0.35, False, MarkState.UNKNOWN),
        (0.0, 0.35, True, MarkState.CHECKED),
        (0.03, 0.25, True, MarkState.UNKNOWN),
        (0.07, 0.25, True, MarkState.CHECKED),
        (0.07, 0.25, False, MarkState.UNKNOWN),
        (0.03, 0.1, True, MarkState.EMPTY),
    ],
)
def test_tick_around_a_box_needs_a_trace_within_or_a_line_that_is_clear(
    trace: float, struck: float, is_clear: bool, state: MarkState
) -> None:
    box = replace(frame(100, struck=struck), trace=trace)
    assert judge(SeenBox(box, None, is_clear), Blank()).state is state


@pytest.mark.parametrize(("trace", "state"), [(0.19, MarkState.UNKNOWN), (0.4, MarkState.CHECKED)])
def test_blur_of_the_frames_is_no_trace_of_a_tick(trace: float, state: MarkState) -> None:
    """Two boxes close together hang on each other in a blurred photograph."""
    box = replace(frame(100, struck=0.6), trace=trace)
    assert judge(SeenBox(box, None, is_clear=False), Blank(trace=0.12)).state is state


@pytest.mark.parametrize(
    ("trace", "blank", "span", "state"),
    [
        (0.25, 0.03, 0.5, MarkState.CHECKED),
        (0.25, 0.08, 0.5, MarkState.EMPTY),
        (0.25, 0.03, 0.2, MarkState.EMPTY),
    ],
)
def test_strokes_that_fill_much_of_a_box_are_a_tick(
    trace: float, blank: float, span: float, state: MarkState
) -> None:
    box = replace(frame(100), trace=trace, span=span, printed=0.05)
    assert judge(SeenBox(box, None), Blank(trace=blank)).state is state


@pytest.mark.parametrize(("dark", "state"), [(0.0, MarkState.EMPTY), (0.05, MarkState.CHECKED)])
def test_wide_blur_of_a_lone_box_is_no_tick(dark: float, state: MarkState) -> None:
    box = replace(frame(100, dark=dark), trace=0.21, span=0.6, fill=0.035)
    assert judge(SeenBox(box, None), Blank(is_known=False)).state is state


@pytest.mark.parametrize(
    ("fill", "printed", "span", "is_clean", "state"),
    [
        (0.02, 0.0, 0.5, True, MarkState.CHECKED),
        (0.0, 0.08, 0.4, True, MarkState.CHECKED),
        (0.02, 0.08, 0.2, True, MarkState.EMPTY),
        (0.0, 0.0, 0.6, True, MarkState.EMPTY),
        (0.02, 0.08, 0.5, False, MarkState.EMPTY),
    ],
)
def test_thin_tick_is_a_stroke_where_empty_boxes_are_clean(
    fill: float, printed: float, span: float, is_clean: bool, state: MarkState
) -> None:
    box = replace(frame(100, fill=fill), printed=printed, span=span, trace=0.04)
    assert judge(SeenBox(box, None), Blank(is_clean=is_clean)).state is state


@pytest.mark.parametrize(
    ("text", "alike", "is_box"),
    [
        ("目", False, False),
        ("目", True, True),
        ("回", False, True),
    ],
)
def test_frame_with_strokes_along_its_sides_is_a_character_more_likely_than_not(
    text: str, alike: bool, is_box: bool
) -> None:
    line = placed(("理", 0.99, 88), (text, 0.75, 108), ("标", 0.99, 128))
    assert len(tick_boxes((frame(100, alike=alike),), line, em=EM)) == is_box


@pytest.mark.parametrize("text", ["口", "·"])
@pytest.mark.parametrize(("alike", "is_box"), [(True, True), (False, False)])
def test_square_like_the_other_boxes_is_one_though_read_as_a_character_or_a_stop(
    text: str, alike: bool, is_box: bool
) -> None:
    line = placed(("类", 0.99, 88), (text, 0.97, 108))
    assert len(tick_boxes((frame(100, alike=alike),), line, em=EM)) == is_box


def test_where_boxes_are_alike_stray_frames_are_none() -> None:
    boxes = [SeenBox(frame(60.0 * i, alike=True), None) for i in range(4)]
    stray = SeenBox(replace(frame(330), x1=340), None)
    read = SeenBox(frame(360), Char("☑", 0.6, 0.9))
    assert only_alike([*boxes, stray, read]) == [*boxes, read]
    assert only_alike([boxes[0], stray]) == [boxes[0], stray]


def test_frame_as_large_as_one_that_was_read_as_a_box_is_one() -> None:
    boxes = [SeenBox(frame(60.0 * i, alike=True), None) for i in range(4)]
    small = replace(frame(360), x1=370, y1=10)
    read = SeenBox(small, Char("□", 0.6, 0.4))
    ticked = SeenBox(replace(small, x0=391, x1=402), None)
    assert only_alike([*boxes, read, ticked]) == [*boxes, read, ticked]
    assert only_alike([*boxes, ticked]) == boxes


def test_few_boxes_do_not_show_what_an_empty_one_looks_like() -> None:
    assert blank_box([SeenBox(frame(0, fill=0.3), None)] * 3) == Blank(is_known=False)


@pytest.mark.parametrize(
    ("cover", "struck", "count"), [(0.6, 0.8, 0), (0.6, 0.0, 1), (0.95, 0.8, 1)]
)
def test_frame_in_a_pattern_that_goes_on_is_no_box(cover: float, struck: float, count: int) -> None:
    box = replace(frame(100, struck=struck, fill=0.4), cover=cover)
    assert len(tick_boxes((box,), placed(("目", 0.99, 60), ("类", 0.99, 160)), em=EM)) == count


@pytest.mark.parametrize(("inked", "count"), [(False, 2), (True, 1)])
def test_a_ticked_box_whose_outline_a_scan_broke_stands_level_with_empty_ones(
    inked: bool, count: int
) -> None:
    ticked = replace(frame(100, struck=0.8, alike=True), cover=0.6, inked=True)
    other = replace(frame(200, alike=True), inked=inked)
    line = placed(("目", 0.99, 60), ("类", 0.99, 160), ("费", 0.99, 260))
    assert len(tick_boxes((ticked, other), line, em=EM)) == count


def test_a_frame_made_of_a_character_and_a_side_of_a_box_leaves_the_box() -> None:
    line = placed(("专", 0.99, 71), ("类", 0.99, 91))
    character, box = frame(83, alike=True), frame(98, alike=True)
    assert [s.box for s in tick_boxes((character, box), line, em=EM)] == [box]


@pytest.mark.parametrize(("trace", "state"), [(0.0, MarkState.EMPTY), (0.05, MarkState.CHECKED)])
def test_box_is_empty_that_a_tick_of_the_next_line_only_touches(
    trace: float, state: MarkState
) -> None:
    box = replace(frame(100, struck=0.99), trace=trace, inked=trace > 0, bare=trace == 0)
    seen = SeenBox(box, None, is_clear=False, is_crossed=True)
    assert judge(seen, Blank(is_clean=True)).state is state


@pytest.mark.parametrize(("dark", "state"), [(0.0, MarkState.UNKNOWN), (0.06, MarkState.CHECKED)])
def test_ink_paler_than_the_frame_is_no_tick_however_it_crosses_the_box(
    dark: float, state: MarkState
) -> None:
    box = replace(frame(100, fill=0.17, struck=0.24), trace=0.18, printed=0.33, dark=dark)
    assert judge(SeenBox(box, None), Blank()).state is state


@pytest.mark.parametrize(
    ("struck", "is_clear", "state"),
    [
        (0.24, True, MarkState.CHECKED),
        (0.24, False, MarkState.UNKNOWN),
        (0.14, True, MarkState.CHECKED),
        (0.14, False, MarkState.UNKNOWN),
        (0.0, True, MarkState.EMPTY),
    ],
)
def test_thin_tick_that_leaves_a_box_by_its_corner_counts(
    struck: float, is_clear: bool, state: MarkState
) -> None:
    box = replace(frame(100, fill=0.003, struck=struck), trace=0.097, span=0.19, printed=0.016)
    assert judge(SeenBox(box, None, is_clear), Blank(is_clean=True)).state is state
