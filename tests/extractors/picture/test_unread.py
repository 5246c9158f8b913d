"""Ink that no character was read from leaves a doubt about its line."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.ocr.port import Char, Reading
from extractors.picture.crops import Cutter
from extractors.picture.lines import LineBox
from extractors.picture.seals import Seal
from extractors.picture.unread import UNREAD, with_unread

EM = 20.0
LINE = LineBox(10, 10, 210, 30)
BORDER = LineBox(0, 0, 220, 40)
Block = tuple[float, float, float]
"""Middle, width and height of some ink, em; the line begins at 0."""


def limit_of(*chars: tuple[str, float], ink: list[Block], seals: tuple[Seal, ...] = ()) -> float:
    """Limit of a reading whose characters have these middles, em."""
    mask = np.zeros((40, 220), np.uint8)
    for middle, width, height in ink:
        x, half = LINE.x0 + middle * EM, width * EM / 2
        mask[
            20 - round(height * 10) : 20 + round(height * 10), round(x - half) : round(x + half)
        ] = 1
    cutter = Cutter((1 - mask) * np.uint8(255), mask, 1.0, EM)
    x0, x1 = cutter.reach(LINE, BORDER)
    placed = (Char(t, 0.99, (LINE.x0 + x * EM - x0) / (x1 - x0)) for t, x in chars)
    return with_unread(Reading(tuple(placed)), LINE, BORDER, cutter, seals).limit


WORD = [(0.5, 0.9, 0.9), (1.5, 0.9, 0.9), (2.5, 0.9, 0.9)]


@pytest.mark.parametrize(
    ("chars", "ink", "limit"),
    [
        ([("裱", 0.5), ("褙", 1.5), ("台", 2.5)], WORD, 1.0),
        ([("裱", 0.5), ("台", 2.5)], WORD, UNREAD),
        ([("褙", 1.5), ("台", 2.5)], WORD, UNREAD),
        ([("裱", 0.5), ("褙", 1.5)], WORD, UNREAD),
        ([("裱", 0.6), ("褙", 1.4), ("台", 2.6)], WORD, 1.0),
        ([("裱", 0.5), ("台", 2.5)], [WORD[0], (1.3, 0.2, 0.2), WORD[2]], UNREAD),
        ([("裱", 0.5), ("台", 2.5)], [WORD[0], (1.3, 0.1, 0.1), WORD[2]], 1.0),
        ([("裱", 0.5), ("台", 2.1)], [WORD[0], (1.3, 0.2, 0.2), (2.1, 0.9, 0.9)], 1.0),
        ([("裱", 0.5)], [WORD[0], (1.3, 0.2, 0.2)], 1.0),
        ([("裱", 0.5), ("台", 2.5)], [WORD[0], (1.5, 0.9, 0.1), WORD[2]], 1.0),
        ([("9", 0.25), ("8", 0.75)], [(0.25, 0.45, 0.7), (0.75, 0.45, 0.7)], 1.0),
        ([("9", 0.25)], [(0.25, 0.45, 0.7), (0.85, 0.5, 0.7)], UNREAD),
        ([], WORD, 1.0),
    ],
    ids=["whole", "within", "before", "after", "unsure places", "comma",
         "speck", "no room for a comma", "speck behind the line", "dash", "figures",
         "a figure", "nothing read"],
)  # fmt: skip
def test_ink_as_large_as_a_character_must_have_been_read(
    chars: list[tuple[str, float]], ink: list[Block], limit: float
) -> None:
    assert limit_of(*chars, ink=ink) == limit


SEAL = Seal(x=LINE.x0 + 4.5 * EM, y=70.0, inner=50.0, outer=55.0, ink=0.8)
ELSEWHERE = Seal(x=LINE.x0 + 9.0 * EM, y=70.0, inner=50.0, outer=55.0, ink=0.8)


@pytest.mark.parametrize(
    ("text", "seals", "limit"),
    [
        ("直接受约  人上年度", (SEAL,), UNREAD),
        ("直接受约  人上年度", (), 1.0),
        ("直接受约  人上年度", (ELSEWHERE,), 1.0),
        ("直接受：  人上年度", (SEAL,), 1.0),
        ("直接受年  人上年度", (SEAL,), 1.0),
        ("直 接 受 约 人 上", (SEAL,), 1.0),
        ("受约  人上", (SEAL,), 1.0),
    ],
    ids=["stamped", "no seal", "beside the seal", "behind a colon", "slot", "set wide", "short"],
)
def test_a_hole_in_a_sentence_under_a_stamp_may_hide_a_word(
    text: str, seals: tuple[Seal, ...], limit: float
) -> None:
    at = [(c, i + 0.5) for i, c in enumerate(text) if c != " "]
    assert limit_of(*at, ink=[(x, 0.9, 0.9) for _, x in at], seals=seals) == limit
