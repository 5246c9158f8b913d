"""Born-digital pages: grids, cells, marks, reading order, and which pages are none."""

from __future__ import annotations

import io
import warnings
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from fpdf import FPDF
from PIL import Image, ImageDraw

from extractors.digital.reader import read_digital_page
from extractors.evidence import Grid, Mark, MarkState, PageEvidence, PageKind, TextLine, TextRun
from extractors.files.source import open_source

FONT = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
SYMBOLS = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
pytestmark = pytest.mark.skipif(not FONT.exists(), reason="needs the package fonts-wqy-zenhei")
EM = 10.5
CHECKED, EMPTY = MarkState.CHECKED, MarkState.EMPTY


def sheet(width: float = 595, height: float = 842) -> FPDF:
    pdf = FPDF(unit="pt")
    pdf.set_auto_page_break(auto=False)
    pdf.add_font("han", fname=FONT)
    pdf.set_font("han", size=EM)
    pdf.add_page(format=(width, height))
    return pdf


def saved(pdf: FPDF, tmp_path: Path) -> Path:
    path = tmp_path / "page.pdf"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path.write_bytes(bytes(pdf.output()))
    return path


def read(path: Path, number: int = 1) -> PageEvidence:
    with closing(open_source(path)) as source:
        page = source.page(number)
        assert page.kind is PageKind.DIGITAL
        return read_digital_page(number, page.content, page.render)  # type: ignore[union-attr,arg-type]


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
