"""Width of a < or > that begins a line, where no character before it shows where it begins.

Two places tell of it, and neither well: where the ink of the line begins, which dirt and rests of
rulings move, and where the recognizer puts the sign, which it knows to one of its steps only (8 of
48 pixels, 0.2 em). Both are asked; where they leave it open the reading says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.ocr.advances import advance, both_widths
from extractors.ocr.port import Char

LATE = 0.1
"""By how much the second character of a line is placed late, em. It is never early, and late by
up to one step of the recognizer; measured rooms lie at 0.45 to 0.74 behind a half-width sign, at
0.78 to 1.08 behind a full one."""
BEARING_HALF = 0.06
BEARING_FULL = 0.22
"""Paper on the left of a half- and of a full-width < or >, within its advance, em."""
LEAST_MIDDLE = 0.15
MOST_MIDDLE = 0.5
"""The middle of a < or > stands within these behind the beginning of its ink, em: from less than
half of the narrowest to half of the widest, and the error of its place. Elsewhere the line's ink
is not the sign's."""
CLEAR = 0.1
"""How far from the middle between both widths the two rooms together must lie, em: half a step of
the recognizer."""
UNCLEAR = 0.5
"""Probability of the likelier width between these: of 113 such signs six lay there, and neither
width was the commoner among them."""


def leading_comparison(read: Sequence[Char], pitch: float, start: float) -> Char | None:
    """The first character in its width, if it is a < or > that others follow.

    A space that was read behind the sign is the blank side of its square: of ten such signs all
    were full-width.

    Args:
        read: The characters of a line as read.
        pitch: Advance of Chinese characters, share of the crop's width.
        start: Where the ink of the line begins, share of the crop's width.
    """
    chars = [c for c in read if not c.text.isspace()]
    if len(chars) < 2 or chars[0].text not in "<>＜＞":
        return None
    first, second = chars[:2]
    half, full = both_widths(first.text)
    if second.text == "=":
        return replace(first, text=half)
    if any(a is first and b.text.isspace() for a, b in pairwise(read)):
        return replace(first, text=full)
    widths = advance(half), advance(full)
    after = advance(second.text) / 2
    own = (second.x - first.x) / pitch - after - sum(widths) / 4
    if LEAST_MIDDLE <= (first.x - start) / pitch <= MOST_MIDDLE:
        ink = (second.x - start) / pitch - after - LATE
        ink -= (widths[0] - BEARING_HALF + widths[1] - BEARING_FULL) / 2
        beyond, is_clear = own + ink, abs(own + ink) > CLEAR
    else:
        beyond, is_clear = own, False
    sure = first.probability if is_clear else min(first.probability, UNCLEAR)
    return replace(first, text=full if beyond > 0 else half, probability=sure)
