from __future__ import annotations

import pytest

from extractors.ocr.port import Char, Reading
from extractors.ocr.scripts import settle_by_script


def reading(text: str, others: dict[str, tuple[str, float]] | None = None) -> Reading:
    """A line as read; ``others`` gives what else was seen in a character's place."""
    seen = others or {}
    return Reading(
        tuple(
            Char(t, 0.8, (i + 0.5) / len(text), (seen[t],) if t in seen else ())
            for i, t in enumerate(text)
        )
    )


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("规划（2016一2018年）", "规划（2016—2018年）"),
        ("2016年一2018年", "2016年—2018年"),
        ("第1一3季度", "第1—3季度"),
        ("2016ー2018", "2016—2018"),
    ],
)
def test_bar_between_digits_is_a_dash(read: str, printed: str) -> None:
    assert settle_by_script(reading(read)).text == printed


@pytest.mark.parametrize(
    "text", ["统一2018年标准", "之一", "一2018", "2018一", "每年一次", "十一、2019年"]
)
def test_the_number_one_stays(text: str) -> None:
    assert settle_by_script(reading(text)).text == text


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("行动计划2010一", "行动计划2010—"),
        ("一2020年规划", "—2020年规划"),
        ("人才队伍一一上海", "人才队伍——上海"),
    ],
)
def test_bar_is_a_dash_where_the_picture_allows_it(read: str, printed: str) -> None:
    assert settle_by_script(reading(read, {"一": ("—", 0.2)})).text == printed
    assert settle_by_script(reading(read)).text == read


@pytest.mark.parametrize("text", ["统一2018年标准", "一期工程", "之一"])
def test_bar_that_may_be_a_dash_needs_its_neighbours(text: str) -> None:
    assert settle_by_script(reading(text, {"一": ("—", 0.2)})).text == text


def test_brackets_of_two_shapes_take_the_one_that_the_picture_supports() -> None:
    seen = {"〔": ("[", 0.03), "]": ("〕", 0.3)}
    assert settle_by_script(reading("浦办发〔2012]109号", seen)).text == "浦办发〔2012〕109号"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("沪府发〔2021）102号", "沪府发〔2021〕102号"),
        ("沪府发（2021〕102号", "沪府发〔2021〕102号"),
        ("沪府发[2021）102号", "沪府发[2021]102号"),
    ],
)
def test_brackets_around_a_number_make_a_pair(read: str, printed: str) -> None:
    assert settle_by_script(reading(read)).text == printed


@pytest.mark.parametrize(
    "text", ["（2021）102号", "〔2021", "2021）102号", "〔注）", "（3)", "（〔2021〕5号）"]
)
def test_brackets_that_show_no_pair_stay(text: str) -> None:
    assert settle_by_script(reading(text)).text == text


def test_limit_and_spaces_are_kept() -> None:
    line = Reading(reading("2016 一 2018").chars, limit=0.4)
    settled = settle_by_script(line)
    assert (settled.text, settled.limit) == ("2016 — 2018", 0.4)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("44,907.000", "44,907,000"),
        ("1.083,800元", "1,083,800元"),
        ("1,083.800.00", "1,083.800.00"),
        ("12.345", "12.345"),
        ("1,083.80", "1,083.80"),
        ("1.083.800", "1.083.800"),
    ],
)
def test_point_between_groups_of_three_is_a_comma(read: str, printed: str) -> None:
    assert settle_by_script(reading(read, {".": (",", 0.2)})).text == printed


def test_point_that_the_picture_does_not_take_for_a_comma_stays() -> None:
    assert settle_by_script(reading("44,907.000", {".": (",", 0.02)})).text == "44,907.000"


@pytest.mark.parametrize(
    ("read", "seen", "printed"),
    [
        ("安全感．相关", ("，", 0.2), "安全感，相关"),
        ("噪声纠纷.逐步", ("、", 0.3), "噪声纠纷、逐步"),
        ("少于98%.律师", ("，", 0.1), "少于98%，律师"),
        ("安全感．相关", ("·", 0.2), "安全感．相关"),
        ("一．总则", ("，", 0.2), "一．总则"),
        ("约3.5万", ("，", 0.2), "约3.5万"),
        ("第2.项目", ("，", 0.2), "第2.项目"),
    ],
)
def test_point_between_characters_is_a_stop_that_the_picture_supports(
    read: str, seen: tuple[str, float], printed: str
) -> None:
    assert settle_by_script(reading(read, {".": seen, "．": seen})).text == printed
