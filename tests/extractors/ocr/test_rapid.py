from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.errors import EngineError
from extractors.ocr.engines import text_engine
from extractors.ocr.port import Crop, TextEngine

FONTS = (
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
)
SIZE_PX = 44


@pytest.fixture(scope="module")
def engine() -> TextEngine:
    return text_engine("rapidocr")


def line(text: str) -> Crop:
    path = next((p for p in FONTS if p.is_file()), None)
    if path is None:
        pytest.skip("no Chinese font installed")
    font = ImageFont.truetype(str(path), SIZE_PX)
    image = Image.new("L", (round(font.getlength(text)) + 24, SIZE_PX + 16), 255)
    ImageDraw.Draw(image).text((12, SIZE_PX / 2 + 8), text, fill=0, font=font, anchor="lm")
    return np.asarray(image, dtype=np.uint8)


@pytest.mark.parametrize("text", ["项目支出绩效目标申报表", "项目总预算合计1234.56万元"])
def test_a_printed_line_is_read_exactly(engine: TextEngine, text: str) -> None:
    (reading,) = engine.read([line(text)])
    assert reading.text == text
    assert reading.confidence > 0.9


def test_characters_are_placed_where_they_stand(engine: TextEngine) -> None:
    text = "绩效目标申报"
    crop = line(text)
    (reading,) = engine.read([crop])
    assert reading.text == text
    for i, char in enumerate(reading.chars):
        printed = 12 + (i + 0.5) * SIZE_PX
        assert char.x * crop.shape[1] == pytest.approx(printed, abs=0.35 * SIZE_PX)
        assert 0 <= char.probability <= 1


def test_what_else_a_blurred_character_may_be_is_kept(engine: TextEngine) -> None:
    crop = np.asarray(cv2.GaussianBlur(line("（绩效目标）"), (0, 0), 5), np.uint8)
    (reading,) = engine.read([crop])
    others = [c.others for c in reading.chars]
    assert any(others)
    for char in reading.chars:
        shares = [p for _, p in char.others]
        assert shares == sorted(shares, reverse=True)
        assert all(0 < p <= 1 for p in shares)
        assert char.text not in [t for t, _ in char.others]


@pytest.mark.parametrize("shape", [(0, 0), (0, 100), (40, 0), (1, 300), (40, 1)])
def test_an_empty_crop_has_no_characters(engine: TextEngine, shape: tuple[int, int]) -> None:
    (reading,) = engine.read([np.full(shape, 255, np.uint8)])
    assert reading.chars == ()
    assert (reading.text, reading.confidence) == ("", 0.0)


def test_blank_paper_has_no_characters(engine: TextEngine) -> None:
    (reading,) = engine.read([np.full((48, 320), 255, np.uint8)])
    assert reading.text == ""


def test_readings_keep_the_order_of_the_crops(engine: TextEngine) -> None:
    texts = ["数量指标", "年度目标", "资金来源"]
    assert [r.text for r in engine.read([line(t) for t in texts])] == texts
    assert engine.read([]) == []


def test_unknown_engine_names_the_known_ones() -> None:
    with pytest.raises(EngineError, match="rapidocr"):
        text_engine("none")
