"""How dark each pixel is against the paper around it, in units of the page's own ink.

Everything that looks for rulings, boxes and print starts from this map, so that shadows, tinted
paper and pale toner are dealt with once.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

PAPER_WINDOW_IN = 0.25
"""Side of the window whose brightest part is paper, inches: wider than a bold stroke of a title
or a filled box, narrower than the gradient of a shadow."""
REDUCTION = 4
"""The paper's brightness is smooth: it is estimated on a picture this much smaller."""
INK_PERCENTILE = 60
"""Of the pixels that Otsu's method calls ink, this percentile is taken as full ink: above the
grey rims of strokes, below specks."""
MIN_INK_CONTRAST = 0.15
"""A page whose ink is paler than this share of the paper's brightness is taken as blank."""


@dataclass(frozen=True, slots=True)
class Darkness:
    """Darkness of a page.

    Attributes:
        ink: float32 (H, W), 0 paper, 1 the page's ink.
        tone: The same, not cut off at 1: how dark the cores of strokes are.
        level: The page's ink as a share of the paper's brightness that it takes away, 0..1.
    """

    ink: NDArray[np.float32]
    tone: NDArray[np.float32]
    level: float


def measure_darkness(grey: NDArray[np.uint8], dpi: float) -> Darkness:
    """Darkness map of a page.

    Args:
        grey: uint8 (H, W), red faded.
        dpi: Its resolution.
    """
    paper = _paper_brightness(grey, dpi)
    dark = np.clip(1.0 - grey.astype(np.float32) / paper, 0.0, 1.0)
    level = _ink_level(dark)
    tone = dark / level
    return Darkness(np.minimum(tone, 1.0), tone, level)


def _paper_brightness(grey: NDArray[np.uint8], dpi: float) -> NDArray[np.float32]:
    height, width = grey.shape
    small = cv2.resize(
        grey,
        (max(width // REDUCTION, 1), max(height // REDUCTION, 1)),
        interpolation=cv2.INTER_AREA,
    )
    side = max(3, round(PAPER_WINDOW_IN * dpi / REDUCTION) | 1)
    bright = cv2.morphologyEx(
        small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (side, side))
    )
    smooth = cv2.blur(bright, (side, side))
    full = cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.maximum(full.astype(np.float32), 1.0)


def _ink_level(dark: NDArray[np.float32]) -> float:
    sample = (dark[::2, ::2] * 255).astype(np.uint8)
    threshold, _ = cv2.threshold(sample, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ink = sample[sample > threshold]
    if ink.size == 0:
        return 1.0
    return max(float(np.percentile(ink, INK_PERCENTILE)) / 255, MIN_INK_CONTRAST)
