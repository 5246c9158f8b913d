"""Tick boxes of born-digital pages, however they are drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from digital_sheets import EM, FONT, read, saved, sheet
from fpdf import FPDF
from PIL import Image, ImageDraw

from extractors.evidence import Mark, MarkState

SYMBOLS = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
pytestmark = pytest.mark.skipif(not FONT.exists(), reason="needs the package fonts-wqy-zenhei")
CHECKED, EMPTY = MarkState.CHECKED, MarkState.EMPTY


def _outline(pdf: FPDF, shape: str, x: float, y: float, side: float) -> None:
    if shape == "lines":
        for a, b in (((0, 0), (1, 0)), ((1, 0), (1, 1)), ((1, 1), (0, 1)), ((0, 1), (0, 0))):
            pdf.line(x + a[0] * side, y + a[1] * side, x + b[0] * side, y + b[1] * side)
    elif shape == "rounded":
        pdf.rect(x, y, side, side, round_corners=True, corner_radius=2)
    elif shape == "circle":
        pdf.ellipse(x, y, side, side)
    elif shape == "double":
        pdf.rect(x, y, side, side)
        pdf.rect(x + 0.7, y + 0.7, side - 1.4, side - 1.4)
    elif shape == "white":
        pdf.set_fill_color(255, 255, 255)
        pdf.rect(x, y, side, side, style="DF")
    elif shape == "glyph":
        pdf.text(x, y + side * 0.88, "□")
    else:
        pdf.rect(x, y, side, side)


def _tick(pdf: FPDF, tick: str, x: float, y: float, side: float) -> None:
    pdf.set_fill_color(0, 0, 0)
    if tick == "tick":
        pdf.polyline([(x + 1, y + side / 2), (x + side / 2, y + side - 1), (x + side, y)])
    elif tick == "overshoot":
        pdf.polyline([(x, y + side / 2), (x + 0.45 * side, y + side), (x + 1.5 * side, y - 4)])
    elif tick == "cross":
        pdf.line(x, y, x + side, y + side)
        pdf.line(x, y + side, x + side, y)
    elif tick == "filled":
        pdf.rect(x + 2, y + 2, side - 4, side - 4, style="F")
    elif tick == "dot":
        pdf.ellipse(x + side / 4, y + side / 4, side / 2, side / 2, style="F")
    elif tick == "picture":
        stamp = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
        ImageDraw.Draw(stamp).line([(4, 20), (18, 36), (36, 4)], fill="black", width=6)
        pdf.image(stamp, x, y, side, side)
    else:
        pdf.text(x + 0.5, y + side - 0.5, tick)


SHAPES = ("rect", "lines", "rounded", "circle", "double", "white", "glyph")
TICKS = ("tick", "overshoot", "cross", "filled", "dot", "picture", "√", "×", "V")


@pytest.mark.parametrize("shape", SHAPES)
def test_drawn_boxes_and_their_ticks(shape: str, tmp_path: Path) -> None:
    pdf = sheet()
    for row, tick in enumerate(TICKS):
        top = 80 + 30 * row
        pdf.rect(50, top, 400, 30)
        pdf.line(150, top, 150, top + 30)
        pdf.text(60, top + 19, "项目类型")
        for k, (label, marked) in enumerate((("新增", False), ("延续", True), ("其他", False))):
            x = 160 + 90 * k
            _outline(pdf, shape, x, top + 10, EM)
            if marked:
                _tick(pdf, tick, x, top + 10, EM)
            pdf.text(x + 16, top + 19, label)
    grid = read(saved(pdf, tmp_path)).grids[0]
    values = [c for c in grid.cells if c.col == 1]
    assert len(grid.cells) == 2 * len(TICKS)
    for tick, cell in zip(TICKS, values, strict=True):
        shown = [t.state if isinstance(t, Mark) else t.text for t in cell.lines[0].tokens]
        assert shown == [EMPTY, "新增", CHECKED, "延续", EMPTY, "其他"], tick


@pytest.mark.parametrize(
    ("text", "font", "states"),
    [
        ("□甲☑乙☒丙", "symbols", [EMPTY, CHECKED, CHECKED]),
        ("■甲□乙", "symbols", [CHECKED, EMPTY]),
        ("（√）甲（　）乙", "han", [CHECKED]),
        ("o 4 n", "zapfdingbats", [EMPTY, CHECKED, CHECKED]),
    ],
)
def test_boxes_that_are_characters(
    text: str, font: str, states: list[MarkState], tmp_path: Path
) -> None:
    pdf = sheet()
    pdf.text(50, 60, "请在相应的方框内打勾")
    if font == "symbols":
        pdf.add_font("symbols", fname=SYMBOLS)
        for k, c in enumerate(text):
            pdf.set_font("symbols" if c in "□☑☒■" else "han", size=EM)
            pdf.text(50 + 12 * k, 100, c)
    else:
        pdf.set_font(font, size=EM)
        pdf.text(50, 100, text)
    line = read(saved(pdf, tmp_path)).lines[1]
    assert [t.state for t in line.tokens if isinstance(t, Mark)] == states


def test_squares_with_digits_are_no_tick_boxes(tmp_path: Path) -> None:
    pdf = sheet()
    pdf.rect(50, 80, 400, 30)
    pdf.line(150, 80, 150, 110)
    pdf.text(60, 99, "邮政编码")
    for k, digit in enumerate("200031"):
        pdf.rect(160 + 14 * k, 88, 14, 14)
        pdf.text(164 + 14 * k, 99, digit)
    grid = read(saved(pdf, tmp_path)).grids[0]
    assert [c.text for c in grid.cells] == ["邮政编码", "2 0 0 0 3 1"]
    assert not grid.cells[1].marks


def test_boxes_of_two_close_lines_touch_and_are_boxes_all_the_same(tmp_path: Path) -> None:
    pdf = sheet()
    pdf.rect(50, 80, 400, 40)
    pdf.line(150, 80, 150, 120)
    pdf.text(60, 104, "资金用途")
    for row, label in enumerate(("政策补贴", "资产购置")):
        pdf.rect(160, 86 + 14 * row, 14, 14)
        pdf.text(180, 97 + 14 * row, label)
    grid = read(saved(pdf, tmp_path)).grids[0]
    assert grid.cells[1].text.split() == ["政策补贴", "资产购置"]
    assert [m.state for m in grid.cells[1].marks] == [EMPTY, EMPTY]
