"""Faults of print and paper: faint or broken rulings, faded ink, the reverse shining through."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Page = NDArray[np.uint8]
LONG_RULING = 1 / 25
"""Strokes longer than this share of the page's height are taken for rulings."""


def break_rulings(page: Page, rng: np.random.Generator, *, faint: float, gaps: float) -> Page:
    """Pales the rulings and wears small gaps into them.

    Args:
        page: Page before any rotation.
        rng: Source of chance.
        faint: How far rulings go towards white, 0..1.
        gaps: Share of a ruling's length that is lost, 0..1.
    """
    ink = 255 - page.min(axis=2)
    length = max(3, round(LONG_RULING * page.shape[0]))
    mask = np.zeros(ink.shape, np.uint8)
    for size in ((length, 1), (1, length)):
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, size)
        mask |= cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel)
    cell = max(2, length // 8)
    coarse = rng.random((page.shape[0] // cell + 1, page.shape[1] // cell + 1)) < gaps
    lost = cv2.resize(coarse.astype(np.uint8), page.shape[1::-1], interpolation=cv2.INTER_NEAREST)
    share = np.where(lost > 0, 0.9, faint) * (mask > 0)
    return _towards_white(page, share)


def fade(page: Page, strength: float) -> Page:
    """Pales all ink towards white by ``strength``, 0..1, as an empty toner cartridge does."""
    return _towards_white(page, np.full(page.shape[:2], strength))


def bleed_through(page: Page, reverse: Page, strength: float) -> Page:
    """Lets the mirrored reverse shine through.

    Args:
        page: Front.
        reverse: What is printed on the back; resized where it differs.
        strength: Darkness of the reverse, 0..1.
    """
    back = cv2.resize(reverse, page.shape[1::-1], interpolation=cv2.INTER_AREA)
    back = cv2.GaussianBlur(back[:, ::-1], (0, 0), page.shape[0] / 1800)
    veil = 255 - (255 - back.astype(np.float32)) * strength
    return np.clip(page.astype(np.float32) * veil / 255, 0, 255).astype(np.uint8)


def speckle(page: Page, rng: np.random.Generator, density: float) -> Page:
    """Strews dark specks and light pinholes; ``density`` is specks per million pixels."""
    out = page.copy()
    height, width = page.shape[:2]
    for _ in range(round(density * height * width / 1e6)):
        x, y = int(rng.integers(width)), int(rng.integers(height))
        size = int(rng.integers(1, 3))
        out[y : y + size, x : x + size] = 40 if rng.random() < 0.7 else 255
    return out


def _towards_white(page: Page, share: NDArray[np.float64]) -> Page:
    ink = 255 - page.astype(np.float32)
    return (255 - ink * (1 - share[..., None])).astype(np.uint8)
