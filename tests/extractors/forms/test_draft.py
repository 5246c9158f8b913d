"""What a draft makes of labels, values, boxes and rows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from printed_pages import (
    TITLE,
    head_rows,
    home_form,
    printed_grid,
    printed_page,
    tail_rows,
    without_geometry,
)

from extractors.evidence import PageEvidence
from extractors.forms.checking.check import check_file
from extractors.forms.definition import FieldType
from extractors.forms.draft.form import draft_form
from extractors.forms.draft.guess import guess_column, guess_text
from extractors.forms.draft.model import DraftField, DraftForm, Note
from extractors.forms.draft.writing import draft_yaml
from extractors.forms.loader import load_definition
from extractors.forms.matching import match_pages
from extractors.forms.raw import RawDeclaration

PAIR = ["负责人", "张三", "联系电话", "000"]


def drafted(*pages: PageEvidence) -> DraftForm:
    form = draft_form(pages, [home_form()])
    assert form is not None
    return form


def of_rows(*rows: list[str], lines: tuple[str, ...] = ()) -> dict[str, DraftField]:
    """Label → field of a drafted page."""
    form = drafted(printed_page(1, "专项经费申请书", *lines, printed_grid(list(rows), top=0.2)))
    return {f.label or f.key: f for f in form.fields}


@pytest.mark.parametrize(
    ("label", "text", "kind", "is_sure"),
    [
        ("资金总额（万元）", "", FieldType.AMOUNT, True),
        ("资金总额", "1,200", FieldType.AMOUNT, True),
        ("资金总额", "", FieldType.AMOUNT, False),
        ("其他", "￥12", FieldType.AMOUNT, True),
        ("其他", "12.5", FieldType.AMOUNT, False),
        ("联系电话", "13800000000", FieldType.TEXT, True),
        ("邮编", "200000", FieldType.TEXT, True),
        ("开工日期", "2020年1月2日", FieldType.DATE, True),
        ("开工", "2020-01-02", FieldType.DATE, True),
        ("开工日期", "", FieldType.DATE, False),
        ("开工", " 年 月 日", FieldType.DATE, True),
        ("开工", "二〇二〇年一月", FieldType.DATE, True),
        ("年度", "2020", FieldType.YEAR, True),
        ("说明", "甲" * 41, FieldType.LONG_TEXT, True),
        ("说明", "甲。\n乙。", FieldType.LONG_TEXT, True),
        ("说明", "甲", FieldType.TEXT, True),
        ("说明", "", FieldType.TEXT, False),
    ],
)
def test_types_by_label_and_value(label: str, text: str, kind: FieldType, is_sure: bool) -> None:
    guess = guess_text(label, text)
    assert (guess.type, guess.is_sure) == (kind, is_sure)


@pytest.mark.parametrize(
    "text", ["2020年1月1日至2021年1月1日", "2020.1-2021.3", "2020-01-01～2020-12-31"]
)
def test_two_dates_are_a_period(text: str) -> None:
    assert guess_text("期限", text).is_period


@pytest.mark.parametrize(
    ("label", "texts", "kind"),
    [
        ("金额（元）", [""], FieldType.AMOUNT),
        ("支出", ["1,000.00", "20.00", ""], FieldType.AMOUNT),
        ("支出", ["1,000.00", "无"], FieldType.TEXT),
        ("要求", ["≥3台", "100%", "是"], FieldType.TARGET),
        ("指标值", ["三台"], FieldType.TARGET),
        ("完成", ["2020年1月", "2021年2月"], FieldType.DATE),
    ],
)
def test_types_of_columns(label: str, texts: list[str], kind: FieldType) -> None:
    assert guess_column(label, texts) is kind


def test_keys_of_known_labels_are_taken_once_and_others_numbered() -> None:
    found = of_rows(["项目名称", "甲", "工程名称", "乙"], PAIR)
    assert [found[label].key for label in ("项目名称", "工程名称", "负责人")] == [
        "project_name",
        "field_1",
        "field_2",
    ]
    assert Note.NAME_KEY in found["工程名称"].notes
    assert found["项目名称"].notes == ()


def test_boxes_make_a_choice_with_all_options_in_order() -> None:
    found = of_rows(["经费性质", "□新增 无框项目 ☑延续", "<", "<"], PAIR)
    assert found["经费性质"].type is FieldType.CHOICE
    assert found["经费性质"].options == ("新增", "无框项目", "延续")


def test_options_without_a_box_between_are_parted_where_both_are_known() -> None:
    found = of_rows(["资金用途", "政策补贴类□ 政府购买服务资产购置类☑", "<", "<"], PAIR)
    assert found["资金用途"].options == ("政策补贴类", "政府购买服务", "资产购置类")


def test_both_ends_of_a_period_share_the_label() -> None:
    rows = [["实施期限", "2020年1月至2021年2月", "起止时间", "2020年1月1日至2020年2月2日"], PAIR]
    form = drafted(printed_page(1, "专项经费申请书", printed_grid(rows)))
    dates = [(f.key, f.label) for f in form.fields if f.type is FieldType.DATE]
    assert dates == [
        ("field_1_start", "实施期限"),
        ("field_1_end", "实施期限"),
        ("start_date", "起止时间"),
        ("end_date", "起止时间"),
    ]


def test_a_label_printed_twice_is_drafted_once() -> None:
    found = of_rows(PAIR, ["经办人", "李四", "联系电话", "111"])
    assert Note.PRINTED_AGAIN in found["联系电话"].notes
    assert list(found) == ["title", "负责人", "联系电话", "经办人"]


def test_rows_with_merged_columns_and_a_sum() -> None:
    found = of_rows(
        ["经费明细", "类别", "内容", "金额"],
        ["^", "设备类", "床", "1,000.00"],
        ["^", "^", "桌", "20.00"],
        ["^", "合计", "<", "1,020.00"],
        PAIR,
    )
    rows = found["经费明细"]
    assert [(c.label, c.type, c.merged, c.known) for c in rows.columns] == [
        ("类别", FieldType.TEXT, True, ("设备类",)),
        ("内容", FieldType.TEXT, False, ()),
        ("金额", FieldType.AMOUNT, False, ()),
    ]
    assert rows.totals == ("合计",)
    assert "合计" not in found


def test_rows_with_a_header_on_each_page_are_one_field() -> None:
    header = ["一级指标", "二级指标", "三级指标", "指标值"]
    form = drafted(
        printed_page(
            1,
            "专项经费申请书",
            printed_grid(
                [
                    PAIR,
                    header,
                    ["产出指标", "数量指标", "台数", "≥3台"],
                    ["^", "质量指标", "率", "1%"],
                ]
            ),
        ),
        printed_page(
            2,
            printed_grid([header, ["效益指标", "社会效益", "人次", "≥9"], ["^", "其他", "a", ""]]),
        ),
    )
    (rows,) = [f for f in form.fields if f.columns]
    assert rows.key == "indicators"
    assert rows.columns[0].known == ("产出指标", "效益指标")
    assert form.pages == (1, 2)


def test_a_header_over_one_row_names_fields_with_the_unit_of_their_group() -> None:
    found = of_rows(["经费来源（万元）", "总额", "财政", "其他"], ["^", "10", "8", "2"], PAIR)
    assert [(found[x].type, found[x].unit) for x in ("总额", "财政", "其他")] == [
        (FieldType.AMOUNT, "万元")
    ] * 3
    assert {Note.ONE_ROW, Note.CHECK_UNIT} <= set(found["总额"].notes)


def test_a_year_in_brackets_is_no_part_of_a_label() -> None:
    found = of_rows(["中期目标（2020—2022年）", "做甲。", "<", "<"], PAIR)
    assert found["中期目标"].type is FieldType.TEXT


def test_rows_under_equal_headers_are_told_apart_by_their_labels(tmp_path) -> None:
    rows = [
        PAIR,
        ["长期绩效指标", "类型", "内容", "指标值"],
        ["^", "数量", "次数", "≥3"],
        ["年度绩效指标", "类型", "内容", "指标值"],
        ["^", "数量", "次数", "≥1"],
        ["^", "质量", "率", "100%"],
    ]
    page = printed_page(1, "专项经费申请书", printed_grid(rows))
    path = tmp_path / "drafted.yaml"
    path.write_text(draft_yaml(drafted(page), "drafted"), encoding="utf-8")
    (record,) = match_pages([page], [load_definition(path)])
    assert isinstance(record, RawDeclaration)
    targets = {f.path: f.text for f in record.fields if f.path.endswith("target")}
    assert targets == {"rows_1/0/target": "≥3", "rows_2/0/target": "≥1", "rows_2/1/target": "100%"}


def test_heading_title_year_and_lines() -> None:
    found = of_rows(PAIR, lines=("（2021年度）", "填报单位：甲局   填报日期：2021年3月1日"))
    assert [(f.key, f.type.value, f.place) for f in found.values()][:4] == [
        ("title", "title", "heading"),
        ("year", "year", "heading"),
        ("applicant", "text", "heading"),
        ("field_1", "date", "heading"),
    ]


def test_a_remark_behind_the_title_is_left_out_and_does_not_matter(tmp_path) -> None:
    rows = [PAIR, ["项目名称", "甲", "经费名称", "乙"]]
    page = printed_page(1, "专项经费登记表（样表）", printed_grid(rows))
    form = drafted(page)
    assert form.title == "专项经费登记表"
    path = tmp_path / "drafted.yaml"
    path.write_text(draft_yaml(replace(form, title="专项经费登记表（一）"), "drafted"), "utf-8")
    (record,) = match_pages([page], [load_definition(path)])
    assert isinstance(record, RawDeclaration)


def test_label_in_the_cell_of_its_value() -> None:
    found = of_rows(["填报人：李四 复核人：王五", "<", "<", "<"], PAIR)
    assert found["填报人"].notes[0] is Note.MORE_IN_CELL


def test_the_next_form_in_the_file_is_left_alone() -> None:
    form = drafted(
        printed_page(1, "专项经费申请书", printed_grid([PAIR, ["项目名称", "甲", "<", "<"]])),
        printed_page(2, "项目验收登记表", printed_grid([PAIR])),
    )
    assert form.pages == (1,)


@pytest.mark.parametrize("strip", [False, True])
def test_the_home_form_is_drafted_as_it_is_defined(strip: bool, tmp_path) -> None:
    pages = [printed_page(1, *TITLE, printed_grid([*head_rows(), *tail_rows()]))]
    form = drafted(*(without_geometry(p) if strip else p for p in pages))
    path = tmp_path / "drafted.yaml"
    path.write_text(draft_yaml(form, "drafted"), encoding="utf-8")
    report = check_file(path)
    assert report.complaints == ()
    assert report.definition is not None
    mine = {f.key: f for f in report.definition.fields}
    for field in home_form().fields:
        assert mine[field.key].type is field.type
        assert mine[field.key].options == field.options
        assert [c.key for c in mine[field.key].columns] == [c.key for c in field.columns]


def test_a_page_without_a_table_gives_no_draft() -> None:
    assert draft_form([printed_page(1, "专项经费申请书", "负责人：张三")], [home_form()]) is None
