"""A ruling lost in one row, between rows that show it."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from drawn_pages import Paper

from extractors.grid.ruling import Ruling
from extractors.picture.columns import lost_in_one_row
from extractors.picture.layout import lay_out
from extractors.picture.span_meter import SpanMeter

LEFT, MIDDLE, RIGHT = 40.0, 250.0, 460.0
ROWS = (60.0, 84.0, 108.0, 132.0)
DPI = 200


def framed(rows: Sequence[float], *, height: float) -> Paper:
    """A table's rows and sides, without the column between."""
    paper = Paper(500, height, DPI)
    for y in rows:
        paper.rule((True, y, LEFT, RIGHT))
    for x in (LEFT, RIGHT):
        paper.rule((False, x, rows[0], rows[-1]))
    return paper


def cells(*texts: tuple[str, float], heights: tuple[float, ...] = ROWS) -> int:
    """Cells of three rows of two columns; the middle row lost the ruling and holds the texts."""
    paper = framed(heights, height=260)
    for top, bottom in ((heights[0], heights[1]), (heights[2], heights[3])):
        paper.rule((False, MIDDLE, top, bottom))
        paper.write("成本目标", LEFT + 10, top + 7)
        paper.write("不超预算", MIDDLE + 10, top + 7)
    for text, x in texts:
        paper.write(text, x, heights[1] + 7)
    (table,) = lay_out(paper.pixels, DPI).tables
    return len(table.cells)


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        ((("成本节约额", 60.0), ("节约百分之八", 262.0)), 6),
        ((("成本节约额节约百分之八成本节约额", 180.0),), 5),
        ((("成本节约额", 60.0),), 5),
        ((), 5),
    ],
    ids=["on both sides", "across", "on one side", "blank"],
)
def test_print_on_both_sides_of_a_column_line_shows_two_cells(
    texts: tuple[tuple[str, float], ...], count: int
) -> None:
    assert cells(*texts) == count


@pytest.mark.parametrize("texts", [("成本节约额", "八万元"), ("成本节约额",)], ids=["both", "one"])
def test_column_whose_end_a_ring_covers_goes_on_between_print(texts: tuple[str, ...]) -> None:
    """The edge of a seal, a little out of round, runs along the line of the column."""
    rows = [60.0 + 24 * i for i in range(9)]
    paper = framed(rows, height=320)
    paper.rule((False, MIDDLE, rows[2], rows[-1]))
    for row, y in enumerate(rows[:-1]):
        words = ("完成", "九成") if row else texts
        for x, word in zip((LEFT + 10, MIDDLE + 60), words, strict=False):
            paper.write(word, x, y + 7)
    radius = 57.0
    centre = [round(v * paper.per_pt) for v in (MIDDLE - radius, rows[1])]
    axes = [round(radius * v * paper.per_pt) for v in (1.0, 1.05)]
    cv2.ellipse(paper.pixels, centre, axes, 0, 0, 360, 0, 10)
    (table,) = lay_out(paper.pixels, DPI).tables
    assert len(table.cells) == 14 + len(texts)


@pytest.mark.parametrize(
    ("dashes", "print_right", "is_found"),
    [
        ([(100, 110), (118, 126), (134, 148)], True, True),
        ([(100, 106), (118, 124)], True, False),
        ([(100, 110), (118, 126), (134, 148)], False, False),
    ],
    ids=["worn", "hardly any left", "print on one side"],
)
def test_column_goes_on_where_dashes_of_it_are_left(
    dashes: list[tuple[int, int]], *, print_right: bool, is_found: bool
) -> None:
    em = 20.0
    ink = np.zeros((200, 400), np.float32)
    levels = [Ruling(True, y, 40.0, 360.0) for y in (50.0, 100.0, 150.0)]
    sides = [Ruling(False, x, 50.0, 150.0) for x in (40.0, 360.0)]
    column = Ruling(False, 200.0, 50.0, 100.0)
    for top, bottom in dashes:
        ink[top:bottom, 200:202] = 0.9
    ink[115:135, 60:120] = 0.9
    ink[115:135, 260:320] = 0.9 if print_right else 0.0
    found = lost_in_one_row([*levels, *sides, column], ink, [], SpanMeter(ink, em), em=em)
    assert found == ([Ruling(False, 200.0, 100.0, 150.0)] if is_found else [])


@pytest.mark.parametrize(
    ("row", "left", "is_found"),
    [((200.0, 360.0), 20, True), ((200.0, 360.0), 8, False), ((40.0, 360.0), 20, False)],
    ids=["elbow", "hardly any left", "crossing"],
)
def test_column_goes_on_from_an_elbow_where_dashes_of_it_are_left(
    row: tuple[float, float], left: int, *, is_found: bool
) -> None:
    """The cells on one side are one, so that no print has to stand there."""
    em = 20.0
    ink = np.zeros((200, 400), np.float32)
    levels = [Ruling(True, y, 40.0, 360.0) for y in (50.0, 150.0)]
    sides = [Ruling(False, x, 50.0, 150.0) for x in (40.0, 360.0)]
    inner = [Ruling(True, 110.0, *row), Ruling(False, 200.0, 50.0, 110.0)]
    ink[110 : 110 + left, 200:202] = 0.9
    ink[120:140, 260:320] = 0.9
    found = lost_in_one_row([*levels, *sides, *inner], ink, [], SpanMeter(ink, em), em=em)
    assert found == ([Ruling(False, 200.0, 110.0, 150.0)] if is_found else [])


@pytest.mark.parametrize("first", [-2, -4])
@pytest.mark.parametrize(("aside", "count"), [(0.0, 10), (3.0, 10), (3.2, 10)])
def test_last_rows_may_have_their_column_a_little_beside_the_others(
    aside: float, count: int, first: int
) -> None:
    rows = [40.0 + 30 * i for i in range(6)]
    paper = framed(rows, height=260)
    paper.rule((False, MIDDLE, rows[0], rows[first]))
    paper.rule((False, MIDDLE + aside, rows[first], rows[-1]))
    for y in rows[:-1]:
        paper.write("成本目标", LEFT + 10, y + 9)
        paper.write("不超预算", MIDDLE + 12, y + 9)
    (table,) = lay_out(paper.pixels, DPI).tables
    assert len(table.cells) == count
    assert all(len(cell.lines) == 1 for cell in table.cells)
