"""Which pages are which form: bound archives, covers, contents, prose, forms of another kind."""

from __future__ import annotations

import pytest
from printed_pages import (
    TITLE,
    head_rows,
    home_form,
    one,
    printed_grid,
    printed_page,
    tail_rows,
    without_geometry,
)

from extractors.evidence import PageEvidence
from extractors.forms.matching import match_pages
from extractors.forms.pages import SkipReason
from extractors.forms.raw import RawDeclaration, RawRecord, RawSkipped, RawUnmatched

COVER = ("某区水务局", "2019年度部门预算绩效材料", "二〇一九年一月")
CONTENTS = (
    "目  录",
    "上海市财政支出项目绩效目标申报表（河道清淤）……………3",
    "上海市财政支出项目绩效目标申报表（泵站维修）……………5",
)
PROSE = tuple(
    f"第{n}段说明：本部门按照要求编制绩效目标，并逐项核对有关数据的来源和口径。"
    for n in "一二三四五六"
)
OTHER_ROWS = [
    ["项目名称", "河道清淤", "主管部门", "某区水务局"],
    ["实施单位", "某清淤公司", "联系电话", "000"],
    ["预算数", "100", "执行数", "80"],
    ["备注", "", "<", "<"],
]


def read(*pages: PageEvidence) -> tuple[RawRecord, ...]:
    return match_pages(pages, [home_form()])


def form_pages(number: int, name: str, *title: str) -> tuple[PageEvidence, PageEvidence]:
    return (
        printed_page(number, *title, printed_grid(head_rows(name))),
        printed_page(number + 1, printed_grid(tail_rows())),
    )


def summary(records: tuple[RawRecord, ...]) -> list[tuple[str, tuple[int, ...]]]:
    return [(type(r).__name__, r.pages) for r in records]


def reasons(records: tuple[RawRecord, ...]) -> list[str]:
    return [r.reason for r in records if isinstance(r, RawSkipped)]


def test_a_bound_archive_gives_exactly_its_declarations() -> None:
    records = read(
        printed_page(1, *COVER),
        printed_page(2, *CONTENTS),
        *form_pages(3, "河道清淤", *TITLE),
        printed_page(5, *PROSE),
        *form_pages(6, "泵站维修", *TITLE),
        *form_pages(8, "水质监测", *TITLE),
        printed_page(10),
    )
    assert summary(records) == [
        ("RawSkipped", (1,)),
        ("RawSkipped", (2,)),
        ("RawDeclaration", (3, 4)),
        ("RawSkipped", (5,)),
        ("RawDeclaration", (6, 7)),
        ("RawDeclaration", (8, 9)),
        ("RawSkipped", (10,)),
    ]
    assert reasons(records) == [
        SkipReason.COVER,
        SkipReason.CONTENTS,
        SkipReason.TEXT,
        SkipReason.BLANK,
    ]


def test_two_declarations_share_a_page() -> None:
    upper = printed_grid(tail_rows(), top=0.1)
    lower = printed_grid(head_rows("泵站维修"), top=0.7)
    records = read(
        printed_page(1, *TITLE, printed_grid(head_rows())),
        printed_page(2, upper, *TITLE, lower),
        printed_page(3, printed_grid(tail_rows())),
    )
    assert summary(records) == [("RawDeclaration", (1, 2)), ("RawDeclaration", (2, 3))]
    assert [one(r, "project_name").text for r in records if isinstance(r, RawDeclaration)] == [
        "河道清淤",
        "泵站维修",
    ]


@pytest.mark.parametrize(
    "title",
    [
        ("上 海 市 财 政 支 出 项 目 绩 效 目 标 申 报 表",),
        ("上海市财政支出项目", "绩效目标申报表"),
        ("浦江区财政支出项目绩效目标申报表（2019年度）",),
        ("上海巿财攻支岀项目绩效日标申报表",),
        (),
    ],
)
def test_titles_in_every_print(title: tuple[str, ...]) -> None:
    assert summary(read(*form_pages(1, "河道清淤", *title))) == [("RawDeclaration", (1, 2))]


def test_title_year_and_applicant_within_the_table() -> None:
    head = [
        ["附件1", "<", "<", "<"],
        [TITLE[0], "<", "<", "<"],
        ["（2019年度）", "<", "<", "<"],
        ["申报单位名称：某区水务局", "<", "<", "<"],
    ]
    (record,) = read(printed_page(1, printed_grid([*head, *head_rows(), *tail_rows()])))
    assert isinstance(record, RawDeclaration)
    assert one(record, "title").text == TITLE[0]
    assert one(record, "year").text == "（2019年度）"
    assert one(record, "applicant").text == "某区水务局"


def test_applicant_in_a_cell_of_its_own() -> None:
    rows = [["申报单位名称", "某区水务局", "<", "<"], *head_rows(), *tail_rows()]
    (record,) = read(printed_page(1, *TITLE[:2], printed_grid(rows)))
    assert isinstance(record, RawDeclaration)
    assert one(record, "applicant").text == "某区水务局"


def test_declarations_in_one_grid_are_cut_at_their_titles() -> None:
    form = [[TITLE[0], "<", "<", "<"], *head_rows(), *tail_rows()]
    records = read(printed_page(1, printed_grid(form + form)))
    assert summary(records) == [("RawDeclaration", (1,))] * 2


def test_declarations_without_titles_are_told_by_their_labels() -> None:
    records = read(*form_pages(1, "河道清淤"), *form_pages(3, "泵站维修"))
    assert summary(records) == [("RawDeclaration", (1, 2)), ("RawDeclaration", (3, 4))]


def test_a_running_title_is_no_new_form() -> None:
    records = read(
        printed_page(1, *TITLE, printed_grid(head_rows())),
        printed_page(2, TITLE[0], printed_grid(tail_rows())),
    )
    assert summary(records) == [("RawDeclaration", (1, 2))]


def test_a_heading_may_end_its_page_and_its_columns_begin_on_the_next() -> None:
    rows = tail_rows()
    at = next(i for i, row in enumerate(rows) if row[0] == "一级指标")
    records = read(
        printed_page(1, *TITLE, printed_grid([*head_rows(), *rows[:at]])),
        printed_page(2, printed_grid(rows[at:-1], widths=(0.1, 0.16, 0.35, 0.39))),
    )
    assert summary(records) == [("RawDeclaration", (1, 2))]
    (record,) = records
    assert isinstance(record, RawDeclaration)
    assert one(record, "indicators/3/target").text == "90%"


def test_a_blank_back_between_two_pages_is_skipped() -> None:
    first, second = form_pages(1, "河道清淤", *TITLE)
    last = printed_page(3, *second.blocks)
    assert summary(read(first, printed_page(2), last)) == [
        ("RawDeclaration", (1, 3)),
        ("RawSkipped", (2,)),
    ]


@pytest.mark.parametrize(
    "title",
    ["财政支出项目绩效自评表", "上海市财政支出项目绩效目标评审表", "项目支出绩效目标申报表"],
)
def test_another_form_is_unmatched_with_the_labels_it_shares(title: str) -> None:
    (record,) = read(printed_page(1, title, printed_grid(OTHER_ROWS)))
    assert isinstance(record, RawUnmatched)
    assert record.title == title
    pairs = {p.label: p.value for p in record.pairs}
    assert pairs["实施单位"] == "某清淤公司"
    assert pairs["执行数"] == "80"
    assert {f.path: f.text for f in record.fields}["project_name"] == "河道清淤"
    assert len(record.tables) == 1


@pytest.mark.parametrize("title", ["财政支出项目绩效自评表", "上海市财政支出项目绩效目标评审表"])
def test_another_title_is_not_outvoted_by_labels(title: str) -> None:
    page = printed_page(1, title, printed_grid(head_rows() + tail_rows()))
    assert summary(read(page)) == [("RawUnmatched", (1,))]


def test_another_form_behind_a_declaration_stands_alone() -> None:
    records = read(
        *form_pages(1, "河道清淤", *TITLE),
        printed_page(3, "项目验收登记表", printed_grid(OTHER_ROWS)),
    )
    assert summary(records) == [("RawDeclaration", (1, 2)), ("RawUnmatched", (3,))]


def test_a_title_alone_is_no_declaration() -> None:
    records = read(printed_page(1, *TITLE), printed_page(2, *CONTENTS))
    assert summary(records) == [("RawSkipped", (1,)), ("RawSkipped", (2,))]


def test_a_ruled_table_of_contents_is_skipped() -> None:
    rows = [["序号", "名称", "<", "页码"], ["1", TITLE[0], "<", "3"], ["2", TITLE[0], "<", "5"]]
    records = read(printed_page(1, "目 录", printed_grid(rows)), *form_pages(2, "河道清淤", *TITLE))
    assert summary(records) == [("RawSkipped", (1,)), ("RawDeclaration", (2, 3))]


def test_a_frame_around_a_cover_is_no_form() -> None:
    page = printed_page(1, printed_grid([["某区水务局\n绩效材料\n二〇一九年"]], widths=(1.0,)))
    assert reasons(read(page)) == [SkipReason.COVER]


def test_a_form_of_lines_gives_pairs() -> None:
    page = printed_page(
        1,
        "设备报修申请表",
        "姓名：张某  电话：000",
        "项目名称：泵站维修",
        "□一般 ☑紧急",
        "申报日期：",
        *(f"说明{n}：" for n in "一二三四五"),
    )
    (record,) = read(page)
    assert isinstance(record, RawUnmatched)
    assert record.title == "设备报修申请表"
    assert [(p.label, p.value) for p in record.pairs][:4] == [
        ("姓名", "张某"),
        ("电话", "000"),
        ("项目名称", "泵站维修"),
        ("申报日期", ""),
    ]
    assert [(m.label, m.state.value) for m in record.marks] == [
        ("一般", "empty"),
        ("紧急", "checked"),
    ]


def test_every_page_is_in_a_record() -> None:
    pages = [
        printed_page(1, *COVER),
        *form_pages(2, "河道清淤", *TITLE),
        printed_page(4, printed_grid(OTHER_ROWS)),
        printed_page(5, *PROSE),
    ]
    assert {p for r in read(*pages) for p in r.pages} == {1, 2, 3, 4, 5}
    assert read() == ()


def test_text_source_with_several_declarations() -> None:
    page = printed_page(
        1,
        *COVER,
        *TITLE,
        printed_grid(head_rows()),
        printed_grid(tail_rows()),
        *PROSE,
        *TITLE,
        printed_grid(head_rows("泵站维修")),
        printed_grid(tail_rows()),
    )
    assert summary(read(without_geometry(page))) == [("RawDeclaration", (1,))] * 2


def test_unit_of_label_or_form_goes_with_the_amount() -> None:
    rows = tail_rows()
    rows[2] = ["项目总预算（万元）", "1", "项目当年预算", "2"]
    (record,) = read(printed_page(1, *TITLE, "金额单位：亿元", printed_grid(head_rows() + rows)))
    assert isinstance(record, RawDeclaration)
    assert one(record, "total_budget").unit == "万元"
    assert one(record, "annual_budget").unit == "亿元"
    assert one(record, "prev_budget").unit == "元"


def test_unit_that_only_one_label_lacks_is_that_of_the_others_and_doubted() -> None:
    rows = tail_rows()
    rows[2] = ["项目总预算", "5", "项目当年预算（万元）", "2"]
    rows[3] = ["同名项目上年预算额（万元）", "3", "同名项目上年预算执行数（万元）", "4"]
    (record,) = read(printed_page(1, *TITLE, printed_grid(head_rows() + rows)))
    assert isinstance(record, RawDeclaration)
    assert one(record, "total_budget").unit == "万元"
    assert one(record, "total_budget").issues == ("amount_ambiguous",)
    assert one(record, "annual_budget").issues == ()


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("备汪", "remarks"),
        ("立项依据一", "basis"),
        ("开始吋间", "start_date"),
        ("顶日概况", "overview"),
    ],
)
def test_a_misread_label_is_found_between_its_neighbours(printed: str, key: str) -> None:
    rows = head_rows() + tail_rows()
    label = next(f for f in home_form().fields if f.key == key).labels[0]
    rows = [[printed if cell == label else cell for cell in row] for row in rows]
    (record,) = read(printed_page(1, *TITLE, printed_grid(rows)))
    assert isinstance(record, RawDeclaration)
    assert one(record, key).text is not None


@pytest.mark.parametrize(
    ("left", "found"),
    [("制度、措施", True), ("证目的度措", True), ("措施", False), ("组织措施", False)],
)
def test_what_a_seal_left_of_a_label_is_found_between_its_neighbours(
    left: str, found: bool
) -> None:
    rows = head_rows() + tail_rows()
    label = next(f for f in home_form().fields if f.key == "safeguards").labels[0]
    rows = [[left if cell == label else cell for cell in row] for row in rows]
    (record,) = read(printed_page(1, *TITLE, printed_grid(rows)))
    assert isinstance(record, RawDeclaration)
    raw = one(record, "safeguards")
    assert (raw.text is not None) is found
    assert ("low_confidence" in raw.issues) is found


def test_a_sum_row_is_no_subproject_and_an_empty_row_is_one() -> None:
    rows = tail_rows()
    rows[7:7] = [["^", "", "<", ""], ["^", "合计", "<", "100"]]
    (record,) = read(printed_page(1, *TITLE, printed_grid(head_rows() + rows)))
    assert isinstance(record, RawDeclaration)
    names = [f.text for f in record.fields if f.path.startswith("subprojects") and "name" in f.path]
    assert names == ["清淤一期", "清淤二期", ""]


def test_an_unknown_label_is_not_taken_for_a_value() -> None:
    rows = head_rows()
    rows[0] = ["项目名称", "河道清淤", "项目编号", "0042"]
    (record,) = read(printed_page(1, *TITLE, printed_grid(rows + tail_rows())))
    assert isinstance(record, RawDeclaration)
    assert one(record, "project_name").text == "河道清淤"


def test_proof_is_the_place_of_the_text() -> None:
    (record,) = read(printed_page(1, *TITLE, printed_grid(head_rows() + tail_rows())))
    assert isinstance(record, RawDeclaration)
    name = one(record, "project_name").provenance
    assert name is not None
    assert name.bbox is not None
    assert (name.page, name.engine, name.confidence) == (1, "fake", 0.9)
    assert name.bbox.width == pytest.approx(0.08)
    blank = one(record, "remarks").provenance
    assert blank is not None
    assert blank.bbox is not None
    assert blank.bbox.width == pytest.approx(0.64)
    applicant = one(record, "applicant").provenance
    assert applicant is not None
    assert applicant.bbox is not None
    assert applicant.bbox.x0 == pytest.approx(0.1 + 7 * 0.02)


def test_a_label_of_two_fields_gives_its_cell_to_both() -> None:
    rows = head_rows()
    rows[5] = ["起止时间", "2019年1月1日至2019年12月31日", "<", "<"]
    (record,) = read(printed_page(1, *TITLE, printed_grid(rows + tail_rows())))
    assert isinstance(record, RawDeclaration)
    assert one(record, "start_date").text == one(record, "end_date").text == rows[5][1]


@pytest.mark.parametrize("name", ["完工时间", "项目概况"])
def test_a_target_named_like_a_field_takes_no_page_from_its_form(name: str) -> None:
    rows = [*head_rows(), *tail_rows()]
    place = next(i for i, row in enumerate(rows) if row[:2] == ["^", "质量目标"])
    second = [["产出目标", "质量目标", name, "12月底前"], *rows[place + 1 :]]
    records = read(
        printed_page(1, *TITLE, printed_grid(rows[:place])), printed_page(2, printed_grid(second))
    )
    assert summary(records) == [("RawDeclaration", (1, 2))]
    (record,) = (r for r in records if isinstance(r, RawDeclaration))
    assert one(record, "indicators/1/level3").text == name
    assert one(record, "end_date").text == "2019年12月31日"
    assert one(record, "overview").text == "概况甲。"
