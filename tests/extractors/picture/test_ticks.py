"""Ticks that stand for a box: the ink at their place decides."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from extractors.ocr.port import Char, Crop, Reading
from extractors.picture.crops import Cutter
from extractors.picture.lines import LineBox
from extractors.picture.placed import PlacedReading
from extractors.picture.ticks import settle_ticks, with_ticks_of

EM = 20.0
LINE = LineBox(0, 10, 400, 30)
BORDER = LineBox(0, 0, 400, 40)


class Recognizer:
    """Reads every crop as a word and one further character."""

    name = "scripted"

    def __init__(self, last: str) -> None:
        self.last = last
        self.calls = 0

    def read(self, crops: Sequence[Crop]) -> list[Reading]:
        self.calls += len(crops)
        return [Reading((Char("目", 0.99, 0.3), Char(self.last, 0.8, 0.9))) for _ in crops]


def settled(*chars: tuple[str, float], ink: tuple[int, int] | None, last: str = "√") -> str:
    """Text of a line, characters by their centres, with ink between two columns of a gap."""
    mask = np.zeros((40, 400), np.uint8)
    for text, x in chars:
        if text not in "√☑□ ":
            mask[10:30, round(x) - 9 : round(x) + 9] = 1
    if ink is not None:
        mask[12:28, ink[0] : ink[1]] = 1
    cutter = Cutter((1 - mask) * np.uint8(255), mask, 1.0, EM)
    reading = Reading(tuple(Char(text, 0.9, x / 400) for text, x in chars))
    return settle_ticks(reading, LINE, BORDER, cutter, Recognizer(last)).text


@pytest.mark.parametrize(("ink", "text"), [(None, "务 资"), ((94, 106), "务☑资")])
def test_box_that_was_read_needs_ink(ink: tuple[int, int] | None, text: str) -> None:
    assert settled(("务", 80), ("☑", 100), ("资", 120), ink=ink) == text


@pytest.mark.parametrize(
    ("ink", "last", "text"),
    [
        ((100, 112), "√", "目√结"),
        ((100, 112), "V", "目√结"),
        ((100, 112), "一", "目结"),
        ((100, 104), "√", "目结"),
        (None, "√", "目结"),
        ((85, 97), "√", "目结"),
    ],
)
def test_ink_alone_in_a_wide_gap_is_read_once_more(
    ink: tuple[int, int] | None, last: str, text: str
) -> None:
    assert settled(("目", 80), ("结", 140), ink=ink, last=last) == text


def test_mark_that_was_read_is_not_looked_for_again() -> None:
    assert settled(("目", 80), ("√", 106), ("结", 140), ink=(100, 112)) == "目√结"


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        ([("目", 80.0)], "目√"),
        ([("目", 80.0), ("√", 100.0)], "目√"),
        ([("目", 80.0), ("V", 103.0)], "目√"),
        ([("目", 80.0), ("类", 103.0)], "目类"),
    ],
)
def test_tick_that_only_the_whole_line_showed_stands_in_its_piece(
    piece: list[tuple[str, float]], text: str
) -> None:
    def placed(chars: list[tuple[str, float]], x0: float, x1: float) -> PlacedReading:
        read = tuple(Char(c, 0.9, (x - x0) / (x1 - x0)) for c, x in chars)
        return PlacedReading(Reading(read), x0, x1, EM)

    line = placed([("目", 80.0), ("√", 101.0), ("□", 200.0), ("√", 300.0)], 0.0, 400.0)
    assert with_ticks_of(line, placed(piece, 60.0, 120.0)).text == text
