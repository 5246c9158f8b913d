"""Which of two lines that run side by side the rulings of a table end on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from extractors.grid.ruling import Ruling
from extractors.picture.double_frames import outer_lines, without_outer
from extractors.picture.span_meter import SpanMeter

EM = 18.0
NEAR = 1.05 * EM
SIDES = [Ruling(False, 40, 20, 240), Ruling(False, 800, 20, 240)]
TOP = Ruling(True, 20, 40, 800)
ROW = Ruling(True, 200, 40, 800)


def kept(foot: Sequence[float], columns: Sequence[tuple[float, float]]) -> list[float]:
    """Where level lines at the foot of a table are kept; columns as ``(x, end of their print)``."""
    level = [TOP, ROW, *(Ruling(True, y, 40, 800) for y in foot)]
    ink = np.zeros((260, 840), np.float32)
    for r in level:
        ink[round(r.position), round(r.start) : round(r.end) + 1] = 1.0
    for r in SIDES:
        ink[round(r.start) : round(r.end) + 1, round(r.position)] = 1.0
    for x, end in columns:
        ink[200 : round(end) + 1, round(x)] = 1.0
    upright = [*SIDES, *(Ruling(False, x, 200, end) for x, end in columns)]
    left = without_outer([*level, *upright], SpanMeter(ink, EM, ink), reach=0.3 * EM, near=NEAR)
    return [r.position for r in left if r.horizontal and r.position > 210]


@pytest.mark.parametrize("apart", [5.0, 8.0])
def test_one_column_that_ends_on_the_inner_line_shows_a_close_pair(apart: float) -> None:
    assert kept((232, 232 + apart), [(265, 232)]) == [232]


@pytest.mark.parametrize(
    ("foot", "columns"),
    [
        ((232, 237), []),
        ((232, 237), [(265, 237)]),
        ((225, 241), [(265, 225)]),
    ],
    ids=["no column", "printed between", "room for a row"],
)
def test_other_pairs_stay(foot: tuple[float, float], columns: list[tuple[float, float]]) -> None:
    assert kept(foot, columns) == list(foot)


@pytest.mark.parametrize("apart", [8.0, 2.0])
def test_short_sides_of_a_row_alone_on_its_page_are_double_as_its_long_ones(apart: float) -> None:
    """Three columns end on the inner lines; no ruling ends on the inner lines of the sides."""
    level = [Ruling(True, y, 40, 800) for y in (20, 62)]
    level += [Ruling(True, y, 40 + apart, 800 - apart) for y in (28, 54)]
    upright = [Ruling(False, x, 20, 62) for x in (40, 800)]
    upright += [Ruling(False, x, 20, 62) for x in (40 + apart, 800 - apart)]
    columns = [Ruling(False, x, 28, 54) for x in (200, 500, 650)]
    ink = np.zeros((80, 840), np.float32)
    for r in level:
        ink[round(r.position), round(r.start) : round(r.end) + 1] = 1.0
    for r in (*upright, *columns):
        ink[round(r.start) : round(r.end) + 1, round(r.position)] = 1.0
    lines = [*level, *upright, *columns]
    left = without_outer(lines, SpanMeter(ink, EM, ink), reach=0.3 * EM, near=NEAR)
    sides = {48, 792} if apart == 8.0 else {40, 42, 798, 800}
    assert {r.position for r in left if not r.horizontal} == {200, 500, 650, *sides}


@pytest.mark.parametrize("distance", [8.0, 2.0])
def test_what_is_taken_off_with_an_outer_line_leaves_the_inner_one(distance: float) -> None:
    inner = [Ruling(True, 30, 40, 800), Ruling(False, 40 + distance, 20, 240)]
    outer = Ruling(False, 40, 20, 240)
    found = outer_lines([*inner, outer], inner, (260, 840), em=EM)
    assert found[20:241, 40].all()
    assert not found[:, round(40 + distance)].any()
    assert not found[:20].any()
