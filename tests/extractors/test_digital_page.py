"""Born-digital pages: grids, cells, marks, reading order, and which pages are none."""

from __future__ import annotations

import io
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from digital_sheets import FONT, read, saved, sheet
from fpdf import FPDF
from PIL import Image, ImageDraw

from extractors.evidence import Grid, PageEvidence, PageKind, TextLine, TextRun
from extractors.files.source import open_source

pytestmark = pytest.mark.skipif(not FONT.exists(), reason="needs the package fonts-wqy-zenhei")


def kind_of(path: Path) -> PageKind:
    with closing(open_source(path)) as source:
        return source.page(1).kind


def table(pdf: FPDF, x: float, y: float, rows: list[list[str]], width: float = 120) -> None:
    """Rows of cells 30 pt high, each drawn as a rectangle."""
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            pdf.rect(x + j * width, y + 30 * i, width, 30)
            pdf.text(x + j * width + 5, y + 30 * i + 19, text)


def texts(evidence: PageEvidence) -> list[list[str]]:
    return [[c.text for c in g.cells] for g in evidence.grids]


@pytest.mark.parametrize("style", ["rects", "lines", "fills", "double", "dashed"])
def test_tables_however_their_borders_are_drawn(style: str, tmp_path: Path) -> None:
    pdf = sheet()
    xs, ys = (50.0, 150.0, 300.0, 450.0), (80.0, 110.0, 140.0, 170.0)
    pdf.set_line_width(0.5)
    if style == "dashed":
        pdf.set_dash_pattern(2, 1.5)
    for x in xs:
        _line(pdf, x, ys[0], x, ys[-1], style)
    for y in ys:
        _line(pdf, xs[0], y, xs[-1], y, style)
    if style == "double":
        pdf.rect(xs[0] - 3, ys[0] - 3, xs[-1] - xs[0] + 6, ys[-1] - ys[0] + 6)
    for j, x in enumerate(xs[:-1]):
        for i, y in enumerate(ys[:-1]):
            pdf.text(x + 5, y + 19, f"第{i}行{j}列")
    grid = read(saved(pdf, tmp_path)).grids[0]
    assert (grid.rows, grid.cols) == (3, 3)
    assert [c.text for c in grid.cells] == [f"第{i}行{j}列" for i in range(3) for j in range(3)]


def _line(pdf: FPDF, x0: float, y0: float, x1: float, y1: float, style: str) -> None:
    if style == "rects":
        pdf.rect(x0, y0, x1 - x0, y1 - y0)
    elif style == "fills":
        pdf.set_fill_color(0, 0, 0)
        pdf.rect(x0 - 0.3, y0 - 0.3, x1 - x0 + 0.6, y1 - y0 + 0.6, style="F")
    else:
        pdf.line(x0, y0, x1, y1)


def test_merged_cells_shading_and_underlines(tmp_path: Path) -> None:
    pdf = sheet()
    pdf.set_fill_color(220, 220, 220)
    pdf.rect(50, 80, 300, 30, style="F")  # shading is no border
    pdf.rect(50, 80, 300, 90)
    pdf.line(50, 110, 350, 110)
    pdf.line(150, 110, 150, 170)
    pdf.line(150, 140, 350, 140)
    pdf.text(60, 99, "通栏标题")
    pdf.text(60, 145, "左侧")
    pdf.text(160, 129, "金额        元")
    pdf.line(185, 132, 220, 132)  # a blank to be filled in
    pdf.text(160, 159, "下格")
    grid = read(saved(pdf, tmp_path)).grids[0]
    spans = [(c.row, c.col, c.row_span, c.col_span, c.text) for c in grid.cells]
    assert spans == [
        (0, 0, 1, 2, "通栏标题"),
        (1, 0, 2, 1, "左侧"),
        (1, 1, 1, 1, "金额        元"),
        (2, 1, 1, 1, "下格"),
    ]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_boxes_are_fractions_of_the_upright_page(degrees: int, tmp_path: Path) -> None:
    pdf = sheet(600, 800)
    table(pdf, 60, 80, [["左上", "右上"], ["左下", "右下"]])
    path = saved(pdf, tmp_path)
    document = pypdfium2.PdfDocument(path.read_bytes())
    page = document[0]
    _turn_content(page, degrees)
    page.set_rotation(degrees)
    out = io.BytesIO()
    document.save(out)
    document.close()
    path.write_bytes(out.getvalue())
    evidence = read(path)
    assert evidence.rotation == 0
    assert texts(evidence) == [["左上", "右上", "左下", "右下"]]
    box = evidence.grids[0].bbox
    assert box is not None
    assert box.as_list() == pytest.approx([0.1, 0.1, 0.5, 0.175], abs=0.002)


def _turn_content(page: pypdfium2.PdfPage, degrees: int) -> None:
    """Turns what is on the page anticlockwise, so that /Rotate makes it upright again."""
    width, height = page.get_size()
    matrices = {
        0: (1, 0, 0, 1, 0, 0),
        90: (0, 1, -1, 0, height, 0),
        180: (-1, 0, 0, -1, width, height),
        270: (0, -1, 1, 0, 0, width),
    }
    matrix = pypdfium2.PdfMatrix(*matrices[degrees])
    for item in page.get_objects(max_depth=1):
        item.transform(matrix)
    if degrees in {90, 270}:
        page.set_mediabox(0, 0, height, width)
    page.gen_content()


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_text_drawn_sideways_is_turned_upright(degrees: int, tmp_path: Path) -> None:
    pdf = sheet(600, 800)
    table(pdf, 60, 80, [["左上", "右上"], ["左下", "右下"]])
    path = saved(pdf, tmp_path)
    document = pypdfium2.PdfDocument(path.read_bytes())
    _turn_content(document[0], degrees)
    out = io.BytesIO()
    document.save(out)
    document.close()
    path.write_bytes(out.getvalue())
    evidence = read(path)
    assert evidence.rotation == degrees
    assert texts(evidence) == [["左上", "右上", "左下", "右下"]]
    box = evidence.grids[0].bbox
    assert box is not None
    assert box.as_list() == pytest.approx([0.1, 0.1, 0.5, 0.175], abs=0.002)


def test_facing_pages_read_left_first(tmp_path: Path) -> None:
    pdf = sheet(1190, 842)
    for x, name in ((60, "左页"), (650, "右页")):
        pdf.text(x + 150, 60, name + "标题")
        table(pdf, x, 100, [[name + "甲", name + "乙"], [name + "丙", name + "丁"]], 230)
        pdf.text(x, 200, name + "落款")
    blocks = read(saved(pdf, tmp_path)).blocks
    shown = [b.text if isinstance(b, TextLine) else b.cells[0].text for b in blocks]
    assert shown == ["左页标题", "左页甲", "左页落款", "右页标题", "右页甲", "右页落款"]


def test_label_and_value_on_one_line_stay_together(tmp_path: Path) -> None:
    pdf = sheet()
    for k in range(6):
        pdf.text(60, 60 + 20 * k, f"栏目{k}：")
        pdf.text(300, 60 + 20 * k, f"内容{k}")
    lines = read(saved(pdf, tmp_path)).lines
    assert [line.text for line in lines] == [f"栏目{k}： 内容{k}" for k in range(6)]
    label, _, value = lines[0].tokens
    assert label.bbox is not None
    assert value.bbox is not None
    assert label.bbox.x1 < value.bbox.x0


def test_spaces_are_kept_and_letterspacing_adds_none(tmp_path: Path) -> None:
    pdf = sheet()
    pdf.text(60, 60, "2019 年 1 月")
    pdf.set_char_spacing(12)
    pdf.text(60, 90, "申报表")
    pdf.set_char_spacing(0)
    pdf.text(60, 120, "alpha")
    pdf.text(60 + pdf.get_string_width("alpha") + 4, 120, "beta")
    assert [line.text for line in read(saved(pdf, tmp_path)).lines] == [
        "2019 年 1 月",
        "申报表",
        "alpha beta",
    ]


def test_bold_made_by_printing_twice_is_read_once(tmp_path: Path) -> None:
    pdf = sheet()
    for shift in (0, 0.3):
        pdf.text(60 + shift, 60, "项目名称")
    assert [line.text for line in read(saved(pdf, tmp_path)).lines] == ["项目名称"]


def _scan(text: str) -> Image.Image:
    picture = Image.new("RGB", (1240, 1754), "white")
    ImageDraw.Draw(picture).text((100, 100), text, fill="black")
    return picture


@pytest.mark.parametrize("order", ["under", "over", "invisible", "strips"])
def test_a_scan_with_a_text_layer_is_a_picture(order: str, tmp_path: Path) -> None:
    pdf = sheet()
    layer = "第三方识别的隐藏文字层" * 5
    if order == "under":
        pdf.text(40, 60, layer)
    if order == "strips":
        for k in range(20):
            pdf.image(_scan("x").crop((0, 87 * k, 1240, 87 * k + 88)), 0, 42 * k, 595, 42.5)
    else:
        pdf.image(_scan("scan"), 0, 0, 595, 842)
    if order == "invisible":
        with pdf.local_context(text_mode=3):
            pdf.text(40, 60, layer)
    elif order != "under":
        pdf.text(40, 60, layer)
    assert kind_of(saved(pdf, tmp_path)) is PageKind.PICTURE


def test_invisible_text_alone_and_drawings_alone_are_pictures(tmp_path: Path) -> None:
    pdf = sheet()
    pdf.line(10, 10, 500, 500)
    assert kind_of(saved(pdf, tmp_path)) is PageKind.PICTURE
    pdf = sheet()
    with pdf.local_context(text_mode=3):
        pdf.text(40, 60, "看不见的文字")
    assert kind_of(saved(pdf, tmp_path)) is PageKind.PICTURE


def test_a_seal_or_logo_does_not_make_a_page_a_picture(tmp_path: Path) -> None:
    pdf = sheet()
    pdf.image(_scan("seal"), 350, 600, 150, 150)
    for k in range(10):
        pdf.text(60, 60 + 20 * k, "这一页的文字是文件自带的")
    assert kind_of(saved(pdf, tmp_path)) is PageKind.DIGITAL


def test_fonts_without_a_map_to_unicode_are_read_as_pictures(tmp_path: Path) -> None:
    pdf = sheet()
    pdf.text(60, 60, "没有字符映射表的文字只能看图识别")
    path = saved(pdf, tmp_path)
    path.write_bytes(path.read_bytes().replace(b"/ToUnicode", b"/NoUnicode"))
    assert kind_of(path) is PageKind.PICTURE


def test_confidence_and_engine(tmp_path: Path) -> None:
    pdf = sheet()
    pdf.text(60, 60, "项目名称")
    run = read(saved(pdf, tmp_path)).lines[0].tokens[0]
    assert isinstance(run, TextRun)
    assert run.engine == "pdf"
    assert run.confidence > 0.99


def test_a_page_border_is_no_table(tmp_path: Path) -> None:
    pdf = sheet()
    pdf.rect(20, 20, 555, 802)
    pdf.text(60, 60, "标题")
    table(pdf, 60, 80, [["甲", "乙"]])
    blocks = read(saved(pdf, tmp_path)).blocks
    assert [type(b) for b in blocks] == [TextLine, Grid]
