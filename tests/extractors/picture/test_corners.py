"""Boxes of which a black-and-white scan left the corners."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.picture.alike import with_alike
from extractors.picture.corners import cornered_frames

EM, SIZE, LEAST = 18.0, 13, 4
PLACES = [(40, 30), (140, 30), (240, 30), (40, 70)]
Ink = NDArray[np.float32]


def corners(x: int, y: int) -> list[tuple[int, int]]:
    return [(x + u, y + v) for v in (0, SIZE - 1) for u in (0, SIZE - 1)]


def dotted(places: list[tuple[int, int]]) -> Ink:
    """A dot at each corner, and a broken foot below the first."""
    ink = np.zeros((120, 320), np.float32)
    for x, y in (c for place in places for c in corners(*place)):
        ink[y : y + 2, x : x + 2] = 0.4
    x, y = places[0]
    ink[y + SIZE - 1, [x + 4, x + 7, x + 9]] = 0.4
    return ink


def found(ink: Ink) -> list[tuple[float, float]]:
    """Upper left corners to the next even pixel, by which dots of two pixels are known."""
    boxes = cornered_frames(ink, em=EM, least=LEAST)
    return sorted((2 * round(b.x0 / 2), 2 * round(b.y0 / 2)) for b in boxes)


def test_dots_at_the_corners_of_squares_of_one_size_are_boxes() -> None:
    boxes = with_alike([], dotted(PLACES), em=EM, dotted=True)
    assert [b.alike and b.is_worn for b in boxes] == [True] * len(PLACES)
    assert found(dotted(PLACES)) == sorted(PLACES)


def test_a_box_that_lost_a_corner_is_known_by_the_others() -> None:
    ink = dotted([*PLACES, (140, 70)])
    ink[70:74, 140:144] = 0.0
    assert found(ink) == sorted([*PLACES, (140, 70)])


def test_three_are_too_few() -> None:
    assert found(dotted(PLACES[1:])) == []


def test_ends_of_strokes_are_no_corners() -> None:
    """Of 二, and of the last strokes of two lines."""
    ink = dotted(PLACES)
    for x, y in PLACES:
        ink[[y, y + SIZE - 1], x : x + SIZE] = 0.6
    assert found(ink) == []


@pytest.mark.parametrize(("row", "column"), [(36, 46), (25, 46), (36, 57)])
def test_print_within_or_beside_makes_it_none(row: int, column: int) -> None:
    ink = dotted([*PLACES, (140, 70)])
    ink[row - 1 : row + 2, column - 1 : column + 2] = 1.0
    assert (40, 30) not in found(ink)
