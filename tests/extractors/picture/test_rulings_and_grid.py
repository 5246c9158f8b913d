from __future__ import annotations

from collections.abc import Sequence
from math import atan2, degrees

import cv2
import numpy as np
import pytest
from drawn_pages import Paper, Rect, Side, sides

from extractors.grid.ruling import Ruling
from extractors.picture.darkness import measure_darkness
from extractors.picture.grid import bridged
from extractors.picture.layout import PageLayout, lay_out
from extractors.picture.rectify import homography
from extractors.picture.rulings import Segment, find_segments
from extractors.picture.span_meter import SpanMeter
from extractors.picture.warp import warped

XS = (40.0, 110.0, 220.0, 300.0, 460.0)
YS = (60.0, 84.0, 108.0, 132.0, 190.0, 214.0)
CELLS: tuple[Rect, ...] = (
    (0, 0, 1, 2),
    (0, 2, 1, 3),
    (0, 3, 1, 4),
    (1, 0, 4, 1),
    (1, 1, 2, 2),
    (1, 2, 2, 3),
    (1, 3, 2, 4),
    (2, 1, 3, 3),
    (2, 3, 4, 4),
    (3, 1, 4, 2),
    (3, 2, 4, 3),
    (4, 0, 5, 4),
)
TEXTS = {
    (0, 0): ("项目名称及编号",),
    (0, 3): ("王三丰目田二一",),
    (1, 0): ("目标", "一二", "三王"),
    (1, 1): ("日目田口国",),
    (2, 1): ("三三三三三三三三三三三三",),
    (2, 3): (
        "建设道路十二公里，",
        "改造管网三处，惠及",
        "居民五千户，按期完",
        "工率达到百分之百。",
    ),
    (3, 1): ("王工干", "王工干", "王工干"),
    (4, 0): ("一、项目概况：甲乙丙丁工干王田目，计三五〇万元",),
}


def page(dpi: float, *, gap: float = 0.0, dash: float = 1e9, double: float = 0.0) -> Paper:
    """The table; a second line of its frame lies ``double`` points outside of the first."""
    paper = Paper(500, 260, dpi)
    for side in sides(XS, YS, CELLS):
        paper.rule(side, gap=gap, dash=dash)
    if double:
        outer = [(line[0] - double, line[-1] + double) for line in (XS, YS)]
        for side in sides(*outer, [(0, 0, 1, 1)]):
            paper.rule(side)
    paper.write("项目绩效目标申报表", 170, 24, size=18)
    for (row, col), lines in TEXTS.items():
        for i, text in enumerate(lines):
            paper.write(text, XS[col] + 5, YS[row] + 6 + 13 * i)
    return paper


def assert_drawn_cells(layout: PageLayout, dpi: float, tolerance_pt: float) -> None:
    (table,) = layout.tables
    found = [c.cell for c in table.cells]
    assert [(c.row, c.col, c.row + c.row_span, c.col + c.col_span) for c in found] == list(CELLS)
    per_pt = layout.scale * dpi / 72
    for c, (r0, c0, r1, c1) in zip(found, CELLS, strict=True):
        place = np.array([c.x0, c.y0, c.x1, c.y1]) / per_pt
        assert place == pytest.approx([XS[c0], YS[r0], XS[c1], YS[r1]], abs=tolerance_pt)


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_thin_lines_give_exactly_the_drawn_cells(dpi: float) -> None:
    layout = lay_out(page(dpi).pixels, dpi)
    assert_drawn_cells(layout, dpi, 1.0)
    lines = {(c.cell.row, c.cell.col): len(c.lines) for c in layout.tables[0].cells}
    assert lines == {(r, c): len(TEXTS.get((r, c), ())) for r, c, _, _ in CELLS}
    assert len(layout.lines) == 1


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_double_frame_makes_no_cells_of_its_own(dpi: float) -> None:
    assert_drawn_cells(lay_out(page(dpi, double=2.4).pixels, dpi), dpi, 3.0)


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("apart", [5.0, 8.0])
def test_cells_end_on_the_inner_line_of_a_frame(apart: float, dpi: float) -> None:
    assert_drawn_cells(lay_out(page(dpi, double=apart).pixels, dpi), dpi, 1.0)


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_lines_broken_by_half_a_character_are_whole(dpi: float) -> None:
    layout = lay_out(page(dpi, gap=5.0, dash=37.0).pixels, dpi)
    assert_drawn_cells(layout, dpi, 1.5)


@pytest.mark.parametrize(("left", "tables"), [(40.0, 2), (150.0, 1)])
def test_a_low_row_apart_from_a_table_begins_or_ends_where_that_does(
    left: float, tables: int
) -> None:
    """Strokes of a title may be in line as the sides of a row are; it stands in the middle."""
    paper = Paper(500, 260, 150)
    row = sides((left, left + 100, left + 190), (20.0, 37.0), [(0, 0, 1, 1), (0, 1, 1, 2)])
    for side in (*sides(XS, YS, CELLS), *row):
        paper.rule(side)
    for (number, col), lines in TEXTS.items():
        paper.write(lines[0], XS[col] + 5, YS[number] + 6)
    assert len(lay_out(paper.pixels, 150).tables) == tables


@pytest.mark.parametrize(("usual", "found"), [(0.36, 3), (1.0, 2)])
def test_how_dark_a_ruling_must_be_depends_on_the_others(usual: float, found: int) -> None:
    """On a page ruled in hairlines a worn one counts; beside heavy rulings it is dirt."""
    ink = np.zeros((200, 700), np.float32)
    for y in (40, 160):
        ink[y : y + 2, 50:650] = usual
    ink[100:102, 50:650] = 0.27
    ink[100:102, 300:340] = 0.0
    segments = find_segments(ink, em=20.0, window_em=2.5, min_length_em=1.2)
    assert len({round(s.y0 / 20) for s in segments if s.horizontal}) == found


@pytest.mark.parametrize("dpi", [150, 300])
def test_print_without_rulings_is_no_table(dpi: float) -> None:
    paper = Paper(400, 200, dpi)
    for i in range(10):
        paper.write("王三田目工干非日口国一二" * 2, 40, 20 + 13 * i)
    layout = lay_out(paper.pixels, dpi)
    assert layout.tables == ()
    assert len(layout.lines) == 10


def test_empty_paper_has_nothing_on_it() -> None:
    layout = lay_out(Paper(300, 200, 150).pixels, 150)
    assert (layout.tables, layout.lines, layout.boxes) == ((), (), ())


def test_every_ruling_is_found_among_print() -> None:
    paper = page(150)
    ink = measure_darkness(paper.pixels, 150).ink
    found = find_segments(ink, em=paper.em, window_em=2.5, min_length_em=1.2)
    for side in sides(XS, YS, CELLS):
        along = [s for s in found if _lies_along(s.horizontal, s.position, side, paper.per_pt)]
        covered = sum(
            max(0.0, min(s.end / paper.per_pt, side[3]) - max(s.start / paper.per_pt, side[2]))
            for s in along
        )
        assert covered > 0.9 * (side[3] - side[2])


@pytest.mark.parametrize("dpi", [150, 300])
def test_strokes_of_print_part_no_cell(dpi: float) -> None:
    paper = Paper(300, 200, dpi)
    for side in sides((20, 280), (20, 180), [(0, 0, 1, 1)]):
        paper.rule(side)
    for i, text in enumerate(["一二三一二三", "EFHILTEFHILT", "王丰田目中申", "口国回日四网"] * 2):
        paper.write(text, 26 + 3 * i, 26 + 16 * i)
        place = (round(150 * paper.per_pt), round((36 + 16 * i) * paper.per_pt))
        cv2.putText(paper.pixels, "HLEI", place, cv2.FONT_HERSHEY_SIMPLEX, dpi / 220, 0, 1)
    (table,) = lay_out(paper.pixels, dpi).tables
    assert len(table.cells) == 1
    assert len(table.cells[0].lines) == 8


TALL_YS = tuple(20.0 + 24.0 * i for i in range(9))
TALL_CELLS: tuple[Rect, ...] = tuple((r, c, r + 1, c + 1) for r in range(8) for c in range(2))


def columns(*, rules: Sequence[Side] = (), rows: int = 8) -> Paper:
    """Rows of two columns, the rulings as given or those around the cells."""
    paper = Paper(320, 240, 150)
    for side in rules or sides((20, 100, 300), TALL_YS, TALL_CELLS):
        paper.rule(side)
    for row in range(rows):
        paper.write("预算执行率", 26, TALL_YS[row] + 7)
        paper.write("日常运行维护", 106, TALL_YS[row] + 7)
    return paper


def drawn(layout: PageLayout) -> list[Rect]:
    (table,) = layout.tables
    cells = [c.cell for c in table.cells]
    return [(c.row, c.col, c.row + c.row_span, c.col + c.col_span) for c in cells]


def test_rim_of_a_seal_parts_no_cell() -> None:
    paper = columns()
    for radius in (52.0, 47.0):
        turns = np.linspace(0, 2 * np.pi, 181)
        rim = [(220 + radius * np.cos(t), 128 + radius * np.sin(t)) for t in turns]
        paper.stroke(rim, 2.4)
    assert drawn(lay_out(paper.pixels, 150)) == list(TALL_CELLS)


def test_strokes_from_ruling_to_ruling_part_no_cell() -> None:
    paper = columns()
    for x in (150.0, 154.0):
        paper.stroke([(x, TALL_YS[3]), (x, TALL_YS[4])], 1.5)
        paper.stroke([(x - 3, TALL_YS[3] + 9), (x + 7, TALL_YS[3] + 9)], 1.5)
    assert drawn(lay_out(paper.pixels, 150)) == list(TALL_CELLS)


def test_column_of_brackets_parts_no_cell() -> None:
    paper = Paper(320, 130, 150)
    for side in sides((20, 100, 300), (20, 110), [(0, 0, 1, 1), (0, 1, 1, 2)]):
        paper.rule(side)
    for row in range(6):
        paper.write("（1）第四季度验收", 104, 24 + 14 * row)
    assert drawn(lay_out(paper.pixels, 150)) == [(0, 0, 1, 1), (0, 1, 1, 2)]


@pytest.mark.parametrize("row", [0, 3])
def test_strokes_at_the_place_of_a_column_part_no_cell(row: int) -> None:
    ys = [*TALL_YS[: row + 1], *(y + 24.0 for y in TALL_YS[row + 1 : 7])]
    cells = [(r, c, r + 1, c + 1) for r in range(len(ys) - 1) for c in range(3) if r != row]
    cells += [(row, 0, row + 1, 1), (row, 1, row + 1, 3)]
    paper = Paper(320, 240, 150)
    for side in sides((20, 100, 200, 300), ys, cells):
        paper.rule(side)
    for top, foot in ((3.0, 22.0), (26.0, 45.0)):
        paper.stroke([(200, ys[row] + top), (200, ys[row] + foot)], 0.8)
        for y in (4, 10, 16):
            paper.stroke([(192, ys[row] + top + y), (208, ys[row] + top + y)], 2.0)
    assert drawn(lay_out(paper.pixels, 150)) == sorted(cells)


def test_a_stroke_as_high_as_its_row_parts_no_cell() -> None:
    low = [20.0 + 14.0 * i for i in range(9)]
    paper = Paper(320, 240, 150)
    for side in sides((20, 100, 300), low, TALL_CELLS):
        paper.rule(side)
    paper.stroke([(200, low[3] + 3.2), (200, low[4] - 0.4)], 0.8)
    assert drawn(lay_out(paper.pixels, 150)) == list(TALL_CELLS)


def test_ruling_of_one_row_alone_is_kept() -> None:
    cells = [c for c in TALL_CELLS if c != (3, 1, 4, 2)]
    paper = columns()
    paper.rule((False, 200.0, TALL_YS[3], TALL_YS[4]))
    found = drawn(lay_out(paper.pixels, 150))
    assert len(found) == len(cells) + 2


def test_ruling_worn_away_in_one_row_goes_on_there() -> None:
    rules = [s for s in sides((20, 100, 300), TALL_YS, TALL_CELLS) if s[0] or s[1] != 100]
    rules += [(False, 100.0, TALL_YS[0], TALL_YS[3] + 6), (False, 100.0, TALL_YS[3] + 19, 212.0)]
    assert drawn(lay_out(columns(rules=rules).pixels, 150)) == list(TALL_CELLS)


@pytest.mark.parametrize("rows", [2, 8])
def test_rows_sliced_open_by_the_page_break_are_cells(rows: int) -> None:
    """Browsers draw no border at the break: the verticals alone show the first and last row."""
    ys = TALL_YS[: rows + 1]
    rules = [(True, y, 20.0, 300.0) for y in (ys[1:-1] if rows > 2 else ys[1:])]
    rules += [(False, x, ys[0], ys[-1]) for x in (20.0, 100.0, 300.0)]
    found = drawn(lay_out(columns(rules=rules, rows=rows).pixels, 150))
    assert found == list(TALL_CELLS)[: 2 * rows]


def _lies_along(horizontal: bool, position: float, side: Side, per_pt: float) -> bool:
    return horizontal == side[0] and abs(position / per_pt - side[1]) < 1.0


def _camera(width: int, height: int, turn: float, pull: float) -> np.ndarray:
    """A page turned by ``turn`` degrees whose upper edge is ``pull`` of the width narrower."""
    turned = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), turn, 0.92), [0, 0, 1]])
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    seen = corners.copy()
    seen[0, 0] += pull * width
    seen[1, 0] -= pull * width / 2
    seen[1, 1] += pull * height / 2
    return cv2.getPerspectiveTransform(corners, seen) @ turned


@pytest.mark.parametrize(
    ("turn", "pull"), [(1.5, 0.0), (-1.5, 0.0), (0.0, 0.02), (1.5, 0.02), (-1.5, 0.02)]
)
def test_skew_and_perspective_are_taken_out(turn: float, pull: float) -> None:
    paper = page(150)
    height, width = paper.pixels.shape
    camera = _camera(width, height, turn, pull)
    photo = cv2.warpPerspective(paper.pixels, camera, (width, height), borderValue=255)
    ink = measure_darkness(np.asarray(photo, np.uint8), 150).ink
    segments = find_segments(ink, em=paper.em, window_em=1.6, min_length_em=3.0)
    straight = homography(segments, width, height)
    for horizontal, position, start, end in sides(XS, YS, CELLS):
        ends = [(start, position), (end, position)] if horizontal else []
        ends = ends or [(position, start), (position, end)]
        drawn = np.array([ends]) * paper.per_pt
        (ax, ay), (bx, by) = cv2.perspectiveTransform(drawn, straight @ camera)[0]
        slope = atan2(by - ay, bx - ax) if horizontal else atan2(bx - ax, by - ay)
        assert abs(degrees(slope)) < 0.1
    level = warped(np.asarray(photo, np.uint8), straight, (width, height))
    found = [c.cell for c in lay_out(level, 150).tables[0].cells]
    assert [(c.row, c.col, c.row + c.row_span, c.col + c.col_span) for c in found] == list(CELLS)


@pytest.mark.parametrize("segments", [3, 2])
def test_three_long_rulings_show_perspective_and_two_do_not(segments: int) -> None:
    """Short pages of a photograph hold hardly more upright rulings."""
    width, height = 1600, 1100
    leaning = [
        Segment(False, x - 300 * slope, 200.0, x + 300 * slope, 800.0, 0.97)
        for x, slope in ((130.0, 0.017), (300.0, 0.013), (1300.0, -0.012))
    ][:: 4 - segments]
    straight = homography(leaning, width, height)
    ends = np.array([[(s.x0, s.y0), (s.x1, s.y1)] for s in leaning])
    placed = cv2.perspectiveTransform(ends, straight)
    lean = np.abs(placed[:, 1, 0] - placed[:, 0, 0]).max()
    assert bool(lean < 3.0) is (segments == 3)


def test_a_page_without_rulings_is_left_as_it_is() -> None:
    assert homography([], 800, 600) == pytest.approx(np.eye(3), abs=1e-9)


@pytest.mark.parametrize("dpi", [150, 200])
def test_brackets_of_list_numbers_part_no_cell(dpi: float) -> None:
    """Their ink is a broken line with nothing beside it, but stops between the lines of print."""
    paper = Paper(320, 170, dpi)
    for side in sides((20, 100, 300), (20, 150), [(0, 0, 1, 1), (0, 1, 1, 2)]):
        paper.rule(side)
    for row, number in enumerate("一二三四五六七八"):
        paper.write(f"（{number}", 112, 24 + 15 * row)
        paper.write("）", 133, 24 + 15 * row, size=13)
        paper.write("关于整治的批复", 152, 24 + 15 * row)
    assert drawn(lay_out(paper.pixels, dpi)) == [(0, 0, 1, 1), (0, 1, 1, 2)]


@pytest.mark.parametrize("inner", [True, False])
def test_one_low_row_alone_on_its_page_is_a_table_if_it_has_cells(inner: bool) -> None:
    paper = Paper(500, 300, 150)
    xs, cells = (
        ((40, 120, 460), [(0, 0, 1, 1), (0, 1, 1, 2)]) if inner else ((40, 460), [(0, 0, 1, 1)])
    )
    for side in sides(xs, (60, 76), cells):
        paper.rule(side)
    paper.write("备注", 60, 63)
    assert len(lay_out(paper.pixels, 150).tables) == inner


LEFT, RIGHT = Ruling(True, 80.0, 40.0, 400.0), Ruling(True, 81.0, 430.0, 600.0)
GUTTER = Ruling(False, 400.0, 20.0, 200.0)


@pytest.mark.parametrize(
    ("rulings", "ends"),
    [
        ([LEFT, RIGHT], [(40.0, 600.0)]),
        ([LEFT, Ruling(True, 81.0, 460.0, 600.0)], [(40.0, 400.0), (460.0, 600.0)]),
        ([LEFT, Ruling(True, 81.0, 460.0, 780.0)], [(40.0, 780.0)]),
        ([LEFT, Ruling(True, 95.0, 430.0, 600.0)], [(40.0, 400.0), (430.0, 600.0)]),
        ([LEFT, Ruling(True, 81.0, 430.0, 500.0)], [(40.0, 400.0), (430.0, 500.0)]),
        ([LEFT, RIGHT, GUTTER], [(40.0, 400.0), (430.0, 600.0)]),
    ],
    ids=[
        "worn",
        "too wide a break",
        "a wide break in a longer line",
        "another line",
        "a short piece",
        "a gutter between tables",
    ],
)
def test_long_break_between_long_level_rulings_is_bridged(
    rulings: list[Ruling], ends: list[tuple[float, float]]
) -> None:
    meter = printed_meter([r for r in rulings if not r.horizontal])
    level = sorted((r.start, r.end) for r in bridged(rulings, meter, 20.0) if r.horizontal)
    assert level == ends


def test_strokes_above_each_other_are_no_gutter() -> None:
    level = [r for r in bridged([LEFT, RIGHT, GUTTER], printed_meter([]), 20.0) if r.horizontal]
    assert [(r.start, r.end) for r in level] == [(40.0, 600.0)]


def printed_meter(upright: list[Ruling]) -> SpanMeter:
    """Of a page on which these rulings are printed, two pixels wide."""
    ink = np.zeros((300, 800), np.float32)
    for ruling in upright:
        x = round(ruling.position)
        ink[round(ruling.start) : round(ruling.end), x : x + 2] = 1.0
    return SpanMeter(ink, 20.0)
