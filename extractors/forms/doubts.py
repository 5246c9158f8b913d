"""What a picture shows of a cell that makes its value doubtful, whatever its confidence says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from extractors.evidence import Mark, PageKind, TextLine, TextRun
from extractors.forms.definition import FieldType
from extractors.forms.table import LOW_CONFIDENCE, PlacedLine, TableCell

# A line whose characters are read with less, after its cell was cut into lines once more, is
# strokes of a seal or a stain as often as print; the mean over a long text would hide it. Of 850
# lines of long texts on office scans one lay below it, which was a seal's, and none up to 0.88.
_GARBAGE_CONFIDENCE = 0.8
# A line is read with no more where ink beside its characters was not. In one line that may be a
# single character; in several of one text something lies over them, and adds what is no print.
_UNREAD_CONFIDENCE = 0.5
_SEVERAL = 2
_FIGURE = re.compile(r"[\d−-]")
"""What an amount is made of; a sign of its own line changes it as much as a digit does."""
_REMARK = re.compile(r"\([^()]*\)")
_OF_FIGURES = frozenset({FieldType.AMOUNT, FieldType.NUMBER})
_NUMBERED = re.compile(r"[（(][\d一二三四五六七八九十]{1,2}[)）]")
"""A list number in brackets."""
_UPRIGHT = frozenset("lI1i丨|")
_STROKES = _UPRIGHT | frozenset("一_-—－/\\")
"""What rests of rulings are read as, and pieces of a seal's ring."""


def char_confidence(run: TextRun) -> float:
    """Probability of one character of a run, whose confidence is that of all of them."""
    return float(run.confidence ** (1 / max(len(run.text), 1)))


def doubts_of(cells: Sequence[TableCell]) -> tuple[str, ...]:
    """Issue codes of cells: their own, and for print among them that could hardly be read.

    A tick box in a text is as often a character that looks like one (目), which is lost then.
    """
    codes = [code for c in cells for code in c.doubts]
    tokens = [t for c in cells for p in c.lines for t in p.line.tokens]
    if any(isinstance(t, Mark) and t.engine == "picture" and not t.letter for t in tokens):
        codes.append(LOW_CONFIDENCE)
    runs = (t for c in cells for p in c.lines for t in p.line.tokens if isinstance(t, TextRun))
    read = [r for r in runs if r.text.strip()]
    if any(char_confidence(r) < _GARBAGE_CONFIDENCE for r in read):
        codes.append(LOW_CONFIDENCE)
    if sum(r.confidence <= _UNREAD_CONFIDENCE for r in read) >= _SEVERAL:
        codes.append(LOW_CONFIDENCE)
    if any(_has_lone_strokes(c) for c in cells) or _is_numbered_in_two_ways(cells):
        codes.append(LOW_CONFIDENCE)
    return tuple(dict.fromkeys(codes))


def _is_numbered_in_two_ways(cells: Sequence[TableCell]) -> bool:
    """Whether a picture shows list numbers in full-width brackets here and half-width there.

    A list is numbered in one way: what was read otherwise was read wrongly.
    """
    lines = [p.line.text for c in cells for p in c.lines if p.kind is PageKind.PICTURE]
    brackets = {b for text in lines for n in _NUMBERED.findall(text) for b in (n[0], n[-1])}
    return len(brackets) > len("()")


def _has_lone_strokes(cell: TableCell) -> bool:
    """Whether what was read at the top or the bottom of a cell's print may be no print.

    What is left of a frame or of its double line reads as 一 or 11 in a line of its own, surely,
    and a piece of a seal as a letter or a figure. Print that goes on in a second line fills its
    first, and may end in a character. Characters set one below the other may be strokes
    themselves: 一 above 级.
    """
    for part in cell.parts:
        lines = [_printed(line) for line in part.cell.lines]
        lines = [text for text in lines if text]
        if part.kind is PageKind.PICTURE and len(lines) > 1 and max(map(len, lines)) > 1:
            first, last, longest = lines[0], lines[-1], max(lines, key=len)
            if any(set(text) <= _STROKES for text in (first, last) if text is not longest):
                return True
            if _is_letter(first) or (_is_letter(last) and last.isascii()):
                return True
    return False


def _is_letter(text: str) -> bool:
    return len(text) == 1 and text.isalnum()


def _printed(line: TextLine) -> str:
    """What a line shows, blanks left out and a box for every mark."""
    tokens = (t.text if isinstance(t, TextRun) else "□" for t in line.tokens)
    return "".join("".join(tokens).split())


def torn_doubts(kind: FieldType, lines: Sequence[PlacedLine]) -> tuple[str, ...]:
    """Issue codes of an amount or a number whose figures a picture shows in two lines, or of a 1.

    What is left of a broken ruling reads as 1 or as a minus, surely and in a line of its own, and
    joined with the figures below it makes another amount. Amounts that add up (`sums` of a
    definition) bear such a one out. A unit or a remark in brackets may have its own line. In a
    blank cell such a rest is an amount of 1, which hardly any form has.
    """
    read = [p.line.text for p in lines if p.kind is PageKind.PICTURE]
    rows = _REMARK.sub("", unicodedata.normalize("NFKC", "\n".join(read))).split("\n")
    is_torn = sum(bool(_FIGURE.search(row)) for row in rows) > 1
    printed = "".join("".join(rows).split())
    is_stroke = kind is FieldType.AMOUNT and bool(printed) and set(printed) <= _UPRIGHT
    return (LOW_CONFIDENCE,) if is_stroke or (is_torn and kind in _OF_FIGURES) else ()
