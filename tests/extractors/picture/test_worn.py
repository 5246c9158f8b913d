"""Boxes that lost their upright sides."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.ocr.port import Char, Reading
from extractors.picture.alike import with_alike
from extractors.picture.boxes import Box, find_boxes
from extractors.picture.marks import tick_boxes
from extractors.picture.placed import PlacedReading
from extractors.picture.worn import worn_frames

EM, SIZE = 18.0, 13
PLACES = [(40, 30), (140, 30), (240, 30), (40, 70)]


def page(*boxes: tuple[int, int, int, int], upper: float = 1.0) -> NDArray[np.float32]:
    """Two level strokes for each ``(x, y, width, height)``, the upper one shorter by a share."""
    ink = np.zeros((120, 320), np.float32)
    for x, y, width, height in boxes:
        short = round(width * (1 - upper) / 2)
        ink[y, x + short : x + width - short] = 0.7
        ink[y + height - 1, x : x + width] = 0.7
    return ink


def squares(**options: float) -> NDArray[np.float32]:
    return page(*((x, y, SIZE, SIZE) for x, y in PLACES), **options)


def test_two_level_sides_of_a_square_are_a_box_where_several_are_alike() -> None:
    ink = squares()
    ink[30, 45:47] = 0.0
    boxes = with_alike([], ink, em=EM)
    assert [(b.x0, b.y0) for b in boxes] == sorted(map(tuple, PLACES))
    assert all(b.alike and b.is_worn and abs(b.size - SIZE) <= 1 for b in boxes)


def frames(*boxes: tuple[int, int, float]) -> NDArray[np.float32]:
    """Squares ``(x, y, printed share of the upper side)`` whose other sides are whole."""
    ink = np.zeros((120, 320), np.float32)
    for x, y, share in boxes:
        ink[y : y + SIZE, [x, x + SIZE - 1]] = 0.7
        ink[y + SIZE - 1, x : x + SIZE] = 0.7
        ink[y, x + SIZE - round(share * SIZE) : x + SIZE] = 0.7
    return ink


@pytest.mark.parametrize(
    ("dotted", "share", "beside", "count"),
    [(True, 0.4, 0.0, 3), (False, 0.4, 0.0, 2), (True, 0.1, 0.0, 2), (True, 0.4, 0.7, 2)],
    ids=["worn scan", "sharp page", "side lost", "print around"],
)
def test_box_that_all_but_lost_a_side_is_one_on_a_scan_in_black_and_white(
    dotted: bool, share: float, beside: float, count: int
) -> None:
    ink = frames((40, 30, 1.0), (140, 30, 1.0), (240, 30, share))
    ink[26:48, 237:239] = ink[26:48, 254:256] = beside
    boxes = with_alike(find_boxes(ink, em=EM), ink, em=EM, dotted=dotted)
    assert sum(b.alike for b in boxes) == count


@pytest.mark.parametrize(
    ("right", "upper_end", "within", "count"),
    [(0.0, 0, 0.0, 3), (0.2, 0, 0.0, 3), (0.0, 8, 0.0, 2), (0.0, 0, 0.7, 2)],
    ids=["lost", "dots", "a side runs on", "print within"],
)
def test_box_that_lost_an_upright_side_altogether_is_one_among_whole_ones(
    right: float, upper_end: int, within: float, count: int
) -> None:
    ink = frames((40, 30, 1.0), (140, 30, 1.0), (240, 30, 1.0))
    ink[31 + round(right * SIZE) : 29 + SIZE, 240 + SIZE - 1] = 0.0
    ink[30, 240 : 240 + SIZE + upper_end] = 0.7
    ink[33:40, 243:250] = within
    boxes = with_alike(find_boxes(ink, em=EM), ink, em=EM, dotted=True)
    assert sum(b.alike for b in boxes) == count


def test_three_are_too_few() -> None:
    ink = squares()
    ink[65:] = 0.0
    assert with_alike([], ink, em=EM) == []


@pytest.mark.parametrize(
    "ink",
    [
        squares(upper=0.6),
        page(*((x, y, SIZE, SIZE // 2) for x, y in PLACES)),
        page(*((x, y, 3 * SIZE, SIZE) for x, y in PLACES)),
    ],
    ids=["the character 二", "an equals sign", "a low frame"],
)
def test_other_pairs_of_strokes_are_none(ink: NDArray[np.float32]) -> None:
    assert worn_frames(ink, em=EM) == []


def test_a_square_with_its_upright_sides_is_none() -> None:
    """The character 口 comes again in a text."""
    ink = squares()
    for x, y in PLACES:
        ink[y : y + SIZE, [x, x + SIZE - 1]] = 0.7
    assert worn_frames(ink, em=EM) == []


@pytest.mark.parametrize(("row", "column"), [(36, 46), (26, 46), (36, 55)])
def test_print_within_or_beside_makes_it_a_part_of_a_character(row: int, column: int) -> None:
    ink = squares()
    ink[row - 1 : row + 2, column - 1 : column + 2] = 1.0
    assert (40.0, 30.0) not in {(b.x0, b.y0) for b in worn_frames(ink, em=EM)}


@pytest.mark.parametrize(("is_worn", "count"), [(True, 1), (False, 0)])
def test_what_is_left_of_a_box_may_be_read_as_a_character(is_worn: bool, count: int) -> None:
    box = Box(40, 0, 54, 14, alike=True, is_worn=is_worn)
    chars = [("二", 47), ("基", 70), ("本", 88)]
    reading = Reading(tuple(Char(text, 0.99, x / 400) for text, x in chars))
    assert len(tick_boxes((box,), PlacedReading(reading, 0.0, 400.0, EM), em=EM)) == count


@pytest.mark.parametrize(
    ("tick", "beside", "lower", "count"),
    [(True, 0.0, 0, 5), (False, 0.0, 0, 4), (True, 0.7, 0, 4), (True, 0.0, 9, 4)],
    ids=["ticked", "two strokes", "print beside", "not level"],
)
def test_tick_in_the_corner_that_is_left_of_a_box_is_one_level_with_worn_ones(
    tick: bool, beside: float, lower: int, count: int
) -> None:
    ink = squares()
    x, y = 180, 70 + lower
    ink[y + SIZE - 1, x : x + SIZE] = ink[y : y + SIZE, x + SIZE - 1] = 0.7
    if tick:
        for i in range(4, SIZE - 4):
            ink[y + i, x + SIZE - 1 - i : x + SIZE + 1 - i] = 0.7
    ink[y : y + SIZE, x - 3] = beside
    boxes = with_alike(find_boxes(ink, em=EM), ink, em=EM, dotted=True)
    assert sum(b.alike for b in boxes) == count


def test_two_uprights_as_high_and_as_far_apart_as_a_box_are_one_beside_whole_boxes() -> None:
    ink = frames((40, 30, 1.0), (140, 30, 1.0))
    ink[30 : 30 + SIZE, [240, 240 + SIZE - 1]] = 0.7
    (*_, last) = with_alike(find_boxes(ink, em=EM), ink, em=EM, dotted=True)
    assert last.alike
    assert last.is_worn
    assert last.x0 == pytest.approx(240, abs=2)
