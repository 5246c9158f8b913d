"""Tables over page breaks: no row lost, cut cells made whole, wherever the break falls."""

from __future__ import annotations

import pytest
from printed_pages import (
    TITLE,
    head_rows,
    home_form,
    one,
    printed_grid,
    printed_page,
    skewed,
    states,
    tail_rows,
    texts,
    without_geometry,
)

from extractors.evidence import MarkState, PageEvidence
from extractors.forms.matching import match_pages
from extractors.forms.raw import RawDeclaration

ROWS = head_rows() + tail_rows()
FULL = "甲" * 31  # fills the three merged columns of 0.64 page widths at 0.02 a character


def declared(*pages: PageEvidence) -> RawDeclaration:
    records = match_pages(pages, [home_form()])
    assert [type(r) for r in records] == [RawDeclaration]
    record = records[0]
    assert isinstance(record, RawDeclaration)
    return record


def two_pages(first: list[list[str]], second: list[list[str]], **top: float) -> RawDeclaration:
    return declared(
        printed_page(1, *TITLE, printed_grid(first)),
        printed_page(2, printed_grid(second, **top)),
    )


def contents(declaration: RawDeclaration) -> list[tuple[str, str | None, MarkState | None]]:
    return [(f.path, f.text, f.mark) for f in declaration.fields]


WHOLE = declared(printed_page(1, *TITLE, printed_grid(ROWS)))


def test_one_page_gives_every_field() -> None:
    assert one(WHOLE, "title").text == TITLE[0]
    assert one(WHOLE, "year").text == "（2019年度）"
    assert one(WHOLE, "applicant").text == "某区水务局"
    assert states(WHOLE, "project_type")[2] is MarkState.CHECKED
    assert states(WHOLE, "fund_use").count(MarkState.CHECKED) == 1
    assert texts(WHOLE, "subprojects") == ["清淤一期", "60", "清淤二期", "40"]
    assert texts(WHOLE, "indicators/1") == ["产出目标", "质量目标", "验收合格率", "100%"]
    assert texts(WHOLE, "indicators/2") == ["影响力目标", "", "", ""]
    assert texts(WHOLE, "indicators/3") == ["影响力目标", "满意度目标", "居民满意度", "90%"]
    assert one(WHOLE, "remarks").text == ""
    assert all(f.text is not None and not f.issues for f in WHOLE.fields)


@pytest.mark.parametrize("at", range(1, len(ROWS)))
def test_a_break_between_any_two_rows_changes_nothing(at: int) -> None:
    upper = ROWS[:at]
    lower = [["" if cell == "^" else cell for cell in ROWS[at]], *ROWS[at + 1 :]]
    split = two_pages(upper, lower)
    assert contents(split) == contents(WHOLE)
    assert split.pages == (1, 2)


@pytest.mark.parametrize("at", range(1, len(ROWS)))
def test_a_text_source_needs_no_spans(at: int) -> None:
    rows = [["" if cell in {"^", "<"} else cell for cell in row] for row in ROWS]
    page = printed_page(1, *TITLE, printed_grid(rows[:at]), printed_grid(rows[at:]))
    split = declared(without_geometry(page))
    assert contents(split) == contents(WHOLE)


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        (FULL, "乙丙。", FULL + "乙丙。"),
        ("甲。", "乙丙。", "甲。\n乙丙。"),
        (FULL, "乙\\丙。", FULL + "乙丙。"),
    ],
)
def test_a_long_text_goes_on_after_the_break(above: str, below: str, joined: str) -> None:
    upper = [*head_rows()[:6], ["项目概况", above, "<", "<"]]
    lower = [["", below, "<", "<"], head_rows()[7], *tail_rows()]
    assert one(two_pages(upper, lower), "overview").text == joined


@pytest.mark.parametrize("label", ["项目概况", "项目概况（续）"])
def test_a_label_printed_again_is_one_label(label: str) -> None:
    upper = [*head_rows()[:6], ["项目概况", FULL, "<", "<"]]
    lower = [[label, "乙。", "<", "<"], head_rows()[7], *tail_rows()]
    assert one(two_pages(upper, lower), "overview").text == FULL + "乙。"


def test_a_label_printed_below_the_break_owns_the_text_above() -> None:
    upper = [*head_rows()[:6], ["", FULL, "<", "<"]]
    lower = [["项目概况", "乙。", "<", "<"], head_rows()[7], *tail_rows()]
    assert one(two_pages(upper, lower), "overview").text == FULL + "乙。"


def indicators_cut(above: list[str], below: list[str]) -> RawDeclaration:
    start = len(head_rows()) + 12
    upper = [*ROWS[:start], above]
    return two_pages(upper, [below, *ROWS[start + 2 :]])


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["产出目标", "数量目标", "清淤长度", "≥3公里"], None),
        (["", "数量目标", "清淤长度", "≥3公里"], "产出目标"),
        (["产出", "数量目标", "清淤长度", "≥3公里"], "目标"),
        (["产出目标", "数量目标", "清淤长度", "≥3公里"], "产出目标"),
    ],
)
def test_a_merged_cell_cut_by_the_break_is_one_cell(above: list[str], below: str | None) -> None:
    split = indicators_cut(above, [below or "", "质量目标", "验收合格率", "100%"])
    assert texts(split, "indicators/0") == ["产出目标", "数量目标", "清淤长度", "≥3公里"]
    assert texts(split, "indicators/1") == ["产出目标", "质量目标", "验收合格率", "100%"]
    assert len(texts(split, "indicators")) == 16


def test_a_merged_cell_begins_above_the_break_beside_a_row_that_is_but_named() -> None:
    above = ["", "数量目标", "", ""]
    split = indicators_cut(above, ["产出目标", "质量目标", "验收合格率", "100%"])
    assert texts(split, "indicators/0") == ["产出目标", "数量目标", "", ""]
    assert texts(split, "indicators/1") == ["产出目标", "质量目标", "验收合格率", "100%"]


def test_a_row_cut_within_is_one_row() -> None:
    start = len(head_rows()) + 12
    upper = [*ROWS[:start], ["产出目标", "数量目标", "清淤长度及两岸整", "≥3公里"]]
    split = two_pages(upper, [["", "", "治面积", ""], *_after_cut(start)])
    assert texts(split, "indicators/0") == [
        "产出目标",
        "数量目标",
        "清淤长度及两岸整治面积",
        "≥3公里",
    ]
    assert len(texts(split, "indicators")) == 16


def _after_cut(start: int) -> list[list[str]]:
    following = ROWS[start + 1]
    return [["", *following[1:]], *ROWS[start + 2 :]]


def test_a_subproject_cut_within_is_one_row() -> None:
    start = len(head_rows()) + 5
    name = "河" * 19
    upper = [*ROWS[:start], ["^", name, "<", "60"]]
    lower = [["", "道一期", "<", ""], ["^", "清淤二期", "<", "40"], *ROWS[start + 2 :]]
    split = two_pages(upper, lower)
    assert texts(split, "subprojects") == [name + "道一期", "60", "清淤二期", "40"]
    proof = one(split, "subprojects/0/name").provenance
    assert proof is not None
    assert proof.page == 1


def test_a_header_printed_again_is_no_row() -> None:
    start = len(head_rows()) + 13
    header = ["一级指标", "二级指标", "三级指标", "指标目标值"]
    split = two_pages(ROWS[:start], [header, ["", *ROWS[start][1:]], *ROWS[start + 1 :]])
    assert contents(split) == contents(WHOLE)


def test_a_header_printed_again_shows_where_a_ruling_was_lost_above() -> None:
    labelled = ["分解目标", "一级指标", "二级指标", "三级指标", "指标目标值"]
    merged = ["一级指标", "<", "二级指标", "三级指标", "指标目标值"]
    names = ["数量目标", "质量目标"]
    body = [["^", "产出目标", name, "清淤长度", "≥3公里"] for name in names]
    widths = (0.1, 0.2, 0.2, 0.3, 0.2)
    split = declared(
        printed_page(
            1, *TITLE, printed_grid([[*r, "<"] for r in head_rows()] + [merged], widths=widths)
        ),
        printed_page(2, printed_grid([labelled, *body], widths=widths)),
    )
    assert texts(split, "indicators/0") == ["产出目标", "数量目标", "清淤长度", "≥3公里"]
    assert texts(split, "indicators/1") == ["产出目标", "质量目标", "清淤长度", "≥3公里"]


def test_pages_scanned_apart_share_columns() -> None:
    start = len(head_rows()) + 6
    narrow = tuple(
        w + d for w, d in zip((0.2, 0.3, 0.2, 0.3), (0.004, -0.003, 0.002, -0.003), strict=True)
    )
    split = declared(
        printed_page(1, *TITLE, printed_grid(ROWS[:start])),
        printed_page(2, printed_grid([["", *ROWS[start][1:]], *ROWS[start + 1 :]], widths=narrow)),
    )
    assert contents(split) == contents(WHOLE)


def test_a_cell_over_two_columns_of_a_row_is_doubted() -> None:
    rows = [list(row) for row in ROWS]
    rows[len(head_rows()) + 13] = ["^", "质量目标验收合格率", "<", "100%"]
    whole = declared(printed_page(1, *TITLE, printed_grid(rows)))
    issues = {f.path: f.issues for f in whole.fields if f.path.startswith("indicators/1")}
    assert list(issues.values()) == [(), ("low_confidence",), ("low_confidence",), ()]


def test_a_skewed_page_joins_a_straight_one() -> None:
    start = len(head_rows()) + 13
    lower = printed_grid([["", *ROWS[start][1:]], *ROWS[start + 1 :]])
    split = declared(
        printed_page(1, *TITLE, skewed(printed_grid(ROWS[:start]), -0.02)),
        printed_page(2, skewed(lower, 0.03)),
    )
    assert contents(split) == contents(WHOLE)


def test_an_edge_below_matches_the_nearest_above_though_another_stands_beside_it() -> None:
    upper = [*ROWS[:15], ["项目实施计划", "计划戊。", "<", "<"]]
    texts_below = [["", "己。", "<", "<"], *ROWS[16:19]]
    rows_below = ROWS[19:-1]
    lower = [[r[0], "<", *r[1:]] for r in texts_below]
    lower += [[r[0], r[1], "<" if r[1] != "^" else "^", *r[2:]] for r in rows_below]
    split = declared(
        printed_page(1, *TITLE, printed_grid(upper, widths=(0.186, 0.314, 0.2, 0.3))),
        printed_page(2, printed_grid(lower, widths=(0.176, 0.0135, 0.3105, 0.2, 0.3))),
    )
    assert one(split, "implementation_plan").text == "计划戊。\n己。"
    assert texts(split, "indicators") == texts(WHOLE, "indicators")
