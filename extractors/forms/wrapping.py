"""Whether the text of a cell goes on after a page break, and whether in a new paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.evidence import TextLine
from extractors.forms.table import TableCell
from extractors.paragraphs import mark_paragraphs

# A line that leaves less room than this many of its own characters before the cell's edge was
# wrapped by the print: one for the cell's inner margin, one for a character that did not fit
# (closing punctuation may not begin a line, so two can be pushed over together).
_ROOM_CHARS = 2.6
# First lines of paragraphs are indented by two characters; half of that tells them apart.
_INDENT_CHARS = 1.0
_SENTENCE_END = tuple("。！？!?；;")


def is_wrapped(cell: TableCell) -> bool:
    """Whether the last line of a cell was broken by the print, so that its text goes on.

    With geometry: the line reaches the right edge. Without: it does not end a sentence.
    """
    lines = cell.lines
    if not lines:
        return False
    line, box = lines[-1].line, cell.parts[-1].cell.bbox
    if line.bbox is None or box is None:
        return not line.text.rstrip().endswith(_SENTENCE_END)
    return box.x1 - line.bbox.x1 <= _ROOM_CHARS * _char_width(line)


def would_have_fitted(above: TableCell, below: TableCell) -> bool:
    """Whether what begins a cell would have fitted behind the last line of the cell above.

    Then the print had no reason to wrap there, and they are two texts, short as they may be in
    a narrow column. Judged as within a cell, the line below set under the one above.
    """
    lines, box = above.parts[-1].cell.lines, above.parts[-1].cell.bbox
    following = below.lines[0].line if below.lines else None
    if box is None or following is None or not lines:
        return False
    last, first = lines[-1].bbox, following.bbox
    if last is None or first is None:
        return False
    before = lines[-2].bbox if len(lines) > 1 else None
    pitch = last.y0 - before.y0 if before is not None else last.height
    place = replace(first, y0=last.y0 + pitch, y1=last.y1 + pitch)
    return mark_paragraphs([*lines, replace(following, bbox=place)], box)[-1].new_paragraph


def continue_lines(above: TableCell, lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """Lines after a page break, the first marked as wrapped or as a new paragraph.

    Args:
        above: What stood before the break.
        lines: What stands after it.
    """
    if not lines or not above.lines:
        return tuple(lines)
    wrapped = is_wrapped(above) and not _is_indented(lines)
    return (replace(lines[0], new_paragraph=not wrapped), *lines[1:])


def _is_indented(lines: Sequence[TextLine]) -> bool:
    first = lines[0].bbox
    others = [line.bbox.x0 for line in lines[1:] if line.bbox is not None]
    if first is None or not others:
        return False
    return first.x0 - min(others) > _INDENT_CHARS * _char_width(lines[0])


def _char_width(line: TextLine) -> float:
    """Width of one full-width character of the line; Latin ones count half."""
    ems = sum(1.0 if ord(c) > 0x2000 else 0.5 for c in line.text.strip())
    return line.bbox.width / ems if line.bbox is not None and ems else 0.0
