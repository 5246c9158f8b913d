from __future__ import annotations

import pytest

from normalizers.usable import probability_usable


@pytest.mark.parametrize(
    ("length", "confidence", "is_usable"),
    [(150, 1.0, True), (150, 0.999, True), (150, 0.99, False), (42, 0.987, False), (0, 0.99, True)],
)
def test_a_text_is_of_use_where_few_characters_are_likely_wrong(
    length: int, confidence: float, is_usable: bool
) -> None:
    assert (probability_usable(length, confidence) >= 0.95) is is_usable


def test_the_same_share_weighs_more_where_one_wrong_character_is_too_many() -> None:
    assert probability_usable(49, 0.995) < probability_usable(50, 0.995)
