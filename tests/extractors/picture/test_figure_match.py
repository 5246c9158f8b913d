"""Numbers are drawn clear on a page, and once more with strokes over them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from written_numbers import CLEAR, EM, written

from extractors.ocr.port import Char, Reading
from extractors.picture.figure_grammar import AmountStyle
from extractors.picture.figure_match import FoundAmount, find_amount
from extractors.picture.figure_shapes import learned, numbers_of
from extractors.picture.hidden import placed_on, share_along
from extractors.picture.lines import LineBox


def find(
    number: str, strokes: NDArray[np.float32] | None = None, hidden: slice | None = None
) -> FoundAmount | None:
    """What is found of a number under strokes, on a page with clear ones."""
    ink, readings = written(CLEAR)
    numbers = numbers_of(readings, (ink > 0.4).astype(np.uint8), EM)
    sought, _ = written((number,))
    sought = np.maximum(sought, strokes) if strokes is not None else sought
    known = np.ones(sought.shape, np.bool_)
    if hidden is not None:
        known[:, hidden] = False
    return find_amount(sought, known, learned(numbers, ink), AmountStyle.of(CLEAR))


def strokes_over(number: str) -> NDArray[np.float32]:
    """Slanting strokes, as those of a seal's characters, across a written number."""
    ink, _ = written((number,))
    strokes = np.zeros_like(ink)
    for x in (60, 84, 110):
        cv2.line(strokes, (x, 8), (x + 14, 48), 1.0, 3)
        cv2.line(strokes, (x - 8, 40), (x + 18, 22), 1.0, 3)
    return strokes


@pytest.mark.parametrize("number", ["3,860,000", "412,900", "7,615,030"])
def test_amount_is_read_as_written(number: str) -> None:
    found = find(number)
    assert found is not None
    assert found.text == number
    assert not any(f.is_crossed or f.others for f in found.figures)


@pytest.mark.parametrize("number", ["3,860,000", "412,900", "7,615,030"])
def test_amount_under_strokes_is_supported_figure_by_figure(number: str) -> None:
    found = find(number, strokes_over(number))
    assert found is not None
    assert len(found.text) == len(number)
    for figure, printed in zip(found.figures, number, strict=True):
        assert printed == figure.text or printed in figure.others
    assert any(f.is_crossed for f in found.figures)


def test_figure_without_its_ink_is_none() -> None:
    ink, _ = written(("3,860,000",))
    blank = np.where(np.arange(ink.shape[1]) < 70, 0, ink)[:, 70:]
    clear, readings = written(CLEAR)
    shapes = learned(numbers_of(readings, (clear > 0.4).astype(np.uint8), EM), clear)
    found = find_amount(blank, np.ones(blank.shape, np.bool_), shapes, AmountStyle.of(CLEAR))
    assert found is not None
    assert "3,860,000".endswith(found.text)


def test_figure_behind_a_ring_may_be_any_that_what_is_seen_of_it_allows() -> None:
    number = "3,860,000"
    found = find(number, hidden=slice(66, 74))
    assert found is not None
    assert len(found.text) == len(number)
    for figure, printed in zip(found.figures, number, strict=True):
        assert printed == figure.text or (figure.is_crossed and printed in figure.others)
    assert any(len(f.others) > 1 for f in found.figures)


def test_six_turned_is_nine() -> None:
    numbers = ("1,234,567", "8,600,000", "56,781", "340,120", "20,000")
    ink, readings = written(numbers)
    shapes = learned(numbers_of(readings, (ink > 0.4).astype(np.uint8), EM), ink)
    sought, _ = written(("349,000",))
    found = find_amount(sought, np.ones(sought.shape, np.bool_), shapes, AmountStyle.of(numbers))
    assert found is not None
    assert found.text == "349,000"


def test_places_and_shares_of_a_line_are_the_reverse_of_each_other() -> None:
    line = LineBox(30, 10, 130, 30)
    reading = Reading((Char("1", 0.9, share_along(line, 77.0, 20.0)),))
    assert placed_on(line, reading, 20.0).x(reading.chars[0]) == pytest.approx(77.0)


@pytest.mark.parametrize(
    ("style", "text", "is_one"),
    [
        (AmountStyle.of(["1,000"]), "12,345,678", True),
        (AmountStyle.of(["1,000"]), "1234", False),
        (AmountStyle.of(["1,000"]), "12,34", False),
        (AmountStyle.of(["1,000"]), "1,000.5", False),
        (AmountStyle.of(["1000.00"]), "1234.56", True),
        (AmountStyle.of(["1000.00"]), "1,234.56", False),
        (AmountStyle.of(["1000.00"]), "1234.5", False),
    ],
)
def test_amounts_are_written_as_others_of_the_page(
    style: AmountStyle, text: str, is_one: bool
) -> None:
    state = ("whole", 0)
    for character in text:
        after = style.after(state, character)
        if after is None:
            break
        state = after
    else:
        assert style.is_complete(state) == is_one
        return
    assert not is_one
