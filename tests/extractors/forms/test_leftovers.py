"""Text that no field took sends the value beside it to a person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from printed_pages import (
    EM,
    ROW,
    TITLE,
    head_rows,
    home_form,
    one,
    printed_grid,
    printed_line,
    printed_page,
    tail_rows,
)

from extractors.evidence import Grid, Mark, PageEvidence, PageKind, TextLine
from extractors.forms.leftovers import UNASSIGNED_TEXT
from extractors.forms.lines_left import LIKELY
from extractors.forms.matching import match_pages
from extractors.forms.raw import RawDeclaration


def declared(grid: Grid) -> RawDeclaration:
    (record,) = match_pages([printed_page(1, *TITLE, grid)], [home_form()])
    assert isinstance(record, RawDeclaration)
    return record


def flagged(declaration: RawDeclaration) -> list[str]:
    return [f.path for f in declaration.fields if UNASSIGNED_TEXT in f.issues]


def test_whole_form_leaves_nothing_behind() -> None:
    assert flagged(declared(printed_grid(head_rows() + tail_rows()))) == []


def test_row_without_a_label_is_told_at_the_field_above_it() -> None:
    rows = head_rows()
    place = next(i for i, row in enumerate(rows) if row[0] == "项目概况")
    rows.insert(place + 1, ["防洪排涝并改善", "水环境质量", "<", "<"])
    declaration = declared(printed_grid(rows + tail_rows()))
    assert one(declaration, "overview").text is not None
    assert flagged(declaration) == ["overview"]


def test_printed_note_is_no_leftover() -> None:
    rows = [*head_rows(), *tail_rows(), ["注：本表一式两份，由申报单位留存。", "<", "<", "<"]]
    assert flagged(declared(printed_grid(rows))) == []


def test_letter_that_looks_like_a_box_parts_no_text() -> None:
    rows = [*head_rows(), *tail_rows()]
    place = next(i for i, row in enumerate(rows) if row[0] == "项目概况")
    rows[place][1] = "发挥窗□服务群众的作用"
    grid = printed_grid(rows)
    cells = tuple(replace(c, lines=tuple(map(with_letter, c.lines))) for c in grid.cells)
    declaration = declared(replace(grid, cells=cells))
    assert one(declaration, "overview").text == "发挥窗口服务群众的作用"
    assert flagged(declaration) == []


def with_letter(line: TextLine) -> TextLine:
    """The line with each box as one that may be the letter 口."""
    tokens = (replace(t, letter="口") if isinstance(t, Mark) else t for t in line.tokens)
    return replace(line, tokens=tuple(tokens))


TOP = 0.1
ROWS = [*head_rows(), *tail_rows()]
BREAK = next(i for i, row in enumerate(ROWS) if row[:2] == ["^", "质量目标"])
FIRST = [row.copy() for row in ROWS[:BREAK]]
SECOND = [
    ["产出目标", "时效目标", "开工率", "100%"],
    *(row.copy() for row in ROWS[BREAK + 1 :]),
]


def over_the_break(*, above: str = "", y: float = 0.0, below: str = "") -> RawDeclaration:
    """A form on two pages, with a line above the second grid or right below the first."""
    first = printed_page(1, *TITLE, printed_grid(FIRST))
    second = [*([printed_line(above, 0.3, y)] if above else []), printed_grid(SECOND, top=TOP)]
    if below:
        foot = printed_line(below, 0.3, TOP + len(FIRST) * ROW + 0.005)
        first = replace(first, blocks=(*first.blocks, foot))
    pages = [first, PageEvidence(2, PageKind.PICTURE, tuple(second), "fake")]
    (record,) = match_pages(pages, [home_form()])
    assert isinstance(record, RawDeclaration)
    return record


def test_row_above_the_grid_of_a_further_page_is_told_at_the_rows_before_it() -> None:
    declaration = over_the_break(above="验收合格率", y=TOP - 1.5 * EM)
    assert flagged(declaration) == [one_last_cell(declaration)]


def test_row_below_a_grid_that_goes_on_is_told_there_too() -> None:
    declaration = over_the_break(below="验收合格率")
    assert flagged(declaration) == [one_last_cell(declaration)]


def one_last_cell(declaration: RawDeclaration) -> str:
    return [f.path for f in declaration.fields if f.path.startswith("indicators/")][-1]


@pytest.mark.parametrize("sure", [0.9, 0.1])
def test_a_page_that_lost_its_grid_is_told_and_print_that_shines_through_is_not(
    sure: float,
) -> None:
    line = printed_line("质量目标 验收合格率 100%", 0.3, TOP, sure=sure)
    pages = [
        printed_page(1, *TITLE, printed_grid(FIRST)),
        PageEvidence(2, PageKind.PICTURE, (line,), "fake"),
        printed_page(3, printed_grid(SECOND)),
    ]
    (record, *_) = match_pages(pages, [home_form()])
    assert isinstance(record, RawDeclaration)
    assert flagged(record) == ([one_last_cell(record)] if sure >= LIKELY else [])


@pytest.mark.parametrize(
    ("above", "y"),
    [
        ("第 2 页 共 2 页", TOP - 1.5 * EM),
        ("续表", TOP - 1.5 * EM),
        (TITLE[0], TOP - 1.5 * EM),
        ("单位：元", TOP - 1.5 * EM),
        ("某区水务局二〇一九年度预算", TOP - 4 * EM),
    ],
    ids=["page number", "goes on", "title again", "label and value", "running head"],
)
def test_what_else_stands_above_a_further_page_is_no_row(above: str, y: float) -> None:
    assert flagged(over_the_break(above=above, y=y)) == []
