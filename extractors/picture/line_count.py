"""How many lines a band of print holds that no blank row parts, and where it is cut."""

from __future__ import annotations

import itertools
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

TALL = 1.55
"""A band this many times the line height holds more than one line."""
LARGE_PRINT = 0.6
"""A tall band whose larger components fill this share of its height is one line of large print."""
LARGE_INK = 1 / 3
"""Without a valley it is one where those no wider than a character hold this share of its ink: the
rest are dots and strokes of characters in several pieces."""
TIGHT = 0.85
"""Lines are set no closer than this share of their usual height, one to the next."""
WIDE = 1.6
"""Lines that touch, by a seal's rim or by noise, are set no wider than this."""
VALLEY = 0.5
"""Between two lines a row holds no more than this share of the ink in a row of either."""
EVEN = 0.2
"""Lines of a band are evenly spaced, within this share of their height."""
STROKE = 0.25
"""A row with no more ink than this share of a line's height holds a single stroke."""


def cut_tall(
    bands: list[tuple[int, int]], mask: NDArray[np.uint8], em: float
) -> list[tuple[int, int]]:
    """Bands with those of several touching lines cut at the emptiest rows near equal parts.

    Args:
        bands: First row of each and the one behind it, in the mask.
        mask: Printed pixels of a region, uint8 (H, W), 0 or 1.
        em: Text height in pixels.
    """
    profile = mask.sum(axis=1, dtype=np.int64)
    heights = [b - a for a, b in bands if 0.6 * em <= b - a <= 1.4 * em]
    usual = float(np.median(heights)) if heights else em
    out: list[tuple[int, int]] = []
    for top, bottom in bands:
        parts = _line_count(mask[top:bottom], usual)
        edges = _cuts(profile[top:bottom], parts, 0.35 * usual)
        out.extend((top + a, top + b) for a, b in itertools.pairwise(edges) if b > a)
    return out


def _line_count(band: NDArray[np.uint8], usual: float) -> int:
    """How many lines a band holds: one if it is low, or if its characters are as high as it.

    As many as the valleys of its profile show, if these are even; otherwise the usual distance
    of lines decides, except between characters of large print.
    """
    height = int(band.shape[0])
    if height <= TALL * usual:
        return 1
    _, _, stats, _ = cv2.connectedComponentsWithStats(band, connectivity=8)
    profile = band.sum(axis=1, dtype=np.int64)
    if _is_one_with_tail(profile, stats, usual):
        return 1
    widths, heights, areas = stats[1:, 2:].T
    large = LARGE_PRINT * height
    if float(np.percentile(heights, 80)) > large:
        return 1
    fewest = max(int(np.ceil(height / (WIDE * usual))), 2)
    for parts in range(int(height / (TIGHT * usual)), fewest - 1, -1):
        if _are_valleys(_cuts(profile, parts, EVEN * usual), profile):
            return parts
    characters = (heights > large) & (widths <= height)
    if areas[characters].sum() > LARGE_INK * areas.sum():
        return 1
    return max(round(height / (1.2 * usual)), 1)


def _is_one_with_tail(profile: NDArray[np.int64], stats: NDArray[Any], usual: float) -> bool:
    """Whether but for a stroke that leaves it, as a tick does, a band is as high as one line."""
    core = np.flatnonzero(profile > STROKE * usual)
    if core.size == 0 or core[-1] + 1 - core[0] > TALL * usual:
        return False
    tops, bottoms = stats[1:, 1], stats[1:, 1] + stats[1:, 3]
    return not np.any((bottoms <= core[0]) | (tops > core[-1]))


def _cuts(profile: NDArray[np.int64], parts: int, reach: float) -> list[int]:
    """Edges of equal parts, the inner ones moved to the emptiest row within ``reach``."""
    height = len(profile)
    edges = [0]
    for k in range(1, parts):
        middle = k * height / parts
        low = max(edges[-1] + 1, round(middle - reach))
        high = min(height - 1, round(middle + reach))
        edges.append(low + int(np.argmin(profile[low : high + 1])))
    return [*edges, height]


def _are_valleys(edges: list[int], profile: NDArray[np.int64]) -> bool:
    """Whether every inner edge lies in much less ink than the parts above and below it."""
    usual = [float(np.median(profile[a:b])) for a, b in itertools.pairwise(edges)]
    return all(
        profile[edge] <= VALLEY * min(above, below)
        for edge, (above, below) in zip(edges[1:-1], itertools.pairwise(usual), strict=True)
    )
