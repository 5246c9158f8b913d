from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.ocr.port import Char, Reading
from extractors.picture.lines import LineBox
from extractors.picture.signs import SURE, settle_lone_stop

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
    settled = settle_lone_stop(read(text), line, mask, EM)
    assert settled.text == "。"
    assert settled.confidence == SURE


@pytest.mark.parametrize(("text", "height", "width"), [("0", 14, 9), ("口", 16, 16), ("o", 11, 11)])
def test_characters_stay(text: str, height: int, width: int) -> None:
    line, mask = ring(height, width)
    assert settle_lone_stop(read(text), line, mask, EM).text == text


@pytest.mark.parametrize("text", ["00", "1", "", "）"])
def test_nothing_else_becomes_a_stop(text: str) -> None:
    line, mask = ring(6, 6)
    assert settle_lone_stop(read(text), line, mask, EM).text == text
