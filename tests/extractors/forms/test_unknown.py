"""What geometry tells of a form that nobody has defined: pairs and options."""

from __future__ import annotations

import pytest
from printed_pages import EM, home_form, printed_grid, printed_line, printed_page, without_geometry

from extractors.evidence import MarkState, PageEvidence, PageKind
from extractors.forms.matching import match_pages
from extractors.forms.raw import RawUnmatched

YES, NO = MarkState.CHECKED, MarkState.EMPTY
THIRDS = (0.25, 0.25, 0.25, 0.25)


def unmatched(*pages: PageEvidence) -> RawUnmatched:
    (record,) = match_pages(pages, [home_form()])
    assert isinstance(record, RawUnmatched)
    return record


def pairs_of(rows: list[list[str]], *, widths: tuple[float, ...] = THIRDS) -> list[tuple[str, str]]:
    page = printed_page(1, "专项经费申请书", printed_grid(rows, widths=widths))
    return [(p.label, p.value) for p in unmatched(page).pairs]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # Labels beside their values.
        (
            [["单位全称", "甲局", "主管部门", "乙厅"], ["邮编", "200000", "负责人", "张三"]],
            [("单位全称", "甲局"), ("主管部门", "乙厅"), ("邮编", "200000"), ("负责人", "张三")],
        ),
        # Labels above their values, once and in rows.
        (
            [["经费编号", "经费名称", "申请金额", "负责人"], ["A-1", "体检", "100", "张三"]],
            [
                ("经费编号", "A-1"),
                ("经费名称", "体检"),
                ("申请金额", "100"),
                ("负责人", "张三"),
            ],
        ),
        (
            [["经费明细", "内容", "金额", "说明"], ["^", "床", "1", ""], ["^", "桌", "2", "旧"]],
            [
                ("经费明细", "内容\n金额\n说明"),
                ("内容", "床"),
                ("金额", "1"),
                ("说明", ""),
                ("内容", "桌"),
                ("金额", "2"),
                ("说明", "旧"),
            ],
        ),
        # A blank corner: one label beside all rows, or a name beside each.
        (
            [["", "内容", "<", "金额"], ["经费明细", "床", "<", "1"], ["^", "桌", "<", "2"]],
            [("内容", "床"), ("金额", "1"), ("内容", "桌"), ("金额", "2")],
        ),
        (
            [
                ["", "年初预算", "全年执行数", "得分"],
                ["财政资金", "1", "2", "3"],
                ["其他", "4", "5", "6"],
            ],
            [
                ("财政资金 年初预算", "1"),
                ("财政资金 全年执行数", "2"),
                ("财政资金 得分", "3"),
                ("其他 年初预算", "4"),
                ("其他 全年执行数", "5"),
                ("其他 得分", "6"),
            ],
        ),
        (
            [
                ["经费（万元）", "", "年初预算", "执行率"],
                ["^", "其中：财政拨款", "1", "90%"],
                ["^", "其他", "0", "—"],
            ],
            [
                ("其中：财政拨款 年初预算", "1"),
                ("其中：财政拨款 执行率", "90%"),
                ("其他 年初预算", "0"),
                ("其他 执行率", "—"),
            ],
        ),
        # Names above figures, and two labels with years beside a common one.
        (
            [["经费来源", "总额", "财政", "其他"], ["^", "10", "8", "2"]],
            [("经费来源", "总额\n财政\n其他"), ("总额", "10"), ("财政", "8"), ("其他", "2")],
        ),
        (
            [
                ["总体目标", "中期目标（2020—2022年）", "<", "年度目标"],
                ["^", "做甲。", "<", "做乙。"],
            ],
            [
                ("总体目标", "中期目标（2020—2022年）\n年度目标"),
                ("中期目标（2020—2022年）", "做甲。"),
                ("年度目标", "做乙。"),
            ],
        ),
        # A label left of several values, and a group of labels left of theirs.
        (
            [["主要内容", "先做甲。", "<", "<"], ["^", "再做乙。", "<", "<"]],
            [("主要内容", "先做甲。\n再做乙。")],
        ),
        (
            [["经费来源", "财政拨款", "100", "<"], ["^", "自筹资金", "20", "<"]],
            [("经费来源", "财政拨款\n自筹资金"), ("财政拨款", "100"), ("自筹资金", "20")],
        ),
        # A label across, its value below; label and value in one cell.
        ([["审核意见", "<", "<", "<"], ["同意。", "<", "<", "<"]], [("审核意见", "同意。")]),
        (
            [["编制依据    见附件", "<", "<", "<"], ["甲", "乙", "丙", "丁"]],
            [("编制依据", "见附件"), ("甲", "乙"), ("丙", "丁")],
        ),
        ([["填报人：李四", "<", "<", "<"], ["年度", "2020", "<", "<"]], None),
    ],
)
def test_pairs_of_a_table(rows: list[list[str]], expected: list[tuple[str, str]] | None) -> None:
    assert pairs_of(rows) == (expected or [("填报人", "李四"), ("年度", "2020")])


def test_rows_go_on_under_their_header_over_a_page_break() -> None:
    head = [["内容", "金额", "说明", "负责人"], ["床", "1", "新", "张三"]]
    record = unmatched(
        printed_page(1, "专项经费申请书", printed_grid(head)),
        printed_page(2, printed_grid([["桌", "2", "旧", "李四"]])),
    )
    assert [(p.label, p.value, p.page) for p in record.pairs][-2:] == [
        ("说明", "旧", 2),
        ("负责人", "李四", 2),
    ]


def test_values_of_several_rows_are_no_field_of_the_form() -> None:
    rows = [["项目名称", "申请金额", "起止时间", "负责人"], ["甲", "1", "a", "张三"]]
    once = unmatched(printed_page(1, "专项经费申请书", printed_grid(rows)))
    assert {f.path: f.text for f in once.fields}["project_name"] == "甲"
    rows.append(["乙", "2", "b", "李四"])
    twice = unmatched(printed_page(1, "专项经费申请书", printed_grid(rows)))
    assert "project_name" not in {f.path for f in twice.fields}


def aligned_page(rows: list[tuple[str, ...]]) -> PageEvidence:
    lines = [printed_line("专项经费申请表", 0.35, 0.05)]
    for number, row in enumerate(rows):
        for text, x in zip(row, (0.1, 0.3, 0.55, 0.75), strict=False):
            if text:
                lines.append(printed_line(text, x, 0.1 + 2 * EM * number))
    return PageEvidence(1, PageKind.DIGITAL, tuple(lines), "fake")


ALIGNED = [
    ("单位全称", "甲局", "主管部门", "乙厅"),
    ("经费名称", "职工体检"),
    ("申请金额", "12,000.00", "填报日期", "2020年1月2日"),
    ("主要内容", "先做甲，再做"),
    ("", "乙和丙。"),
    ("编制依据", "见附件"),
    ("联系电话", "000"),
    ("负责人", "张三"),
    ("备注", "无"),
]


def test_aligned_columns_without_rulings_are_labels_and_values() -> None:
    record = unmatched(aligned_page(ALIGNED))
    pairs = {p.label: p.value.replace("\n", "") for p in record.pairs}
    assert pairs["经费名称"] == "职工体检"
    assert pairs["主管部门"] == "乙厅"
    assert pairs["主要内容"] == "先做甲，再做乙和丙。"
    assert pairs["备注"] == "无"


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("□新增项目 ☑延续项目", ["新增项目", "延续项目"]),
        ("新增项目□ 延续项目☑", ["新增项目", "延续项目"]),
        ("属性：□新增项目 ☑延续项目", ["新增项目", "延续项目"]),
        ("□新增项目　无框的项目 ☑延续项目", ["新增项目", "延续项目"]),
        ("□新增项目 无框的项目 ☑延续项目", ["新增项目", "延续项目"]),
        ("新增项目□ 延续\\项目☑", ["新增项目", "延续项目"]),
        ("□新增项目\n☑延续项目", ["新增项目", "延续项目"]),
    ],
)
def test_boxes_are_labelled_by_their_options(text: str, labels: list[str]) -> None:
    rows = [["项目属性", text, "<", "<"], ["负责人", "张三", "电话", "1"]]
    page = printed_page(1, "专项经费申请书", printed_grid(rows))
    for read in (page, without_geometry(page)):
        marks = unmatched(read).marks
        assert [(m.label, m.state) for m in marks] == list(zip(labels, (NO, YES), strict=True))


def test_a_cell_that_leaves_a_doubt_follows_the_forms_other_boxes() -> None:
    rows = [
        ["经费性质", "新增项目□ 延续项目☑", "<", "<"],
        ["经费用途", "工程类□设备类", "<", "<"],
    ]
    page = printed_page(1, "专项经费申请书", printed_grid(rows))
    assert [m.label for m in unmatched(page).marks] == ["新增项目", "延续项目", "工程类"]
