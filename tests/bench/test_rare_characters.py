from __future__ import annotations

import random

import numpy as np
import pytest
from click.testing import CliRunner

from bench.rare_characters import Place, _fitted, _level, main
from extractors.ocr.priors import is_gb2312_hanzi


def test_levels_of_the_standard_hold_what_it_says() -> None:
    common, rare = _level(1), _level(2)
    assert (len(common), len(rare)) == (3755, 3008)
    assert "库" in common
    assert "厍" in rare
    assert all(map(is_gb2312_hanzi, common + rare))


@pytest.mark.parametrize("text", ["ａ", "（", "々", "龍", "A", ""])
def test_signs_letters_and_traditional_forms_are_none_of_it(text: str) -> None:
    assert not is_gb2312_hanzi(text)


def test_the_line_that_places_were_drawn_from_is_found() -> None:
    rng = random.Random(1)
    places = []
    for _ in range(40_000):
        log_odds, doubt = rng.uniform(-4, 0), rng.uniform(-7, -1)
        probability = 1 / (1 + np.exp(-(1.0 + 1.7 * log_odds - 0.4 * doubt)))
        places.append(Place(log_odds, False, doubt, rng.random() < probability))
    assert _fitted(places, {True: 1.0, False: 1.0}) == pytest.approx((1.0, 1.7, -0.4), abs=0.2)


def test_command_prints_counts_and_the_lines() -> None:
    result = CliRunner().invoke(main, ["--lines", "40"])
    assert result.exit_code == 0, result.output
    assert result.output.count("probability of the rare one") == 12
    assert result.output.count("x logarithm of the doubt of the line") == 2
