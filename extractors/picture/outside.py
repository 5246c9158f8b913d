"""Lines of print outside all tables: titles, names of offices, notes.

No ruling bounds them there, so ink far away at the same height, above all the edge of a
photographed sheet, would run into the row profile of a title and cut it. Each block of print is
therefore cut into lines by itself.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.lines import LineBox, find_lines, split_at_gaps

COLUMN_GAP_EM = 3.0
"""A blank wider than this separates two lines that share a height."""
ROW_GAP_EM = 1.0
"""Print further below than this is a block of its own; parts of one character (二) are nearer."""
TALLEST_PRINT_EM = 3.0
"""Titles are printed at up to twice the size of the text (小一 over 五号)."""
SEAL_EM = 13.0
"""An official seal is up to 4.5 cm wide, twelve characters of 五号; what is higher is the edge
of the sheet or its shadow."""
RULING_REST_EM = (0.35, 2.5)
"""A piece thinner than the first and longer than the second is what is left of a ruling."""


def outside_lines(mask: NDArray[np.uint8], em: float) -> list[LineBox]:
    """Lines of print, top to bottom.

    Args:
        mask: Printed pixels of the page, uint8 (H, W), 0 or 1, tables blanked out.
        em: Text height in pixels.
    """
    print_only = _print_only(mask, em)
    reach = np.ones((_odd(ROW_GAP_EM * em), _odd(COLUMN_GAP_EM * em)), np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(print_only, reach))
    lines = []
    for number, (x, y, width, height, _) in enumerate(stats[1:].tolist(), start=1):
        part = (slice(y, y + height), slice(x, x + width))
        block = np.where(labels[part] == number, print_only[part], 0).astype(np.uint8)
        lines += [
            LineBox(x + piece.x0, y + piece.y0, x + piece.x1, y + piece.y1)
            for line in find_lines(block, em=em)
            for piece in split_at_gaps(line, block, COLUMN_GAP_EM * em)
        ]
    return sorted(lines, key=lambda line: (line.y0, line.x0))


def _print_only(mask: NDArray[np.uint8], em: float) -> NDArray[np.uint8]:
    """The mask without edges of the sheet, which are too high for print, and rests of rulings."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    width, height = stats[:, 2], stats[:, 3]
    upright = (height > TALLEST_PRINT_EM * em) & (width < height / TALLEST_PRINT_EM)
    thin, long = (limit * em for limit in RULING_REST_EM)
    rest = (np.minimum(width, height) < thin) & (np.maximum(width, height) > long)
    foreign = upright | rest | (height > SEAL_EM * em)
    foreign[0] = False
    return np.where(foreign[labels], 0, mask).astype(np.uint8)


def _odd(length: float) -> int:
    """Nearest odd number of pixels, so that a kernel has a middle."""
    return 2 * round(length / 2) + 1
