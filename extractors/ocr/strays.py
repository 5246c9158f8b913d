"""Points of dirt that a recognizer read as stops.

Which points belong to the print their places tell: no typesetting puts a stop far behind the
word that it ends, nor two different stops on one spot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from statistics import median

from extractors.ocr.port import Char, Reading

STOPS = frozenset(".,，。、·•'`")
"""Signs that are small specks; a point of dirt is read as one of them."""
FAR = 2.0
"""A stop stands no farther than this behind the character that it follows, em: one square behind
another sign, half as much again where a line is set wide, and the error of two places."""
POINTS = frozenset(".·•'`")
"""Of these, those that stand between figures only, or not in Chinese print at all."""
ENDS = frozenset("。，、；：:;,")
"""Signs behind which no point is set, unless it begins a fraction."""
DOTS = frozenset(".·•")
"""Points that are no quotation mark, which may follow such a sign."""
CLOSERS = frozenset("》）)】〕]」』”%％")
"""Closing signs, and those of a share, behind which a sentence of Chinese print ends in a ring."""
POINT_ROOM = 0.12
"""A point takes a quarter of a square in the narrowest print: characters less than half of that
further apart than their line has them have none between them, em."""
MIN_PITCHES = 2
"""So many distances of neighbouring characters tell how a line is set."""
POINT_FAR = 1.05
"""A point, half a square wide, stands no farther from what is beside it, em."""
FIGURES = frozenset("0123456789")
FIGURE_FAR = 1.2
"""Nor farther from a figure than so many times what these are apart: a point is no wider than they
are, and the place of either may err by a tenth of that."""
MAX_DECIMALS = 6
"""The longest fraction is one of 万元 to the last 分."""
CALENDAR = tuple("年月日")
"""What is counted in whole numbers."""
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
    found = [*_doubles(chars, em), *_leading(chars, em), *_behind(chars), *_squeezed(chars, em)]
    found += [*_latin_end(chars), *_second_point(chars)]
    strays = {id(c) for c in found}
    strays |= {id(c) for c in _trailing([c for c in chars if id(c) not in strays], em)}
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


def _behind(chars: Sequence[Char]) -> list[Char]:
    """Points behind the sign that ends a sentence or a part of one, or between it and the word."""
    follows = [*(c.text for c in chars[2:]), ""]
    return [
        point
        for (before, point), after in zip(pairwise(chars), follows, strict=False)
        if point.text in DOTS
        and (
            (before.text in ENDS and not after.isdecimal())
            or (after in ENDS and not before.text.isascii())
        )
    ]


def _squeezed(chars: Sequence[Char], em: float) -> list[Char]:
    """Points between two characters that stand as close as the others of their line."""
    pitches = [b.x - a.x for a, b in pairwise(chars) if a.is_chinese and b.is_chinese]
    if len(pitches) < MIN_PITCHES:
        return []
    most = median(pitches) + POINT_ROOM * em
    triples = zip(chars, chars[1:], chars[2:], strict=False)
    return [
        point
        for before, point, after in triples
        if point.text in DOTS
        and before.is_chinese
        and after.is_chinese
        and after.x - before.x < most
    ]


def _latin_end(chars: Sequence[Char]) -> list[Char]:
    """A point that ends a line of Chinese print, unless another one within does so too.

    Chinese sentences end in a ring: 54 lines of 40 real forms do, and none in a point. A single
    character with one (一.) is a number.
    """
    if all(c.text.isascii() for c in chars):
        return []
    ends = [
        point
        for before, point in pairwise(chars)
        if point.text in DOTS and (before.is_chinese or before.text in CLOSERS)
    ]
    return ends if len(ends) == 1 and ends[0] is chars[-1] and len(chars) > 2 else []


def _trailing(chars: Sequence[Char], em: float) -> Sequence[Char]:
    """The stops that end a line from the first one on that stands far behind what it follows."""
    first = len(chars) - sum(1 for _ in takewhile(lambda c: c.text in STOPS, reversed(chars)))
    ends = range(max(first, 1), len(chars))
    far = next((i for i in ends if _is_far(chars, i, em)), len(chars))
    return chars[far:]


def _is_far(chars: Sequence[Char], place: int, em: float) -> bool:
    """Whether a stop stands farther behind a character than any typesetting puts it."""
    before, stop = chars[place - 1], chars[place]
    farthest = _point_far(chars, before, em) if stop.text in POINTS else FAR * em
    return stop.x - before.x > farthest


def _point_far(chars: Sequence[Char], beside: Char, em: float) -> float:
    """How far a point may stand from a character, as a share of the crop's width."""
    pitches = [b.x - a.x for a, b in pairwise(chars) if a.text in FIGURES and b.text in FIGURES]
    if beside.text not in FIGURES or len(pitches) < MIN_PITCHES:
        return POINT_FAR * em
    return min(POINT_FAR * em, FIGURE_FAR * median(pitches))


def _second_point(chars: Sequence[Char]) -> list[Char]:
    """A point behind a number that has its decimals: 8.00. is no list number."""
    number, points = "".join(c.text for c in chars[:-1]), chars[-1:]
    has_decimals = re.fullmatch(r"[\d,]+\.\d{2,}", number)
    return [p for p in points if has_decimals and p.text in DOTS]


def _leading(chars: Sequence[Char], em: float) -> list[Char]:
    """A point that begins a line far from it, or before what is no fraction.

    That is a word, a number with a point of its own, or a date.
    """
    if len(chars) < 2 or chars[0].text not in POINTS:
        return []
    if chars[1].x - chars[0].x > _point_far(chars, chars[1], em):
        return [chars[0]]
    number = "".join(c.text for c in takewhile(lambda c: c.text in "0123456789.", chars[1:]))
    counted = "".join(c.text for c in chars[1 + len(number) : 2 + len(number)])
    is_fraction = number and "." not in number and len(number) <= MAX_DECIMALS
    return [] if is_fraction and counted not in CALENDAR else [chars[0]]
