from __future__ import annotations

import numpy as np
import pytest
from drawn_pages import BODY_PT, Paper
from numpy.typing import NDArray

from extractors.grid.lattice import CellBox, Lattice
from extractors.picture.layout import without_rulings
from extractors.picture.lines import (
    PRINTED,
    LineBox,
    clean_mask,
    find_lines,
    split_at_gaps,
    text_height,
    without_rests,
)

RESOLUTIONS = [100, 150]


def mask_of(paper: Paper) -> NDArray[np.uint8]:
    ink = (1 - paper.pixels.astype(np.float32) / 255).astype(np.float32)
    return clean_mask(ink, paper.em)


def assert_about(line: LineBox, top: float, bottom: float, paper: Paper) -> None:
    slack = 0.2 * paper.em
    assert line.y0 == pytest.approx(top * paper.per_pt, abs=slack)
    assert line.y1 == pytest.approx(bottom * paper.per_pt, abs=slack)


@pytest.mark.parametrize("dpi", RESOLUTIONS)
def test_two_lines_come_top_to_bottom_where_they_stand(dpi: float) -> None:
    paper = Paper(200, 60, dpi)
    paper.write("项目总预算合计", 10, 8)
    paper.write("绩效目标", 10, 23)
    first, second = find_lines(mask_of(paper), em=paper.em)
    assert_about(first, 8, 8 + BODY_PT, paper)
    assert_about(second, 23, 23 + BODY_PT, paper)
    assert first.x0 == pytest.approx(10 * paper.per_pt, abs=0.2 * paper.em)
    assert first.x1 == pytest.approx((10 + 7 * BODY_PT) * paper.per_pt, abs=0.2 * paper.em)


def test_places_are_those_of_the_page() -> None:
    paper = Paper(200, 40, 150)
    paper.write("项目", 10, 10)
    (line,) = find_lines(mask_of(paper), em=paper.em)
    (moved,) = find_lines(mask_of(paper), em=paper.em, x0=100, y0=70)
    assert moved == LineBox(line.x0 + 100, line.y0 + 70, line.x1 + 100, line.y1 + 70)


@pytest.mark.parametrize("dpi", RESOLUTIONS)
@pytest.mark.parametrize("text", ["二", "三", "二二", "三二三", "Si i j", "：二"])
def test_parts_of_characters_are_one_line(text: str, dpi: float) -> None:
    paper = Paper(120, 40, dpi)
    paper.write(text, 10, 10)
    assert len(find_lines(mask_of(paper), em=paper.em)) == 1


@pytest.mark.parametrize("dpi", RESOLUTIONS)
@pytest.mark.parametrize("above", ["完成项目建设", None])
def test_lone_stop_gets_the_height_of_a_character(above: str | None, dpi: float) -> None:
    paper = Paper(150, 60, dpi)
    if above:
        paper.write(above, 10, 8)
    centre = (12.5, 8 + 15 + 0.8 * BODY_PT)
    paper.stroke([(centre[0] - 1, centre[1]), centre], 2.2)
    lines = find_lines(mask_of(paper) if above else _raw(paper), em=paper.em)
    assert len(lines) == (2 if above else 1)
    assert lines[-1].height == pytest.approx(paper.em, rel=0.2)
    assert lines[-1].y0 <= centre[1] * paper.per_pt <= lines[-1].y1


def test_lone_stops_between_wrapped_lines_stand_on_their_own_line() -> None:
    """Lines that hold a stop only do not widen the distance that lines are thought to have."""
    paper = Paper(200, 120, 150)
    for row in (0, 2, 4):
        paper.write("完成项目建设", 10, 8 + 15 * row)
        paper.stroke([(11.5, 31 + 15 * row), (12.5, 31 + 15 * row)], 2.2)
    lines = find_lines(mask_of(paper), em=paper.em)
    assert len(lines) == 6
    for row, line in enumerate(lines):
        assert_about(line, 8 + 15 * row, 8 + 15 * row + BODY_PT, paper)


def _raw(paper: Paper) -> NDArray[np.uint8]:
    return np.asarray(paper.pixels < 128, dtype=np.uint8)


def test_specks_above_a_line_are_no_line() -> None:
    paper = Paper(200, 60, 150)
    paper.write("项目总预算合计", 10, 20)
    mask = mask_of(paper)
    whole = find_lines(mask, em=paper.em)
    top = whole[0].y0 - round(0.25 * paper.em)
    mask[top : top + 2, 40] = 1
    mask[top + 1, 120:122] = 1
    assert find_lines(mask, em=paper.em) == whole
    mask[top - 4, 60:63] = 1
    assert find_lines(mask, em=paper.em) == whole


def test_dirt_far_from_its_words_does_not_lengthen_a_line() -> None:
    paper = Paper(300, 60, 150)
    paper.write("少于三十年", 60, 20)
    mask = mask_of(paper)
    (whole,) = find_lines(mask, em=paper.em)
    speck, middle = max(2, round(0.2 * paper.em)), (whole.y0 + whole.y1) // 2
    for x in (round(whole.x0 - 3 * paper.em), round(whole.x1 + 6 * paper.em)):
        mask[middle : middle + speck, x : x + speck] = 1
    assert find_lines(mask, em=paper.em) == [whole]
    near = whole.x1 + round(0.5 * paper.em)
    mask[middle : middle + speck, near : near + speck] = 1
    (longer,) = find_lines(mask, em=paper.em)
    assert longer.x1 == near + speck


def test_dash_alone_is_a_line() -> None:
    paper = Paper(80, 40, 150)
    paper.stroke([(20, 20), (20 + BODY_PT, 20)], 0.8)
    (line,) = find_lines(_raw(paper), em=paper.em)
    assert line.height == pytest.approx(paper.em, rel=0.2)


def test_specks_are_dropped_and_points_of_print_stay() -> None:
    paper = Paper(200, 80, 150)
    paper.write("预算12.5万元", 10, 8)
    clean = _raw(paper)
    dirty = clean.copy()
    rng = np.random.default_rng(5)
    low = round(40 * paper.per_pt)
    for y, x in zip(rng.integers(low, 160, 12), rng.integers(5, 400, 12), strict=True):
        dirty[y, x] = 1
    assert (clean_mask(dirty.astype(np.float32), paper.em) == clean).all()
    assert find_lines(clean_mask(dirty.astype(np.float32), paper.em), em=paper.em) == find_lines(
        clean, em=paper.em
    )


@pytest.mark.parametrize("rows", [2, 4, 7])
@pytest.mark.parametrize("pitch", [1.0, 1.1])
def test_closely_set_lines_that_touch_are_as_many_as_printed(pitch: float, rows: int) -> None:
    paper = Paper(300, 130, 150)
    step = pitch * BODY_PT
    for row in range(rows):
        paper.write("建设道路改造管网惠及居民按期完工项目概况", 10, 8 + step * row)
    height = round(step * rows * paper.per_pt)
    column = round(100 * paper.per_pt)
    top = round(9 * paper.per_pt)
    paper.pixels[top : top + height - round(2 * paper.per_pt), column] = 0
    lines = find_lines(mask_of(paper), em=paper.em)
    assert len(lines) == rows
    for row, line in enumerate(lines):
        assert_about(line, 8 + step * row, 8 + step * row + BODY_PT, paper)


def test_wide_lines_joined_by_the_rim_of_a_seal_are_as_many_as_printed() -> None:
    paper = Paper(300, 130, 150)
    step = 1.5 * BODY_PT
    for row in range(7):
        paper.write("建设道路改造管网惠及居民按期完工项目概况", 10, 8 + step * row)
    paper.stroke([(60, 10), (50, 60), (70, 8 + 6.9 * step)], 1.2)
    lines = find_lines(_raw(paper), em=paper.em)
    assert len(lines) == 7


@pytest.mark.parametrize("size", [18, 22, 26])
def test_large_title_is_not_cut(size: float) -> None:
    paper = Paper(380, 90, 150)
    paper.write("项目支出绩效目标", 20, 10, size=size)
    paper.write("（二〇二六年度）", 20, 20 + size)
    title, below = find_lines(mask_of(paper), em=paper.em)
    assert title.height > 0.8 * size * paper.per_pt
    assert_about(below, 20 + size, 20 + size + BODY_PT, paper)


def test_large_characters_of_several_pieces_are_not_cut() -> None:
    paper = Paper(380, 60, 150)
    paper.write("汉江言語治污江海沿江", 20, 10, size=20)
    (title,) = find_lines(mask_of(paper), em=paper.em)
    assert title.height > 16 * paper.per_pt


def test_touching_lines_are_cut() -> None:
    paper = Paper(300, 60, 150)
    for i in range(3):
        paper.write("项目总预算合计数量指标绩效目标", 10, 8 + 12 * i)
    mask = mask_of(paper)
    mask[:, round(20 * paper.per_pt)] |= _column(mask.shape[0], paper)
    assert len(find_lines(mask, em=paper.em)) == 3


def _column(height: int, paper: Paper) -> NDArray[np.uint8]:
    column = np.zeros(height, np.uint8)
    column[round(10 * paper.per_pt) : round(40 * paper.per_pt)] = 1
    return column


def test_no_print_no_lines() -> None:
    assert find_lines(np.zeros((50, 80), np.uint8), em=20) == []


def test_wide_gaps_split_a_line() -> None:
    paper = Paper(400, 40, 150)
    paper.write("单位：", 10, 10)
    paper.write("日期：", 250, 10)
    mask = mask_of(paper)
    (line,) = find_lines(mask, em=paper.em)
    left, right = split_at_gaps(line, mask, 3 * paper.em)
    assert (left.x0, right.x1) == (line.x0, line.x1)
    assert left.x1 < 100 * paper.per_pt < right.x0
    assert split_at_gaps(line, mask, 400 * paper.per_pt) == [line]


def test_rests_of_rulings_on_the_edge_go_and_print_stays() -> None:
    paper = Paper(100, 30, 150)
    paper.write("项目", 20, 8)
    mask = mask_of(paper)
    dirty = mask.copy()
    dirty[:2, 10:120] = 1
    dirty[5:50, -1] = 1
    assert (without_rests(dirty, paper.em) == mask).all()


def test_rest_of_the_second_line_of_a_frame_goes_and_a_figure_stays() -> None:
    paper = Paper(120, 60, 150)
    paper.write("1", 4, 20)
    mask = mask_of(paper)
    dirty = mask.copy()
    inset = round(0.3 * paper.em)
    dirty[: round(1.3 * paper.em), -inset - 2 : -inset] = 1
    dirty[-inset - 2 : -inset, : round(1.3 * paper.em)] = 1
    assert (without_rests(dirty, paper.em) == mask).all()


def test_point_where_second_lines_of_a_frame_meet_goes_and_those_of_print_stay() -> None:
    paper = Paper(120, 60, 150)
    paper.write("注。", 4, 4)
    mask = mask_of(paper)
    dirty = mask.copy()
    side = round(0.25 * paper.em)
    dirty[-side - 5 : -5, 5 : 5 + side] = 1
    assert (without_rests(dirty, paper.em) == mask).all()


def test_pieces_of_a_broken_ruling_go_together() -> None:
    paper = Paper(120, 60, 150)
    paper.write("1", 8, 20)
    mask = mask_of(paper)
    dirty = mask.copy()
    dirty[round(1.2 * paper.em) : -6, 4:6] = 1
    dirty[4:9, 3:6] = 1
    assert (without_rests(dirty, paper.em) == mask).all()


@pytest.mark.parametrize("is_ring", [True, False], ids=["full stop", "point"])
def test_full_stop_that_wraps_stays_in_the_corner_where_a_point_goes(is_ring: bool) -> None:
    em = 23.0
    mask = np.zeros((65, 400), np.uint8)
    mask[8:31, 48:380] = 1
    mask[53:58, 5:11] = 1
    mask[55, 7:9] = not is_ring
    assert bool(without_rests(mask, em)[50:].any()) is is_ring


@pytest.mark.parametrize("dpi", [100, 150, 300])
@pytest.mark.parametrize("size", [9, 10.5, 12, 14])
def test_text_height_is_that_of_the_print(size: float, dpi: float) -> None:
    paper = Paper(300, 60, dpi)
    paper.write("项目总预算合计数量指标绩效目标", 10, 8, size=size)
    paper.write("资金构成情况填报说明", 10, 32, size=size)
    # A component's height counts whole pixels, with a half-inked one at either end.
    assert text_height(mask_of(paper), paper.em) == pytest.approx(size * paper.per_pt, abs=2.2)


def test_sides_of_a_row_that_stands_alone_are_no_characters() -> None:
    paper = Paper(500, 200, 150)
    for x in (30, 90, 250, 470):
        paper.stroke([(x, 20), (x, 38)], 0.8)
    paper.write("备注第二页共二页", 40, 24)
    assert text_height(mask_of(paper), paper.em) == pytest.approx(paper.em, abs=1.5)


def test_text_height_of_empty_paper_is_the_guess() -> None:
    assert text_height(np.zeros((50, 80), np.uint8), 21.5) == 21.5


@pytest.mark.parametrize("inset_em", [0.3, 0.55])
def test_second_line_of_a_frame_goes_in_the_corner_of_a_table(inset_em: float) -> None:
    """There it runs along two sides in one piece, and print stands beside both."""
    paper = Paper(160, 60, 150)
    paper.write("绩效目标", 30, 20)
    mask = mask_of(paper)
    dirty = mask.copy()
    inset = round(inset_em * paper.em)
    dirty[:, -inset - 3 : -inset] = 1
    dirty[-inset - 3 : -inset, :-inset] = 1
    assert (without_rests(dirty, paper.em) == mask).all()


@pytest.mark.parametrize(
    ("text", "top", "kept"),
    [("盲人信息服务", 3.0, False), ("级", 3.0, True), ("盲人信息服务", 8.0, True)],
)
def test_level_piece_alone_above_a_line_is_left_of_a_frame(
    text: str, top: float, kept: bool
) -> None:
    """Above a single character it may be print, as 一 is, and so it may farther from the edge."""
    paper = Paper(120, 50, 150)
    paper.stroke([(40, top), (49, top)], 0.8)
    paper.write(text, 20, 24)
    mask = without_rests(_raw(paper), paper.em)
    assert bool(mask[: round(12 * paper.per_pt)].any()) == kept


@pytest.mark.parametrize("inset_pt", [2.0, 4.5, 5.0])
def test_heavy_second_line_of_a_frame_goes_whole(inset_pt: float) -> None:
    """It begins within reach of the table's side, and ends beyond."""
    paper = Paper(200, 120, 150)
    left, top, right, bottom = (v * paper.per_pt for v in (20, 20, 180, 100))
    paper.write("全年", 30, 40)
    second = round(right - inset_pt * paper.per_pt)
    paper.pixels[round(top) : round(bottom), second - round(2.2 * paper.per_pt) : second] = 0
    cell = CellBox(0, 0, 1, 1, left, top, right, bottom)
    ink = (1 - paper.pixels.astype(np.float32) / 255).astype(np.float32)
    bare = without_rulings(ink, [Lattice((left, right), (top, bottom), (cell,))], paper.em)
    (line,) = find_lines(clean_mask(bare, paper.em), em=paper.em)
    assert line.x1 < 60 * paper.per_pt


def test_second_line_of_a_frame_goes_in_dashes_too_and_print_beside_it_stays() -> None:
    paper = Paper(200, 140, 150)
    left, top, right, bottom = (v * paper.per_pt for v in (20, 20, 180, 130))
    for y in range(20, 130, 10):
        paper.stroke([(23, y), (23, y + 7)], 0.8)
        paper.write("口口", 27, y)
    cell = CellBox(0, 0, 1, 1, left, top, right, bottom)
    ink = (1 - paper.pixels.astype(np.float32) / 255).astype(np.float32)
    bare = without_rulings(ink, [Lattice((left, right), (top, bottom), (cell,))], paper.em)
    assert not (bare[:, : round(25 * paper.per_pt)] > PRINTED).any()
    kept = slice(round(26 * paper.per_pt), round(60 * paper.per_pt))
    rows = slice(round(30 * paper.per_pt), round(120 * paper.per_pt))
    assert np.array_equal(bare[rows, kept], ink[rows, kept])


@pytest.mark.parametrize("is_tick", [True, False], ids=["tick", "line of print"])
def test_tail_of_a_tick_above_a_line_makes_no_line(*, is_tick: bool) -> None:
    em = 23.0
    mask = np.zeros((60, 500), np.uint8)
    for x in range(20, 420, 24):
        mask[24:47, x : x + 12] = 1
        mask[1:23, x + 3 : x + 15] = not is_tick
    # It leaves its box, beside which the characters stand.
    mask[8:30, 440:444] = mask[24:47, 440:460] = 1
    assert len(find_lines(mask, em=em)) == (1 if is_tick else 2)
