from __future__ import annotations

import pytest

from extractors.ocr.port import Char, Reading


def sure(*probabilities: float) -> Reading:
    return Reading(tuple(Char("目", p, 0.5) for p in probabilities))


def test_one_doubtful_character_is_not_diluted_by_a_long_line() -> None:
    long = sure(0.5, *[1.0] * 30)
    assert long.certainty == pytest.approx(0.5)
    assert long.confidence > 0.98


def test_doubts_add_up() -> None:
    assert sure(0.9, 0.9, 0.9).certainty == pytest.approx(0.9**3)


def test_doubt_about_the_width_is_no_doubt_about_the_sign() -> None:
    bracket = Char("(", 0.55, 0.5, (("（", 0.44), ("C", 0.01)))
    assert bracket.certainty == pytest.approx(0.99)
    assert Reading((bracket,)).certainty == pytest.approx(0.99)


def test_another_character_is_a_doubt() -> None:
    assert Char("日", 0.6, 0.5, (("目", 0.4),)).certainty == pytest.approx(0.6)


def test_spaces_are_not_counted() -> None:
    line = Reading((Char("目", 0.9, 0.2), Char(" ", 0.3, 0.5), Char("标", 1.0, 0.8)))
    assert line.certainty == pytest.approx(0.9)


def test_limit_bounds_certainty() -> None:
    assert Reading(sure(1.0, 1.0).chars, limit=0.5).certainty == 0.5


def test_nothing_read_is_no_certainty() -> None:
    assert Reading(()).certainty == 0.0
    assert Reading((Char(" ", 0.9, 0.5),)).certainty == 0.0
