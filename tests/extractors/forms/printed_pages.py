"""Invented pages with geometry: what a scan or a PDF would give, built cell by cell."""

from __future__ import annotations

from dataclasses import replace

from extractors.evidence import (
    Cell,
    Grid,
    Mark,
    MarkState,
    PageEvidence,
    PageKind,
    TextLine,
    TextRun,
)
from extractors.forms.definition import FormDefinition
from extractors.forms.loader import builtin_definitions
from extractors.forms.raw import RawDeclaration, RawField
from extractors.geometry import BBox
from extractors.glyphs import MarkGlyph, split_marks

EM = 0.02
ROW = 0.03
LEFT, WIDTH = 0.1, 0.8
QUARTERS = (0.2, 0.3, 0.2, 0.3)


def home_form() -> FormDefinition:
    return next(d for d in builtin_definitions() if d.id == "sh_2019")


def printed_line(text: str, x: float, y: float, *, new: bool = True, sure: float = 0.9) -> TextLine:
    """One line; tick box glyphs become marks, each one em wide."""
    tokens: list[TextRun | Mark] = []
    for piece in split_marks(text):
        width = EM if isinstance(piece, MarkGlyph) else EM * len(piece)
        box = BBox(x, y, x + width, y + EM)
        if isinstance(piece, MarkGlyph):
            tokens.append(Mark(piece.state, box, sure, "picture", piece.boxed))
        else:
            tokens.append(TextRun(piece, box, sure, "fake"))
        x += width
    boxes = [t.bbox for t in tokens if t.bbox]
    return TextLine(tuple(tokens), BBox(boxes[0].x0, y, boxes[-1].x1, y + EM), new)


def printed_cell(
    text: str, row: int, col: int, box: BBox, *, row_span: int = 1, col_span: int = 1
) -> Cell:
    """A cell; ``\\n`` begins a paragraph, ``\\\\`` a wrapped line."""
    lines: list[TextLine] = []
    y = box.y0 + 0.005
    for paragraph in text.split("\n") if text else []:
        for number, line in enumerate(paragraph.split("\\")):
            if line:
                lines.append(printed_line(line, box.x0 + 0.005, y, new=number == 0))
            y += EM
    return Cell(row, col, row_span, col_span, box, tuple(lines))


def printed_grid(
    rows: list[list[str]],
    *,
    widths: tuple[float, ...] = QUARTERS,
    top: float = 0.1,
    heights: dict[int, float] | None = None,
) -> Grid:
    """A ruled table.

    ``"<"`` continues the cell to the left, ``"^"`` the one above.
    """
    edges = [LEFT]
    for width in widths:
        edges.append(edges[-1] + width * WIDTH)
    lows = [top]
    for number in range(len(rows)):
        lows.append(lows[-1] + (heights or {}).get(number, ROW))
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in {"<", "^"}:
                continue
            col_span = 1
            while c + col_span < len(row) and row[c + col_span] == "<":
                col_span += 1
            row_span = 1
            while r + row_span < len(rows) and rows[r + row_span][c] == "^":
                row_span += 1
            box = BBox(edges[c], lows[r], edges[c + col_span], lows[r + row_span])
            cells.append(printed_cell(text, r, c, box, row_span=row_span, col_span=col_span))
    frame = BBox(edges[0], lows[0], edges[-1], lows[-1])
    return Grid(len(rows), len(widths), tuple(cells), frame)


def printed_page(number: int, *blocks: Grid | str) -> PageEvidence:
    """A page of grids and lines, the lines set one below the other from the top."""
    placed: list[Grid | TextLine] = []
    y = 0.02
    for block in blocks:
        if isinstance(block, str):
            placed.append(printed_line(block, 0.1, y))
            y += 1.5 * EM
        else:
            placed.append(block)
    return PageEvidence(number, PageKind.PICTURE, tuple(placed), "fake")


def skewed(grid: Grid, slope: float) -> Grid:
    """The grid on a sheet that lay aslant: upright boxes around leaning cells."""

    def lean(box: BBox) -> BBox:
        shifts = (slope * box.y0, slope * box.y1)
        return BBox(box.x0 + min(shifts), box.y0, box.x1 + max(shifts), box.y1)

    cells = tuple(replace(c, bbox=lean(c.bbox) if c.bbox else None) for c in grid.cells)
    return replace(grid, cells=cells, bbox=lean(grid.bbox) if grid.bbox else None)


def without_geometry(page: PageEvidence) -> PageEvidence:
    """The same page as a text source would give it."""

    def bare_line(line: TextLine) -> TextLine:
        return replace(line, bbox=None, tokens=tuple(replace(t, bbox=None) for t in line.tokens))

    def bare(block: Grid | TextLine) -> Grid | TextLine:
        if isinstance(block, TextLine):
            return bare_line(block)
        cells = tuple(
            replace(c, bbox=None, lines=tuple(map(bare_line, c.lines))) for c in block.cells
        )
        return Grid(block.rows, block.cols, cells, None)

    return PageEvidence(page.number, PageKind.TEXT, tuple(map(bare, page.blocks)), "markup")


def head_rows(name: str = "河道清淤") -> list[list[str]]:
    return [
        ["项目名称", name, "<", "<"],
        ["项目类型", "□市委市政府已确定的新增项目 □结转项目 ☑其他一次性项目", "<", "<"],
        ["^", "□经常性专项业务费 □其他经常性项目", "<", "<"],
        ["资金用途", "□基本建设工程类 □信息化建设类 □政策补贴类", "<", "<"],
        ["^", "□政府购买服务 ☑资产购置类 □其他事业专业类", "<", "<"],
        ["开始时间", "2019年1月1日", "结束时间", "2019年12月31日"],
        ["项目概况", "概况甲。", "<", "<"],
        ["立项依据", "依据乙。", "<", "<"],
    ]


def tail_rows() -> list[list[str]]:
    return [
        ["项目设立的必要性", "必要丙。", "<", "<"],
        ["保证项目实施的制度、措施", "措施丁。", "<", "<"],
        ["项目总预算（元）", "100", "项目当年预算（元）", "100"],
        ["同名项目上年预算额（元）", "90", "同名项目上年预算执行数（元）", "80"],
        ["项目当年投入资金构成", "子项目名称", "<", "预算金额（元）"],
        ["^", "清淤一期", "<", "60"],
        ["^", "清淤二期", "<", "40"],
        ["项目实施计划", "计划戊。", "<", "<"],
        ["项目总目标", "目标己。", "<", "<"],
        ["年度绩效目标", "目标庚。", "<", "<"],
        ["分解目标", "<", "<", "<"],
        ["一级指标", "二级指标", "三级指标", "指标目标值"],
        ["产出目标", "数量目标", "清淤长度", "≥3公里"],
        ["^", "质量目标", "验收合格率", "100%"],
        ["影响力目标", "", "", ""],
        ["^", "满意度目标", "居民满意度", "90%"],
        ["备注", "", "<", "<"],
    ]


TITLE = ("上海市财政支出项目绩效目标申报表", "（2019年度）", "申报单位名称：某区水务局")


def texts(declaration: RawDeclaration, prefix: str) -> list[str | None]:
    """Texts of all fields whose path begins so."""
    return [f.text for f in declaration.fields if f.path.startswith(prefix)]


def one(declaration: RawDeclaration, path: str) -> RawField:
    return next(f for f in declaration.fields if f.path == path)


def states(declaration: RawDeclaration, key: str) -> list[MarkState | None]:
    return [f.mark for f in declaration.fields if f.path.startswith(f"{key}/")]
