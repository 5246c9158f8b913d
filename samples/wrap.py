"""Breaking text into printed lines, with and without the rules for line starts and ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

NOT_AT_START = set("。，、；：？！）》”’〕】%％,.;:!?)]℃…")
NOT_AT_END = set("（《“‘〔【([￥≥≤＞<>")
WORD = re.compile(r"[A-Za-z0-9.,%+\-]{1,12}|.", re.S)
"""A Latin word or number of up to 12 characters stays in one piece, as in word processors."""

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

    A paragraph without an indent after it whose last line is nearly full would look like a
    soft wrap: such a paragraph is run together with the next one, so that what the lines show
    is what the truth says.
    """
    lines: list[TextLine] = []
    for paragraph in text.split("\n"):
        joined = paragraph
        if lines and indent_em == 0 and not _ends_clearly(lines[-1], paragraph, measure):
            start = _paragraph_start(lines)
            joined = "".join(line.text for line in lines[start:]) + paragraph
            del lines[start:]
        lines += _wrap_paragraph(joined, measure, rules, indent_em * measure.em)
    return lines


def visible_text(lines: list[TextLine]) -> str:
    """What a reader of the lines takes down: soft wraps joined, paragraphs kept."""
    text = "".join(line.text + ("\n" if line.last else "") for line in lines)
    return text.removesuffix("\n")


def _ends_clearly(line: TextLine, following: str, measure: Measure) -> bool:
    room = measure.width - measure.width_of(line.text)
    match = WORD.match(following)
    needed = measure.width_of(match[0]) if match else 0.0
    return room >= needed + CLEAR_END_EM * measure.em


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
