from __future__ import annotations

import pytest

from extractors.ocr.port import Char, Reading
from extractors.ocr.witness import pooled

KNOWN = frozenset("薛家厍库荻获指标12345≥>（）目日")


def reading(*chars: tuple[str, float] | tuple[str, float, str, float]) -> Reading:
    """A line of (character, probability), some with another character and its probability."""
    step = 1 / len(chars)
    return Reading(
        tuple(
            Char(c[0], c[1], (i + 0.5) * step, tuple([c[2:]] if len(c) > 2 else []))
            for i, c in enumerate(chars)
        )
    )


def test_agreement_makes_surer() -> None:
    both = pooled(reading(("指", 0.8), ("标", 0.7)), reading(("指", 0.9), ("标", 0.9)), KNOWN)
    assert both.text == "指标"
    assert both.chars[0].probability > 0.9
    assert both.chars[1].probability > 0.9


def test_where_the_first_hesitates_the_second_decides() -> None:
    first = reading(("薛", 1.0), ("家", 1.0), ("库", 0.62, "厍", 0.37))
    second = reading(("薛", 1.0), ("家", 1.0), ("厍", 0.81, "库", 0.19))
    both = pooled(first, second, KNOWN)
    assert both.text == "薛家厍"
    assert 0.8 < both.chars[2].probability < 0.99
    assert [t for t, _ in both.chars[2].others] == ["库"]
    assert [c.x for c in both.chars] == [c.x for c in first.chars]


def test_where_the_first_is_sure_it_only_loses_certainty() -> None:
    first, second = reading(("指", 0.99), ("标", 0.99)), reading(("指", 0.99), ("目", 0.9))
    both = pooled(first, second, KNOWN)
    assert both.text == "指标"
    assert both.certainty < 0.95 < first.certainty


def amid(sure: float, *char: tuple[str, float, str, float] | tuple[str, float]) -> Reading:
    """A line of which all characters but one are so sure."""
    return reading(*(("指", sure) for _ in range(4)), *char, *(("标", sure) for _ in range(5)))


@pytest.mark.parametrize(
    ("share", "theirs", "text", "is_sure"),
    [
        (0.12, ("厍", 0.55, "库", 0.44), "厍", False),
        (0.02, ("库", 0.85, "厍", 0.14), "库", False),
        (0.0, ("厍", 0.55, "库", 0.44), "库", True),
        (0.08, ("库", 0.98, "厍", 0.01), "库", True),
    ],
    ids=["both see it", "both see little of it", "the second alone", "the first alone"],
)
def test_a_rare_character_that_both_see_beside_a_common_one_is_likelier_than_either_says(
    share: float, theirs: tuple[str, float, str, float], text: str, is_sure: bool
) -> None:
    first = amid(0.9999, ("库", 0.99 - share, "厍", share) if share else ("库", 0.99))
    char = pooled(first, amid(0.9999, theirs), KNOWN).chars[4]
    assert char.text == text
    assert (char.probability > 0.8) is is_sure


def test_hesitation_amid_blurred_characters_says_less_than_amid_clear_ones() -> None:
    def likeliness(sure: float) -> float:
        first, second = amid(sure, ("库", 0.9, "厍", 0.08)), amid(sure, ("库", 0.55, "厍", 0.44))
        char = pooled(first, second, KNOWN).chars[4]
        return {char.text: char.probability, **dict(char.others)}["厍"]

    assert likeliness(0.9999) > 0.5 > likeliness(0.9)


def test_a_rare_character_that_the_second_cannot_know_is_left() -> None:
    first = reading(("翥", 0.7, "者", 0.2))
    assert pooled(first, reading(("者", 0.99)), KNOWN) == first


@pytest.mark.parametrize(
    ("share", "text", "most"), [(0.01, "获", 0.8), (0.02, "糨", 0.8), (0.03, "糨", 0.95)]
)
def test_a_rare_character_that_only_the_first_knows_is_no_less_likely_for_the_second(
    share: float, text: str, most: float
) -> None:
    first = amid(0.999, ("获", 0.97 - share, "糨", share))
    char = pooled(first, amid(0.999, ("获", 0.99)), KNOWN).chars[4]
    assert char.text == text
    assert 0.5 < char.probability <= most
    assert {t for t, _ in char.others} == {"获", "糨"} - {text}


def test_a_foreign_sign_beside_a_character_is_no_rare_character() -> None:
    first = reading(("获", 0.6, "ａ", 0.35))
    assert pooled(first, reading(("获", 0.9)), KNOWN).chars[0].probability > 0.9


@pytest.mark.parametrize(("mine", "theirs"), [("≥", ">"), ("（", "1"), ("口", "目")])
def test_signs_and_frames_are_left_to_the_picture(mine: str, theirs: str) -> None:
    first = reading(("1", 1.0), (mine, 0.8), ("2", 1.0))
    both = pooled(first, reading(("1", 1.0), (theirs, 0.99), ("2", 1.0)), KNOWN)
    assert both.text == first.text
    assert both.chars[1] == first.chars[1]


def test_a_character_that_only_the_second_saw_is_doubt_about_the_whole() -> None:
    first = reading(("1", 1.0), ("2", 1.0))
    both = pooled(first, reading(("1", 1.0), ("3", 0.9), ("2", 1.0)), KNOWN)
    assert both.text == "12"
    assert both.certainty < 0.6


@pytest.mark.parametrize(("sure", "least", "most"), [(0.9999, 0.99, 1.0), (0.6, 0.0, 0.2)])
def test_a_character_that_the_second_passed_over_stays_if_it_was_sure(
    sure: float, least: float, most: float
) -> None:
    both = pooled(reading(("1", 1.0), ("4", sure)), reading(("1", 1.0)), KNOWN)
    assert both.text == "14"
    assert least <= both.chars[1].probability <= most


def test_width_is_no_difference() -> None:
    first = reading(("１", 0.9, "1", 0.08), ("2", 0.9))
    both = pooled(first, reading(("1", 0.95), ("2", 0.95)), KNOWN | {"１"})
    assert both.text == "１2"
    assert all(c.certainty > 0.95 for c in both.chars)


def test_the_doubt_whether_a_character_is_a_tick_box_stays() -> None:
    first = reading(("目", 0.6, "□", 0.4))
    both = pooled(first, reading(("目", 0.99)), KNOWN)
    assert both.chars[0].others == (("□", 0.4),)
    assert both.chars[0].probability == pytest.approx(0.6, abs=0.01)
