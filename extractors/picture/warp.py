"""Scaling and warping of pictures: OpenCV's calls with the types and borders used here."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

DARK, LIGHT = 32, 223
"""Grey values of a 1-bit file lie beyond these two, also when a PDF has drawn it."""
MOST_GREYS = 0.005
"""Share of pixels between them, at most, in a 1-bit file; a page of print that has greys at all
has them at every edge, at some 5 % of its pixels."""
SOFTNESS_PX = 1.0
"""Width of the blur that gives the steps of a 1-bit file, one pixel high, the soft edges of a
lens (standard deviation). Recognizers were trained on pictures with such edges."""


def shrunk(pixels: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    """The picture at ``scale`` of its size by area averaging; as it is where that is 1 or more."""
    if scale >= 1.0:
        return pixels
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)


def warped(
    pixels: NDArray[np.uint8], matrix: NDArray[np.float64], size: tuple[int, int]
) -> NDArray[np.uint8]:
    """The picture under a homography; what lies beyond its edge repeats the edge.

    Args:
        pixels: uint8 (H, W), grey.
        matrix: (3, 3), from its pixels to those of the result.
        size: ``(width, height)`` of the result.
    """
    out = cv2.warpPerspective(
        pixels, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(out, dtype=np.uint8)


def is_bilevel(pixels: NDArray[np.uint8]) -> bool:
    """Whether a grey picture (H, W) has but two values: a fax, or a scan as line art."""
    counts = cv2.calcHist([pixels], [0], None, [256], [0, 256])
    return float(counts[DARK : LIGHT + 1].sum()) <= MOST_GREYS * pixels.size


def softened(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture (H, W) with steps of one pixel smoothed."""
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), SOFTNESS_PX), dtype=np.uint8)
