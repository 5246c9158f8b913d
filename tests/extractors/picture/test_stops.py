from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.lines import clean_mask

EM = 20.0


def _ring(ink: NDArray[np.float32], x: int, darkness: float) -> None:
    outline = np.zeros(ink.shape, np.uint8)
    cv2.circle(outline, (x, 30), 2, 1, thickness=1)
    ink[outline > 0] = darkness


def _page() -> NDArray[np.float32]:
    ink = np.zeros((40, 120), np.float32)
    ink[12:32, 10:12] = 1.0
    return ink


def test_pale_ring_of_which_a_dot_is_printed_is_whole() -> None:
    ink = _page()
    _ring(ink, 40, 0.35)
    ink[28, 40] = 0.45
    mask = clean_mask(ink, EM)
    ys, xs = np.nonzero(mask[:, 30:])
    assert (xs.min() + 30, xs.max() + 30, ys.min(), ys.max()) == (38, 42, 28, 32)


def test_ring_of_the_reverse_and_a_point_of_dirt_are_no_print() -> None:
    ink = _page()
    _ring(ink, 40, 0.35)
    cv2.circle(ink, (70, 30), 1, 0.5, thickness=-1)
    ink[29:32, 69:72] = np.maximum(ink[29:32, 69:72], 0.3)
    assert not clean_mask(ink, EM)[:, 30:].any()
