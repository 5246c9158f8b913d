"""Rulings that a scan lost: no text goes to two fields, and every doubtful value is reported."""

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
    printed_page,
    skewed,
    tail_rows,
    texts,
    without_geometry,
)

from extractors.evidence import Grid, PageEvidence, TextLine, TextRun
from extractors.forms.matching import match_pages
from extractors.forms.raw import RawDeclaration
from extractors.geometry import BBox, union

ROWS = head_rows() + tail_rows()
OVERVIEW, BASIS, NECESSITY = 6, 7, 8


def declared(page: PageEvidence) -> RawDeclaration:
    (record,) = match_pages([page], [home_form()])
    assert isinstance(record, RawDeclaration)
    return record


def read(rows: list[list[str]], *, slope: float = 0.0) -> RawDeclaration:
    grid = printed_grid(rows)
    return declared(printed_page(1, *TITLE, skewed(grid, slope) if slope else grid))


def read_text(rows: list[list[str]]) -> RawDeclaration:
    return declared(without_geometry(printed_page(1, *TITLE, printed_grid(rows))))


def changed(rows: dict[int, list[str]]) -> list[list[str]]:
    return [rows.get(number, row) for number, row in enumerate(ROWS)]


def doubted(declaration: RawDeclaration) -> set[str]:
    return {f.path for f in declaration.fields if f.issues}


def three_in_one() -> list[list[str]]:
    """One value cell beside three labels; its lines are one em high in rows of 1.5 em."""
    rows = changed({OVERVIEW: ["项目概况", "概况甲。\n依据乙。\n\n必要丙。", "<", "<"]})
    rows[BASIS] = ["立项依据", "^", "^", "^"]
    rows[NECESSITY] = ["项目设立的必要性", "^", "^", "^"]
    return rows


def test_a_value_cell_beside_three_labels_is_parted_by_their_rows() -> None:
    found = read(three_in_one())
    assert [one(found, key).text for key in ("overview", "basis", "necessity")] == [
        "概况甲。",
        "依据乙。",
        "必要丙。",
    ]
    assert doubted(found) == {"overview", "basis", "necessity"}
    proof = one(found, "basis").provenance
    assert proof is not None
    assert proof.bbox is not None
    assert proof.bbox.height == pytest.approx(0.02)


def test_without_geometry_no_label_gets_the_text_of_several() -> None:
    found = read_text(three_in_one())
    for key in ("overview", "basis", "necessity"):
        assert one(found, key).text is None
        assert one(found, key).issues


HEADER = ROWS.index(["一级指标", "二级指标", "三级指标", "指标目标值"])


def with_cell(row: int, cells: list[str], lines: dict[int, TextLine]) -> Grid:
    """The form with one row changed and its cells' lines set by hand."""
    grid = printed_grid(changed({row: cells}))
    placed = tuple(
        replace(c, lines=(lines[c.col],)) if c.row == row and c.col in lines else c
        for c in grid.cells
    )
    return replace(grid, cells=placed)


def line_of(*runs: tuple[str, float], y: float) -> TextLine:
    """One printed line of runs, each with its left edge."""
    tokens = tuple(
        TextRun(text, BBox(x, y, x + EM * len(text), y + EM), 0.9, "fake") for text, x in runs
    )
    return TextLine(tokens, union(t.bbox for t in tokens))


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([("验收合格率", 0.51), ("100%", 0.70)], ["验收合格率", "100%"]),
        ([("验收合格率 100%", 0.51)], ["验收合格率", "100%"]),
        ([("验收合格率为100%", 0.51)], ["验收合格率为100%", None]),
    ],
)
@pytest.mark.parametrize("slope", [0.0, 0.03])
def test_a_cell_over_two_columns_is_parted_at_the_header(
    runs: list[tuple[str, float]], expected: list[str | None], slope: float
) -> None:
    row = HEADER + 2
    y = 0.1 + row * ROW + 0.005
    grid = with_cell(row, ["^", "质量目标", "验收合格率", "<"], {2: line_of(*runs, y=y)})
    if slope:
        grid = skewed(grid, slope)
    found = declared(printed_page(1, *TITLE, grid))
    assert texts(found, "indicators/1") == ["产出目标", "质量目标", *expected]
    assert doubted(found) == {"indicators/1/level3", "indicators/1/target"}


def test_without_geometry_a_cell_over_two_columns_goes_to_the_first() -> None:
    found = read_text(changed({HEADER + 2: ["^", "质量目标", "验收合格率100%", "<"]}))
    assert texts(found, "indicators/1")[2:] == ["验收合格率100%", None]
    assert doubted(found) == {"indicators/1/level3", "indicators/1/target"}


@pytest.mark.parametrize("slope", [0.0, -0.02])
def test_a_cell_over_two_rows_is_parted_between_them(slope: float) -> None:
    first, second = ["产出目标", "数量目标", "清淤长度", "≥3公里\n\\100%"], ["^", "质量目标"]
    rows = changed({HEADER + 1: first, HEADER + 2: [*second, "验收合格率", "^"]})
    found = read(rows, slope=slope)
    assert texts(found, "indicators/0")[2:] == ["清淤长度", "≥3公里"]
    assert texts(found, "indicators/1")[2:] == ["验收合格率", "100%"]
    assert doubted(found) == {"indicators/0/target", "indicators/1/target"}
    assert len(texts(found, "indicators")) == 16


def test_without_geometry_a_cell_over_two_rows_goes_to_the_first() -> None:
    first = ["产出目标", "数量目标", "清淤长度", "≥3公里\n100%"]
    found = read_text(changed({HEADER + 1: first, HEADER + 2: ["^", "质量目标", "验收率", "^"]}))
    assert [one(found, f"indicators/{n}/target").text for n in (0, 1)] == ["≥3公里\n100%", None]
    assert doubted(found) == {"indicators/0/target", "indicators/1/target"}


def test_a_row_with_nothing_of_its_own_is_none() -> None:
    rows = changed({HEADER + 1: ["产出目标", "数量目标", "清淤长度", "≥3公里"]})
    rows.insert(HEADER + 2, ["^", "", "^", "^"])
    assert len(texts(read(rows), "indicators")) == 16


def test_a_cell_cut_in_two_under_one_header_is_joined_line_by_line() -> None:
    rows = [
        [*row[:2], *(["<", row[2]] if row[2] == "<" else [row[2], "<"]), *row[3:]] for row in ROWS
    ]
    rows[HEADER + 1] = ["产出目标", "数量目标", "清淤\\两岸", "长度\\整治", "≥3公里"]
    grid = printed_grid(rows, widths=(0.2, 0.3, 0.1, 0.1, 0.3), heights={HEADER + 1: 0.05})
    found = declared(printed_page(1, *TITLE, grid))
    assert one(found, "indicators/0/level3").text == "清淤长度两岸整治"
    assert doubted(found) == {"indicators/0/level3"}


def test_rows_go_on_beside_a_label_that_was_cut_in_two() -> None:
    rows = [["分解" if n > HEADER else "", *row] for n, row in enumerate(ROWS)]
    for n, row in enumerate(rows):
        if n < HEADER or n == len(rows) - 1:
            row[:2] = [row[1], "<"]
        elif n > HEADER + 3:
            row[0] = "十标" if n == HEADER + 4 else "^"
        elif n > HEADER + 1:
            row[0] = "^"
    whole = texts(read(ROWS), "indicators")
    grid = printed_grid(rows, widths=(0.05, 0.15, 0.3, 0.2, 0.3))
    found = declared(printed_page(1, *TITLE, grid))
    assert texts(found, "indicators") == whole


BUDGET = ROWS.index(["项目总预算（元）", "100", "项目当年预算（元）", "100"])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["项目总预算（元）", "100", "项目当年预算（元）90", "<"], ("100", "90")),
        (["项目总预算（元）", "100项目当年预算（元）", "<", "90"], ("100", "90")),
        (["项目总预算（元）100", "<", "项目当年预算（元）", "90"], ("100", "90")),
        (["项目总预算（元）", "100项目当年预算（元）90", "<", "<"], ("100", "90")),
        (["项目总预算（元）100项目当年预算（元）", "<", "<", "90"], (None, "90")),
    ],
)
@pytest.mark.parametrize("geometry", [True, False])
def test_label_and_value_in_one_cell(
    row: list[str], expected: tuple[str | None, ...], *, geometry: bool
) -> None:
    rows = changed({BUDGET: row})
    found = read(rows) if geometry else read_text(rows)
    if expected[0] is not None:
        assert (one(found, "total_budget").text, one(found, "annual_budget").text) == expected
        assert doubted(found)
    else:
        assert one(found, "total_budget").text in (None, "", "100")
    assert doubted(found) <= {"total_budget", "annual_budget"}
    assert one(found, "prev_budget").text == "90"


def test_a_label_amid_the_lines_of_its_value_is_told_by_its_place() -> None:
    rows = changed({OVERVIEW: ["项目概况", "<", "<", "<"]})
    grid = printed_grid(rows, heights={OVERVIEW: 0.1})
    top = 0.1 + OVERVIEW * ROW
    lines = (
        line_of(("第一行的文字，", 0.27), y=top + 0.01),
        line_of(("项目概况", 0.11), ("第二行的文字，", 0.27), y=top + 0.04),
        line_of(("第三行。", 0.27), y=top + 0.07),
    )
    cells = tuple(
        replace(c, lines=(lines[0], *(replace(n, new_paragraph=False) for n in lines[1:])))
        if c.row == OVERVIEW
        else c
        for c in grid.cells
    )
    found = declared(printed_page(1, *TITLE, replace(grid, cells=cells)))
    assert one(found, "overview").text == "第一行的文字，第二行的文字，第三行。"
    assert doubted(found) == {"overview"}


@pytest.mark.parametrize("geometry", [True, False])
def test_two_labels_in_one_cell_beside_two_values(*, geometry: bool) -> None:
    rows = changed({OVERVIEW: ["项目概况\n立项依据", "概况甲。", "<", "<"]})
    rows[BASIS] = ["^", "依据乙。", "<", "<"]
    found = read(rows) if geometry else read_text(rows)
    assert [one(found, key).text for key in ("overview", "basis")] == ["概况甲。", "依据乙。"]
    assert doubted(found) == {"overview", "basis"}


def two_rows_as_one(labels: str, values: str, height: float) -> Grid:
    rows = [list(row) for row in ROWS]
    rows[OVERVIEW] = [labels, values, "<", "<"]
    del rows[BASIS]
    return printed_grid(rows, heights={OVERVIEW: height})


def test_two_rows_without_any_ruling_between_are_told_by_the_middles_of_their_labels() -> None:
    grid = two_rows_as_one("项目概况\n立项依据", "概况甲。\n依据乙。", 0.05)
    found = declared(printed_page(1, *TITLE, grid))
    assert [one(found, key).text for key in ("overview", "basis")] == ["概况甲。", "依据乙。"]
    assert doubted(found) == {"overview", "basis"}


@pytest.mark.parametrize("geometry", [True, False])
def test_two_rows_that_cannot_be_told_apart_give_no_value(*, geometry: bool) -> None:
    page = printed_page(1, *TITLE, two_rows_as_one("项目概况\n立项依据", "甲。\n乙。", 0.2))
    found = declared(page if geometry else without_geometry(page))
    for key in ("overview", "basis"):
        assert one(found, key).text is None
        assert one(found, key).issues


@pytest.mark.parametrize("text", ["备注无", "备注：无", "备注 无", "备注"])
@pytest.mark.parametrize("geometry", [True, False])
def test_the_field_below_is_no_row(text: str, *, geometry: bool) -> None:
    rows = [*ROWS[:-1], [text, "<", "<", "<"]]
    found = read(rows) if geometry else read_text(rows)
    assert len(texts(found, "indicators")) == 16
    assert one(found, "remarks").text == ("无" if "无" in text else None)


def test_prose_that_begins_with_a_label_is_left_alone() -> None:
    rows = changed({OVERVIEW: ["项目概况", "项目总预算用于清淤，备注", "<", "<"]})
    found = read(rows)
    assert one(found, "overview").text == "项目总预算用于清淤，备注"
    assert not doubted(found)


def test_a_value_in_a_row_is_not_cut_though_it_ends_like_a_lost_label() -> None:
    rows = changed({5: ["开始时间", "2016年1月1日给束时间", "<", "2016年12月1日"]})
    at = next(n for n, row in enumerate(rows) if row[0] == "分解目标")
    row = ["产出目标", "时效目标", "采购完成时间", "3月前"]
    # The label that was misread stands on the first page where the third column is on this one.
    columns = printed_grid([*rows[at : at + 2], row], widths=(0.15, 0.15, 0.4, 0.3))
    pages = [printed_page(1, *TITLE, printed_grid(rows[:at])), printed_page(2, columns)]
    (found,) = match_pages(pages, [home_form()])
    assert isinstance(found, RawDeclaration)
    assert texts(found, "indicators/0") == row


def test_a_hardly_read_line_in_a_long_text_is_reported() -> None:
    grid = printed_grid(changed({OVERVIEW: ["项目概况", "概况甲。" * 7 + "\\一", "<", "<"]}))
    bad = tuple(
        replace(
            c,
            lines=(
                c.lines[0],
                replace(
                    c.lines[1],
                    tokens=tuple(replace(t, confidence=0.2) for t in c.lines[1].tokens),
                ),
            ),
        )
        if (c.row, c.col) == (OVERVIEW, 1)
        else c
        for c in grid.cells
    )
    found = declared(printed_page(1, *TITLE, replace(grid, cells=bad)))
    assert doubted(found) == {"overview"}


def test_rows_that_rise_across_the_page_are_followed() -> None:
    grid = printed_grid(three_in_one())
    rise = 0.06  # a line's height over half the page

    def lifted(box: BBox) -> BBox:
        shift = rise * (box.center[0] - 0.2)
        half = rise * box.width / 2
        return BBox(box.x0, box.y0 + shift - half, box.x1, box.y1 + shift + half)

    def lifted_line(line: TextLine) -> TextLine:
        tokens = tuple(replace(t, bbox=lifted(t.bbox) if t.bbox else None) for t in line.tokens)
        return TextLine(tokens, union(t.bbox for t in tokens), line.new_paragraph)

    cells = tuple(
        replace(
            c,
            bbox=lifted(c.bbox) if c.bbox else None,
            lines=tuple(map(lifted_line, c.lines)),
        )
        for c in grid.cells
    )
    found = declared(printed_page(1, *TITLE, replace(grid, cells=cells)))
    assert [one(found, key).text for key in ("overview", "basis", "necessity")] == [
        "概况甲。",
        "依据乙。",
        "必要丙。",
    ]


def test_rows_under_a_header_with_a_stray_stroke_are_read_and_doubted() -> None:
    number = next(n for n, row in enumerate(ROWS) if "子项目名称" in row)
    declaration = read(
        changed({number: ["项目当年投入资金构成", "子项目名称", "<", "1金额（元）"]})
    )
    assert texts(declaration, "subprojects") == ["清淤一期", "60", "清淤二期", "40"]
    amounts = {f"subprojects/{n}/amount" for n in range(2)}
    assert amounts <= doubted(declaration)


def test_the_one_header_still_wanted_is_found_in_its_place_under_a_seal() -> None:
    number = next(n for n, row in enumerate(ROWS) if "三级指标" in row)
    declaration = read(changed({number: ["一级指标", "二级指标", "三级指标", "年旨示目标值"]}))
    assert texts(declaration, "indicators/1") == ["产出目标", "质量目标", "验收合格率", "100%"]
    assert {f"indicators/{n}/target" for n in range(4)} <= doubted(declaration)


@pytest.mark.parametrize(("left", "is_found"), [("级", True), ("", True), ("备注", False)])
def test_the_last_header_between_two_others_may_lose_its_characters(
    left: str, is_found: bool
) -> None:
    number = next(n for n, row in enumerate(ROWS) if "三级指标" in row)
    declaration = read(changed({number: ["一级指标", "二级指标", left, "指标目标值"]}))
    assert ("验收合格率" in texts(declaration, "indicators/1")) is is_found
    if is_found:
        assert {f"indicators/{n}/level3" for n in range(4)} <= doubted(declaration)


@pytest.mark.parametrize("geometry", [True, False])
def test_a_blank_value_below_its_label_is_doubted_on_a_picture(*, geometry: bool) -> None:
    labels = [*ROWS[BUDGET][::2], *ROWS[BUDGET + 1][::2]]
    rows = changed({BUDGET: labels, BUDGET + 1: ["100", "100", "", "80"]})
    found = read(rows) if geometry else read_text(rows)
    assert one(found, "annual_budget").text == "100"
    assert one(found, "prev_execution").text == "80"
    assert not one(found, "prev_budget").text
    assert doubted(found) == ({"prev_budget"} if geometry else set())
