"""Wide blanks within a line that was read in one piece.

A label and what was written behind it share a line without a ruling between them. A recognizer
drops the room there, or keeps one space of it, so that the text alone does not tell the two apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.ocr.port import Char
from extractors.picture.lines import LineBox, split_at_gaps
from extractors.picture.placed import PlacedReading

GAP_EM = 0.7
"""Wider than any space between words."""
BEARING_EM = 0.5
"""Blank half of the square that a full-width comma or bracket stands in."""
_BLANK_BEHIND = frozenset("，。、；：！？）」』】》〉”’")
_BLANK_BEFORE = frozenset("（「『【《〈“‘")


def wide_gaps(
    chars: Sequence[Char],
    placed: PlacedReading,
    line: LineBox,
    mask: NDArray[np.uint8],
    em: float,
) -> tuple[int, ...]:
    """Which of some characters have a wide blank before them.

    Args:
        chars: Neighbours in a reading.
        placed: That reading with the place of its crop.
        line: Its line, in the pixels of that place.
        mask: Printed pixels, uint8 (H, W), 0 or 1.
        em: Text height, pixels.

    Returns:
        Their numbers, ascending; never the first one.
    """
    printed = [(n, char) for n, char in enumerate(chars) if char.text.strip()]
    found = []
    for before, after in pairwise(split_at_gaps(line, mask, GAP_EM * em)):
        middle = (before.x1 + after.x0) / 2
        at = sum(placed.x(char) < middle for _, char in printed)
        if not 0 < at < len(printed):
            continue
        (_, last), (number, following) = printed[at - 1 : at + 1]
        signs = (last.text in _BLANK_BEHIND) + (following.text in _BLANK_BEFORE)
        if after.x0 - before.x1 > (GAP_EM + signs * BEARING_EM) * em:
            found.append(number)
    return tuple(dict.fromkeys(found))
