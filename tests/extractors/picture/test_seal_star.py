from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawn_pages import Paper
from numpy.typing import NDArray

from extractors.picture.seal_star import find_stars
from extractors.picture.seals import Seal

SIZE = 300
RADIUS = 120.0
MIDDLE = SIZE / 2


def star(radius: float, turn: float = 0.0) -> NDArray[np.float32]:
    """A page with a star of five points in its middle; ``turn`` in degrees."""
    angles = np.deg2rad(np.arange(0, 360, 36) - 90 + turn)
    reach = radius * np.where(np.arange(10) % 2, 0.382, 1.0)
    outline = MIDDLE + np.stack([reach * np.cos(angles), reach * np.sin(angles)], axis=1)
    ink = np.zeros((SIZE, SIZE), np.float32)
    cv2.fillPoly(ink, [np.rint(outline).astype(np.int32)], 1.0)
    return ink


def seal(ink: float = 1.0) -> Seal:
    return Seal(MIDDLE, MIDDLE, RADIUS, RADIUS + 8, ink)


@pytest.mark.parametrize("turn", [0.0, 10.0, 25.0])
@pytest.mark.parametrize("share", [0.27, 0.33, 0.42])
def test_star_is_found_with_print_and_rulings_across_it(share: float, turn: float) -> None:
    alone = star(share * RADIUS, turn)
    page = alone.copy()
    page[140:142] = 1.0
    page[120:140, 30:60] = 1.0
    found = find_stars(page, [seal()])
    assert found[alone > 0].mean() > 0.97
    assert not found[:, :80].any()


def test_neither_print_nor_a_pale_star_is_one() -> None:
    paper = Paper(100, 100, 300)
    paper.write("圈圈圈圈", 20, 35, size=14)
    print_ = (1 - paper.pixels / 255).astype(np.float32)
    page = np.zeros((SIZE, SIZE), np.float32)
    high, wide = (min(n, SIZE) for n in print_.shape)
    page[:high, :wide] = print_[:high, :wide]
    assert not find_stars(page, [seal()]).any()
    assert not find_stars(star(40.0), [seal(ink=0.5)]).any()


def test_print_that_shows_through_a_star_stays() -> None:
    page = 0.9 * star(40.0)
    page[145:150, 100:200] = 1.3
    assert find_stars(page, [seal(ink=0.9)]).any()
    assert not find_stars(page, [seal(ink=0.9)], opaque=True).any()
    assert find_stars(0.9 * star(40.0), [seal(ink=0.9)], opaque=True).any()
