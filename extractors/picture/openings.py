"""Runs of printed pixels by a morphological opening that leaves them where they are."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray


def opened(mask: NDArray[np.uint8], *, width: int = 1, height: int = 1) -> NDArray[np.uint8]:
    """What of a mask lies in rectangles of that size that are wholly printed.

    An even kernel has no middle: `cv2.morphologyEx` would move all that it leaves by a pixel.

    Args:
        mask: uint8 (H, W), 0 or 1.
        width: Of the rectangle, pixels.
        height: Of the rectangle, pixels.

    Returns:
        uint8 (H, W), 0 or 1.
    """
    kernel = np.ones((height, width), np.uint8)
    mirrored = (width - 1 - width // 2, height - 1 - height // 2)
    return np.asarray(cv2.dilate(cv2.erode(mask, kernel), kernel, anchor=mirrored), np.uint8)
