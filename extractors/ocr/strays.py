"""Points of dirt that a recognizer read as stops.

Which points belong to the print their places tell: no typesetting puts a stop far behind the
word that it ends, nor two different stops on one spot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from extractors.ocr.port import Char, Reading

STOPS = frozenset(".,，。、·•'`")
"""Signs that are small specks; a point of dirt is read as one of them."""
FAR = 2.0
"""A stop stands no farther than this behind the character that it follows, em: one square behind
another sign, half as much again where a line is set wide, and the error of two places."""
POINTS = frozenset(".·•'`")
"""Of these, those that stand between figures only, or not in Chinese print at all."""
SAME_SPOT = 0.3
"""Two stops whose middles are nearer than this overlap, em: the narrowest in print, a row of
Latin points, stand about as far apart."""


def without_strays(reading: Reading, em: float) -> Reading:
    """The reading without stops that cannot have been set where they stand.

    Args:
        reading: Of one line.
        em: Text height as a share of the crop's width.
    """
    chars = [c for c in reading.chars if not c.text.isspace()]
    strays = {id(c) for c in [*_doubles(chars, em), *_leading(chars)]}
    left = [c for c in chars if id(c) not in strays]
    while len(left) > 1 and left[-1].text in STOPS and left[-1].x - left[-2].x > FAR * em:
        strays.add(id(left.pop()))
    if not strays:
        return reading
    kept = [c for c in reading.chars if id(c) not in strays]
    while kept and kept[-1].text.isspace():
        kept.pop()
    return replace(reading, chars=tuple(kept))


def _doubles(chars: Sequence[Char], em: float) -> list[Char]:
    """Of each two different stops on one spot the less probable one."""
    return [
        min(before, after, key=lambda c: c.probability)
        for before, after in pairwise(chars)
        if before.text in STOPS
        and after.text in STOPS
        and before.text != after.text
        and after.x - before.x < SAME_SPOT * em
    ]


def _leading(chars: Sequence[Char]) -> list[Char]:
    """A point that begins a line before what is no fraction: a word, a number with a point."""
    if len(chars) < 2 or chars[0].text not in POINTS:
        return []
    number = "".join(c.text for c in takewhile(lambda c: c.text in "0123456789.", chars[1:]))
    return [chars[0]] if not number or "." in number else []
