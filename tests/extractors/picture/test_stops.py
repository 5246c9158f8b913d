"""Rings of full stops under a seal of their own darkness."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.picture.seals import Seal
from extractors.picture.stops import with_stops

EM = 20.0
SEAL = Seal(60.0, 60.0, 50.0, 55.0, 0.5)


def found(ink: NDArray[np.float32]) -> NDArray[np.uint8]:
    return with_stops(np.zeros(ink.shape, np.uint8), ink, [SEAL], em=EM)


def page(x: int, *, blur: float = 0.8, filled: bool = False) -> NDArray[np.float32]:
    """A ring, or a blot, of half a page's ink, drawn four times as large and blurred."""
    large = np.zeros((480, 560), np.float32)
    cv2.circle(large, (4 * x, 240), 10, 1.0, cv2.FILLED if filled else 4)
    large = cv2.GaussianBlur(large, (0, 0), 4 * blur)
    small = cv2.resize(large, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    return np.asarray(small * 0.5 / small.max(), np.float32)


@pytest.mark.parametrize("blur", [0.5, 0.8])
def test_ring_in_a_seal_is_print(blur: float) -> None:
    mask = found(page(50, blur=blur))
    ys, xs = np.nonzero(mask)
    assert abs(xs.mean() - 50) < 1
    assert abs(ys.mean() - 60) < 1


def test_blots_and_what_lies_outside_seals_are_left() -> None:
    assert not found(page(50, filled=True)).any()
    assert not found(page(125)).any()


def test_ring_that_hangs_on_strokes_of_the_seal_is_left() -> None:
    ink = page(50)
    ink[60:62, 52:80] = 0.5
    assert not found(ink).any()
