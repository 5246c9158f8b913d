"""Invented texts of a form, as a reader of tables and one of lines give them."""

import pytest

from bench.peer_labels import beside_or_below, sort_out
from bench.peer_marks import option_states
from bench.peer_pieces import PeerFile, Piece, as_line, from_line, outside
from bench.peer_rows import rows_of
from bench.peer_values import record_of
from extractors.evidence import MarkState
from extractors.geometry import BBox
from pipeline.definitions import definitions_in_use

FORM = next(d for d in definitions_in_use(None) if d.id == "sh_2019")
FIELDS = {field.key: field for field in FORM.fields}
CHECKED, EMPTY = MarkState.CHECKED, MarkState.EMPTY


def piece(text, x0, y, *, width=0.2, height=0.02, page=1, cell=False):
    return Piece(text, page, BBox(x0, y, x0 + width, y + height), cell)


def cell(text, x0, y, **place):
    return piece(text, x0, y, cell=True, **{"height": 0.05, **place})


def texts(pieces):
    return "".join(p.text for p in pieces)


def test_a_file_travels_as_one_line():
    file = PeerFile("a.pdf", 2, 1.5, (piece("甲\n乙", 0.1, 0.2), cell("", 0.1, 0.3, page=2)))
    assert from_line(as_line(file)) == file
    assert "\n" not in as_line(file)


def test_lines_in_cells_are_not_given_twice():
    line, other = piece("甲", 0.12, 0.11), piece("乙", 0.12, 0.5)
    assert outside([line, other], [cell("甲", 0.1, 0.1)]) == [other]


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("□新建 ☑改建", {"新建": EMPTY, "改建": CHECKED}),
        ("新建 口 改建√", {"新建": EMPTY, "改建": CHECKED}),
        ("新建改建☑", {"新建": None, "改建": CHECKED}),
        ("新建", {"新建": None}),
    ],
)
def test_tick_boxes_are_characters_beside_their_options(text, states):
    assert option_states(text, ["新建", "改建"]) == states


def test_a_value_stands_beside_the_nearest_label():
    row = [piece("项目总预算（元）", 0.1, 0.3), piece("100", 0.35, 0.3)]
    row += [piece("项目当年预算（元）", 0.6, 0.3, width=0.15), piece("50", 0.8, 0.3, width=0.1)]
    labelled = sort_out(row, FORM)
    values = beside_or_below(labelled, labelled.rest)
    total, annual = (labelled.of(FIELDS[key]) for key in ("total_budget", "annual_budget"))
    assert texts(values[id(total.piece)]) == "100"
    assert texts(values[id(annual.piece)]) == "50"
    assert total.unit == "元"


def test_a_label_that_the_print_wraps_is_one():
    lines = [
        piece("保证项目实施的", 0.1, 0.3, width=0.15),
        piece("制度、措施", 0.1, 0.325, width=0.1),
    ]
    assert sort_out(lines, FORM).of(FIELDS["safeguards"]).piece.text == "保证项目实施的制度、措施"


def test_page_numbers_are_no_values():
    assert sort_out([piece("第 1 页 共 2 页", 0.4, 0.95)], FORM).rest == ()


def table(make, *, wrapped=False):
    head = [make("子项目名称", 0.3, 0.5), make("预算金额（元）", 0.7, 0.5)]
    rows = [
        make("甲", 0.3, 0.55),
        make("10", 0.7, 0.55),
        make("乙", 0.3, 0.6),
        make("20", 0.7, 0.6),
    ]
    last = [make("合计", 0.3, 0.65), make("30", 0.7, 0.65)]
    more = [make("丁", 0.3, 0.62)] if wrapped else []
    return [make("项目当年投入资金构成", 0.05, 0.55), *head, *rows, *more, *last]


@pytest.mark.parametrize("make", [piece, cell])
def test_rows_stand_below_their_headers(make):
    rows = rows_of(FIELDS["subprojects"], sort_out(table(make), FORM))
    assert [(texts(r["name"]), texts(r["amount"])) for r in rows] == [
        ("甲", "10"),
        ("乙", "20"),
        ("合计", "30"),
    ]


def test_a_wrapped_line_goes_to_the_nearest_row():
    rows = rows_of(FIELDS["subprojects"], sort_out(table(piece, wrapped=True), FORM))
    assert texts(rows[1]["name"]) == "乙丁"


def test_a_merged_cell_is_given_to_each_row_it_covers():
    heads = ("一级指标", "二级指标", "三级指标", "指标目标值")
    pieces = [cell(text, 0.05 + 0.22 * i, 0.1) for i, text in enumerate(heads)]
    pieces += [cell("产出目标", 0.05, 0.15, height=0.1), cell("数量目标", 0.27, 0.15, height=0.1)]
    for i, y in enumerate((0.15, 0.2)):
        pieces += [cell(f"指标{i}", 0.49, y), cell(f"{i}次", 0.71, y)]
    rows = rows_of(FIELDS["indicators"], sort_out(pieces, FORM))
    assert [texts(row["level1"]) for row in rows] == ["产出目标", "产出目标"]
    assert [texts(row["level3"]) for row in rows] == ["指标0", "指标1"]


def test_a_record_has_normalized_values():
    pieces = [
        piece("上海市财政支出项目绩效目标申报表", 0.3, 0.05, width=0.4),
        piece("（2020年度）", 0.4, 0.08),
        piece("申报单位名称：某区水务站", 0.1, 0.1, width=0.4),
        piece("项目名称", 0.1, 0.2),
        piece("河道整治", 0.4, 0.2),
        piece("开始时间", 0.1, 0.25),
        piece("2020年1月1日", 0.4, 0.25),
        piece("项目总预算（万元）", 0.1, 0.3),
        piece("1.5", 0.4, 0.3),
        piece("项目类型", 0.1, 0.35),
        piece("□结转项目 ☑其他一次性项目", 0.4, 0.35, width=0.4),
        *table(piece),
    ]
    record = record_of(PeerFile("a.pdf", 1, 1.0, tuple(pieces)), "peer", FORM)
    values = record["values"]
    assert values["title"] == "上海市财政支出项目绩效目标申报表"
    assert (values["year"], values["applicant"]) == (2020, "某区水务站")
    assert (values["project_name"], values["start_date"]) == ("河道整治", "2020-01-01")
    assert values["total_budget"] == "15000.00"
    assert values["project_type"]["其他一次性项目"] is True
    assert values["subprojects"] == [
        {"name": "甲", "amount": "10.00"},
        {"name": "乙", "amount": "20.00"},
    ]


def test_a_file_without_labels_holds_no_declaration():
    assert record_of(PeerFile("a.pdf", 1, 1.0, ()), "peer", FORM) is None
