"""Signs that stand over each other, and rulings, by what is between the lines of print."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.picture.between import floats, stops_between_lines


def test_broken_ruling_runs_on_between_lines_and_signs_do_not() -> None:
    page_ = np.zeros((200, 200), np.uint8)
    for row, top in enumerate(range(0, 200, 25)):
        shift = 25 * (row % 2)
        page_[top : top + 15, 40 + shift : 65 + shift] = 1
    signs, broken, blank = page_.copy(), page_.copy(), np.zeros_like(page_)
    for top in range(0, 200, 25):
        signs[top : top + 15, 99:101] = 1
    for top in range(0, 200, 31):
        broken[top : top + 20, 99:101] = 1
    assert stops_between_lines(signs, signs, 100.0, 0, 200, em=15.0)
    assert not stops_between_lines(broken, broken, 100.0, 0, 200, em=15.0)
    assert not stops_between_lines(blank, blank, 100.0, 0, 200, em=15.0)


def test_lines_whose_print_was_taken_for_frames_are_lines() -> None:
    """四 and 五 in （四） and （五） look like tick boxes, and what is searched lacks them."""
    shown = np.zeros((200, 200), np.uint8)
    for row, top in enumerate(range(0, 200, 25)):
        left = (50, 70)[row % 2]
        shown[top : top + 15, left : left + 15] = shown[top : top + 15, 99:101] = 1
    bare = shown.copy()
    bare[75:165, :90] = 0
    assert stops_between_lines(bare, shown, 100.0, 0, 200, em=15.0)
    assert not stops_between_lines(bare, bare, 100.0, 0, 200, em=15.0)


@pytest.mark.parametrize(
    ("breaks", "is_print"), [([(0, 4), (21, 25), (42, 46)], True), ([(0, 4), (30, 34)], False)]
)
def test_two_tight_lines_are_enough_where_every_break_lies_between_them(
    breaks: list[tuple[int, int]], is_print: bool
) -> None:
    page_ = np.zeros((46, 200), np.uint8)
    page_[4:21, 40:65] = page_[25:42, 65:90] = 1
    page_[:, 99:101] = 1
    for first, last in breaks:
        page_[first:last, 99:101] = 0
    assert stops_between_lines(page_, page_, 100.0, 0, 46, em=18.0) == is_print


@pytest.mark.parametrize("also", [(), (32, 35)])
def test_brackets_that_reach_out_of_tight_lines_are_no_ruling(also: tuple[int, ...]) -> None:
    """Their tips fill much of each gap; a break within a line is that of a ruling."""
    page_ = np.zeros((72, 200), np.uint8)
    for top in (6, 29, 52):
        page_[top : top + 12, 60:80] = 1
        page_[top - 3 : top + 15, 99:101] = 1
    page_[slice(*also) if also else slice(0), 99:101] = 0
    assert stops_between_lines(page_, page_, 100.0, 0, 72, em=17.4) == (not also)


def test_a_broken_ruling_that_runs_far_beyond_the_print_is_no_bracket() -> None:
    page_ = np.zeros((58, 200), np.uint8)
    page_[2:5, 60:80] = page_[22:42, 60:80] = 1
    page_[:, 99:101] = 1
    for first, last in ((0, 2), (16, 21), (42, 47)):
        page_[first:last, 99:101] = 0
    assert not stops_between_lines(page_, page_, 100.0, 0, 58, em=21.7)


@pytest.mark.parametrize(
    ("top", "bottom", "is_print"), [(106, 124, True), (100, 118, False), (100, 130, False)]
)
def test_stroke_in_a_row_of_one_line_touches_no_ruling(
    top: int, bottom: int, is_print: bool
) -> None:
    page_ = np.zeros((200, 200), np.uint8)
    for y in (100, 130):
        page_[y - 1 : y + 2] = 1
    page_[top:bottom, 99:101] = 1
    assert floats(page_, 100.0, 100, 130, em=20.0) == is_print
