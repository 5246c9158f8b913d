"""Signs that a recognizer cannot know when they stand alone on their line.

A stop that the print wrapped to a line of its own is a small ring and nothing beside it to show
how small: recognizers read 0 or 口. The picture knows its height. And a slash, which says that
nothing is entered, is read as 1: one stroke either way, but the slash leans.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.ocr.port import Reading
from extractors.picture.lines import LineBox

STOP_EM = 0.5
"""A ring lower and narrower than this is a full stop: digits are 0.7 em high, 口 and the letter
o more than half."""
SURE = 0.9
"""Probability of a full stop whose size was measured, whatever a recognizer made of it."""
RINGS = frozenset("0OoQ口囗〇○°º。.")
"""What a lone full stop is read as."""
SPECK_EM = 0.15
"""Ink smaller than this is dirt beside a sign: the ring of a full stop is 0.25 em and more."""
STROKES = frozenset("1lI|/丿")
"""What a lone slash is read as."""
SLASH_LEAN = 0.25
"""A slash leans to the right by more than this share of its height: those of nine typefaces of
forms by 0.31 to 0.49, their figure 1, with its flag on the left, by nothing, and one set in
italics by 0.21."""
STRAIGHT = 0.04
"""The middle of a single stroke strays no farther from a straight line on average, share of its
height: 0.012 at most in these typefaces, and as much again for a rough edge."""


def settle_lone_sign(
    reading: Reading, line: LineBox, mask: NDArray[np.uint8], em: float
) -> Reading:
    """The reading with a lone full stop or slash as what it is.

    Args:
        reading: Of the whole line.
        line: Its place in ``mask``.
        mask: Printed pixels of the page, uint8 (H, W), 0 or 1.
        em: Text height in pixels.
    """
    ink = mask[line.y0 : line.y1, line.x0 : line.x1]
    if len(reading.chars) != 1 or ink.size == 0:
        return reading
    ink = _without_specks(ink, em)
    return settle_lone_slash(settle_lone_stop(reading, ink, em), ink, em)


def _without_specks(ink: NDArray[np.uint8], em: float) -> NDArray[np.uint8]:
    """The same without points of dirt, which a recognizer passes over."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sizes = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    kept: NDArray[np.uint8] = (sizes >= SPECK_EM * em).astype(np.uint8)[labels]
    return np.asarray(ink * kept, np.uint8)


def settle_lone_slash(reading: Reading, ink: NDArray[np.uint8], em: float) -> Reading:
    """The reading with a stroke that leans as a slash does as a slash.

    Args:
        reading: Of the whole line.
        ink: Printed pixels of the line, uint8 (H, W), 0 or 1.
        em: Text height in pixels.
    """
    if len(reading.chars) != 1 or reading.text not in STROKES:
        return reading
    if not _is_slash(ink, em):
        return reading
    sign = reading.chars[0]
    return Reading((replace(sign, text="/", probability=max(sign.probability, SURE)),))


def _is_slash(ink: NDArray[np.uint8], em: float) -> bool:
    rows = np.flatnonzero(ink.any(axis=1))
    if rows.size < STOP_EM * em:
        return False
    middles = np.array([np.flatnonzero(ink[y]).mean() for y in rows])
    slope, start = np.polyfit(rows, middles, 1)
    astray = np.abs(middles - start - slope * rows).mean()
    return bool(-slope > SLASH_LEAN and astray <= STRAIGHT * rows.size)


def settle_lone_stop(reading: Reading, ink: NDArray[np.uint8], em: float) -> Reading:
    """The reading with a ring that is too small for a character as the full stop it is.

    Args:
        reading: Of the whole line.
        ink: Printed pixels of the line, uint8 (H, W), 0 or 1.
        em: Text height in pixels.
    """
    if len(reading.chars) != 1 or reading.text not in RINGS:
        return reading
    ys, xs = np.nonzero(ink)
    if ys.size == 0 or max(np.ptp(ys), np.ptp(xs)) + 1 > STOP_EM * em:
        return reading
    stop = reading.chars[0]
    return Reading((replace(stop, text="。", probability=max(stop.probability, SURE)),))
