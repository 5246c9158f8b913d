"""Characters that a picture leaves in doubt, settled by the words they make."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.ocr.port import Char, Reading
from extractors.ocr.words import commonest_word, settle_by_words, word_frequencies

WORDS = {"候鸟": 2.5e-6, "鸟类": 1.2e-5, "工作": 4e-4, "工件": 4e-7, "鸟": 5e-5, "库": 4e-5}


def read(text: str, at: int, probability: float, *others: tuple[str, float]) -> Reading:
    chars = [Char(c, 0.99, i / len(text)) for i, c in enumerate(text)]
    chars[at] = Char(text[at], probability, at / len(text), others)
    return Reading(tuple(chars))


def test_of_two_characters_the_one_that_makes_a_word_is_read() -> None:
    settled = settle_by_words(read("湿地候乌栖息", 3, 0.62, ("鸟", 0.36)), WORDS)
    assert settled.text == "湿地候鸟栖息"
    char = settled.chars[3]
    assert 0.85 < char.probability < 0.98
    assert dict(char.others).keys() == {"乌"}
    assert char.probability + dict(char.others)["乌"] == pytest.approx(0.98)


@pytest.mark.parametrize(
    ("text", "at", "probability", "other"),
    [
        ("湿地候乌栖息", 3, 0.99, ("鸟", 0.00001)),
        ("薛家库河", 2, 0.62, ("厍", 0.36)),
        ("湿地乌", 2, 0.62, ("鸟", 0.36)),
        ("工件", 1, 0.985, ("作", 0.012)),
        ("项目口", 2, 0.6, ("类", 0.3)),
    ],
    ids=["picture is sure", "no word", "single character", "rarer word seen", "tick box"],
)
def test_what_the_picture_shows_stays(
    text: str, at: int, probability: float, other: tuple[str, float]
) -> None:
    words = WORDS | {"项目类": 1e-4}
    assert settle_by_words(read(text, at, probability, other), words).text == text


def test_a_character_without_a_word_gives_way_to_a_hardly_seen_one_and_is_unsure() -> None:
    """A blot is surely read as 量; words show that it is 置."""
    reading = read("新机房购量", 4, 0.99)
    blot = replace(reading.chars[4], tail=(("景", 0.004), ("置", 0.0003)))
    reading = replace(reading, chars=(*reading.chars[:4], blot))
    settled = settle_by_words(reading, WORDS | {"购置": 6e-6})
    assert settled.text == "新机房购置"
    assert settled.certainty < 0.5
    assert settle_by_words(reading, WORDS | {"购置": 6e-6, "房购量": 1e-8}) == reading


def test_signs_and_figures_are_no_matter_of_words() -> None:
    reading = read("候1类", 1, 0.5, ("鸟", 0.3), ("I", 0.1))
    assert settle_by_words(reading, WORDS) == reading


def test_spaces_part_no_word() -> None:
    chars = (Char("候", 0.9, 0.1), Char(" ", 0.9, 0.3), Char("乌", 0.5, 0.5, (("鸟", 0.4),)))
    assert settle_by_words(Reading(chars), WORDS).text == "候 鸟"


def test_words_of_forms_are_known_and_misread_ones_are_not() -> None:
    words = word_frequencies()
    known = ("投诉", "职责", "窨井", "绩效")
    misread = ("投串", "职贵", "窖井", "缋效")
    for right, wrong in zip(known, misread, strict=True):
        assert commonest_word(right[1], list(right), 1, words) > 1e-8
        assert commonest_word(wrong[1], list(wrong), 1, words) == 0.0
