import pytest

from extractors.ocr.brackets import settle_like_pairs, settle_list_numbers, settle_parted_pairs
from extractors.ocr.port import Char, Reading


def lines(*texts):
    return [
        Reading(tuple(Char(c, 0.9, (n + 0.5) / len(text)) for n, c in enumerate(text)))
        for text in texts
    ]


@pytest.mark.parametrize(
    ("settled", "read", "wanted"),
    [
        (("满意度", "(50", "分）"), ("满意度", "(50", "分）"), ("满意度", "（50", "分）")),
        (("满意度", "(50", "分）"), ("满意度", "（50", "分)"), ("满意度", "（50", "分）")),
        (("满意度", "(50", "分）"), ("满意度", "(50", "分)"), ("满意度", "(50", "分)")),
        (("指标(50", "分）"), ("指标(50", "分）"), ("指标(50", "分)")),
        (("(50", "分）合计"), ("(50", "分)合计"), ("（50", "分）合计")),
        (
            ("甲（乙", "丙(丁）戊", "己)"),
            ("甲（乙", "丙(丁）戊", "己)"),
            ("甲（乙", "丙(丁）戊", "己）"),
        ),
    ],
)
def test_a_pair_takes_the_width_of_the_surer_bracket(settled, read, wanted):
    found = settle_parted_pairs(lines(*settled), lines(*read))
    assert tuple(r.text for r in found) == wanted


@pytest.mark.parametrize(
    "texts",
    [
        ("甲（乙", "丙)丁"),
        ("甲（乙", "丙"),
        ("1)甲", "2）乙"),
        ("甲(乙）", "丙"),
        ("", "（", "）"),
    ],
)
def test_what_two_rooms_told_or_stands_alone_stays(texts):
    found = settle_parted_pairs(lines(*texts), lines(*texts))
    assert tuple(r.text for r in found) == texts


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (
            ("(1)甲；(2)乙；（3）丙", "(4)丁"),
            ("(1)甲；(2)乙；(3)丙", "(4)丁"),
        ),
        (("(1)甲；(2)乙；（3", "）丙；(4)丁"), ("(1)甲；(2)乙；(3", ")丙；(4)丁")),
        (("(1)甲。", "（2）乙。", "（3）丙"), ("（1）甲。", "（2）乙。", "（3）丙")),
        (("（1）《甲》", "(2)乙。", "（3）《丙》"), ("(1)《甲》", "(2)乙。", "(3)《丙》")),
        (("(1)《甲》", "（2）乙。", "(3)《丙》"), ("（1）《甲》", "（2）乙。", "（3）《丙》")),
        (("（一)甲。", "（二）乙。", "（三）丙"), ("（一）甲。", "（二）乙。", "（三）丙")),
    ],
)
def test_a_list_number_follows_the_others(texts, wanted):
    assert tuple(r.text for r in settle_list_numbers(lines(*texts))) == wanted


@pytest.mark.parametrize(
    "texts",
    [
        ("(1)甲。", "（2）乙"),
        ("（1）甲。", "（2）乙（3)丙"),
        ("（一）甲。(1)乙；", "（二）丙。(1)丁；", "（三）戊。"),
        ("（试行）甲。", "（2）乙。", "(2020)丙"),
    ],
)
def test_other_brackets_are_no_list_numbers(texts):
    assert tuple(r.text for r in settle_list_numbers(lines(*texts))) == texts


def test_like_figures_follow_those_whose_room_tells():
    cells = [lines("产出指标（22分）合计"), lines("满意度指标", "(26分)"), lines("预算", "(万元)")]
    found = settle_like_pairs(cells)
    assert ["".join(r.text for r in cell) for cell in found] == [
        "产出指标（22分）合计",
        "满意度指标（26分）",
        "预算(万元)",
    ]


def test_a_bracket_at_the_end_of_a_line_leads_like_figures():
    cells = [lines("产出指标(", "30分)"), lines("满意度指标", "（30分）")]
    found = settle_like_pairs(cells)
    assert "".join(r.text for r in found[1]) == "满意度指标(30分)"
