"""A ≥ or ≤ whose strokes ran together, which recognizers take for > or <: its ink tells.

A > is the same above and below its point; a ≥ has its bar below.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.ocr.port import Char, Reading
from extractors.picture.placed import PlacedReading

REACH_EM = 0.45
"""A sign's ink lies so near to the middle of it: half of the widest, and the error of its place."""
BOTTOM_HEAVY = 1.35
"""So much more ink in the lower half than in the upper one is a bar. Of sixteen typefaces > has
0.88 to 1.10 times as much, and up to 1.22 on 30 scans; ≥ 1.13 to 1.55 times."""
WITH_BAR = {">": "≥", "＞": "≥", "<": "≤", "＜": "≤"}
EQUALS = frozenset("=＝")
"""Typed behind a > it says the same, and its bars are no part of that."""
PROBABILITY = 0.5
"""Of a sign that a recognizer sees and its ink denies: a person looks."""


def settle_comparisons(placed: PlacedReading, rows: NDArray[np.uint8]) -> Reading:
    """The reading with a > or < that has a bar as ≥ or ≤, and unsure of it.

    Args:
        placed: Reading of a whole line.
        rows: Printed pixels of the line's rows over the page's width, uint8 (h, W), 0 or 1.
    """
    read = placed.reading.chars
    follows = [*(c.text for c in read[1:]), ""]
    chars = tuple(
        replace(c, text=WITH_BAR[c.text], probability=min(c.probability, PROBABILITY))
        if c.text in WITH_BAR and after not in EQUALS and _has_bar(_ink_of(c, placed, rows))
        else c
        for c, after in zip(read, follows, strict=False)
    )
    return replace(placed.reading, chars=chars)


def _has_bar(ink: NDArray[np.uint8]) -> bool:
    half = ink.shape[0] // 2
    upper = int(ink[:half].sum(dtype=np.int64))
    lower = int(ink[ink.shape[0] - half :].sum(dtype=np.int64))
    return lower > BOTTOM_HEAVY * upper


def _ink_of(char: Char, placed: PlacedReading, rows: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What is printed at the place of a character and hangs on nothing beside it, cut out."""
    x, reach = placed.x(char), REACH_EM * placed.em
    near = np.ascontiguousarray(rows[:, max(round(x - reach), 0) : round(x + reach) + 1])
    if near.size == 0:
        return near
    _, labels, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    left, right = stats[:, 0], stats[:, 0] + stats[:, 2]
    own = (left > 0) & (right < near.shape[1])
    own[0] = False
    kept = np.asarray(own[labels], np.uint8)
    lines = np.flatnonzero(kept.any(axis=1))
    return kept[lines[0] : lines[-1] + 1] if lines.size else kept[:0]
