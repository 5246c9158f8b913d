from pathlib import Path

import pytest
from PIL import Image

from bench.picture import PAGE_WIDTH, RECORD_WIDTH, draw, record_lines
from samples.fonts import HEAVY_TYPEFACES, NOTO_SANS, SYMBOLS, installed

README_PICTURE = Path(__file__).parents[2] / "docs/readme.png"
LARGEST_PICTURE = 400_000


def proof(raw, bbox=(0.2, 0.2, 0.4, 0.22), page=1):
    return {"raw": raw, "page": page, "bbox": list(bbox), "confidence": 0.9, "engine": "x"}


RECORD = {
    "values": {
        "start_date": "2016-04-04",
        "overview": "一段\n文字",
        "kind": {"甲": True, "乙": False, "丙": None, "丁": False},
        "rows": [{"name": "子项目", "amount": "1.00", "parsed": []}],
        "remarks": None,
    },
    "evidence": {
        "start_date": proof("16年4月4日"),
        "overview": proof("一段\n文字", (0.2, 0.3, 0.4, 0.32)),
        "kind/甲": proof("甲", (0.2, 0.4, 0.22, 0.41)),
        "rows/0/name": proof("子项目", (0.2, 0.5, 0.3, 0.51)),
    },
    "review": [{"path": "start_date", "code": "date_incomplete", "message": ""}],
}


def test_lines_show_value_print_and_doubt():
    lines = {line.key: line for line in record_lines(RECORD)}
    assert (lines["start_date"].note, lines["start_date"].doubts) == (
        "16年4月4日",
        ("date_incomplete",),
    )
    assert lines["overview"].note == ""
    assert lines["kind"].text == "☑ 甲   ? 丙   ☐ × 2"
    assert lines["rows/0"].text == "子项目 · 1.00"
    assert lines["remarks"].text == "null"


@pytest.mark.skipif(
    len(installed([NOTO_SANS, SYMBOLS, HEAVY_TYPEFACES[0]])) < 3, reason="typefaces are missing"
)
def test_boxes_are_drawn_over_the_page_and_in_no_other_place():
    page = Image.new("RGB", (1000, 1400), "white")
    picture = draw(RECORD, page)
    assert picture.width > PAGE_WIDTH + RECORD_WIDTH
    scan = picture.crop((24, 24, 24 + PAGE_WIDTH, picture.height - 24))
    coloured = sum(scan.getpixel((x, y)) != (255, 255, 255) for x in range(0, 860, 2)
                   for y in range(0, scan.height - 40, 2))  # fmt: skip
    assert 0 < coloured < 0.1 * scan.width * scan.height


def test_the_readme_picture_is_small():
    assert README_PICTURE.stat().st_size < LARGEST_PICTURE
    with Image.open(README_PICTURE) as picture:
        assert picture.width > 1200
