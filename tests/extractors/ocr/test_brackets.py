import pytest

from extractors.ocr.brackets import settle_parted_pairs
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
