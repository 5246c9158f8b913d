"""The tick boxes of some lines in their order, each with the room between it and its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.evidence import Mark, MarkState, TextRun
from extractors.forms.table import PlacedLine
from extractors.geometry import BBox


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A tick box, its page and its place in the sequence.

    Attributes:
        page: Page in the file.
        mark: The box.
        at: Number of characters of text before it.
        gap_before: Distance to the text on its left, fraction of the page width, if known.
        gap_after: Distance to the text on its right, if known.
    """

    page: int
    mark: Mark
    at: int
    gap_before: float | None
    gap_after: float | None


def placed_marks(lines: Sequence[PlacedLine]) -> Iterator[PlacedMark]:
    """Boxes in reading order; a bare tick right beside an empty box ticks that box."""
    found: list[PlacedMark] = []
    at = 0
    for placed in lines:
        tokens = placed.line.tokens
        for number, token in enumerate(tokens):
            if isinstance(token, TextRun):
                at += len(token.text)
                continue
            before, after = _gaps(tokens, number)
            mark = PlacedMark(placed.page, token, at, before, after)
            last = found[-1] if found else None
            if last is not None and last.at == at and last.mark.boxed != token.boxed:
                found[-1] = _ticked_box(last, mark)
            else:
                found.append(mark)
    yield from found


def _ticked_box(first: PlacedMark, second: PlacedMark) -> PlacedMark:
    box, tick = (first, second) if first.mark.boxed else (second, first)
    states = {box.mark.state, tick.mark.state}
    state = MarkState.CHECKED if MarkState.CHECKED in states else box.mark.state
    sure = min(box.mark.confidence, tick.mark.confidence)
    return replace(
        box,
        mark=replace(box.mark, state=state, confidence=sure),
        gap_before=first.gap_before,
        gap_after=second.gap_after,
    )


def _gaps(tokens: Sequence[TextRun | Mark], number: int) -> tuple[float | None, float | None]:
    """Distances of a box to its neighbours in the line; without geometry in characters."""
    before = tokens[number - 1] if number else None
    after = tokens[number + 1] if number + 1 < len(tokens) else None
    return _gap(tokens[number].bbox, before, tail=True), _gap(
        tokens[number].bbox, after, tail=False
    )


def _gap(box: BBox | None, beside: TextRun | Mark | None, *, tail: bool) -> float | None:
    """Distance to a neighbour's ink: what lies between the boxes, and the spaces within it."""
    if beside is None:
        return None
    spaces, count = 0, 1
    if isinstance(beside, TextRun):
        bare = beside.text.rstrip() if tail else beside.text.lstrip()
        spaces, count = len(beside.text) - len(bare), max(len(beside.text), 1)
    if box is None or beside.bbox is None:
        return float(spaces)
    between = box.x0 - beside.bbox.x1 if tail else beside.bbox.x0 - box.x1
    return max(between, 0.0) + spaces * beside.bbox.width / count
