from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.ocr.port import Char, Reading
from extractors.picture.lines import LineBox
from extractors.picture.signs import SURE, settle_lone_sign

EM = 20.0


def ring(height: int, width: int) -> tuple[LineBox, NDArray[np.uint8]]:
    """A ring of that size at the foot of a line."""
    mask = np.zeros((40, 40), np.uint8)
    mask[30 - height : 30, 10 : 10 + width] = 1
    mask[32 - height : 28, 12 : 8 + width] = 0
    return LineBox(10, 10, 10 + width, 31), mask


def read(text: str) -> Reading:
    return Reading(tuple(Char(c, 0.7, 0.5) for c in text))


@pytest.mark.parametrize("text", ["0", "O", "口", "。"])
def test_a_ring_too_small_for_a_character_is_a_stop(text: str) -> None:
    line, mask = ring(6, 6)
    settled = settle_lone_sign(read(text), line, mask, EM)
    assert settled.text == "。"
    assert settled.confidence == SURE


@pytest.mark.parametrize(("text", "height", "width"), [("0", 14, 9), ("口", 16, 16), ("o", 11, 11)])
def test_characters_stay(text: str, height: int, width: int) -> None:
    line, mask = ring(height, width)
    assert settle_lone_sign(read(text), line, mask, EM).text == text


def test_dirt_beside_a_lone_stop_is_not_measured() -> None:
    line, mask = ring(6, 6)
    mask[18:20, 34:36] = 1
    settled = settle_lone_sign(read("0"), LineBox(10, 10, 38, 31), mask, EM)
    assert settled.text == "。"
    assert settle_lone_sign(read("0"), line, mask, EM).text == "。"


def stroke(lean: float, height: int = 18) -> tuple[LineBox, NDArray[np.uint8]]:
    """A stroke two pixels wide whose upper end lies so far right of its foot, share of height."""
    mask = np.zeros((40, 40), np.uint8)
    for step in range(height):
        x = 10 + round(lean * step)
        mask[30 - step, x : x + 2] = 1
    return LineBox(8, 10, 30, 32), mask


@pytest.mark.parametrize("lean", [0.31, 0.49])
@pytest.mark.parametrize("text", ["1", "l", "/"])
def test_a_stroke_that_leans_is_a_slash(text: str, lean: float) -> None:
    settled = settle_lone_sign(read(text), *stroke(lean), EM)
    assert settled.text == "/"
    assert settled.confidence == SURE


@pytest.mark.parametrize("lean", [-0.1, 0.0, 0.21])
def test_an_upright_or_italic_stroke_stays_a_figure(lean: float) -> None:
    assert settle_lone_sign(read("1"), *stroke(lean), EM).text == "1"


def test_a_bent_stroke_is_no_slash() -> None:
    line, mask = stroke(0.4)
    mask[12:20] = 0
    mask[12:20, 26:28] = 1
    assert settle_lone_sign(read("1"), line, mask, EM).text == "1"


def test_a_point_is_no_slash() -> None:
    assert settle_lone_sign(read("/"), *stroke(0.4, height=6), EM).confidence < SURE


@pytest.mark.parametrize("text", ["11", "一"])
def test_nothing_but_a_single_stroke_becomes_a_slash(text: str) -> None:
    assert settle_lone_sign(read(text), *stroke(0.4), EM).text == text


@pytest.mark.parametrize("text", ["00", "1", "", "）"])
def test_nothing_else_becomes_a_stop(text: str) -> None:
    line, mask = ring(6, 6)
    assert settle_lone_sign(read(text), line, mask, EM).text == text


@pytest.mark.parametrize("box", [LineBox(10, 20, 10, 30), LineBox(10, 20, 20, 20)])
def test_a_line_without_a_pixel_stays_as_read(box: LineBox) -> None:
    assert settle_lone_sign(read("1"), box, np.ones((40, 40), np.uint8), EM).text == "1"
