"""Numbers on lines of their own, and how they are read."""

from __future__ import annotations

import numpy as np
from drawn_pages import Paper, font
from numpy.typing import NDArray

from extractors.ocr.port import Char, Reading
from extractors.picture.hidden import share_along
from extractors.picture.lines import LineBox

DPI = 150.0
CLEAR = ("1,234,567", "8,900,000", "56,789", "340,120", "20,000")
ROW_PT = 20
EM = Paper(1, 1, DPI).em


def written(numbers: tuple[str, ...]) -> tuple[NDArray[np.float32], dict[LineBox, Reading]]:
    """Darkness of a page with one number on each line, and its lines as they are read."""
    paper = Paper(200, 20 + ROW_PT * len(numbers), DPI)
    for row, number in enumerate(numbers):
        paper.write(number, 20, 10 + ROW_PT * row)
    ink = (1 - paper.pixels / 255).astype(np.float32)
    size = font(paper.em)
    readings = {}
    for row, number in enumerate(numbers):
        top = round((8 + ROW_PT * row) * paper.per_pt)
        part = ink[top : top + round(paper.em * 1.4)] > 0.4
        ys, xs = np.nonzero(part)
        line = LineBox(
            int(xs.min()), top + int(ys.min()), int(xs.max()) + 1, top + int(ys.max()) + 1
        )
        middles = [
            line.x0 + size.getlength(number[:i]) + size.getlength(number[i]) / 2
            for i in range(len(number))
        ]
        readings[line] = Reading(
            tuple(
                Char(text, 0.99, share_along(line, x, paper.em))
                for text, x in zip(number, middles, strict=True)
            )
        )
    return ink, readings
