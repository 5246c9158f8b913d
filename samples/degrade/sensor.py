"""What the sensor adds: uneven light, blur, noise, thresholding, compression."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.degrade.ink import Page


def shade(page: Page, rng: np.random.Generator, depth: float) -> Page:
    """Uneven light and the soft shadow of a hand or phone.

    Args:
        page: Page.
        rng: Source of chance.
        depth: Darkest loss of light, 0..1.
    """
    height, width = page.shape[:2]
    y, x = np.mgrid[0:1:64j, 0:1:64j]
    angle = rng.uniform(0, 2 * np.pi)
    slope = (np.cos(angle) * x + np.sin(angle) * y) * rng.uniform(0.2, 0.6)
    edge = rng.uniform(0.25, 0.75)
    direction = rng.uniform(0, 2 * np.pi)
    across = (np.cos(direction) * (x - edge) + np.sin(direction) * (y - edge)) * 8
    shadow = 1 / (1 + np.exp(-across))
    loss = slope - slope.min() + shadow * rng.uniform(0.3, 1.0)
    light = 1 - depth * loss / loss.max()
    field = cv2.resize(light.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    warmth = 1 + rng.uniform(-0.04, 0.04, 3)
    lit: Page = np.clip(page * field[..., None] * warmth, 0, 255).astype(np.uint8)
    return lit


def blur(page: Page, sigma: float) -> Page:
    """Gaussian blur; ``sigma`` in pixels."""
    return np.asarray(cv2.GaussianBlur(page, (0, 0), sigma), np.uint8)


def noise(page: Page, rng: np.random.Generator, sigma: float, *, grey: bool) -> Page:
    """Sensor noise of ``sigma`` grey levels, the same in all channels where ``grey``."""
    channels = 1 if grey else 3
    grain = rng.standard_normal((*page.shape[:2], channels), dtype=np.float32) * sigma
    return np.clip(page + grain, 0, 255).astype(np.uint8)


def tone(page: Page, paper: float, contrast: float) -> Page:
    """Maps white to ``paper`` (grey level) and black to what ``contrast``, 0..1, leaves."""
    low = paper * (1 - contrast)
    return (low + page.astype(np.float32) / 255 * (paper - low)).astype(np.uint8)


def to_grey(page: Page) -> Page:
    """Drops the colour; still three channels."""
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    return np.repeat(np.asarray(grey, np.uint8)[..., None], 3, axis=2)


def to_bilevel(page: Page, threshold: float) -> Page:
    """Black and white, still three channels; ``threshold`` relative to the paper's grey."""
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    paper = float(np.percentile(grey, 90))
    bits: NDArray[np.uint8] = np.where(grey > threshold * paper, 255, 0).astype(np.uint8)
    return np.repeat(bits[..., None], 3, axis=2)
