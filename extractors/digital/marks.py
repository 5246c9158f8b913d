"""The state of tick boxes: what is drawn or set inside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.digital.boxes import find_boxes
from extractors.digital.content import Box, Glyph, Outline, PageContent
from extractors.digital.markglyphs import mark_of
from extractors.evidence import MarkState

TICK_CHARACTERS = frozenset("√✓✔✕✖✗✘×xXvVＶⅴⅤ╳●•■▪*＊")
"""What people type into a box to tick it."""
CORE = 0.6
"""Middle part of a box in which a tick leaves ink; outlines and shadows stay outside it."""
TICK_REACH = 1.3
"""A tick's centre may lie this far out, in boxes, because ticks overshoot to the upper right."""
MAX_FILLING = 2.0
"""A filled shape more than this many times as large as the box is a background."""
_STEPS = 12  # points tried on each chord
CHECKED_DARKNESS, EMPTY_DARKNESS = 0.09, 0.05
"""Mean darkness of the middle from which a pictured box is ticked, and up to which it is empty
(measured on scans: empty boxes reach 0.08 with all their noise, ticked ones begin at 0.09; a
rendered page has no noise)."""
DRAWN_CONFIDENCE, PICTURED_CONFIDENCE = 0.999, 0.98

DarknessAt = Callable[[Box], float]
"""Mean darkness 0..1 of a place on the page as it is displayed."""


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A tick box at its place, in points."""

    box: Box
    state: MarkState
    boxed: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class MarkReading:
    """Tick boxes of a page.

    Attributes:
        marks: Drawn boxes and boxes that are characters but have something drawn over them.
        consumed: `Glyph.order` of characters that belong to these marks.
    """

    marks: tuple[PlacedMark, ...]
    consumed: frozenset[int]


def read_marks(content: PageContent, darkness_at: DarknessAt) -> MarkReading:
    """Drawn tick boxes and their states.

    Args:
        content: The page.
        darkness_at: Used only where a picture lies over a box.

    Returns:
        Marks; squares around other text are none.
    """
    drawn = find_boxes(content)
    frames: list[tuple[Box, Glyph | None]] = [(box, None) for box in drawn]
    for glyph in content.glyphs:
        mark = mark_of(glyph.text) if glyph.visible else None
        if mark and mark.boxed and mark.state is MarkState.EMPTY:
            box = _ink_box(glyph)
            if not any(d.contains(box.cx, box.cy) for d in drawn):
                frames.append((box, glyph))
    marks: list[PlacedMark] = []
    consumed: set[int] = set()
    for box, frame in frames:
        inside = [g for g in content.glyphs if _belongs(g, box) and g is not frame]
        state, confidence = _state(box, inside, content, darkness_at)
        if state is None or (frame is not None and state is MarkState.EMPTY):
            continue
        marks.append(PlacedMark(box, state, True, confidence))
        consumed |= {g.order for g in inside} | ({frame.order} if frame else set())
    return MarkReading(tuple(marks), frozenset(consumed))


def _ink_box(glyph: Glyph) -> Box:
    """Where the outline of a box character is printed: nearly the whole em square."""
    return glyph.box.scaled(0.9)


def _belongs(glyph: Glyph, box: Box) -> bool:
    """Whether a character stands in the box; ticks may overshoot it."""
    if not glyph.visible or glyph.text.isspace():
        return False
    tick = _is_tick(glyph.text)
    return (box.scaled(TICK_REACH) if tick else box).contains(glyph.box.cx, glyph.box.cy)


def _is_tick(text: str) -> bool:
    mark = mark_of(text)
    return text in TICK_CHARACTERS or (mark is not None and mark.state is not MarkState.EMPTY)


def _is_frame(text: str) -> bool:
    mark = mark_of(text)
    return mark is not None and mark.state is MarkState.EMPTY


def _state(
    box: Box, inside: Sequence[Glyph], content: PageContent, darkness_at: DarknessAt
) -> tuple[MarkState | None, float]:
    """State and confidence; ``None`` where the square is no tick box."""
    if any(not _is_tick(g.text) and not _is_frame(g.text) for g in inside):
        return None, 0.0
    if any(_is_tick(g.text) for g in inside):
        return MarkState.CHECKED, DRAWN_CONFIDENCE
    if any(_inks_core(o, box) for o in content.outlines):
        return MarkState.CHECKED, DRAWN_CONFIDENCE
    if any(i.box.overlaps(box.scaled(CORE)) for i in content.images):
        return _pictured(darkness_at(box.scaled(CORE)))
    return MarkState.EMPTY, DRAWN_CONFIDENCE


def _pictured(darkness: float) -> tuple[MarkState, float]:
    if darkness >= CHECKED_DARKNESS:
        return MarkState.CHECKED, PICTURED_CONFIDENCE
    if darkness <= EMPTY_DARKNESS:
        return MarkState.EMPTY, PICTURED_CONFIDENCE
    return MarkState.UNKNOWN, 0.5


def _inks_core(outline: Outline, box: Box) -> bool:
    """Whether a painted shape leaves ink in the middle of the box."""
    core, around = box.scaled(CORE), outline.box
    if around.x0 > core.x1 or core.x0 > around.x1 or around.y0 > core.y1 or core.y0 > around.y1:
        return False
    if outline.dark and max(around.width, around.height) <= MAX_FILLING * box.width:
        return True
    if not outline.stroked:
        return False
    return any(
        core.contains(a[0] + (b[0] - a[0]) * k / _STEPS, a[1] + (b[1] - a[1]) * k / _STEPS)
        for a, b in pairwise(outline.points)
        for k in range(_STEPS + 1)
    )
