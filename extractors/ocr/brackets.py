"""Brackets whose width other brackets of the same cell tell.

At the ends of a line there is no room to tell the width by (`extractors.ocr.widths`), so the
partner on another line of the cell, whose own room may have told it, is asked: a pair is set in
one width. So are the numbers of a list; of those that differ the fewer ones are mistaken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.ocr.port import Char, Reading
from extractors.ocr.widths import tells_width

_OTHER = dict(zip("()（）", "（）()", strict=True))
_OPENING, _FULL = "(（", "（）"
_BEGINS = r"(?:^|(?<=[。；;：:！!？?\n]))\s*"
_NUMBERS = tuple(
    re.compile(rf"{_BEGINS}([（(])\n?(?:{number})\n?([)）])")
    for number in (r"\d{1,2}", "[一二三四五六七八九十]{1,3}")
)
_FIGURE = re.compile(r"[（(]\n?\d+\n?[\u4e00-\u9fff]\n?[)）]")
_MAJORITY = 2
"""The numbers of one width follow those of the other where these are so many times as many."""


@dataclass(frozen=True, slots=True)
class _Bracket:
    """A bracket on one of several lines.

    Attributes:
        line: Index of its line.
        char: As settled.
        sure: Whether the room that it takes told its width.
        read_full: Whether the recognizer read it in full width.
    """

    line: int
    char: Char
    sure: bool
    read_full: bool

    @property
    def is_full(self) -> bool:
        """Whether it is of full width as settled."""
        return self.char.text in _FULL


def settle_parted_pairs(lines: Sequence[Reading], read: Sequence[Reading]) -> list[Reading]:
    """The lines of a cell with both brackets of a pair in the width of the surer one.

    Args:
        lines: Top to bottom, each settled by itself.
        read: The same as the recognizer read them. It decides between two that both stand at an
            end of a line: they are half-width only where both were read so.
    """
    texts: dict[int, str] = {}
    for pair in _parted(lines, read):
        surer = [b for b in pair if b.sure]
        is_full = surer[0].is_full if len(surer) == 1 else any(b.read_full for b in pair)
        texts.update({id(b.char): _OTHER[b.char.text] for b in pair if b.is_full != is_full})
    return [_respelled(line, texts) for line in lines]


def _parted(lines: Sequence[Reading], read: Sequence[Reading]) -> list[tuple[_Bracket, _Bracket]]:
    """Pairs of different width on different lines, of which the room told one width at most."""
    found: list[tuple[_Bracket, _Bracket]] = []
    open_ones: list[_Bracket] = []
    for line, (settled, raw) in enumerate(zip(lines, read, strict=True)):
        chars = [c for c in settled.chars if not c.text.isspace()]
        read_at = {c.x: c.text for c in raw.chars}
        for at, char in enumerate(chars):
            if char.text not in _OTHER:
                continue
            read_full = read_at.get(char.x, char.text) in _FULL
            bracket = _Bracket(line, char, tells_width(chars, at), read_full)
            if char.text in _OPENING:
                open_ones.append(bracket)
            elif open_ones:
                found.append((open_ones.pop(), bracket))
    return [
        (a, b)
        for a, b in found
        if a.line != b.line and a.is_full != b.is_full and not (a.sure and b.sure)
    ]


def settle_list_numbers(lines: Sequence[Reading]) -> list[Reading]:
    """The lines of a cell with the numbers of its list, such as （1）, all in one width.

    Those whose room tells their width decide, where there are any.

    Args:
        lines: Top to bottom.
    """
    texts: dict[int, str] = {}
    told = _told(lines)
    for kind in _NUMBERS:
        numbers = _numbers(lines, kind)
        full, half = _by_width([n for n in numbers if any(id(c) in told for c in n)] or numbers)
        few, many = sorted((full, half), key=len)
        if len(many) >= _MAJORITY * len(few):
            wanted = many is full
            changed = (c for n in numbers for c in n if (c.text in _FULL) is not wanted)
            texts.update({id(c): _OTHER[c.text] for c in changed})
    return [_respelled(line, texts) for line in lines]


def _by_width(
    numbers: Sequence[tuple[Char, Char]],
) -> tuple[list[tuple[Char, Char]], list[tuple[Char, Char]]]:
    """Those all in full width, and the others."""
    full = [n for n in numbers if all(c.text in _FULL for c in n)]
    return full, [n for n in numbers if n not in full]


def _told(lines: Sequence[Reading]) -> set[int]:
    """Identities of the brackets whose width their room tells."""
    printed = ([c for c in line.chars if not c.text.isspace()] for line in lines)
    return {
        id(c)
        for own in printed
        for at, c in enumerate(own)
        if c.text in _OTHER and tells_width(own, at)
    }


def _numbers(lines: Sequence[Reading], kind: re.Pattern[str]) -> list[tuple[Char, Char]]:
    """Both brackets of each list number of a cell, which the end of a line may cut in two."""
    end = Char("\n", 1.0, 1.0)
    chars = [c for line in lines for c in (*line.chars, end) if len(c.text) == 1]
    text = "".join(c.text for c in chars)
    return [(chars[m.start(1)], chars[m.start(2)]) for m in kind.finditer(text)]


def _respelled(line: Reading, texts: Mapping[int, str]) -> Reading:
    return replace(line, chars=tuple(replace(c, text=texts.get(id(c), c.text)) for c in line.chars))


def settle_like_pairs(cells: Sequence[Sequence[Reading]]) -> list[list[Reading]]:
    """The cells of a page with brackets around like figures, such as （50分）, in one width.

    A pair whose own room tells nothing, as both stand at ends of lines, follows those that tell.

    Args:
        cells: Lines of each, settled by themselves.
    """
    pairs = [_figure_pairs(lines) for lines in cells]
    votes: dict[str, int] = {}
    for kind, pair, sure in (p for found in pairs for p in found):
        if sure:
            votes[kind] = votes.get(kind, 0) + (1 if pair[0].text in _FULL else -1)
    texts: dict[int, str] = {}
    for kind, pair, sure in (p for found in pairs for p in found):
        vote = votes.get(kind, 0)
        if not sure and vote:
            changed = (c for c in pair if (c.text in _FULL) is not (vote > 0))
            texts.update({id(c): _OTHER[c.text] for c in changed})
    return [[_respelled(line, texts) for line in lines] for lines in cells]


def _figure_pairs(lines: Sequence[Reading]) -> list[tuple[str, tuple[Char, Char], bool]]:
    """Brackets around a figure with a word: what stands in them, both, whether one is sure."""
    end = Char("\n", 1.0, 1.0)
    sure = _told(lines)
    chars: list[Char] = []
    for line in lines:
        chars += [*(c for c in line.chars if len(c.text) == 1 and not c.text.isspace()), end]
    text = "".join(c.text for c in chars)
    found = []
    for m in _FIGURE.finditer(text):
        pair = (chars[m.start()], chars[m.end() - 1])
        kind = re.sub(r"\d+", "0", m[0][1:-1].replace("\n", ""))
        found.append((kind, pair, any(id(c) in sure for c in pair)))
    return found
