"""Breaking text into printed lines, with and without the rules for line starts and ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import accumulate

NOT_AT_START = set("。，、；：？！）》”’〕】%％,.;:!?)]℃…")
NOT_AT_END = set("（《“‘〔【([￥≥≤＞<>")
WORD = re.compile(r"[A-Za-z0-9.,%+\-]{1,12}|.", re.S)
"""A Latin word or number of up to 12 characters stays in one piece, as in word processors."""

ITEM = re.compile(
    r"(?:\d{1,2}[、.]|[（(](?:\d{1,2}|[一二三四五六七八九])[）)]|[一二三四五六七八九]、|[①-⑨])(?!\d)"
)
"""Number of a list's item. At a line's start a reader takes it for the start of a paragraph."""
STOPS = "。；：:"
"""What stands before the number of an item inside running text."""

CLEAR_END_EM = 2.0
"""A paragraph's last line leaves at least this much room, else its end could not be seen."""


@dataclass(frozen=True, slots=True)
class WrapRules:
    """How a printing program breaks lines.

    Attributes:
        kinsoku: Whether closing punctuation is kept off line starts and opening off ends.
        keep_words: Whether Latin words and numbers stay in one piece.
    """

    kinsoku: bool
    keep_words: bool


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line.

    Attributes:
        text: Its characters.
        indent: Room before them in points.
        last: Whether its paragraph ends here.
    """

    text: str
    indent: float
    last: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """Width of a cell and of the characters in it, in points.

    Attributes:
        width: Room for a line.
        width_of: Width of a text.
        em: Font size.
    """

    width: float
    width_of: Callable[[str], float]
    em: float


def wrap_text(text: str, measure: Measure, rules: WrapRules, indent_em: float) -> list[TextLine]:
    """Lines of a text whose paragraphs are separated by line feeds.

    What the lines show is what the truth says. A paragraph without an indent after it whose last
    line is nearly full would look like a soft wrap: it is run together with the next one, unless
    that one begins with the number of an item. The other way round, where every number of a list
    in running text happens to begin a line, nobody could tell it from a list set line by line:
    it counts as one.
    """
    lines: list[TextLine] = []
    for paragraph in text.split("\n"):
        joined = paragraph
        if lines and indent_em == 0 and not _ends_clearly(lines[-1], paragraph, measure):
            start = _paragraph_start(lines)
            joined = "".join(line.text for line in lines[start:]) + paragraph
            del lines[start:]
        wrapped = _wrap_paragraph(joined, measure, rules, indent_em * measure.em)
        lines += wrapped if indent_em else _seen_as_items(wrapped)
    return lines


def visible_text(lines: list[TextLine]) -> str:
    """What a reader of the lines takes down: soft wraps joined, paragraphs kept."""
    text = "".join(line.text + ("\n" if line.last else "") for line in lines)
    return text.removesuffix("\n")


def _ends_clearly(line: TextLine, following: str, measure: Measure) -> bool:
    if ITEM.match(following):
        return True
    room = measure.width - measure.width_of(line.text)
    match = WORD.match(following)
    needed = measure.width_of(match[0]) if match else 0.0
    return room >= needed + CLEAR_END_EM * measure.em


def _seen_as_items(lines: list[TextLine]) -> list[TextLine]:
    """The lines of a paragraph, ended before each item if all its items begin lines."""
    starts = [0, *accumulate(len(line.text) for line in lines)]
    text = "".join(line.text for line in lines)
    after_stops = (i + 1 for i, character in enumerate(text) if character in STOPS)
    items = {i for i in after_stops if ITEM.match(text, i)}
    if not items <= set(starts):
        return lines
    ends = starts[1:]
    return [replace(x, last=x.last or end in items) for x, end in zip(lines, ends, strict=True)]


def _paragraph_start(lines: list[TextLine]) -> int:
    start = len(lines) - 1
    while start > 0 and not lines[start - 1].last:
        start -= 1
    return start


def _wrap_paragraph(text: str, measure: Measure, rules: WrapRules, indent: float) -> list[TextLine]:
    tokens = WORD.findall(text) if rules.keep_words else list(text)
    lines: list[TextLine] = []
    current: list[str] = []
    room = measure.width - indent
    for token in tokens:
        if current and measure.width_of("".join(current) + token) > room:
            carried = _carry(current, token) if rules.kinsoku else []
            offset = indent if not lines else 0.0
            lines.append(TextLine("".join(current), offset, last=False))
            current = carried
            room = measure.width
        current.append(token)
    lines.append(TextLine("".join(current), 0.0 if lines else indent, last=True))
    return lines


def _carry(current: list[str], token: str) -> list[str]:
    """Takes tokens off the end of a line until neither it nor the next one breaks the rules."""
    carried: list[str] = []
    following = token
    while len(current) > 1 and (following[0] in NOT_AT_START or current[-1][-1] in NOT_AT_END):
        following = current.pop()
        carried.insert(0, following)
    return carried
