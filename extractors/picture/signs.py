"""Signs that a recognizer cannot know when they stand alone on their line.

A stop that the print wrapped to a line of its own is a small ring and nothing beside it to show
how small: recognizers read 0 or 口. The picture knows its height.
"""

from __future__ import annotations

from dataclasses import replace

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


def settle_lone_stop(
    reading: Reading, line: LineBox, mask: NDArray[np.uint8], em: float
) -> Reading:
    """The reading with a ring that is too small for a character as the full stop it is.

    Args:
        reading: Of the whole line.
        line: Its place in ``mask``.
        mask: Printed pixels of the page, uint8 (H, W), 0 or 1.
        em: Text height in pixels.
    """
    if len(reading.chars) != 1 or reading.text not in RINGS:
        return reading
    ys, xs = np.nonzero(mask[line.y0 : line.y1, line.x0 : line.x1])
    if ys.size == 0 or max(np.ptp(ys), np.ptp(xs)) + 1 > STOP_EM * em:
        return reading
    stop = reading.chars[0]
    return Reading((replace(stop, text="。", probability=max(stop.probability, SURE)),))
