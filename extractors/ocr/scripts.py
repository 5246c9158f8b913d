"""Signs and characters that only the script around them can tell apart.

A recognizer judges each shape by itself. Some shapes are two characters (— and 一), or two that
differ by a stroke (〕 and ）); which of them is printed follows from their neighbours.
Nothing is put where the picture shows no such shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.ocr.port import Char, Reading
from extractors.ocr.widths import DASH

_BARS = frozenset("一―ー")
_DATE_UNITS = frozenset("年月日")
_PAIRS = ("（）", "()", "〔〕", "[]", "【】", "［］")
_OPENING = {pair[0]: pair for pair in _PAIRS}
_CLOSING = {pair[1]: pair for pair in _PAIRS}
_ROUND = frozenset("（）()")
COMMA = ","
GROUP = 3
"""Digits between two separators of thousands."""
_SEPARATORS = frozenset(".,")
_POINTS = frozenset(".．")
_STOPS = frozenset("，、。；")
_BEFORE_STOPS = frozenset("%％》）”")
_ORDINALS = frozenset("一二三四五六七八九十甲乙丙丁")
"""Numbers of a list, behind which a point is set (一．总则)."""


def settle_by_script(reading: Reading) -> Reading:
    """The reading with shapes of two meanings in the one that fits their neighbours.

    Args:
        reading: Of one line.
    """
    chars = [c for c in reading.chars if not c.text.isspace()]
    changed = {**_dashes(chars), **_brackets(chars), **_separators(chars), **_worn_stops(chars)}
    by_char = {id(chars[i]): char for i, char in changed.items()}
    return replace(reading, chars=tuple(by_char.get(id(c), c) for c in reading.chars))


def _dashes(chars: Sequence[Char]) -> dict[int, Char]:
    """Bars that are no 一: between digits, and where the picture shows a dash beside one.

    Chinese never writes 一 between digits (2016—2018, 2016年—2018年). Where only one side is on
    the line, or where two bars make the dash of a sentence (——), the picture must allow it: of
    一 itself no recognizer takes it for a dash.
    """
    found = {}
    for i, char in enumerate(chars):
        if char.text not in _BARS:
            continue
        before, after = _ends_number(chars, i - 1), _begins_number(chars, i + 1)
        edge = i in (0, len(chars) - 1) and (before or after)
        if (before and after) or (_may_be_dash(char) and (edge or _doubled(chars, i))):
            found[i] = replace(char, text=DASH)
    return found


def _ends_number(chars: Sequence[Char], index: int) -> bool:
    if index < 0:
        return False
    text = chars[index].text
    return _is_digit(text) or (
        text in _DATE_UNITS and index > 0 and _is_digit(chars[index - 1].text)
    )


def _begins_number(chars: Sequence[Char], index: int) -> bool:
    return index < len(chars) and _is_digit(chars[index].text)


def _doubled(chars: Sequence[Char], index: int) -> bool:
    """Whether the bar beside this one may be a dash as well."""
    return any(
        0 <= i < len(chars) and (chars[i].text == DASH or _may_be_dash(chars[i]))
        for i in (index - 1, index + 1)
    )


def _may_be_dash(char: Char) -> bool:
    return char.text in _BARS and DASH in char.supported


def _brackets(chars: Sequence[Char]) -> dict[int, Char]:
    """Closing brackets in the shape of those that they close, around digits: 〔2021〕.

    Round brackets are the common ones, which a recognizer falls back to; a tortoise-shell or
    square one was seen. Of these two the pair stays that the picture supports better.
    """
    found: dict[int, Char] = {}
    for start, char in enumerate(chars):
        end = next((i for i in range(start + 1, len(chars)) if not _is_digit(chars[i].text)), start)
        if char.text not in _OPENING or end <= start + 1 or chars[end].text not in _CLOSING:
            continue
        opened, closed = _OPENING[char.text], _CLOSING[chars[end].text]
        if opened[0] not in _ROUND and closed[1] in _ROUND:
            found[end] = replace(chars[end], text=opened[1])
        elif opened[0] in _ROUND and closed[1] not in _ROUND:
            found[start] = replace(char, text=closed[0])
        elif opened != closed and opened[0] not in _ROUND:
            best = max(
                (opened, closed), key=lambda p: _share(char, p[0]) * _share(chars[end], p[1])
            )
            found[start], found[end] = (
                replace(c, text=t) for c, t in zip((char, chars[end]), best, strict=True)
            )
    return found


def _separators(chars: Sequence[Char]) -> dict[int, Char]:
    """Points that are commas: between groups of three digits, one of which has a comma beside it.

    A number has one point at most, so that 44,907.000 with a point for a comma would have three
    decimals behind groups of three; a comma is taken where the picture supports one, and of a
    number with a single sign nothing is said: 1.083 may be a fraction.
    """
    found: dict[int, Char] = {}
    start = 0
    while start < len(chars):
        end = start
        while end < len(chars) and (_is_digit(chars[end].text) or chars[end].text in _SEPARATORS):
            end += 1
        signs = [i for i in range(start, end) if chars[i].text in _SEPARATORS]
        known = [i for i in signs if chars[i].text == COMMA]
        may_be = all(i in known or COMMA in chars[i].supported for i in signs)
        if known and may_be and _in_threes(signs, start, end):
            found |= {i: _as_comma(chars[i]) for i in signs}
        start = max(end, start + 1)
    return found


def _worn_stops(chars: Sequence[Char]) -> dict[int, Char]:
    """Points between two Chinese characters, where none is set: commas that lost their tail.

    The likeliest sign that the picture supports is taken, as sure as it shows either.
    """
    found: dict[int, Char] = {}
    for i, (before, point, after) in enumerate(zip(chars, chars[1:], chars[2:], strict=False), 1):
        stops = [t for t in point.supported if t in _STOPS]
        is_amid = after.is_chinese and (
            before.text in _BEFORE_STOPS or (before.is_chinese and before.text not in _ORDINALS)
        )
        if point.text in _POINTS and is_amid and stops:
            sure = sum(_share(point, sign) for sign in (*_POINTS, stops[0]))
            others = tuple(o for o in point.others if o[0] not in (*_POINTS, stops[0]))
            found[i] = replace(point, text=stops[0], probability=min(sure, 1.0), others=others)
    return found


def _in_threes(signs: Sequence[int], start: int, end: int) -> bool:
    """Whether several signs cut a run of digits into one to three and then three at a time."""
    if len(signs) < 2 or not 1 <= signs[0] - start <= GROUP:
        return False
    return all(b - a == GROUP + 1 for a, b in pairwise([*signs, end]))


def _as_comma(char: Char) -> Char:
    """A point or comma as the comma it is: as sure as the picture shows either."""
    sure = sum(_share(char, sign) for sign in _SEPARATORS)
    others = tuple(other for other in char.others if other[0] not in _SEPARATORS)
    return replace(char, text=COMMA, probability=min(sure, 1.0), others=others)


def _share(char: Char, text: str) -> float:
    """Probability that the picture shows ``text`` there."""
    return char.probability if char.text == text else dict(char.others).get(text, 0.0)


def _is_digit(text: str) -> bool:
    return text.isascii() and text.isdigit()
