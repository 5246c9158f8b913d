"""The star of a dark seal, taken off the print.

What it covers cannot be read, and its points reach into the lines above and below. By rule it has
five points and stands in the middle, a third as wide as the seal
(国务院关于国家行政机关和企业事业单位社会团体印章管理的规定, 1999).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.lines import PRINTED
from extractors.picture.seals import RIM, Seal

RADIUS = (0.24, 0.28, 0.32, 0.36, 0.4, 0.44)
"""From its middle to a point, in shares of the ring's inner radius: a third, and as it is drawn."""
INNER = 0.382
"""From its middle to a notch, in shares of that: of a regular star, the square of 0.618."""
POINTS = 5
TURNS = 12
"""So many ways it may be turned, from one point to the next."""
ASIDE = (-0.04, -0.02, 0.0, 0.02, 0.04)
"""How far its middle may lie from that of the ring, in shares of the ring's inner radius."""
STROKES = 90
DARKER = 1.15
"""A line of print covers more than a tenth of what it runs through; a seal is inked less unevenly
than this in so small a place."""
LIKELY = 0.75
COVERED = 0.9
"""Printed share of a star at least: of the places and sizes tried the one with the most print above
the first share. Heavy print fills no more than two thirds of such a place."""


def find_stars(
    tone: NDArray[np.float32], seals: Sequence[Seal], *, opaque: bool = False
) -> NDArray[np.bool_]:
    """Where the stars of dark seals are, bool (H, W).

    Args:
        tone: Darkness that is not cut off at full ink, rulings and seals included, float32 (H, W).
        seals: Of the page.
        opaque: Only those through which no print shows.
    """
    printed = tone > PRINTED
    found = np.zeros(tone.shape, np.bool_)
    for seal in seals:
        star = _star(printed, seal) if seal.is_dark else None
        if star is not None and not (opaque and _shows_print(tone[star > 0])):
            rim = 2 * max(1, round(RIM * seal.inner)) + 1
            found |= cv2.dilate(star, np.ones((rim, rim), np.uint8)) > 0
    return found


def _shows_print(tone: NDArray[np.float32]) -> bool:
    """Whether strokes show in a star, float32 (N,), by being darker than it is."""
    return bool(np.percentile(tone, STROKES) >= DARKER * np.median(tone))


def _star(printed: NDArray[np.bool_], seal: Seal) -> NDArray[np.uint8] | None:
    """Where the star of a seal stands, uint8 (H, W), 0 or 1; ``None`` where none is seen."""
    place, _ = seal.surroundings(printed.shape)
    disc = printed[place].astype(np.float32)
    x, y = seal.x - place[1].start, seal.y - place[0].start
    best, most = None, 0.0
    for share, turn, dx, dy in itertools.product(RADIUS, range(TURNS), ASIDE, ASIDE):
        middle = np.array([x + dx * seal.inner, y + dy * seal.inner])
        shape = _drawn(disc.shape, middle, share * seal.inner, turn / TURNS)
        inked = disc[shape > 0]
        gain = float((inked - LIKELY).sum())
        if inked.size and gain > most and inked.mean() >= COVERED:
            best, most = shape, gain
    if best is None:
        return None
    star = np.zeros(printed.shape, np.uint8)
    star[place] = best
    return star


def _drawn(
    shape: tuple[int, ...], middle: NDArray[np.float64], radius: float, turn: float
) -> NDArray[np.uint8]:
    """A star, uint8 (H, W), 0 or 1; ``turn`` is a share of the angle between two points."""
    corners = np.arange(2 * POINTS)
    angles = (corners / 2 + turn) * 2 * np.pi / POINTS - np.pi / 2
    reach = radius * np.where(corners % 2, INNER, 1.0)
    outline = middle + reach[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    drawn = np.zeros(shape, np.uint8)
    cv2.fillPoly(drawn, [np.rint(outline).astype(np.int32)], 1)
    return drawn
