from __future__ import annotations

import pytest

from extractors.ocr.port import Char, Reading
from extractors.ocr.strays import without_strays

EM = 0.05


def line(*chars: tuple[str, float, float]) -> Reading:
    """Characters with the place of their middle in em, and their probability."""
    return Reading(tuple(Char(text, sure, x * EM) for text, x, sure in chars))


def word(text: str) -> list[tuple[str, float, float]]:
    return [(t, 0.75 + i, 0.99) for i, t in enumerate(text)]


@pytest.mark.parametrize("stop", [".", ",", "·", "。"])
def test_stop_far_behind_the_word_is_dirt(stop: str) -> None:
    assert without_strays(line(*word("具体如下"), (stop, 9.0, 0.7)), EM).text == "具体如下"


def test_row_of_dirt_and_the_space_before_it_go() -> None:
    read = line(*word("结束时间"), (" ", 5.0, 0.5), (".", 7.0, 0.9), (".", 9.5, 0.9))
    assert without_strays(read, EM).text == "结束时间"


@pytest.mark.parametrize(
    "end", [("。", 4.53, 0.9), (",", 4.4, 0.9), ("。", 5.25, 0.9), ("是", 9.0, 0.9)]
)
def test_stop_behind_its_word_and_letters_anywhere_stay(end: tuple[str, float, float]) -> None:
    read = line(*word("具体如下"), end)
    assert without_strays(read, EM) == read


def test_of_two_stops_on_one_spot_the_surer_one_stays() -> None:
    read = line(*word("具体举措"), (".", 4.4, 0.94), ("。", 4.6, 0.99))
    assert without_strays(read, EM).text == "具体举措。"


@pytest.mark.parametrize("stops", [(("。", 4.5), ("’", 5.0)), ((".", 4.4), (".", 4.65))])
def test_stops_that_print_sets_side_by_side_stay(stops: tuple[tuple[str, float], ...]) -> None:
    read = line(*word("具体举措"), *((t, x, 0.9) for t, x in stops))
    assert without_strays(read, EM) == read


def test_speck_alone_is_left_to_others() -> None:
    read = line((".", 3.0, 0.4))
    assert without_strays(read, EM) == read


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (".可持续", "可持续"),
        (".7.99", "7.99"),
        (".75%", ".75%"),
        (".2018年1月", "2018年1月"),
        (".623000", ".623000"),
        (".6230000", "6230000"),
        ("，较上年", "，较上年"),
    ],
)
def test_point_that_begins_a_line_is_dirt_unless_a_fraction_follows(read: str, text: str) -> None:
    assert without_strays(line(*word(read)), EM).text == text


@pytest.mark.parametrize(
    ("chars", "text"),
    [
        ([(".", 0.5, 0.9), ("5", 1.7, 0.9), ("3", 2.2, 0.9)], "53"),
        ([(".", 0.5, 0.9), ("5", 0.9, 0.9), ("3", 1.4, 0.9)], ".53"),
        ([("0", 0.5, 0.9), (".", 2.0, 0.9)], "0"),
        ([("1", 0.5, 0.9), (".", 0.9, 0.9)], "1."),
        ([(".", 0.5, 0.9), ("7", 1.4, 0.9), ("8", 1.9, 0.9), ("4", 2.4, 0.9)], "784"),
        ([("7", 0.5, 0.9), ("8", 1.0, 0.9), ("4", 1.5, 0.9), (".", 2.4, 0.9)], "784"),
        ([("7", 0.5, 0.9), ("8", 1.0, 0.9), ("4", 1.5, 0.9), (".", 2.05, 0.9)], "784."),
    ],
)
def test_point_far_from_the_figure_beside_it_is_dirt(
    chars: list[tuple[str, float, float]], text: str
) -> None:
    assert without_strays(line(*chars), EM).text == text


@pytest.mark.parametrize(
    ("chars", "text"),
    [
        ([*word("解决"), ("。", 2.45, 0.99), (".", 3.4, 0.9)], "解决。"),
        ([*word("现场"), ("，", 2.45, 0.8), (".", 2.85, 0.98), ("任", 3.6, 0.9)], "现场，任"),
        ([*word("内容"), (":", 2.4, 0.7), ("·", 3.3, 0.99)], "内容:"),
        ([*word("内容"), ("：", 2.4, 0.9), (".", 2.9, 0.9), ("5", 3.4, 0.9)], "内容：.5"),
        ([*word("内容"), ("。", 2.4, 0.9), ("'", 2.9, 0.9)], "内容。'"),
        ([*word("检查"), (",", 2.4, 0.9), (".", 2.8, 0.9), ("形", 3.6, 0.9)], "检查,形"),
        ([*word("网络"), (".", 2.4, 0.9), ("，", 2.8, 0.9), ("确", 3.6, 0.9)], "网络，确"),
        ([("C", 0.5, 0.9), (".", 0.8, 0.9), (",", 1.2, 0.9), ("L", 1.7, 0.9)], "C.,L"),
    ],
)
def test_point_behind_the_end_of_a_sentence_is_dirt(
    chars: list[tuple[str, float, float]], text: str
) -> None:
    assert without_strays(line(*chars), EM).text == text


@pytest.mark.parametrize(
    ("room", "text"), [(1.0, "农村农村十三五"), (1.1, "农村农村十三五"), (1.25, "农村农村十.三五")]
)
def test_point_without_room_between_two_characters_is_dirt(room: float, text: str) -> None:
    ten = 5.75
    chars = [
        *word("农村农村"),
        ("十", ten, 0.99),
        (".", ten + room / 2, 0.9),
        ("三", ten + room, 0.99),
        ("五", ten + room + 1, 0.99),
    ]
    assert without_strays(line(*chars), EM).text == text


def test_short_line_tells_how_it_is_set_by_two_distances() -> None:
    read = [(t, x, 0.99) for t, x in (("节", 0.5), ("能", 1.5), ("降", 2.5), ("耗", 3.5))]
    assert without_strays(line(*read[:1], (".", 1.05, 0.9), *read[1:]), EM).text == "节能降耗"


def test_point_stays_where_the_line_does_not_tell_how_it_is_set() -> None:
    read = line(("一", 0.75, 0.9), (".", 1.25, 0.9), ("甲", 1.8, 0.9))
    assert without_strays(read, EM) == read


def test_pair_of_points_far_behind_the_word_goes_whole() -> None:
    read = line(*word("举措"), ("。", 2.45, 0.99), (".", 30.0, 0.6), (".", 30.4, 0.8))
    assert without_strays(read, EM).text == "举措。"


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ("筛查人数.", "筛查人数"),
        ("《规程》.", "《规程》"),
        ("一.", "一."),
        ("数值3.", "数值3."),
        ("1,008.00.", "1,008.00"),
        ("1.2.", "1.2."),
        ("查人.查病.", "查人.查病."),
        ("≥85%.", "≥85%"),
        ("补贴(2018).", "补贴(2018)"),
        ("see (2018).", "see (2018)."),
    ],
)
def test_point_that_ends_a_line_of_chinese_print_is_dirt(read: str, text: str) -> None:
    assert without_strays(line(*word(read)), EM).text == text
