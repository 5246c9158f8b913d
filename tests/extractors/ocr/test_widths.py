from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.ocr.port import Char, Reading
from extractors.ocr.widths import settle_widths

LEANING_RIGHT, LEANING_LEFT = "（《“〔", "），。：；！？》”〕、"
LEAN = 0.22
MARGIN = 0.25
"""Paper before the first character, em."""
BEARING = 0.06
"""Paper between the beginning of a character's advance and its ink, em."""


def advance(sign: str, half: float) -> float:
    """Em that a printed sign takes; ASCII punctuation is the narrowest."""
    if sign in "<>=":
        return 0.57
    if sign in "(),:;!?":
        return half
    return 0.53 if sign.isascii() else 1.0


def is_trimmed(before: str, after: str) -> bool:
    """Whether a blank half between two full-width signs is cut away."""
    both = all(sign in LEANING_LEFT + LEANING_RIGHT for sign in (before, after))
    return both and (before in LEANING_LEFT or after in LEANING_RIGHT)


def settled(reading: Reading, em: float, bearing: float = BEARING) -> Reading:
    """The line settled whose ink begins ``bearing`` em within its first advance."""
    return settle_widths(reading, em, (MARGIN + bearing) * em)


def as_printed(
    printed: str, read: str, half: float = 0.36, trimmed: bool = False
) -> tuple[Reading, float]:
    """What an engine returns that reads ``read`` where ``printed`` stands, and the em."""
    assert len(printed) == len(read)
    centres, x = [], MARGIN
    for i, sign in enumerate(printed):
        lean = LEAN if sign in LEANING_RIGHT else -LEAN if sign in LEANING_LEFT else 0.0
        if trimmed and i and is_trimmed(printed[i - 1], sign):
            x -= 0.5
        centres.append(x + advance(sign, half) / 2 + lean)
        x += advance(sign, half)
    width = x + MARGIN
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
        (">=95分的单位", "＞=95分的单位"),
        ("〔2016〕82号）；(2)《预算法》", "〔2016〕82号)；(2)《预算法》"),
        ("办法第30条；(2)《目录》", "办法第30条；（2)《目录》"),
        ("办法第30条；（2）《目录》", "办法第30条；(2）《目录》"),
    ],
)
def test_punctuation_takes_the_width_that_fits_its_room(printed: str, read: str) -> None:
    reading, em = as_printed(printed, read)
    assert settled(reading, em).text == printed


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("《纲要（2020年）》（以下简称", "《纲要（2020年)》（以下简称"),
        ("通知》（国办发〔2016〕28号）、《意见》", "通知》(国办发〔2016〕28号)、《意见》"),
        ("全民科学素质推进计划），同时", "全民科学素质推进计划)，同时"),
        ("建设中心”，对外开放", "建设中心”,对外开放"),
        ("（居）、街（镇、乡）”，评选", "(居)、街（镇、乡)”，评选"),
        ("管理办法（试行）》", "管理办法（试行)》"),
        ("《规划（2016）》，同时推进", "《规划（2016）》,同时推进"),
    ],
)
@pytest.mark.parametrize("trimmed", [True, False])
def test_beside_another_full_width_sign_the_language_leads(
    printed: str, read: str, trimmed: bool
) -> None:
    """Such pairs are set in two squares or, trimmed, in one and a half."""
    reading, em = as_printed(printed, read, trimmed=trimmed)
    assert settled(reading, em).text == printed


def test_brackets_with_a_chinese_end_agree_at_both_ends_of_a_line() -> None:
    reading, em = as_printed("（2019年）", "(2019年)")
    assert settled(reading, em).text == "（2019年）"


@pytest.mark.parametrize(("read", "text"), [(")", "）"), ("）", "）"), (",", ","), ("，", "，")])
def test_bracket_alone_on_its_line_is_a_chinese_one(read: str, text: str) -> None:
    """It closes one on the line above; a comma is as large as it looks."""
    assert settled(Reading((Char(read, 0.9, 0.5),)), 0.6).text == text


@pytest.mark.parametrize(
    ("printed", "bearing"),
    [("＞95分的单位", 0.22), ("＞80%", 0.22), (">95分的单位", 0.06), ("<9%", 0.06)],
)
@pytest.mark.parametrize("late", [0.0, 0.1])
def test_first_comparison_is_as_wide_as_what_follows_stands_off(
    printed: str, bearing: float, late: float
) -> None:
    """The first character of a line is often placed late; its ink begins where it begins."""
    for first in {"＞": "＞>", ">": "＞>", "<": "＜<"}[printed[0]]:
        reading, em = as_printed(printed, first + printed[1:])
        chars = (replace(reading.chars[0], x=reading.chars[0].x + late * em), *reading.chars[1:])
        assert settled(Reading(chars), em, bearing).text == printed


@pytest.mark.parametrize(("printed", "late"), [("＞80%", 0.25), ("<9%", -0.3)])
def test_comparison_that_ink_and_place_tell_apart_is_unsure(printed: str, late: float) -> None:
    bearing = 0.22 if printed[0] == "＞" else 0.06
    reading, em = as_printed(printed, printed)
    chars = (replace(reading.chars[0], x=reading.chars[0].x + late * em), *reading.chars[1:])
    assert settled(Reading(chars), em, bearing).chars[0].probability <= 0.5
    assert settled(reading, em, bearing).chars[0].probability == reading.chars[0].probability


@pytest.mark.parametrize("late", [0.0, 0.17])
def test_figure_placed_a_step_late_does_not_widen_the_comparison_before_it(late: float) -> None:
    reading, em = as_printed("<9%", "<9%")
    chars = (reading.chars[0], *(replace(c, x=c.x + late * em) for c in reading.chars[1:]))
    assert settled(Reading(chars), em, 0.06).text == "<9%"


@pytest.mark.parametrize("printed", ["＞95分的单位", ">95分的单位", "<9%"])
def test_dirt_before_a_comparison_does_not_widen_it(printed: str) -> None:
    reading, em = as_printed(printed, printed)
    assert settled(reading, em, bearing=-0.4).text == printed


@pytest.mark.parametrize(
    ("squares", "text"), [(1.0, "人才队伍建设—上海报告"), (2.0, "人才队伍建设——上海报告")]
)
def test_dash_that_fills_two_squares_is_written_as_two(squares: float, text: str) -> None:
    before, after = "人才队伍建设", "上海报告"
    places = [MARGIN + 0.5 + i for i in range(6)]
    places += [places[-1] + (1 + squares) / 2]
    places += [places[5] + 1 + squares + i for i in range(4)]
    width = places[-1] + 0.5 + MARGIN
    chars = (Char(t, 0.9, x / width) for t, x in zip(before + "—" + after, places, strict=True))
    assert settled(Reading(tuple(chars)), 1 / width).text == text


@pytest.mark.parametrize(
    "text", ["项目总预算（万元）合计", "比例(%)为多少", "第1:2档", "（一）项目概况"]
)
def test_what_was_read_right_stays(text: str) -> None:
    reading, em = as_printed(text, text)
    assert settled(reading, em) == reading


def test_bracket_at_the_end_follows_its_partner() -> None:
    reading, em = as_printed("项目总预算（万元）", "项目总预算(万元)")
    assert settled(reading, em).text == "项目总预算（万元）"


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
    assert settled(reading, em).text == before + after


@pytest.mark.parametrize(
    ("before", "after", "room"),
    [("联系人张三", "电话号码", 1.0), ("联系人张三", "电话号码", 0.5), ("Windows", "Server", 0.26)],
)
def test_printed_space_is_kept(before: str, after: str, room: float) -> None:
    reading, em = with_space(before, after, room)
    assert settled(reading, em).text == f"{before} {after}"


def without_spaces(reading: Reading) -> Reading:
    return Reading(tuple(c for c in reading.chars if c.text != " "))


def test_a_space_that_was_not_read_parts_two_fields_of_a_line() -> None:
    reading, em = with_space("填报单位：水务局", "填报日期：二月", 2.0)
    assert settled(without_spaces(reading), em).text == "填报单位：水务局 填报日期：二月"


@pytest.mark.parametrize("room", [0.0, 0.3, 1.0])
def test_a_character_that_was_not_read_is_no_space(room: float) -> None:
    reading, em = with_space("项目实施", "时效标准", room)
    assert settled(without_spaces(reading), em).text == "项目实施时效标准"


def test_bracket_beside_a_point_of_dirt_follows_its_partner() -> None:
    printed, em = as_printed("（三）第一季度完成", "(三)第一季度完成")
    dirt = Char("·", 0.9, printed.chars[0].x - 0.5 * em)
    line = settled(Reading((dirt, *printed.chars)), em)
    assert line.text == "·（三）第一季度完成"


def test_sign_behind_a_narrow_quotation_mark_keeps_its_width() -> None:
    text = "认为亟需改善”，仅三户反对"
    widths = [0.45 if sign == "”" else 1.0 for sign in text]
    ends = [sum(widths[: i + 1]) for i in range(len(text))]
    centres = [
        end - width / 2 - (LEAN if sign == "，" else 0.0)
        for sign, width, end in zip(text, widths, ends, strict=True)
    ]
    chars = (Char(s, 0.9, c / ends[-1]) for s, c in zip(text, centres, strict=True))
    assert settled(Reading(tuple(chars)), 1 / ends[-1]).text == text


def test_empty_reading_stays_empty() -> None:
    assert settled(Reading(()), 0.1) == Reading(())


@pytest.mark.parametrize(
    ("text", "read"), [("产出指标（", "产出指标("), ("产出指标(", "产出指标（")]
)
def test_a_bracket_that_ends_a_line_is_told_by_the_room_before_it(text: str, read: str) -> None:
    reading, em = as_printed(text, read)
    assert settled(reading, em).text == text
