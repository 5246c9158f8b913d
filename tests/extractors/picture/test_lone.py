"""Upright lines that serve a few low rows: rulings stay, pieces of a seal's ring do not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawn_pages import Paper

from extractors.grid.ruling import Ruling
from extractors.picture.layout import lay_out
from extractors.picture.lone import without_lone_strokes
from extractors.picture.seals import Seal
from extractors.picture.span_meter import SpanMeter

LEFT, RIGHT = 40.0, 460.0
ROWS = (60.0, 78.0, 96.0, 114.0, 132.0)
DPI = 200


def ruled() -> Paper:
    """Four low rows without inner rulings, and print in them."""
    paper = Paper(500, 260, DPI)
    for y in ROWS:
        paper.rule((True, y, LEFT, RIGHT))
    for x in (LEFT, RIGHT):
        paper.rule((False, x, ROWS[0], ROWS[-1]))
    for y, text in zip(ROWS, ("项目概况", "开始日期", "结束日期", "立项依据"), strict=False):
        paper.write(text, 60, y + 4)
    return paper


def cells(paper: Paper) -> int:
    (table,) = lay_out(paper.pixels, DPI).tables
    return len(table.cells)


def test_ring_of_a_faded_seal_is_no_ruling() -> None:
    paper = ruled()
    radius = 60 * paper.per_pt
    centre = (round(250 * paper.per_pt), round(96 * paper.per_pt))
    ring = np.zeros_like(paper.pixels)
    cv2.circle(ring, centre, round(radius), 255, 3, cv2.LINE_AA)
    rows = slice(round(62 * paper.per_pt), round(130 * paper.per_pt))
    paper.pixels[rows] = np.where(ring[rows] > 128, 0, paper.pixels[rows])
    assert cells(paper) == 4


@pytest.mark.parametrize("rows", [(1, 3), (0, 2), (1, 2)])
def test_ruling_over_one_or_two_low_rows_parts_them(rows: tuple[int, int]) -> None:
    paper = ruled()
    paper.rule((False, 250.0, ROWS[rows[0]], ROWS[rows[1]]))
    assert cells(paper) == 4 + rows[1] - rows[0]


@pytest.mark.parametrize(("thickness", "level"), [(1, 1), (1, 3), (2, 2), (2, 4)])
def test_side_of_a_table_of_two_low_rows_is_no_ring(thickness: int, level: int) -> None:
    """The ruling between the rows ends on it in the middle, to one side."""
    em = 20.0
    ink = np.zeros((200, 400), np.float32)
    ink[60:125, 50 : 50 + thickness] = 0.9
    for y in (60, 91, 122):
        ink[y : y + level, 50:350] = 0.9
    side = Ruling(False, 50 + (thickness - 1) / 2, 60.0, 125.0)
    meter = SpanMeter(ink, em)
    assert without_lone_strokes([side], [side], meter, meter, em=em) == [side]


@pytest.mark.parametrize(("shifts", "stays"), [((0, 0, 0, 0, 1), True), ((0, 2, 2, 2, 0), False)])
def test_a_leaning_line_steps_by_a_pixel_and_a_ring_bends(
    shifts: tuple[int, ...], *, stays: bool
) -> None:
    em, top, bottom = 20.0, 60, 120
    ink = np.zeros((200, 400), np.float32)
    for y in (top, bottom):
        ink[y - 1 : y + 1, 50:350] = 0.9
    for row, shift in enumerate(np.repeat(shifts, 12), start=top):
        ink[row, 100 + shift : 102 + shift] = 0.9
    line = Ruling(False, 100.5, float(top), float(bottom))
    meter = SpanMeter(ink, em)
    kept = without_lone_strokes([line], [line], meter, meter, em=em)
    assert kept == ([line] if stays else [])


def test_ruling_goes_on_into_a_row_where_print_touches_it() -> None:
    paper = ruled()
    paper.rule((False, 250.0, ROWS[1], ROWS[3]))
    paper.write("国国国国国", 250 + 1.2, ROWS[2] + 4)
    paper.write("国国", 250 - 22.2, ROWS[2] + 4)
    assert cells(paper) == 6


@pytest.mark.parametrize(("beside", "filled"), [(0.0, False), (0.3, False), (0.9, True)])
def test_what_shines_through_beside_a_ruling_does_not_fill_it(beside: float, filled: bool) -> None:
    em = 20.0
    ink = np.zeros((100, 100), np.float32)
    ink[20:60, 40:61] = beside
    ink[20:60, 49:52] = 0.9
    ruling = Ruling(False, 50.0, 20.0, 60.0)
    assert SpanMeter(ink, em).is_filled(ruling, 0.3 * em) is filled


@pytest.mark.parametrize(("beyond", "runs_past"), [(0.0, False), (0.3, False), (0.9, True)])
def test_a_paler_line_beyond_its_ends_is_not_the_ruling_itself(
    beyond: float, runs_past: bool
) -> None:
    ink = np.zeros((200, 100), np.float32)
    ink[:, 49:52] = beyond
    ink[80:120, 49:52] = 0.9
    assert SpanMeter(ink, 20.0).runs_past(Ruling(False, 50.0, 80.0, 120.0)) is runs_past


def test_characters_taken_for_frames_still_stand_beside_a_stroke() -> None:
    """The frame of a character is taken off before rulings are looked for; it is print."""
    em = 20.0
    ink = np.zeros((100, 100), np.float32)
    ink[20:60:2, 49:52] = 0.9
    framed = ink.copy()
    for top in (22, 42):
        framed[top : top + 14, 54:68] = 0.9
    stroke = Ruling(False, 50.0, 20.0, 60.0)
    measured = SpanMeter(ink, em, framed).measure(stroke)
    assert measured.flank == 0.0
    assert measured.beside > 0.5


def test_a_column_near_that_of_the_rows_above_stays_where_print_stands_below_their_end() -> None:
    paper = Paper(500, 260, DPI)
    for y in ROWS:
        paper.rule((True, y, LEFT, RIGHT))
    for x, end in ((LEFT, ROWS[-1]), (209.0, ROWS[-2]), (RIGHT, ROWS[-1])):
        paper.rule((False, x, ROWS[0], end))
    paper.rule((False, 200.0, ROWS[-2], ROWS[-1]))
    paper.write("备注", 60, ROWS[-2] + 4)
    paper.write("1平中平中", 206.0, ROWS[-2] + 4)
    assert cells(paper) == 8


@pytest.mark.parametrize(
    ("rows", "on_both_sides", "stays"),
    [((70, 88), False, True), ((64, 100), False, False), ((70, 88), True, False)],
    ids=["one line", "two lines", "across"],
)
def test_whole_ruling_stays_beside_the_end_of_one_line(
    rows: tuple[int, int], *, on_both_sides: bool, stays: bool
) -> None:
    em = 20.0
    ink = np.zeros((200, 400), np.float32)
    ink[60:108, 200:202] = 0.9
    ink[rows[0] : rows[1], 203:212] = 0.9
    if on_both_sides:
        ink[rows[0] : rows[1] : 3, 190:199] = 0.9
    for y in (59, 108):
        ink[y : y + 2, 50:350] = 0.9
    upright = Ruling(False, 200.5, 60.0, 108.0)
    meter = SpanMeter(ink, em)
    found = without_lone_strokes([upright], [upright], meter, meter, em=em)
    assert found == ([upright] if stays else [])


@pytest.mark.parametrize(("bend", "stays"), [(0.0, True), (4.0, False)])
def test_breaks_do_not_bend_a_ruling(bend: float, *, stays: bool) -> None:
    """Of the third quarter a piece is left."""
    em = 24.0
    ink = np.zeros((200, 400), np.float32)
    for top, bottom in ((60, 82), (86, 104), (118, 144)):
        for y in range(top, bottom):
            x = 200 + round(bend * (1 - ((y - 102) / 42) ** 2))
            ink[y, x : x + 2] = 0.9
    for y in (59, 144):
        ink[y : y + 2, 50:350] = 0.6
    sides = [Ruling(False, x, 20.0, 190.0) for x in (60.0, 340.0)]
    for side in sides:
        ink[20:190:1, int(side.position)] = np.where(np.arange(170) % 20 < 14, 0.9, 0.0)
    upright = Ruling(False, 200.5 + bend / 2, 60.0, 144.0)
    meter = SpanMeter(ink, em)
    found = without_lone_strokes([upright], [*sides, upright], meter, meter, em=em)
    assert found == ([upright] if stays else [])


@pytest.mark.parametrize("is_sealed", [True, False])
def test_a_seal_s_ring_takes_no_ruling_with_it_where_it_crosses_one(*, is_sealed: bool) -> None:
    em, top, bottom = 18.0, 60, 140
    ink = np.zeros((240, 400), np.float32)
    for y in (top, bottom):
        ink[y - 1 : y + 1, 50:350] = 0.9
    ink[top:bottom, 199:201] = 0.9
    # Letters on both sides of it, so that it must be whole.
    for row in (68, 92, 116):
        ink[row : row + 14, 180:195] = ink[row : row + 14, 204:220] = 0.9
    unsealed = ink.copy()
    unsealed[80:90, 199:201] = 0.0
    ruling = Ruling(False, 199.5, float(top), float(bottom))
    seals = [Seal(240.0, 150.0, 68.0, 72.0, 0.9)] if is_sealed else []
    kept = without_lone_strokes(
        [ruling], [ruling], SpanMeter(unsealed, em), SpanMeter(ink, em, None, seals), em=em
    )
    assert kept == ([ruling] if is_sealed else [])


@pytest.mark.parametrize(("elsewhere", "whole"), [(True, True), (True, False), (False, True)])
def test_a_whole_ruling_amid_print_stays_on_the_line_of_another_column(
    *, elsewhere: bool, whole: bool
) -> None:
    em = 20.0
    ink = np.zeros((300, 400), np.float32)
    for y in (40, 75, 200, 254):
        ink[y - 1 : y + 1, 50:350] = 0.9
    ink[40:75, 199:201] = ink[200:254, 199:201] = 0.9
    for row in (206, 230):
        ink[row : row + 18, 180:195] = ink[row : row + 18, 204:220] = 0.9
    if not whole:
        ink[224:229, 199:201] = 0.0
    upper, lower = Ruling(False, 199.5, 40.0, 75.0), Ruling(False, 199.5, 200.0, 254.0)
    rulings = [upper, lower] if elsewhere else [lower]
    meter = SpanMeter(ink, em)
    kept = without_lone_strokes(rulings, rulings, meter, meter, em=em)
    assert (lower in kept) is (elsewhere and whole)
