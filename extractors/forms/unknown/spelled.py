"""Tick boxes as characters of the text they stand in.

The text of a line leaves its boxes out: they are judged by their ink and told apart as marks.
The value of a pair would read 是否 without them, and nobody could tell which of the two holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.evidence import Mark, MarkState, TextLine, TextRun
from extractors.forms.provenance import joined_text
from extractors.forms.table import PlacedLine, TableCell

_CHECKED, _EMPTY, _TICK = "☑", "□", "√"
# A box whose state the picture leaves open is neither of the two.
_UNKNOWN = "□?"


def spelled(lines: Sequence[PlacedLine]) -> tuple[PlacedLine, ...]:
    """The lines with a character for each tick box, at its place.

    Args:
        lines: Of one cell, or lines outside tables that belong together.
    """
    marks = [t for p in lines for t in p.line.tokens if isinstance(t, Mark)]
    as_letters = bool(marks) and all(m.letter for m in marks) and _stands_in_word(lines)
    return tuple(replace(p, line=_spelled(p.line, as_letters=as_letters)) for p in lines)


def spelled_text(lines: Sequence[PlacedLine]) -> str:
    """The lines as one text with a character for each tick box, paragraphs by a line feed."""
    return joined_text(spelled(lines))


def has_boxes(cell: TableCell) -> bool:
    """Whether a tick box stands in a cell that is no letter of a word (户口)."""
    marks = [t for p in cell.lines for t in p.line.tokens if isinstance(t, Mark)]
    return bool(marks) and not (all(m.letter for m in marks) and _stands_in_word(cell.lines))


def _stands_in_word(lines: Sequence[PlacedLine]) -> bool:
    """Whether what may be a box or a letter stands alone, behind other letters of its line."""
    tokens = [(n, t) for p in lines for n, t in enumerate(p.line.tokens) if isinstance(t, Mark)]
    return len(tokens) == 1 and tokens[0][0] > 0


def _spelled(line: TextLine, *, as_letters: bool) -> TextLine:
    tokens: list[TextRun] = []
    last: Mark | None = None
    for token in line.tokens:
        if isinstance(token, TextRun):
            tokens.append(token)
            last = None
            continue
        if last is not None and last.boxed != token.boxed:
            tokens.pop()
            last = _ticked(last, token)
        else:
            last = token
        text = last.letter if as_letters else _glyph(last)
        tokens.append(TextRun(text, last.bbox, last.confidence, last.engine))
    return replace(line, tokens=tuple(tokens))


def _ticked(first: Mark, second: Mark) -> Mark:
    """A box that the bare tick right beside it ticks."""
    box, tick = (first, second) if first.boxed else (second, first)
    is_ticked = MarkState.CHECKED in {box.state, tick.state}
    return replace(box, state=MarkState.CHECKED) if is_ticked else box


def _glyph(mark: Mark) -> str:
    if mark.state is MarkState.EMPTY:
        return _EMPTY
    if mark.state is MarkState.UNKNOWN:
        return _UNKNOWN
    return _CHECKED if mark.boxed else _TICK
