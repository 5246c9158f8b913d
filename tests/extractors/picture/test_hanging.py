from __future__ import annotations

import numpy as np
import pytest
from drawn_pages import Paper

from extractors.grid.ruling import Ruling
from extractors.picture.hanging import hanging_spans
from extractors.picture.layout import lay_out
from extractors.picture.span_meter import SpanMeter

LEFT, RIGHT, TOP, BOTTOM = 40.0, 460.0, 60.0, 108.0
ROWS = (TOP, 84.0, BOTTOM)
DPI = 200


def cells(ends: tuple[float, float], *, across: bool = False, through: bool = False) -> int:
    """Cells found in a row below another, one of whose inner rulings is printed in part only."""
    paper = Paper(500, 200, DPI)
    for y in ROWS:
        paper.rule((True, y, LEFT, RIGHT))
    for x in (LEFT, RIGHT):
        paper.rule((False, x, TOP, BOTTOM))
    paper.rule((False, 250.0, *ends))
    if through:
        paper.rule((False, 250.0, ROWS[1] - 8.0, ROWS[1]))
    paper.write("项目概况", 60, 66)
    paper.write("开始日期", 60, 90)
    paper.write("一二三四五六七八" if across else "结束日期", 210 if across else 300, 97)
    (table,) = lay_out(paper.pixels, DPI).tables
    return len(table.cells)


@pytest.mark.parametrize("ends", [(84.0, 99.0), (93.0, 108.0)])
def test_half_a_ruling_goes_on_to_the_next(ends: tuple[float, float]) -> None:
    assert cells(ends) == 3


def test_shorter_end_comes_from_the_next_ruling() -> None:
    paper = Paper(500, 200, DPI)
    for y in ROWS:
        paper.rule((True, y, LEFT, RIGHT))
    for x in (LEFT, RIGHT):
        paper.rule((False, x, TOP, BOTTOM))
    for ends in ((84.0, 98.0), (105.0, 108.0)):
        paper.rule((False, 250.0, *ends))
    paper.write("项目概况", 60, 66)
    paper.write("开始日期", 60, 90)
    (table,) = lay_out(paper.pixels, DPI).tables
    assert len(table.cells) == 3


def test_short_rest_of_a_ruling_is_no_evidence() -> None:
    assert cells((84.0, 91.0)) == 2


def test_print_across_the_line_means_that_none_was_ruled() -> None:
    assert cells((84.0, 97.0), across=True) == 2


def test_stroke_through_a_ruling_is_none_itself() -> None:
    assert cells((84.0, 99.0), through=True) == 2


@pytest.mark.parametrize(("end", "count"), [(140.0, 3), (100.0, 2)])
def test_long_rest_may_be_broken_itself(end: float, count: int) -> None:
    paper = Paper(500, 260, DPI)
    for y in (TOP, 84.0, 170.0):
        paper.rule((True, y, LEFT, RIGHT))
    for x in (LEFT, RIGHT):
        paper.rule((False, x, TOP, 170.0))
    paper.rule((False, 250.0, 88.0, end), dash=24.0, gap=4.0)
    paper.write("项目概况", 60, 66)
    paper.write("开始日期", 60, 90)
    paper.write("结束日期", 300, 97)
    (table,) = lay_out(paper.pixels, DPI).tables
    assert len(table.cells) == count


@pytest.mark.parametrize("is_print", [True, False], ids=["strokes of tight lines", "a ruling"])
def test_strokes_of_lines_below_a_blank_one_are_no_ruling(is_print: bool) -> None:
    em, x = 20.0, 200
    ink = np.zeros((160, 400), np.float32)
    beside = ink[62:118, x - 60 : x + 60] if is_print else ink[100:118, x - 60 : x + 60]
    beside[::2, ::2] = beside[1::2, 1::2] = 0.9
    ink[:, x - 9 : x + 10] = 0.0
    upright = (62, 120) if is_print else (40, 98)
    ink[upright[0] : upright[1], x - 1 : x + 1] = 0.9
    level = [Ruling(True, y, 50.0, 350.0) for y in (40.0, 120.0)]
    for y in (40, 120):
        ink[y - 1 : y + 1, 50:350] = 0.9
    spans = hanging_spans(
        [*level, Ruling(False, float(x), *map(float, upright))], level, SpanMeter(ink, em), em=em
    )
    assert bool(spans) is not is_print
