"""Rulings of the reverse shine through, paler than the page's own."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.grid.ruling import Ruling
from extractors.picture.pale import Paleness

EM = 20.0
OWN = [Ruling(True, y, 20, 380) for y in (40.0, 100.0, 160.0)]
OTHER = Ruling(True, 70.0, 20, 380)


def page(darkness: float, *, own: float = 1.0) -> np.ndarray:
    ink = np.zeros((200, 400), np.float32)
    for ruling in OWN:
        ink[int(ruling.position) - 1 : int(ruling.position) + 1, 20:380] = own
    ink[69:71, 20:380] = darkness
    return ink


@pytest.mark.parametrize(
    ("darkness", "own", "kept"), [(0.3, 1.0, False), (0.6, 1.0, True), (0.3, 0.4, True)]
)
def test_what_is_much_paler_than_the_rulings_of_the_page_is_none(
    darkness: float, own: float, kept: bool
) -> None:
    found = Paleness([*OWN, OTHER], page(darkness, own=own), em=EM).without([*OWN, OTHER])
    assert found == ([*OWN, OTHER] if kept else OWN)


def test_of_two_lines_taken_as_one_the_darkness_is_found_beside_their_middle() -> None:
    """A double frame: between its lines is paper, or a little blur."""
    ink = page(1.0)
    ink[68:73, 20:380] = 0.3
    ink[[67, 73], 20:380] = 1.0
    assert OTHER in Paleness(OWN, ink, em=EM).without([*OWN, OTHER])


def test_print_beside_a_ruling_leaves_it_unjudged() -> None:
    ink = page(0.3)
    ink[60:68, 20:380] = 1.0
    assert OTHER in Paleness(OWN, ink, em=EM).without([*OWN, OTHER])


def test_without_sure_rulings_all_stay() -> None:
    assert Paleness([], page(0.3), em=EM).without([OTHER]) == [OTHER]
