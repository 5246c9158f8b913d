"""The second line of a double frame, along the sides of a table, however broken it is.

Taken for itself each dash of it could be a stroke of print. Along the whole side they are in line.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.grid.lattice import Lattice

LINE_SHARE = 0.6
"""Printed share of a second line. Print has nothing so long in line: rows of it are parted by
blank ones, and in a row strokes by gaps."""
MIN_SIDE_EM = 6.0
"""Beside a lower table two lines of print could be in line."""


def second_lines(
    printed: NDArray[np.uint8], lattices: Sequence[Lattice], *, reach: int, em: float
) -> NDArray[np.bool_]:
    """Where lines run along the sides of tables, inside or outside, bool (H, W).

    Args:
        printed: uint8 (H, W), 0 or 1, rulings included.
        lattices: Tables of the page.
        reach: The two lines are no further apart, pixels.
        em: Text height in pixels.
    """
    found = np.zeros(printed.shape, np.bool_)
    for lattice in lattices:
        left, right = round(lattice.xs[0]), round(lattice.xs[-1])
        top, bottom = round(lattice.ys[0]), round(lattice.ys[-1])
        rows, columns = (
            slice(max(a - reach, 0), b + reach + 1) for a, b in ((top, bottom), (left, right))
        )
        if bottom - top >= MIN_SIDE_EM * em:
            for x in (left, right):
                side = slice(max(x - reach, 0), x + reach + 1)
                found[rows, side] |= _in_line(printed[rows, side], 2 * reach)[None, :]
        if right - left >= MIN_SIDE_EM * em:
            for y in (top, bottom):
                side = slice(max(y - reach, 0), y + reach + 1)
                found[side, columns] |= _in_line(printed[side, columns].T, 2 * reach)[:, None]
    return found


def _in_line(band: NDArray[np.uint8], end: int) -> NDArray[np.bool_]:
    """Which columns of a band are printed along it; a line may lean or bow by a pixel.

    Args:
        band: uint8 (N, M), along the side and across it.
        end: Left out at both ends of the band, where the other sides begin.
    """
    inner = np.ascontiguousarray(band[end : len(band) - end])
    wide = cv2.dilate(inner, np.ones((1, 3), np.uint8))
    return np.asarray(wide.mean(axis=0) >= LINE_SHARE, np.bool_)
