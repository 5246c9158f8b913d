"""Signs drawn with and without a bar, as a recognizer reads both."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.ocr.port import Char, Reading
from extractors.picture.placed import PlacedReading
from extractors.picture.sign_ink import settle_comparisons

EM = 20.0


def read(text: str, *, bar: bool, thickness: int = 2, after: str = "9") -> Reading:
    rows = np.zeros((20, 60), np.uint8)
    for y in (4, 12):
        cv2.line(rows, (6, y), (16, 8), 1, thickness)
    if bar:
        cv2.line(rows, (6, 15), (16, 11), 1, thickness)
    rows[3:17, 24:30] = 1
    line = Reading((Char(text, 0.95, 11 / 60), Char(after, 0.99, 27 / 60)))
    return settle_comparisons(PlacedReading(line, 0.0, 60.0, EM), rows)


@pytest.mark.parametrize(("text", "sign"), [(">", "≥"), ("＞", "≥"), ("<", "≤"), ("＜", "≤")])
def test_bar_below_makes_an_equal_of_it_that_a_person_sees(text: str, sign: str) -> None:
    settled = read(text, bar=True)
    assert settled.text == f"{sign}9"
    assert settled.chars[0].probability <= 0.5


@pytest.mark.parametrize("thickness", [1, 2, 3])
def test_sign_that_is_even_stays(thickness: int) -> None:
    assert read("＞", bar=False, thickness=thickness).text == "＞9"


def test_other_signs_stay() -> None:
    assert read("≠", bar=True).text == "≠9"
    assert read(">", bar=True, after="=").text == ">="


def test_line_without_characters_stays() -> None:
    blank = PlacedReading(Reading(()), 0.0, 60.0, EM)
    assert settle_comparisons(blank, np.zeros((20, 60), np.uint8)).chars == ()
