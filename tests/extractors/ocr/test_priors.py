"""Traditional characters are taken where the picture leaves no doubt, and only there."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.ocr.priors import adjusted, prior_ratios

ALPHABET = ["", "财", "財", "著", "鸻", "A", "，", " "]
"""著 is written alike in both scripts where it means 著作; 鸻 has no place in GB 2312."""


def chosen(**shares: float) -> tuple[str, float]:
    """Likeliest class of one step and its probability; what is not named shares the rest."""
    rest = (1.0 - sum(shares.values())) / (len(ALPHABET) - len(shares))
    step = np.array([[shares.get(text, rest) for text in ALPHABET]], np.float32)
    weighed = adjusted(step, prior_ratios(ALPHABET))[0]
    assert weighed.sum() == pytest.approx(1.0, abs=1e-5)
    return ALPHABET[int(weighed.argmax())], float(weighed.max())


def test_doubtful_traditional_character_is_the_simplified_one() -> None:
    text, sure = chosen(財=0.98, 财=0.0199)
    assert text == "财"
    assert sure > 0.9


def test_traditional_character_that_the_picture_surely_shows_is_kept() -> None:
    assert chosen(財=0.99999, 财=1e-7)[0] == "財"


@pytest.mark.parametrize("text", ["财", "著", "鸻", "A", "，"])
def test_other_characters_keep_their_probability(text: str) -> None:
    assert chosen(**{text: 0.9}) == (text, pytest.approx(0.9, abs=0.03))
