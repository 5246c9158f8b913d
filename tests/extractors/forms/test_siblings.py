"""Districts and later years vary a known form: it stays known, and what they add is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from other_layouts import (
    DECLARATION,
    declaration_grid,
    declaration_rows,
    district_rows,
    read,
    read_declaration,
    read_district,
    row_texts,
)
from printed_pages import TITLE, head_rows, one, printed_grid, printed_page, tail_rows

from extractors.evidence import PageEvidence, PageKind
from extractors.forms.raw import RawDeclaration

ADDED = ["联系人", "<", "某甲", "<", "联系电话", "<", "6543", "<"]


def pairs(declaration: RawDeclaration) -> list[tuple[str, str]]:
    return [(p.label, p.value) for p in declaration.extras.pairs]


def digital(page: PageEvidence) -> PageEvidence:
    return replace(page, kind=PageKind.DIGITAL)


def doubted(declaration: RawDeclaration) -> list[str]:
    return [f.path for f in declaration.fields if f.issues]


def test_a_form_without_additions_has_none():
    assert read_declaration(declaration_rows()).extras.pairs == ()
    assert read_district(district_rows()).extras.pairs == ()
    rows = head_rows() + tail_rows()
    assert pairs(read(printed_page(1, *TITLE, printed_grid(rows)))) == []


@pytest.mark.parametrize("at", [0, 1, 3])
def test_an_added_row_is_kept(at):
    rows = declaration_rows()
    rows.insert(at, ADDED)
    found = read(digital(printed_page(1, *DECLARATION, declaration_grid(rows))))
    assert pairs(found) == [("联系人", "某甲"), ("联系电话", "6543")]
    assert one(found, "project_name").text == "河道清淤"
    assert doubted(found) == []


def test_an_added_field_beside_a_known_one_is_kept():
    rows = head_rows()
    rows[0] = ["项目名称", "河道清淤", "项目编号", "A-12"]
    found = read(digital(printed_page(1, *TITLE, printed_grid(rows + tail_rows()))))
    assert found.form_id == "sh_2019"
    assert one(found, "project_name").text == "河道清淤"
    assert pairs(found) == [("项目编号", "A-12")]


def test_boxes_of_an_added_field_are_kept():
    rows = declaration_rows()
    rows.insert(3, ["是否政府采购", "<", "☑是 □否", "<", "<", "<", "<", "<"])
    found = read_declaration(rows)
    assert pairs(found) == [("是否政府采购", "☑是 □否")]
    assert [(m.label, m.state.value) for m in found.extras.marks] == [
        ("是", "checked"), ("否", "empty"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("☑新增项目 □延续项目", "新增项目"),
        ("新增项目□ 延续项目☑", "延续项目"),
        ("□新增项目 □延续项目", None),
        ("☑新增项目 ☑延续项目", None),
    ],
)
def test_a_text_printed_as_options_is_the_marked_one(printed, text):
    rows = declaration_rows()
    rows[2][2] = printed
    found = one(read_declaration(rows), "project_attribute")
    assert found.text == text
    assert found.issues == (() if text else ("mark_unknown",))


def test_a_line_above_the_table_is_kept_but_no_blank_one():
    above = (*DECLARATION, "填报人：某甲", "填报日期：    年  月  日", "金额单位：万元")
    found = read(printed_page(1, *above, declaration_grid(declaration_rows())))
    assert pairs(found) == [("填报人", "某甲")]


def test_on_a_picture_an_addition_may_be_a_piece_of_a_value():
    rows = declaration_rows()
    rows.insert(1, ADDED)
    found = read_declaration(rows)
    assert len(pairs(found)) == 2
    assert doubted(found) == ["project_name"]


@pytest.mark.parametrize(
    "title",
    [
        "2024年项目支出绩效目标申报表",
        "项目支出绩效目标申报表（2024年度）",
        "某区项目支出绩效目标申报表",
        "附件2：项目支出绩效目标申报表",
    ],
)
def test_a_title_with_more_in_it(title):
    found = read(printed_page(1, title, declaration_grid(declaration_rows())))
    assert found.form_id == "mof_2015"


def test_a_title_inside_the_table():
    rows = [
        ["项目支出绩效目标申报表", *["<"] * 7],
        ["（2024年度）", *["<"] * 7],
        *declaration_rows(),
    ]
    found = read(printed_page(1, declaration_grid(rows)))
    assert (found.form_id, one(found, "title").text) == ("mof_2015", rows[0][0])
    assert one(found, "year").text == "（2024年度）"
    assert pairs(found) == []


def test_renamed_fields():
    rows = declaration_rows()
    rows[1][0], rows[1][4] = "主管部门（单位）", "具体实施单位"
    rows[6][1], rows[6][4] = "实施期目标（2020年—2022年）", "本年度目标"
    found = read_declaration(rows)
    assert one(found, "department").text == "某区水务局 101"
    assert one(found, "applicant").text == "某区河道所"
    assert one(found, "midterm_goal").text == "三年清淤九公里。"
    assert one(found, "annual_goal").text == "清淤三公里。"


def test_the_whole_form_without_the_mid_term():
    rows = [
        ["项目名称", "<", "河道清淤", "<", "<"],
        ["主管部门", "<", "某区水务局", "实施单位", "某区河道所"],
        ["项目资金（万元）", "<", "年度资金总额", "<", "100"],
        ["^", "<", "其中：财政拨款", "<", "80"],
        ["^", "<", "其他资金", "<", "20"],
        ["总体目标", "年度目标", "<", "<", "<"],
        ["^", "清淤三公里。", "<", "<", "<"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        ["^", "产出指标", "数量指标", "清淤长度", "3公里"],
        ["^", "^", "质量指标", "验收合格率", "100%"],
    ]
    grid = printed_grid(rows, widths=(0.1, 0.15, 0.25, 0.25, 0.25))
    found = read(printed_page(1, *DECLARATION, grid))
    assert [one(found, f"annual_{k}").text for k in ("total", "fiscal", "other", "goal")] == [
        "100", "80", "20", "清淤三公里。",
    ]  # fmt: skip
    assert one(found, "midterm_fiscal").text is None
    assert len(row_texts(found, "indicators")) == 2
