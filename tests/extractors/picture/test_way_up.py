"""Which way up a page was scanned, told by what can be read of it."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_pages import Paper

from extractors.ocr.engines import text_engine
from extractors.picture.straighten import straighten

DPI = 150.0
LINES = ("上海市财政支出项目", "绩效目标申报表", "项目名称河道清淤", "年度绩效目标")


def turned_by(lines: tuple[str, ...], quarters: int) -> int:
    """Degrees by which a page scanned with so many quarter turns clockwise is turned back."""
    paper = Paper(420, 300, DPI)
    for number, line in enumerate(lines):
        paper.write(line, 60, 60 + 24 * number)
    filed = np.rot90(np.dstack([paper.pixels] * 3), -quarters)
    return straighten(np.ascontiguousarray(filed), DPI, text_engine("rapidocr")).rotation


@pytest.mark.parametrize("quarters", range(4))
def test_a_page_of_lines_stands_upright(quarters: int) -> None:
    assert turned_by(LINES, quarters) == (360 - 90 * quarters) % 360


@pytest.mark.parametrize("quarters", range(4))
def test_two_sure_characters_turn_a_page_with_no_more(quarters: int) -> None:
    assert turned_by(("备注",), quarters) == (360 - 90 * quarters) % 360


def test_one_character_turns_nothing() -> None:
    assert turned_by(("日",), 2) == 0
