from __future__ import annotations

import pytest

from extractors.ocr.port import Char
from extractors.ocr.tesseract import in_order


def chars(text: str, *places: float) -> list[Char]:
    return [Char(c, 0.9, x) for c, x in zip(text, places, strict=True)]


def test_places_that_ascend_are_kept() -> None:
    read = chars("项目名称", 0.1, 0.3, 0.6, 0.9)
    assert in_order(read) == read


def test_stray_places_are_spread_by_the_width_of_the_characters() -> None:
    spread = in_order(chars("项目12", 0.5, 0.48, 0.7, 0.9))
    assert [c.x for c in spread] == pytest.approx([1 / 6, 1 / 2, 3 / 4, 11 / 12])
    assert "".join(c.text for c in spread) == "项目12"
