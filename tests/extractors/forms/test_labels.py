from __future__ import annotations

import pytest
from printed_pages import home_form

from extractors.forms.labels import label_matches
from extractors.forms.titles import CLEAR_TITLE, looks_like_title, title_similarity


@pytest.mark.parametrize(
    ("printed", "key", "unit"),
    [
        ("项 目 总 预 算（元）", "total_budget", "元"),
        ("项目总预算(万元)", "total_budget", "万元"),
        ("项目总预算（万\n元）", "total_budget", "万元"),
        ("项目总预算（单位：万元", "total_budget", "万元"),
        ("⽬标值", "target", None),
        ("项日总目标", "overall_goal", None),
        ("同名项目上年预算执行教（元）", "prev_execution", "元"),
        ("项目当年投入\n资金构成", "subprojects", None),
        ("三、立项依据", "basis", None),
        ("项目概况（500字以内）：", "overview", None),
        ("保证项目实施的制度措施", "safeguards", None),
        ("二级指标", "level2", None),
        ("开始时问", "start_date", None),
    ],
)
def test_labels_are_known_in_spite_of_print(printed: str, key: str, unit: str | None) -> None:
    best = label_matches(printed, home_form())[0]
    assert (best.column.key if best.column else best.field.key) == key
    assert best.unit == unit


@pytest.mark.parametrize(
    "printed", ["项目属性", "主管部门及代码", "质量目标", "联系电话", "", "甲" * 60]
)
def test_other_texts_are_no_labels(printed: str) -> None:
    assert label_matches(printed, home_form()) == ()


@pytest.mark.parametrize(
    ("line", "is_title"),
    [
        ("上海市财政支出项目绩效目标申报表", True),
        ("上 海 市 财 政 支 出 项 目 绩 效 目 标 申 报 表", True),
        ("附件2：浦江区财政支出项目绩效目标申报表（2021年度）", True),
        ("2019年上海市财政支出项目绩效目标申报表", True),
        ("上海市财攻支出项目绩效日标申报表", True),
        ("上海市财政支出项目绩效目标评审表", False),
        ("上海市财政支出项目绩效自评表", False),
        ("项目支出绩效目标申报表", False),
        ("上海市财政支出项目绩效目标申报表填报说明", False),
        ("上海市财政支出项目绩效目标申报表........3", False),
        ("上海市财政支出项目绩效目标申报表（河道清淤） 12", False),
    ],
)
def test_titles(line: str, is_title: bool) -> None:
    assert (title_similarity(line, home_form()) >= CLEAR_TITLE) is is_title


@pytest.mark.parametrize(
    ("line", "is_title"),
    [
        ("工 伤 认 定 申 请 表", True),
        ("建设项目登记表（2021年）", True),
        ("法定代表", False),
        ("单位：元", False),
        ("请如实填写本表。", False),
        ("预算表 ...... 4", False),
    ],
)
def test_lines_that_could_be_titles(line: str, is_title: bool) -> None:
    assert looks_like_title(line) is is_title
