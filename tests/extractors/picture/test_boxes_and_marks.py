from __future__ import annotations

from dataclasses import replace

import pytest
from drawn_pages import Paper

from extractors.evidence import MarkState
from extractors.ocr.port import Char, Reading
from extractors.picture.alike import with_alike
from extractors.picture.boxes import (
    Box,
    find_boxes,
    sharpened,
    with_strokes,
    without_frames,
    without_long_rulings,
)
from extractors.picture.darkness import measure_darkness
from extractors.picture.lines import clean_mask
from extractors.picture.marks import (
    Blank,
    PlacedReading,
    SeenBox,
    blank_box,
    judge,
    only_alike,
    tick_boxes,
)
from extractors.picture.warp import shrunk

SIZES_PT = (7.0, 10.0, 14.0)
PEN_PT = 1.1
LEFT, TOP = 40.0, 30.0
STATES = {
    "empty": MarkState.EMPTY,
    "tick": MarkState.CHECKED,
    "cross": MarkState.CHECKED,
    "filled": MarkState.CHECKED,
    "overshooting": MarkState.CHECKED,
}


def draw_box(paper: Paper, x: float, y: float, size: float, content: str) -> None:
    for side in ((True, y), (True, y + size)):
        paper.rule((*side, x, x + size))
    for upright in ((False, x), (False, x + size)):
        paper.rule((*upright, y, y + size))

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + u * size, y + v * size) for u, v in points]

    if content == "tick":
        paper.stroke(at((0.2, 0.5), (0.42, 0.78), (0.82, 0.22)), PEN_PT)
    elif content == "overshooting":
        paper.stroke(at((0.2, 0.45), (0.45, 0.8), (0.85, -0.5)), PEN_PT)
    elif content == "cross":
        paper.stroke(at((0.2, 0.2), (0.8, 0.8)), PEN_PT)
        paper.stroke(at((0.8, 0.2), (0.2, 0.8)), PEN_PT)
    elif content == "filled":
        low, high = (tuple(round(v * paper.per_pt) for v in p) for p in ((x, y), (x, y)))
        side = round(size * paper.per_pt)
        paper.pixels[low[1] : high[1] + side, low[0] : high[0] + side] = 0


def measured(paper: Paper) -> list[Box]:
    """Boxes of the paper as the layout of a page measures them, working pixels at 150 dpi."""
    scale = min(150 / paper.dpi, 1.0)
    work = shrunk(paper.pixels, scale)
    darkness = measure_darkness(work, paper.dpi * scale)
    em = paper.em * scale
    printed = clean_mask(darkness.ink, em)
    level = without_long_rulings(darkness.ink, em=em)
    frames = with_alike(find_boxes(level, em=em), level, em=em)
    return [
        with_strokes(
            sharpened(b, paper.pixels, scale, darkness.level),
            printed,
            [o for o in frames if o.alike and o is not b],
        )
        for b in frames
    ]


LOST = pytest.mark.xfail(reason="a tick through the frame of a very small box hides the box")
DRAWN = [
    pytest.param(c, s, d, marks=[LOST] if (c, s, d) == ("overshooting", 7.0, 200) else [])
    for c in STATES
    for s in SIZES_PT
    for d in (150, 200, 300)
]


@pytest.mark.parametrize(("content", "size", "dpi"), DRAWN)
def test_drawn_box_is_found_and_judged(content: str, size: float, dpi: float) -> None:
    paper = Paper(200, 80, dpi)
    draw_box(paper, LEFT, TOP, size, content)
    paper.write("重点项目", LEFT + 22, TOP)
    near = [b for b in measured(paper) if b.x0 < (LEFT + size) * min(dpi, 150) / 72]
    assert len(near) == 1
    box = near[0]
    per_pt = min(dpi, 150) / 72
    assert box.x0 / per_pt == pytest.approx(LEFT, abs=1.2)
    assert box.y1 / per_pt == pytest.approx(TOP + size, abs=1.2)
    assert box.size / per_pt == pytest.approx(size, abs=1.5)
    judged = judge(SeenBox(box, None), Blank())
    assert judged.state is STATES[content]
    assert judged.confidence > 0.9


@pytest.mark.parametrize("ticked", range(4))
def test_of_several_boxes_only_the_ticked_one_is_checked(ticked: int) -> None:
    paper = Paper(420, 60, 200)
    for i in range(4):
        draw_box(paper, 20 + 100 * i, 20, 9, "overshooting" if i == ticked else "empty")
        paper.write("新增项目", 35 + 100 * i, 19)
    places = [(20 + 100 * i) * 150 / 72 for i in range(4)]
    boxes = [b for b in measured(paper) if any(abs(b.x0 - x) < 4 for x in places)]
    seen = [SeenBox(b, None) for b in boxes]
    blank = blank_box(seen)
    states = [judge(s, blank).state for s in seen]
    assert states == [MarkState.CHECKED if i == ticked else MarkState.EMPTY for i in range(4)]


def test_frames_that_stand_alone_go_and_cells_stay() -> None:
    paper = Paper(300, 120, 150)
    draw_box(paper, 60, 30, 10, "empty")
    for x in (20.0, 120.0, 280.0):
        paper.rule((False, x, 10, 100))
    for y in (10.0, 55.0, 100.0):
        paper.rule((True, y, 20, 280))
    ink = measure_darkness(paper.pixels, 150).ink
    bare = without_frames(ink, find_boxes(ink, em=paper.em), em=paper.em)
    cut = tuple(
        slice(round(a * paper.per_pt), round(b * paper.per_pt)) for a, b in ((27, 43), (57, 73))
    )
    assert ink[cut].max() > 0.9
    assert bare[cut].max() == 0
    ink[cut] = 0
    assert (bare == ink).all()


def near(boxes: list[Box], x: float, y: float, per_pt: float) -> list[Box]:
    """Boxes whose upper left corner is within 1.5 pt of a place."""
    reach = 1.5 * per_pt
    return [b for b in boxes if abs(b.x0 - x * per_pt) <= reach and abs(b.y0 - y * per_pt) <= reach]


def heavy_box(paper: Paper, x: float, y: float, size: float, width: float) -> None:
    """A frame drawn with a thick pen, its outer edge at ``size``."""
    low, high = width / 2, size - width / 2
    corners = [(low, low), (high, low), (high, high), (low, high), (low, low)]
    paper.stroke([(x + u, y + v) for u, v in corners], width)


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_boxes_that_touch_are_found_by_those_that_do_not(dpi: float) -> None:
    paper = Paper(300, 120, dpi)
    places = [(40.0, 30.0), (40.0, 39.6), (120.0, 30.0), (200.0, 30.0)]
    for x, y in places:
        heavy_box(paper, x, y, 10, 1.4)
    boxes = [b for b in measured(paper) if b.alike]
    per_pt = min(dpi, 150) / 72
    assert [len(near(boxes, x, y, per_pt)) for x, y in places] == [1, 1, 1, 1]
    seen = [SeenBox(b, None) for b in boxes]
    assert {judge(s, blank_box(seen)).state for s in seen} == {MarkState.EMPTY}


def test_filled_box_that_touches_an_empty_one_does_not_tick_it() -> None:
    paper = Paper(300, 120, 200)
    places = [(40.0, 30.0), (120.0, 30.0), (200.0, 30.0), (40.0, 40.0)]
    for x, y in places:
        heavy_box(paper, x, y, 10, 1.2)
    draw_box(paper, 42, 42, 6, "filled")
    boxes = [b for b in measured(paper) if b.alike]
    found = [near(boxes, x, y, 150 / 72) for x, y in places]
    assert [len(f) for f in found] == [1, 1, 1, 1]
    states = [judge(SeenBox(f[0], None), Blank()).state for f in found]
    assert states == [MarkState.EMPTY] * 3 + [MarkState.CHECKED]


def test_box_between_two_rulings_is_no_cell() -> None:
    paper = Paper(300, 80, 150)
    for y in (20.0, 32.5):
        paper.rule((True, y, 20, 280))
    for x in (20.0, 280.0):
        paper.rule((False, x, 20, 32.5))
    places = [60.0, 130.0, 200.0]
    for x in places:
        heavy_box(paper, x, 21.2, 10.2, 1.4)
    ink = measure_darkness(paper.pixels, 150).ink
    level = without_long_rulings(ink, em=paper.em)
    frames = with_alike(find_boxes(level, em=paper.em), level, em=paper.em)
    bare = without_frames(ink, frames, em=paper.em)
    per_pt = paper.per_pt
    rows = slice(round(23.5 * per_pt), round(30.5 * per_pt))
    for x in places:
        assert bare[rows, round((x - 1) * per_pt) : round((x + 11) * per_pt)].max() == 0
    assert (bare[round(20 * per_pt)] == ink[round(20 * per_pt)]).all()
    beside = slice(0, round(50 * per_pt))
    assert (bare[:, beside] == ink[:, beside]).all()


def test_double_ruling_is_no_row_of_boxes() -> None:
    paper = Paper(300, 200, 150)
    for x in (40.0, 100.0):
        heavy_box(paper, x, 30, 8, 0.8)
    for x in (200.0, 206.4):
        paper.stroke([(x, 10), (x, 190)], 1.6)
        paper.stroke([(x - 40, 10), (x - 40, 50)], 1.6)
    boxes = [b for b in measured(paper) if b.alike]
    assert len(boxes) == 2


EM = 20.0


def placed(*chars: tuple[str, float, float]) -> PlacedReading:
    """Reading with ``(text, probability, centre in pixels)`` on a crop from 0 to 400."""
    reading = Reading(tuple(Char(text, p, x / 400) for text, p, x in chars))
    return PlacedReading(reading, 0.0, 400.0, EM)


def frame(
    x0: float,
    *,
    fill: float = 0.0,
    dark: float | None = None,
    struck: float = 0.0,
    alike: bool = False,
) -> Box:
    return Box(
        x0,
        0.0,
        x0 + 16,
        16.0,
        fill=fill,
        trace=fill,
        dark=fill if dark is None else dark,
        struck=struck,
        alike=alike,
    )


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
    ],
)
def test_what_was_read_inside_a_frame_tells_boxes_from_characters(
    text: str, probability: float, is_box: bool
) -> None:
    line = placed(("人", 0.99, 88), (text, probability, 108), ("数", 0.99, 128))
    seen = tick_boxes((frame(100),), line)
    assert len(seen) == is_box
    if is_box:
        assert seen[0].witness is not None
        assert seen[0].witness.text == text


@pytest.mark.parametrize(("text", "is_box"), [("目", False), ("口", True)])
def test_frame_alone_on_its_line_is_print_unless_an_empty_box_looks_so(
    text: str, is_box: bool
) -> None:
    assert len(tick_boxes((frame(100),), placed((text, 0.6, 108)))) == is_box


def test_frame_needs_room_between_the_characters_beside_it() -> None:
    tight = placed(("围", 0.99, 96), ("内", 0.99, 116))
    wide = placed(("是", 0.99, 88), ("否", 0.99, 128))
    assert tick_boxes((frame(98),), tight) == []
    assert len(tick_boxes((frame(100),), wide)) == 1
    assert len(tick_boxes((frame(100),), placed(("否", 0.99, 128)))) == 1


@pytest.mark.parametrize(("centre", "is_box"), [(100, False), (112, False), (86, True)])
def test_frame_at_the_end_of_a_line_stands_clear_of_the_last_character(
    centre: float, is_box: bool
) -> None:
    """Small frames at the edge of 额 or 财 are parts of these, though their middles lie apart."""
    line = placed(("节", 0.99, centre - 40), ("约", 0.99, centre - 20), ("额", 0.99, centre))
    assert len(tick_boxes((frame(100),), line)) == is_box


@pytest.mark.parametrize(("others", "is_box"), [("绪诸", False), ("回口", True)])
def test_frame_is_no_box_where_it_is_unsure_only_which_character_was_read(
    others: str, is_box: bool
) -> None:
    doubtful = Char("渚", 0.4, 108 / 400, tuple((text, 0.25) for text in others))
    chars = (Char("桑", 0.99, 88 / 400), doubtful, Char("新", 0.99, 128 / 400))
    line = PlacedReading(Reading(chars), 0.0, 400.0, EM)
    assert len(tick_boxes((frame(100, alike=True),), line)) == is_box


def test_frame_in_a_wide_title_needs_more_room_than_the_title_is_set_with() -> None:
    """A frame inside a character whose place was read a little beside it is no box."""
    centres = [20.0, 52.0, 84.0, 116.0, 148.0, 180.0]
    title = placed(*(("题", 0.99, x) for x in centres))
    assert tick_boxes((frame(92),), title) == []
    options = placed(*(("题", 0.99, x) for x in (20, 40, 60, 80, 120, 140)))
    assert len(tick_boxes((frame(92),), options)) == 1


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
    (seen,) = tick_boxes((frame(100, alike=True),), placed(("归", 0.99, 82), ("口", 0.99, 123)))
    assert seen.witness is not None
    assert seen.witness.text == "口"


@pytest.mark.parametrize(
    ("trace", "struck", "printed", "state"),
    [
        (0.25, 0.3, 0.1, MarkState.CHECKED),
        (0.02, 0.3, 0.1, MarkState.UNKNOWN),
        (0.25, 0.3, 0.0, MarkState.UNKNOWN),
        (0.05, 0.0, 0.0, MarkState.EMPTY),
    ],
)
def test_stroke_that_crosses_a_box_and_runs_out_of_it_is_a_tick(
    trace: float, struck: float, printed: float, state: MarkState
) -> None:
    box = replace(frame(100, fill=0.03, struck=struck), trace=trace, printed=printed)
    assert judge(SeenBox(box, None), Blank()).state is state


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
    ("trace", "struck", "state"),
    [
        (0.03, 0.6, MarkState.CHECKED),
        (0.0, 0.6, MarkState.UNKNOWN),
        (0.03, 0.3, MarkState.UNKNOWN),
        (0.03, 0.1, MarkState.EMPTY),
    ],
)
def test_tick_around_a_box_needs_a_trace_within(
    trace: float, struck: float, state: MarkState
) -> None:
    box = replace(frame(100, struck=struck), trace=trace)
    assert judge(SeenBox(box, None), Blank()).state is state


@pytest.mark.parametrize(("alike", "is_box"), [(True, True), (False, False)])
def test_square_like_the_other_boxes_is_one_though_read_as_a_character(
    alike: bool, is_box: bool
) -> None:
    line = placed(("类", 0.99, 88), ("口", 0.97, 108))
    assert len(tick_boxes((frame(100, alike=alike),), line)) == is_box


def test_where_boxes_are_alike_stray_frames_are_none() -> None:
    boxes = [SeenBox(frame(60.0 * i, alike=True), None) for i in range(4)]
    stray = SeenBox(frame(330), None)
    read = SeenBox(frame(360), Char("☑", 0.6, 0.9))
    assert only_alike([*boxes, stray, read]) == [*boxes, read]
    assert only_alike([boxes[0], stray]) == [boxes[0], stray]


def test_few_boxes_do_not_show_what_an_empty_one_looks_like() -> None:
    assert blank_box([SeenBox(frame(0, fill=0.3), None)] * 3) == Blank()
