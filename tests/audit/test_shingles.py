"""Signatures of texts against the exact share of common stretches."""

import numpy as np
import pytest

from audit.between.shingles import STRETCH, band_keys, signatures, similarity
from samples.content import compose_content


@pytest.fixture(scope="module")
def texts():
    rng = np.random.default_rng(5)
    made = [t for _ in range(40) for t in compose_content(rng, 0.8).long_texts.values()]
    return [t for t in made if len(t) > 80]


def share(one, other):
    a, b = ({t[i : i + STRETCH] for i in range(len(t) - STRETCH + 1)} for t in (one, other))
    return len(a & b) / len(a | b)


def cut(text, part):
    at = len(text) // 3
    return text[:at] + text[at + round(len(text) * part) :]


@pytest.mark.parametrize("part", [0.0, 0.05, 0.1, 0.2])
def test_likeness_is_near_the_exact_share(texts, part):
    others = [cut(t, part) for t in texts]
    estimated = similarity(signatures(texts), signatures(others))
    exact = np.array([share(*pair) for pair in zip(texts, others, strict=True)])
    assert abs(np.mean(estimated - exact)) < 0.02
    assert np.std(estimated - exact) < 0.08


def test_texts_that_are_alike_share_a_band(texts):
    others = [cut(t, 0.05) for t in texts]
    one, other = band_keys(signatures(texts)), band_keys(signatures(others))
    alike = [i for i, pair in enumerate(zip(texts, others, strict=True)) if share(*pair) > 0.85]
    assert len(alike) > len(texts) / 2
    assert (one[alike] == other[alike]).any(axis=1).mean() > 0.99


def test_a_text_does_not_depend_on_its_neighbours(texts):
    assert (signatures(texts[:1]) == signatures(texts[:3])[:1]).all()


@pytest.mark.parametrize("text", ["", "短", "四个字呢"])
def test_a_text_too_short_for_a_stretch_is_like_nothing(text):
    found = signatures([text, text])
    assert similarity(found[:1], found[1:])[0] == 0
    assert band_keys(found).shape == (2, 16)
