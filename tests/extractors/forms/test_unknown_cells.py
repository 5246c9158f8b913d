"""Pairs of tables nobody has defined whose rows do not simply alternate labels and values."""

from __future__ import annotations

import pytest
from printed_pages import home_form, printed_grid, printed_page

from extractors.forms.matching import match_pages
from extractors.forms.raw import Pair, RawUnmatched

SIX = (0.1, 0.1, 0.2, 0.1, 0.2, 0.3)
FOUR = (0.25, 0.25, 0.25, 0.25)


def all_pairs(
    rows: list[list[str]], widths: tuple[float, ...], heights: dict[int, float] | None = None
) -> tuple[Pair, ...]:
    grid = printed_grid(rows, widths=widths, heights=heights)
    (record,) = match_pages([printed_page(1, "专项经费申请书", grid)], [home_form()])
    assert isinstance(record, RawUnmatched)
    return record.pairs


def pairs_of(
    rows: list[list[str]],
    widths: tuple[float, ...] = FOUR,
    heights: dict[int, float] | None = None,
) -> list[tuple[str, str]]:
    return [(p.label, p.value) for p in all_pairs(rows, widths, heights)]


def test_boxes_are_characters_of_a_value() -> None:
    rows = [["经费性质", "□新增 ☑延续", "<", "<"], ["负责人", "张三", "电话", "1"]]
    assert pairs_of(rows)[0] == ("经费性质", "□新增 ☑延续")


def test_a_box_that_was_ticked_by_hand_is_one_character() -> None:
    assert pairs_of([["是否新增", "□√是 □否", "<", "<"]]) == [("是否新增", "☑是 □否")]


def test_a_group_stands_before_its_labels() -> None:
    rows = [["经办人", "姓名", "张三", "电话", "13900000000"], ["备注", "无", "<", "<", "<"]]
    assert pairs_of(rows, (0.1, 0.2, 0.2, 0.2, 0.3)) == [
        ("经办人", "姓名\n电话"),
        ("姓名", "张三"),
        ("电话", "13900000000"),
        ("备注", "无"),
    ]


def test_a_heading_has_only_labels_that_have_values() -> None:
    rows = [["经办人", "姓名", "张三", "<"], ["^", "传真", "", "<"], ["^", "住址", "甲路1号", "<"]]
    pairs = all_pairs(rows, FOUR, None)
    assert (pairs[0].label, pairs[0].value) == ("经办人", "姓名\n住址")
    assert pairs[0].value_bbox is not None


def test_headings_within_headings_stand_for_their_labels() -> None:
    rows = [
        ["进口情况", "国别", "<", "甲国", "<", "<"],
        ["^", "联系方式", "电话", "1", "住址", "乙路2号"],
    ]
    assert pairs_of(rows, SIX)[:2] == [
        ("进口情况", "国别\n联系方式"),
        ("国别", "甲国"),
    ]
    assert ("联系方式", "电话\n住址") in pairs_of(rows, SIX)


def test_pieces_of_a_value_in_several_cells_are_one() -> None:
    rows = [["证件号码", "1", "2", "0", "7", "3"], ["出生日期", "2001年", "<", "3月", "<", "9日"]]
    assert pairs_of(rows, SIX) == [("证件号码", "12073"), ("出生日期", "2001年\n3月\n9日")]


def test_a_row_named_at_its_left_has_each_cell_as_a_value() -> None:
    rows = [["科别", "甲科", "乙科", "丙科"], ["人数", "12", "15", "9"]]
    assert pairs_of(rows) == [
        ("科别", "甲科"),
        ("科别", "乙科"),
        ("科别", "丙科"),
        ("人数", "12"),
        ("人数", "15"),
        ("人数", "9"),
    ]


def test_names_over_columns_of_boxes_are_a_header() -> None:
    boxes = "☑好 □中"
    rows = [
        ["语种", "读", "写", "说"],
        ["甲语", boxes, boxes, boxes],
        ["乙语", boxes, boxes, boxes],
    ]
    found = pairs_of(rows)
    assert found[:2] == [("语种", "甲语"), ("读", boxes)]
    assert len(found) == 8


def test_names_over_blank_rows_are_no_labels_of_one_another() -> None:
    rows = [["题目", "刊物", "时间", "国别"], ["", "", "年 月", ""], ["", "", "年 月", ""]]
    values = {label: value for label, value in pairs_of(rows) if value.strip("年月 ")}
    assert values == {}


def test_names_of_two_halves_of_a_table_are_no_pair() -> None:
    rows = [
        ["申请人情况", "<", "单位情况", "<"],
        ["姓名", "张三", "单位名称", "甲厂"],
        ["电话", "1", "地址", "乙路"],
    ]
    assert ("申请人情况", "单位情况") not in pairs_of(rows)


def test_a_cell_with_labels_of_its_own_is_no_value() -> None:
    rows = [["健康状况", "身高：180，体重：75\n病史：无", "<", "<"], ["备注", "无", "<", "<"]]
    assert pairs_of(rows, FOUR, {0: 0.06}) == [
        ("健康状况", "身高\n体重\n病史"),
        ("身高", "180，"),
        ("体重", "75"),
        ("病史", "无"),
        ("备注", "无"),
    ]


def test_what_stands_before_the_labels_of_a_cell_is_its_value() -> None:
    rows = [["本人承诺", "所填属实。\n签名：张三", "<", "<"]]
    assert pairs_of(rows, FOUR, {0: 0.06}) == [("本人承诺", "所填属实。"), ("签名", "张三")]


def test_labels_in_the_corners_of_cells_have_what_is_written_there() -> None:
    rows = [
        ["城市\n甲城", "<", "邮编\n100", "<"],
        ["职业\n教师", "<", "工资\n3000", "<"],
        ["单位\n", "<", "职务\n", "<"],
    ]
    assert pairs_of(rows, FOUR, dict.fromkeys(range(3), 0.06)) == [
        ("城市", "甲城"),
        ("邮编", "100"),
        ("职业", "教师"),
        ("工资", "3000"),
        ("单位", ""),
        ("职务", ""),
    ]


def test_a_label_above_boxes_in_one_cell() -> None:
    rows = [["离职原因\n□辞职 ☑裁员", "<", "<", "<"], ["负责人", "张三", "电话", "1"]]
    assert pairs_of(rows, FOUR, {0: 0.06})[0] == ("离职原因", "□辞职 ☑裁员")


def test_an_option_with_more_about_it_beside_it_is_a_label() -> None:
    rows = [
        ["号牌", "□补领", "□丢失 ☑灭失", "<"],
        ["^", "☑换领", "□前牌 □后牌", "<"],
        ["费用", "□甲", "☑乙", "□丙"],
    ]
    assert pairs_of(rows) == [
        ("号牌", "□补领\n☑换领"),
        ("□补领", "□丢失 ☑灭失"),
        ("☑换领", "□前牌 □后牌"),
        ("费用", "□甲\n☑乙\n□丙"),
    ]


@pytest.mark.parametrize(
    "label", ["电话1", "是否参加过培训？", "经费来源（如有多项，请逐项填写）", "姓名Full name"]
)
def test_labels_may_be_numbered_ask_explain_and_translate(label: str) -> None:
    assert pairs_of([[label, "见附件第3页", "<", "<"]]) == [(label, "见附件第3页")]
