"""Widths of brackets in labels printed downwards."""

from __future__ import annotations

import pytest

from extractors.ocr.port import Char, Reading
from extractors.picture.lines import LineBox
from extractors.picture.stacked_brackets import settle_stacked_brackets

EM = 20.0
LEFT = 100
# Ink of each line, from the left edge of its square, of print that begins there and that is centred
LEFT_HALF = {"(": (2, 7), ")": (1, 6), "30": (1, 20)}
CENTRED_HALF = {"(": (7, 12), ")": (7, 12), "30": (0, 20)}
FULL = {"(": (12, 17), ")": (3, 8), "30": (1, 20)}


def settled(texts: list[str], places: dict[str, tuple[int, int]]) -> str:
    lines, readings = [], []
    for i, text in enumerate(texts):
        x0, x1 = places.get(text.translate(str.maketrans("（）", "()")), (1, 19))
        lines.append(LineBox(LEFT + x0, 25 * i, LEFT + x1, 25 * i + 20))
        readings.append(Reading(tuple(Char(c, 0.9, 0.5) for c in text)))
    return "".join(r.text for r in settle_stacked_brackets(lines, readings, EM))


@pytest.mark.parametrize("read", ["()", "（）", "(）"])
@pytest.mark.parametrize(
    ("places", "want"), [(LEFT_HALF, "()"), (CENTRED_HALF, "()"), (FULL, "（）")]
)
def test_brackets_alone_on_their_lines_have_the_width_that_their_place_tells(
    read: str, places: dict[str, tuple[int, int]], want: str
) -> None:
    label = [*"产出指标", read[0], "30", "分", read[1]]
    assert settled(label, places) == f"产出指标{want[0]}30分{want[1]}"


def test_lines_of_a_text_are_no_stacked_label() -> None:
    assert settled(["产出指标完成情况", "（", "30", "分", "）", "一"], LEFT_HALF).count("（") == 1
