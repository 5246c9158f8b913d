"""Ink that hangs on a tick box: its own tick, print of another line, or the tick of another box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.evidence import MarkState
from extractors.picture.box_ink import REACH
from extractors.picture.boxes import Box
from extractors.picture.lines import LineBox
from extractors.picture.marks import SEEN, JudgedBox
from extractors.picture.tick_state import EMPTY_FILL, PRINTED_SHARE, STRUCK_TRACE, Blank


def hangs_free(box: Box, lines: Sequence[LineBox]) -> bool:
    """Whether ink that hangs on a box can be no print of other lines, and no tick of another box.

    Print of another line that touches a box goes on to the middle of that line, or farther than
    is looked.

    Args:
        box: With what hangs on it, see `Box.struck`.
        lines: All lines near it but its own.
    """
    reach = box.struck * box.size

    def is_print_of(line: LineBox) -> bool:
        beyond = max(line.y0 - box.y1, box.y0 - line.y1)
        return beyond < reach and reach >= min(beyond + line.height / 2, REACH * box.size)

    beside = (n for n in lines if n.x0 < box.x1 and box.x0 < n.x1)
    return box.hooked is None and not any(map(is_print_of, beside))


def reaches_line(box: Box, lines: Sequence[LineBox]) -> bool:
    """Whether ink that hangs on a bare box reaches other lines, and may be of a character there.

    A tick that only touches its box does so too, where lines are tight: a person looks.

    Args:
        box: With what hangs on it.
        lines: All lines near it but its own.
    """
    reach = box.struck * box.size
    beside = (n for n in lines if n.x0 < box.x1 and box.x0 < n.x1)
    return box.bare and any(max(n.y0 - box.y1, box.y0 - n.y1) < reach for n in beside)


def settle_hooked(
    judged: Mapping[LineBox, Sequence[JudgedBox]], blank: Blank
) -> dict[LineBox, list[JudgedBox]]:
    """The boxes of a page, bare ones empty that only the tick of another box hangs on.

    Args:
        judged: Boxes by the lines that they stand on.
        blank: What an empty box of the page looks like.
    """
    ticked = {
        j.box.center
        for boxes in judged.values()
        for j in boxes
        if j.state is MarkState.CHECKED and j.box.printed >= PRINTED_SHARE
    }

    def is_bare(box: Box) -> bool:
        return box.fill - blank.fill <= EMPTY_FILL and box.trace - blank.trace < STRUCK_TRACE

    def settled(j: JudgedBox) -> JudgedBox:
        if j.state is MarkState.UNKNOWN and is_bare(j.box) and j.box.hooked in ticked:
            return replace(j, state=MarkState.EMPTY, confidence=SEEN)
        return j

    return {line: [settled(j) for j in boxes] for line, boxes in judged.items()}
