"""Strokes that run through a span tell a column of characters from a ruling."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.grid.ruling import Ruling
from extractors.picture.crossed import strokes_across
from extractors.picture.seals import Seal
from extractors.picture.span_meter import SpanMeter

EM = 20.0
SEAL = Seal(60.0, 100.0, 50.0, 55.0, 1.0)
ROW, START, END = 60, 40, 160


def across(ink: NDArray[np.uint8]) -> int:
    return strokes_across(ink, ROW, START, END, em=EM, wander=2)


def ruled(thickness: int = 2) -> NDArray[np.uint8]:
    """A level ruling between two upright ones."""
    ink = np.zeros((120, 200), np.uint8)
    ink[ROW : ROW + thickness, START:END] = 1
    ink[20:100, [START, END]] = 1
    return ink


def with_strokes(ink: NDArray[np.uint8], top: int, bottom: int, *columns: int) -> NDArray[np.uint8]:
    ink = ink.copy()
    for column in columns:
        ink[top:bottom, column : column + 2] = 1
    return ink


@pytest.mark.parametrize("thickness", [1, 2, 6])
def test_ruling_is_crossed_by_nothing(thickness: int) -> None:
    assert across(ruled(thickness)) == 0


@pytest.mark.parametrize("thickness", [1, 2, 6])
def test_strokes_through_it_are_counted(thickness: int) -> None:
    assert across(with_strokes(ruled(thickness), 50, 75, 70, 100, 130)) == 3


@pytest.mark.parametrize(("top", "bottom"), [(50, ROW), (ROW + 2, 75), (58, 65)])
def test_print_that_touches_one_side_or_is_as_thin_as_dirt_crosses_nothing(
    top: int, bottom: int
) -> None:
    assert across(with_strokes(ruled(), top, bottom, 70, 100)) == 0


def test_slanting_stroke_crosses_too() -> None:
    ink = with_strokes(ruled(), 50, ROW, 70)
    assert across(with_strokes(ink, ROW, 75, 72)) == 1


def test_beyond_the_sheet_nothing_is_counted() -> None:
    ink = with_strokes(ruled(), 50, 75, 70, 100)
    assert strokes_across(ink[ROW - 2 :], 2, START, END, em=EM, wander=2) == 0


@pytest.mark.parametrize(("seals", "is_print"), [([], True), ([SEAL], False)])
def test_strokes_of_a_seal_may_cross_a_ruling(seals: list[Seal], is_print: bool) -> None:
    ink = with_strokes(ruled(), 50, 75, 70, 100).T.astype(np.float32)
    span = Ruling(False, float(ROW), float(START), float(END))
    ink[[START, END]] = 1.0
    assert SpanMeter(ink, EM, seals=seals).is_print(span) == is_print


@pytest.mark.parametrize(("darkness", "is_print"), [(0.9, True), (0.5, True), (0.35, False)])
def test_strokes_of_the_reverse_cross_no_ruling(darkness: float, is_print: bool) -> None:
    ink = ruled().T.astype(np.float32)
    strokes = with_strokes(np.zeros((120, 200), np.uint8), 50, 75, 70, 100).T
    ink = np.maximum(ink, darkness * strokes).astype(np.float32)
    ink[[START, END]] = 1.0
    span = Ruling(False, float(ROW), float(START), float(END))
    assert SpanMeter(ink, EM).is_print(span) == is_print
