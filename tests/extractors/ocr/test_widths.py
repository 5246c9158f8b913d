from __future__ import annotations

import pytest

from extractors.ocr.port import Char, Reading
from extractors.ocr.widths import settle_widths

LEANING_RIGHT, LEANING_LEFT = "（", "），。：；！？"
LEAN = 0.22


def advance(sign: str, half: float) -> float:
    """Em that a printed sign takes; ASCII punctuation is the narrowest."""
    if sign in "<>=":
        return 0.57
    if sign in "(),:;!?":
        return half
    return 0.53 if sign.isascii() else 1.0


def as_printed(printed: str, read: str, half: float = 0.36) -> tuple[Reading, float]:
    """What an engine returns that reads ``read`` where ``printed`` stands, and the em."""
    assert len(printed) == len(read)
    centres, x = [], 0.25
    for sign in printed:
        lean = LEAN if sign in LEANING_RIGHT else -LEAN if sign in LEANING_LEFT else 0.0
        centres.append(x + advance(sign, half) / 2 + lean)
        x += advance(sign, half)
    width = x + 0.25
    chars = (Char(s, 0.9, c / width) for s, c in zip(read, centres, strict=True))
    return Reading(tuple(chars)), 1 / width


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("项目总预算（万元）合计", "项目总预算(万元)合计"),
        ("项目总预算(万元)合计数", "项目总预算（万元）合计数"),
        ("项目总预算（万元）合计", "项目总预算（万元)合计"),
        ("目标完成情况：已完成", "目标完成情况:已完成"),
        ("目标完成情况:已完成数", "目标完成情况：已完成数"),
        ("实施单位（公章）", "实施单位(公章)"),
        ("单位（盖章）：财政局", "单位(盖章):财政局"),
        ("完成率＞90的单位", "完成率>90的单位"),
        ("完成率>90的单位数", "完成率＞90的单位数"),
        ("＞95分的单位", ">95分的单位"),
        (">95分的单位数", "＞95分的单位数"),
        (">=95分的单位", "＞=95分的单位"),
        ("〔2016〕82号）；(2)《预算法》", "〔2016〕82号)；(2)《预算法》"),
        ("办法第30条；(2)《目录》", "办法第30条；（2)《目录》"),
        ("办法第30条；（2）《目录》", "办法第30条；(2）《目录》"),
    ],
)
def test_punctuation_takes_the_width_that_fits_its_room(printed: str, read: str) -> None:
    reading, em = as_printed(printed, read)
    assert settle_widths(reading, em).text == printed


@pytest.mark.parametrize(
    "text", ["项目总预算（万元）合计", "比例(%)为多少", "第1:2档", "（一）项目概况"]
)
def test_what_was_read_right_stays(text: str) -> None:
    reading, em = as_printed(text, text)
    assert settle_widths(reading, em) == reading


def test_bracket_at_the_end_follows_its_partner() -> None:
    reading, em = as_printed("项目总预算（万元）", "项目总预算(万元)")
    assert settle_widths(reading, em).text == "项目总预算（万元）"


def with_space(before: str, after: str, room: float) -> tuple[Reading, float]:
    """A space read between two stretches that stand ``room`` em apart."""
    printed, em = as_printed(before + after, before + after)
    width = 1 / em
    shift = room / (width + room)
    places = [c.x * width / (width + room) for c in printed.chars]
    places = [x + (shift if i >= len(before) else 0.0) for i, x in enumerate(places)]
    chars = [Char(s, 0.9, x) for s, x in zip(before + after, places, strict=True)]
    middle = (places[len(before) - 1] + places[len(before)]) / 2
    chars.insert(len(before), Char(" ", 0.6, middle))
    return Reading(tuple(chars)), 1 / (width + room)


@pytest.mark.parametrize(
    ("before", "after"),
    [("项目总目标：", "完成任务"), ("资金来源", "（万元）"), ("第一，", "第二条")],
)
def test_blank_half_of_a_sign_is_no_space(before: str, after: str) -> None:
    reading, em = with_space(before, after, 0.0)
    assert settle_widths(reading, em).text == before + after


@pytest.mark.parametrize(
    ("before", "after", "room"),
    [("联系人张三", "电话号码", 1.0), ("联系人张三", "电话号码", 0.5), ("Windows", "Server", 0.26)],
)
def test_printed_space_is_kept(before: str, after: str, room: float) -> None:
    reading, em = with_space(before, after, room)
    assert settle_widths(reading, em).text == f"{before} {after}"


def test_bracket_beside_a_point_of_dirt_follows_its_partner() -> None:
    printed, em = as_printed("（三）第一季度完成", "(三)第一季度完成")
    dirt = Char("·", 0.9, printed.chars[0].x - 0.5 * em)
    settled = settle_widths(Reading((dirt, *printed.chars)), em)
    assert settled.text == "·（三）第一季度完成"


def test_sign_behind_a_narrow_quotation_mark_keeps_its_width() -> None:
    text = "认为亟需改善”，仅三户反对"
    widths = [0.45 if sign == "”" else 1.0 for sign in text]
    ends = [sum(widths[: i + 1]) for i in range(len(text))]
    centres = [
        end - width / 2 - (LEAN if sign == "，" else 0.0)
        for sign, width, end in zip(text, widths, ends, strict=True)
    ]
    chars = (Char(s, 0.9, c / ends[-1]) for s, c in zip(text, centres, strict=True))
    assert settle_widths(Reading(tuple(chars)), 1 / ends[-1]).text == text


def test_empty_reading_stays_empty() -> None:
    assert settle_widths(Reading(()), 0.1) == Reading(())
