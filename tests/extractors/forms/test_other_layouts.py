"""Layouts with blocks side by side, labels printed several times and rows with names."""

from __future__ import annotations

import pytest
from other_layouts import (
    DECLARATION,
    declaration_grid,
    declaration_rows,
    district_rows,
    read,
    read_declaration,
    read_district,
    read_self_evaluation,
    row_texts,
    self_evaluation_rows,
)
from printed_pages import one, printed_page

LEFT = [
    ["产出指标", "数量指标", "清淤长度", "9公里"],
    ["产出指标", "数量指标", "清淤方量", "60方"],
    ["效益指标", "社会效益指标", "受益人数", ""],
    ["效益指标", "满意度指标", "居民满意", "九成"],
    ["效益指标", "满意度指标", "投诉减少率", "30%"],
]
RIGHT = [
    ["产出指标", "数量指标", "清淤长度", "3公里"],
    ["产出指标", "数量指标", "清淤方量", "20方"],
    ["效益指标", "社会效益指标", "受益人数", "≥100人"],
    ["效益指标", "满意度指标", "居民满意", "≥85%"],
    ["效益指标", "满意度指标", "投诉减少率", "10%"],
]


def clean(declaration):
    return not [f.path for f in declaration.fields if f.issues]


def scalars(declaration, *keys):
    return [one(declaration, key).text for key in keys]


def test_declaration_of_the_ministry():
    found = read_declaration(declaration_rows())
    assert found.form_id == "mof_2015"
    assert scalars(found, "title", "year", "department", "applicant") == [
        DECLARATION[0], DECLARATION[1], "某区水务局 101", "某区河道所",
    ]  # fmt: skip
    assert scalars(found, "midterm_goal", "annual_goal") == ["三年清淤九公里。", "清淤三公里。"]
    assert row_texts(found, "midterm_indicators") == LEFT
    assert row_texts(found, "indicators") == RIGHT
    assert clean(found)


def test_parts_belong_to_the_sum_above_them():
    found = read_declaration(declaration_rows())
    assert scalars(found, "midterm_total", "midterm_fiscal", "midterm_other") == [
        "300",
        "200",
        "100",
    ]
    assert scalars(found, "annual_total", "annual_fiscal", "annual_other") == ["100", "80", "20"]


def test_a_part_that_one_side_lacks_is_not_taken_from_the_other():
    rows = declaration_rows()
    rows[5][2:4] = ["", ""]
    found = read_declaration(rows)
    assert one(found, "midterm_other").text is None
    assert one(found, "annual_other").text == "20"


@pytest.mark.parametrize(
    ("printed", "unit"), [("（万元）", "万元"), ("（元）", "元"), ("", "万元")]
)
def test_the_heading_of_a_block_names_its_unit(printed, unit):
    found = read_declaration(declaration_rows(unit=printed))
    assert {f.unit for f in found.fields if f.path.startswith("annual_total")} == {unit}
    assert clean(found)


def test_a_target_printed_twice_beside_common_levels():
    rows = declaration_rows()
    for row in rows[8:]:
        row[5:] = ["<", row[7], "<"]
    rows[8][1:] = ["一级指标", "二级指标", "三级指标", "中期指标值", "<", "年度指标值", "<"]
    found = read_declaration(rows)
    assert row_texts(found, "midterm_indicators") == LEFT
    assert row_texts(found, "indicators") == RIGHT


def test_a_single_block_is_the_year():
    rows = [[*row[:5], "<", "<", "<"] for row in declaration_rows()[8:]]
    found = read_declaration(declaration_rows()[:8] + rows)
    assert row_texts(found, "indicators") == LEFT
    assert row_texts(found, "midterm_indicators") == []


@pytest.mark.parametrize("first", range(9, 14))
def test_blocks_cut_by_a_page_lose_nothing(first):
    rows = declaration_rows()
    above, below = rows[:first], rows[first:]
    below[0] = ["" if text == "^" else text for text in below[0]]
    grids = declaration_grid(above), declaration_grid(below)
    found = read(printed_page(1, *DECLARATION, grids[0]), printed_page(2, grids[1]))
    assert found.pages == (1, 2)
    assert row_texts(found, "midterm_indicators") == LEFT
    assert row_texts(found, "indicators") == RIGHT


def test_blocks_whose_header_comes_again_on_the_next_page():
    rows = declaration_rows()
    below = [rows[8][:], *rows[11:]]
    below[1][0] = "^"
    grids = declaration_grid(rows[:11]), declaration_grid(below)
    found = read(printed_page(1, *DECLARATION, grids[0]), printed_page(2, grids[1]))
    assert row_texts(found, "midterm_indicators") == LEFT
    assert row_texts(found, "indicators") == RIGHT


def test_self_evaluation():
    found = read_self_evaluation(self_evaluation_rows())
    assert found.form_id == "mof_self_eval"
    assert row_texts(found, "funds") == [
        ["年度资金总额", "100", "110", "99", "10", "90%", "9"],
        ["其中：当年财政拨款", "80", "90", "79", "—", "—", "—"],
        ["上年结转资金", "", "", "", "—", "—", "—"],
        ["其他资金", "20", "20", "20", "—", "—", "—"],
    ]
    assert scalars(found, "expected_goal", "actual_result") == ["清淤三公里。", "清淤两公里。"]
    assert row_texts(found, "indicators")[0] == [
        "产出指标（50分）", "数量指标", "清淤长度", "3公里", "2公里", "30", "20", "雨季停工",
    ]  # fmt: skip
    assert len(row_texts(found, "indicators")) == 3
    assert scalars(found, "total_weight", "total_score") == ["100", "79"]
    assert clean(found)


@pytest.mark.parametrize(("printed", "unit"), [("（元）", "元"), ("", "万元")])
def test_the_label_of_rows_names_their_unit(printed, unit):
    found = read_self_evaluation(self_evaluation_rows(unit=printed))
    assert one(found, "funds/0/initial_budget").unit == unit


def test_an_empty_goal_does_not_take_the_one_beside_it():
    rows = self_evaluation_rows()
    rows[8][1] = ""
    found = read_self_evaluation(rows)
    assert scalars(found, "expected_goal", "actual_result") == ["", "清淤两公里。"]


def test_form_of_a_district():
    found = read_district(district_rows())
    assert found.form_id == "sh_2026"
    assert scalars(found, "total_budget", "total_fiscal", "total_other") == [
        "300000", "200000", "100000",
    ]  # fmt: skip
    assert scalars(found, "annual_budget", "annual_fiscal", "annual_carryover", "annual_other") == [
        "100000", "70000", "10000", "20000",
    ]  # fmt: skip
    assert {f.unit for f in found.fields if f.path.startswith(("total_", "annual_b"))} == {"元"}
    assert scalars(found, "overall_goal", "annual_goal") == ["三年清淤九公里。", "清淤三公里。"]
    assert row_texts(found, "indicators") == [
        ["产出指标", "数量指标", "清淤长度", "≥3公里"],
        ["产出指标", "质量指标", "验收合格率", "100%"],
    ]
    assert clean(found)


def test_a_label_whose_column_lost_its_ruling_leaves_what_stands_behind_a_gap():
    rows = district_rows()
    for row in rows[4:7]:
        row[2:4] = [f"{row[2]} {row[3]}", "<"]
    found = read_district(rows)
    assert scalars(found, "total_budget", "total_fiscal") == ["300000", "200000"]
    assert {"total_budget", "total_fiscal"} <= {f.path for f in found.fields if f.issues}
