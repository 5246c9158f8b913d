"""Where printed lines begin paragraphs, and where the print merely wrapped.

The principle: a break is soft where the next line's first unbreakable piece would not have fitted
into the room left on this line. Everything is measured along x in the print's own em, so the
page's proportions do not matter. Shared by born-digital pages and pictures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from statistics import median

from extractors.evidence import Mark, TextLine, TextRun
from extractors.geometry import BBox

TOLERANCE_EM = 0.2
"""Error of a measured width: side bearings and the rounding of boxes."""
LATIN_TOLERANCE_EM = 0.06
"""Half-width characters are 0.5 em in Chinese faces and about as much as `units` says in others:
this much each is unknown."""
ALIGN_EM = 0.6
"""Edges further apart than this are not aligned: half a character and some noise."""
INDENT_EM = 1.2
"""A first line stands at least this far in; two characters is usual, noise half of one."""
USUAL_INDENT_EM = 2.0
"""First-line indent of Chinese prose."""
MAX_INDENT_EM = 3.2
"""A first line stands at most this far in from the ruling; more is a centred or shifted block."""
MAX_PADDING_EM = 0.6
"""Space between ruling and text that word processors leave by default is 0.3 to 0.6 em."""
WRAP_BAND_EM = 1.05
"""Wrapped lines of Chinese end within one character of the limit."""
LIMIT_REACH_EM = 2.0
"""A limit read from the lines alone must lie this near the cell's edge."""
PARAGRAPH_GAP = 1.45
"""Line pitches from which a wider gap separates paragraphs."""
COMMA_SLACK_EM = 3.0
"""A line that ends in a comma goes on, unless more than this is left free after it."""
MARKER_SLACK_EM = 0.5
"""Room left on a line from which a list number below it begins a new item."""
SPACE_EM = 0.4
"""Space between words: 0.25 in Latin faces, 0.5 in Chinese ones."""
INK_EDGE_EM = 0.45
"""Blank half of a full-width bracket or stop, which boxes of recognized text leave out."""

_OPENERS = frozenset("（([［【《〈「『“‘{｛〔")
_CLOSERS = frozenset("、，。．；：？！）】》〉」』”’％%‰℃…·)]｝}〕］,.;:!?")
_PREFIXES = _OPENERS | frozenset("≥≤＞＜><=±￥¥$€№#")
"""Characters that stay with what follows them (UAX 14: OP, PR, and AL before NU)."""
_WIDE_BRACKETS = str.maketrans("()[]", "（）［］")
_COMMAS = frozenset("，、,")
_STOPS = frozenset("。；;：:！!？?.")
_HALF_BLANK_END = frozenset("、，。；：！？）】》〉」』”’〕］")
_WORD = re.compile(r"[0-9A-Za-z%.,+\-/:_@&'#~]+")
_LETTER = re.compile(r"[0-9A-Za-z]")
_CHINESE_NUMBER = "一二三四五六七八九十"
_MARKER = re.compile(
    r"\s*(?:(?P<plain>\d{1,2})[、．.)）](?!\d)"
    r"|[（(](?P<bracketed>\d{1,2})[)）]"
    rf"|(?P<chinese>[{_CHINESE_NUMBER}]{{1,3}})、"
    rf"|[（(](?P<chinese_bracketed>[{_CHINESE_NUMBER}]{{1,3}})[)）]"
    r"|(?P<circled>[①-⑳])"
    r"|(?P<bullet>[●•◆■▪·\-—]))"
)


def mark_paragraphs(lines: Sequence[TextLine], cell: BBox | None) -> tuple[TextLine, ...]:
    """Sets `TextLine.new_paragraph` of the lines of one cell.

    Args:
        lines: Top to bottom.
        cell: The cell between its rulings; ``None`` for text outside tables, where the widest
            line stands for the width.

    Returns:
        The same lines. Lines without geometry come back unchanged.
    """
    if not lines or any(line.bbox is None for line in lines):
        return tuple(lines)
    starts = [True, *_starts(lines, cell)]
    return tuple(
        line if line.new_paragraph is start else replace(line, new_paragraph=start)
        for line, start in zip(lines, starts, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Print:
    """How the lines of a cell are set; lengths in fractions of the page width.

    Attributes:
        lines: Top to bottom.
        spans: Left and right end of each.
        em: Width of a Chinese character.
        room: Space left on each line.
        left: Left edge of the text.
        centred: Whether lines stand in the middle.
        cuts_words: Whether words and numbers are cut at the end of a line.
        stops_anywhere: Whether stops begin lines and brackets end them, as simple programs do.
        pitch: Usual distance between lines, in fractions of the page height.
    """

    lines: Sequence[TextLine]
    spans: Sequence[tuple[float, float]]
    em: float
    room: Sequence[float]
    left: float
    centred: bool
    cuts_words: bool
    stops_anywhere: bool
    pitch: float


def _starts(lines: Sequence[TextLine], cell: BBox | None) -> list[bool]:
    if len(lines) < 2:
        return []
    if _is_stacked(lines):
        return [False] * (len(lines) - 1)
    setting = _measure(lines, cell)
    return [_breaks_after(setting, i) for i in range(len(lines) - 1)]


def _is_stacked(lines: Sequence[TextLine]) -> bool:
    """Whether characters stand one below the other, bracketed words perhaps excepted."""
    lengths = sorted(len(line.text.strip()) for line in lines)
    most = lengths[: max(len(lengths) - 1, 2)]
    return len(lines) >= 3 and all(n <= 1 for n in most)


def _breaks_after(p: _Print, i: int) -> bool:
    """Whether a paragraph ends with line ``i``."""
    before, after = p.lines[i].text.rstrip(), p.lines[i + 1].text.lstrip()
    room = p.room[i] / p.em
    if _gap(p, i) > PARAGRAPH_GAP * p.pitch:
        return True
    if (after[:1] in _CLOSERS and after) or (before[-1:] in _OPENERS and before):
        return False
    if _starts_item(p, i, room):
        return True
    if not p.centred and _is_indented(p, i + 1):
        indented = _indent_starts(p, i + 1)
        if indented is not None:
            return indented
    if before[-1:] in _COMMAS and before and room < COMMA_SLACK_EM:
        return False
    return room > _needed(p, i + 1) + TOLERANCE_EM


def _needed(p: _Print, i: int) -> float:
    """Width of the first unbreakable piece of line ``i``, in em.

    At its widest: of Latin letters the face is unknown, and a recognizer reads both kinds of
    brackets, one half as wide as the other, as either.
    """
    before, after = p.lines[i - 1].text, p.lines[i].text
    width = SPACE_EM if before[-1:].isspace() or after[:1].isspace() else 0.0
    for token in p.lines[i].tokens:
        if isinstance(token, Mark):
            width += token.bbox.width / p.em if token.bbox else 1.0
            continue
        text = token.text.lstrip()
        piece = _unbreakable(text, p)
        if token.engine != "pdf":
            piece = piece.translate(_WIDE_BRACKETS)
        return width + units(piece) + LATIN_TOLERANCE_EM * sum(c.isascii() for c in piece)
    return width


def _unbreakable(text: str, p: _Print) -> str:
    """Opening brackets and signs, then a word or one character, then closing punctuation."""
    at = 0
    while not p.stops_anywhere and at < len(text) and text[at] in _PREFIXES:
        at += 1
    word = None if p.cuts_words else _WORD.match(text, at)
    at = word.end() if word else min(at + 1, len(text))
    while not p.stops_anywhere and at < len(text) and text[at] in _CLOSERS:
        at += 1
    return text[:at]


def units(text: str) -> float:
    """Width of a text in em: Chinese characters 1, Latin ones about half.

    Proportions of Latin letters are those of common text faces (Times, Arial).
    """
    return sum(_unit(c) for c in text)


def _unit(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    if character.isspace():
        return 0.3
    if character in ".,:;'!|il()[]/-":
        return 0.32
    if character in "%@&mwMW":
        return 0.88
    return 0.68 if character.isupper() else 0.55


def _starts_item(p: _Print, i: int, room: float) -> bool:
    """Whether line ``i + 1`` begins with a list number that can be one."""
    after = _MARKER.match(p.lines[i + 1].text.lstrip())
    if after is None:
        return False
    if any(m.lastgroup == after.lastgroup for m in _run_in_markers(p.lines)):
        return False
    if _is_out_of_line(p, i + 1, after):
        return False
    before = p.lines[i].text.rstrip()
    if before[-1:] in _STOPS or room > MARKER_SLACK_EM + TOLERANCE_EM:
        return True
    number = _number(after)
    earlier = [m for line in p.lines[: i + 1] if (m := _MARKER.match(line.text))]
    return number is not None and any(
        m.lastgroup == after.lastgroup and _number(m) == number - 1 for m in earlier
    )


def _is_out_of_line(p: _Print, i: int, marker: re.Match[str]) -> bool:
    """Whether a list number stands left of the first one of its kind, whose item was indented."""
    earlier = [
        x0
        for line, (x0, _) in zip(p.lines[:i], p.spans, strict=False)
        if (m := _MARKER.match(line.text.lstrip())) and m.lastgroup == marker.lastgroup
    ]
    return not p.centred and bool(earlier) and earlier[0] - p.spans[i][0] > INDENT_EM * p.em


def _run_in_markers(lines: Sequence[TextLine]) -> list[re.Match[str]]:
    """List numbers inside lines: there, those at a line's start prove nothing."""
    ends = [(line.text, i + 1) for line in lines for i, c in enumerate(line.text) if c in _STOPS]
    return [m for text, end in ends if (m := _MARKER.match(text, end))]


def _number(marker: re.Match[str]) -> int | None:
    kind, text = marker.lastgroup, marker[marker.lastgroup or 0]
    if kind in {"plain", "bracketed"}:
        return int(text)
    if kind == "circled":
        return ord(text) - ord("①") + 1
    if kind in {"chinese", "chinese_bracketed"} and len(text) == 1:
        return _CHINESE_NUMBER.index(text) + 1
    return None


def _is_indented(p: _Print, i: int) -> bool:
    return p.spans[i][0] - p.left > INDENT_EM * p.em


def _indent_starts(p: _Print, i: int) -> bool | None:
    """Whether the indented line ``i`` is a first line; ``None`` where room must decide."""
    x0 = p.spans[i][0]
    reach = INDENT_EM * p.em
    goes_on = i + 1 < len(p.lines) and not _MARKER.match(p.lines[i + 1].text.lstrip())
    if goes_on and p.spans[i + 1][0] < x0 - reach:
        return True
    if abs(p.spans[0][0] - x0) < reach / 2:
        return True
    if any(_MARKER.match(line.text) for line in p.lines[:i]):
        return None
    return True if p.spans[i - 1][0] < x0 - reach else None


def _gap(p: _Print, i: int) -> float:
    upper, lower = p.lines[i].bbox, p.lines[i + 1].bbox
    return lower.center[1] - upper.center[1] if upper and lower else 0.0


def _measure(lines: Sequence[TextLine], cell: BBox | None) -> _Print:
    em = _em(lines)
    spans = [_span(line, em) for line in lines]
    centred = _is_centred(spans, em, cell)
    left = min(x0 for x0, _ in spans)
    if centred and cell is not None:
        padding = min(left - cell.x0, MAX_PADDING_EM * em)
        room = [cell.width - 2 * padding - (x1 - x0) for x0, x1 in spans]
    elif centred:
        widest = max(x1 - x0 for x0, x1 in spans)
        room = [widest - (x1 - x0) for x0, x1 in spans]
    else:
        limit = _right_limit(spans, cell, em)
        room = [limit - x1 for _, x1 in spans]
    texts = [line.text for line in lines]
    pitches = [b.bbox.center[1] - a.bbox.center[1] for a, b in pairwise(lines) if a.bbox and b.bbox]
    return _Print(
        lines=lines,
        spans=spans,
        em=em,
        room=room,
        left=left if centred else _body_left(spans, cell, em),
        centred=centred,
        cuts_words=any(_cuts_word(a, b) for a, b in pairwise(texts)),
        stops_anywhere=any(_is_forbidden(a, b) for a, b in pairwise(texts)),
        pitch=median(sorted(pitches)[: max(1, (len(pitches) + 1) // 2)]),
    )


def _body_left(spans: Sequence[tuple[float, float]], cell: BBox | None, em: float) -> float:
    """Where lines begin that are no first lines.

    Where every line is one, as in a list of short indented paragraphs, the cell's edge tells.
    """
    left = min(x0 for x0, _ in spans)
    if cell is None:
        return left
    before, after = left - cell.x0, cell.x1 - max(x1 for _, x1 in spans)
    indented = (INDENT_EM + MAX_PADDING_EM) * em < before < MAX_INDENT_EM * em
    if indented and before - after > INDENT_EM * em / 2:
        return cell.x0 + MAX_PADDING_EM * em
    return left


def _em(lines: Sequence[TextLine]) -> float:
    """Width of a Chinese character: what half of all print is set in at most.

    A run counts by its length: of a short one, signs and blank halves at its ends are a large part.
    """
    measured = [
        (units(run.text.strip()), run.bbox.width)
        for line in lines
        for run in line.tokens
        if isinstance(run, TextRun) and run.bbox is not None and run.text
    ]
    wide = [(w / u, u) for u, w in measured if u >= 2] or [(w / u, u) for u, w in measured]
    if not wide:
        return 1.0
    wide.sort()
    passed = list(accumulate(u for _, u in wide))
    middle = next(n for n, so_far in enumerate(passed) if 2 * so_far >= passed[-1])
    return max(wide[middle][0], 1e-6)


def _span(line: TextLine, em: float) -> tuple[float, float]:
    """Ends of a line, brackets and stops at their full width."""
    if line.bbox is None:
        return 0.0, 0.0
    x0, x1 = line.bbox.x0, line.bbox.x1
    last = line.tokens[-1]
    if isinstance(last, TextRun) and last.engine != "pdf" and last.text[-1:] in _HALF_BLANK_END:
        x1 += INK_EDGE_EM * em
    return x0, x1


def _is_centred(spans: Sequence[tuple[float, float]], em: float, cell: BBox | None) -> bool:
    """Whether all lines stand in the middle of their cell, or of the page."""
    axis = cell.center[0] if cell is not None else 0.5
    lefts = [x0 for x0, _ in spans]
    middles = [(x0 + x1) / 2 for x0, x1 in spans]
    first_indent = (lefts[0] - min(lefts)) / em
    is_flush = cell is not None and min(lefts) - cell.x0 < (MAX_PADDING_EM + TOLERANCE_EM) * em
    if is_flush and abs(first_indent - USUAL_INDENT_EM) < 2 * TOLERANCE_EM:
        return False
    return (
        max(lefts) - min(lefts) > ALIGN_EM / 2 * em
        and max(middles) - min(middles) < (max(lefts) - min(lefts)) / 3
        and abs(median(middles) - axis) < ALIGN_EM * em
    )


def _right_limit(spans: Sequence[tuple[float, float]], cell: BBox | None, em: float) -> float:
    """Where lines must end: the cell's edge less the padding seen on the left."""
    ends = sorted(x1 for _, x1 in spans)
    widest = ends[-1]
    if cell is None:
        return widest
    padding = min(max(min(x0 for x0, _ in spans) - cell.x0, 0.0), MAX_PADDING_EM * em)
    limit = cell.x1 - padding
    wrapped = sum(1 for x1 in ends if x1 > widest - WRAP_BAND_EM * em)
    full = wrapped >= 4 and widest > limit - LIMIT_REACH_EM * em
    return widest if full or widest > limit else limit


def _cuts_word(before: str, after: str) -> bool:
    """Whether a break falls inside a word or number."""
    return bool(_LETTER.match(before[-1:]) and _LETTER.match(after[:1]))


def _is_forbidden(before: str, after: str) -> bool:
    """Whether a break falls before a closing or after an opening mark."""
    return (before != "" and before[-1] in _OPENERS) or (after != "" and after[0] in _CLOSERS)
