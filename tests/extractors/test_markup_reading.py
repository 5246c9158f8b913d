from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.evidence import Grid, MarkState, PageKind, TextLine
from extractors.markup import read_markup

CHECKED, EMPTY = MarkState.CHECKED, MarkState.EMPTY


def only_grid(source: str) -> Grid:
    (grid,) = read_markup(source).blocks
    assert isinstance(grid, Grid)
    return grid


def cell_texts(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.col, c.row_span, c.col_span, c.text) for c in grid.cells]


def test_page_is_text_without_geometry() -> None:
    page = read_markup("标题\n甲\t乙\n")
    assert (page.number, page.kind, page.engine) == (1, PageKind.TEXT, "markup")
    assert page.grids[0].bbox is None
    assert page.lines[0].text == "标题"


def test_tab_table_ends_at_a_blank_line() -> None:
    blocks = read_markup("甲\t乙\t\n丙\t\t丁\n\n戊\t己\n").blocks
    assert [(b.rows, b.cols) for b in blocks if isinstance(b, Grid)] == [(2, 3), (1, 2)]


def test_line_without_tab_between_rows_is_a_line() -> None:
    kinds = [type(b) for b in read_markup("甲\t乙\n分解目标\n丙\t丁").blocks]
    assert kinds == [Grid, TextLine, Grid]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<p>一。</p> <p>二。</p>", "一。\n二。"),
        ("一半<br>另一半", "一半另一半"),
        ("一句。<br>二句", "一句。\n二句"),
        ("一项<br/>2、二项", "一项\n2、二项"),
        ("**粗**体 &amp; &lt;5%", "粗体 & <5%"),
        ("小于<5%，<满意", "小于<5%，<满意"),
        ("<span style='x'>甲<b>乙</b></span>丙", "甲乙丙"),
        (r"2016\-2020\*", "2016-2020*"),
        ("", ""),
    ],
)
def test_markup_within_a_cell(cell: str, text: str) -> None:
    assert only_grid(f"标签\t{cell}\t").cells[1].text == text


def test_boxes_stand_between_the_texts() -> None:
    source = '标签\t甲 <input type="checkbox"/> 乙 <INPUT checked type=checkbox> 丙 ☑ 丁□'
    cell = only_grid(source).cells[1]
    assert [m.state for m in cell.marks] == [EMPTY, CHECKED, CHECKED, EMPTY]
    assert cell.text == "甲  乙  丙  丁"


@pytest.mark.parametrize(
    "source",
    [
        "| 甲 | 乙 |\n|---|:-:|\n| 1 \\| 2 | 3 |",
        "甲 | 乙\n--- | ---\n1 \\| 2 | 3",
        "| 甲 | 乙 |\n| 1 \\| 2 | 3 |",
        "|  |  |\n|---|---|\n| 甲 | 乙 |\n| 1 \\| 2 | 3 |",
    ],
)
def test_pipe_tables(source: str) -> None:
    assert [c.text for c in only_grid(source).cells] == ["甲", "乙", "1 | 2", "3"]


def test_a_lone_pipe_is_a_character() -> None:
    assert read_markup("甲 | 乙").lines[0].text == "甲 | 乙"


def test_html_table_keeps_spans() -> None:
    grid = only_grid(
        "<table><thead><tr><th rowspan=2>甲</th><td colspan='2'>乙</td></tr></thead>"
        "<tr><td>丙</td></tr></table>"
    )
    assert cell_texts(grid) == [
        (0, 0, 2, 1, "甲"),
        (0, 1, 1, 2, "乙"),
        (1, 1, 1, 1, "丙"),
        (1, 2, 1, 1, ""),
    ]


@pytest.mark.parametrize("span", ["0", "99999", "x", "-3", ""])
def test_odd_spans_stay_within_the_table(span: str) -> None:
    grid = only_grid(f"<table><tr><td rowspan='{span}'>甲</td></tr><tr><td>乙</td></tr></table>")
    assert grid.rows == 2
    assert all(c.row + c.row_span <= 2 for c in grid.cells)


def test_html_document_and_html_in_markdown_agree() -> None:
    table = "<table><tr><td>甲<br>1</td><td>□乙</td></tr></table>"
    document = read_markup(
        f"<!DOCTYPE html><html><body><h1>标题</h1>{table}<p>尾</p></body></html>"
    )
    markdown = read_markup(f"# 标题\n\n{table}\n\n尾")
    assert document.blocks == markdown.blocks


def test_what_is_not_print_is_left_out() -> None:
    page = read_markup("```markdown\n# **标题**\n<!-- 第一页\n-->\n---\n![](a.png)\n> 引文\n```\n")
    assert [line.text for line in page.lines] == ["标题", "引文"]


@given(st.lists(st.lists(st.text("甲乙丙12。 ", max_size=6), min_size=2, max_size=4), min_size=1))
def test_cells_tile_the_grid(rows: list[list[str]]) -> None:
    page = read_markup("\n".join("标\t" + "\t".join(row) for row in rows))
    (grid,) = page.grids
    places = [(c.row, c.col) for c in grid.cells]
    assert places == [(r, c) for r in range(grid.rows) for c in range(grid.cols)]
    for row, cells in enumerate(rows):
        texts = [c.text for c in grid.cells if c.row == row][1 : len(cells) + 1]
        assert texts == [cell.strip() for cell in cells]


@given(st.text(max_size=200))
def test_any_text_is_read(source: str) -> None:
    read_markup(source)
    read_markup(f"<html><body>{source}</body></html>")
    read_markup(f"<table>{source}")
