"""Pages drawn for tests: white paper, rulings and print at true size, any resolution."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

FONTS = (
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
)
BODY_PT = 10.5
HAIRLINE_PT = 0.6

Rect = tuple[int, int, int, int]
"""Half-open ``(row0, col0, row1, col1)``."""
Side = tuple[bool, float, float, float]
"""Horizontal or not, position, start and end, points."""


def font(pixels: float) -> ImageFont.FreeTypeFont:
    """A font with Chinese; the test is skipped on a machine that has none."""
    for path in FONTS:
        if path.is_file():
            return ImageFont.truetype(str(path), round(pixels))
    pytest.skip("no Chinese font installed")


class Paper:
    """White paper; everything is given in points."""

    def __init__(self, width: float, height: float, dpi: float) -> None:
        self.dpi = dpi
        self.per_pt = dpi / 72
        size = (round(height * self.per_pt), round(width * self.per_pt))
        self.pixels: NDArray[np.uint8] = np.full(size, 255, np.uint8)

    @property
    def em(self) -> float:
        """Height of body text, pixels."""
        return BODY_PT * self.per_pt

    def rule(self, side: Side, *, gap: float = 0.0, dash: float = 1e9) -> None:
        """A ruling, broken by ``gap`` after each ``dash``."""
        horizontal, position, start, end = side
        half = max(round(HAIRLINE_PT * self.per_pt), 1) / 2
        low = round(position * self.per_pt - half)
        high = low + round(2 * half)
        while start < end:
            stop = min(start + dash, end)
            a, b = round(start * self.per_pt - half), round(stop * self.per_pt + half)
            if horizontal:
                self.pixels[low:high, a:b] = 0
            else:
                self.pixels[a:b, low:high] = 0
            start = stop + gap

    def write(self, text: str, x: float, y: float, size: float = BODY_PT) -> None:
        """One line with its upper left corner at ``(x, y)``."""
        image = Image.fromarray(self.pixels)
        where = (x * self.per_pt, y * self.per_pt)
        ImageDraw.Draw(image).text(where, text, fill=0, font=font(size * self.per_pt), anchor="lt")
        self.pixels = np.asarray(image, dtype=np.uint8).copy()

    def stroke(self, points: Sequence[tuple[float, float]], width: float) -> None:
        """A pen stroke through the points."""
        thick = max(round(width * self.per_pt), 1)
        for a, b in pairwise(points):
            p, q = ((round(v[0] * self.per_pt), round(v[1] * self.per_pt)) for v in (a, b))
            cv2.line(self.pixels, p, q, 0, thick, cv2.LINE_AA)


def sides(xs: Sequence[float], ys: Sequence[float], cells: Sequence[Rect]) -> list[Side]:
    """Rulings around the cells, each drawn in one stroke as far as it goes."""
    across = {(r, c) for r0, c0, r1, c1 in cells for r in (r0, r1) for c in range(c0, c1)}
    down = {(c, r) for r0, c0, r1, c1 in cells for c in (c0, c1) for r in range(r0, r1)}
    return [(True, ys[r], xs[a], xs[b]) for r, a, b in _stretches(across)] + [
        (False, xs[c], ys[a], ys[b]) for c, a, b in _stretches(down)
    ]


def _stretches(steps: set[tuple[int, int]]) -> list[tuple[int, int, int]]:
    out: list[tuple[int, int, int]] = []
    for line, step in sorted(steps):
        if out and out[-1][0] == line and out[-1][2] == step:
            out[-1] = (line, out[-1][1], step + 1)
        else:
            out.append((line, step, step + 1))
    return out
