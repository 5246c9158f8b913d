"""Room within a line that its text does not tell of."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.ocr.port import Char, Reading
from extractors.picture.gaps import wide_gaps
from extractors.picture.lines import LineBox
from extractors.picture.placed import PlacedReading

EM = 20


def gaps(text: str) -> tuple[int, ...]:
    """Gaps of print in which a ``.`` is half a character of room; the text leaves them out."""
    mask = np.zeros((EM, EM * len(text) + EM), np.uint8)
    chars, x = [], 0
    for char in text:
        if char == ".":
            x += EM // 2
            continue
        width = EM // 2 if char in "，）" else EM
        mask[2:-2, x + 1 : x + width - 1] = 1
        chars.append((char, x + width / 2))
        x += EM
    reading = Reading(tuple(Char(c, 0.9, at / mask.shape[1]) for c, at in chars))
    placed = PlacedReading(reading, 0.0, float(mask.shape[1]), float(EM))
    line = LineBox(0, 0, mask.shape[1], EM)
    return wide_gaps(reading.chars, placed, line, mask, float(EM))


@pytest.mark.parametrize(
    ("print_", "expected"),
    [
        ("职业...司机", (2,)),
        ("职业司机", ()),
        ("职业.司机", ()),
        ("号码..12..性别..男", (2, 4, 6)),
        # A comma or bracket stands in the left half of its square.
        ("职业，.司机", ()),
        ("职业（甲）...司机", (5,)),
    ],
)
def test_wide_room_is_found_at_the_character_behind_it(
    print_: str, expected: tuple[int, ...]
) -> None:
    assert gaps(print_) == expected
