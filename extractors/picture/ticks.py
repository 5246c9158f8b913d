"""Ticks that stand instead of a box, settled by the ink at their place.

A recognizer expects something between the options of a choice: it reads a ticked box where paper
is bare, and passes over a tick that stands alone in a wide gap. The picture knows both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import MarkGlyph, mark_of
from extractors.ocr.port import Char, Reading, TextEngine
from extractors.picture.crops import Cutter
from extractors.picture.lines import LineBox, ink_pieces
from extractors.picture.lookalikes import TICK_LETTERS
from extractors.picture.pieces import HALF_CHARACTER
from extractors.picture.placed import PlacedReading

MIN_INK_EM = 0.2
"""Ink narrower than this is dirt, not a box or a tick."""
MIN_TICK_EM = 0.35
"""A tick is wider and higher than this."""
BREAK_EM = 0.15
"""Ink further apart than this is not one tick."""
MIN_PROBABILITY = 0.5
"""Of all that looks like a tick together."""
CONTEXT_EM = 4.0
"""Characters that are read with a tick, to show how large print is and where it stands."""
TICK = "√"


@dataclass(frozen=True, slots=True)
class _Gap:
    """Room between two characters of a reading.

    Attributes:
        after: Index of the character before it.
        x0: Where that character ends, in the pixels of the line.
        x1: Where the next one begins.
    """

    after: int
    x0: int
    x1: int


def settle_ticks(
    reading: Reading, line: LineBox, limits: LineBox, cutter: Cutter, engine: TextEngine
) -> Reading:
    """The reading without ticks on bare paper, and with those that were passed over.

    Args:
        reading: Of the whole line.
        line: Its place on the page.
        limits: How far its crop may reach.
        cutter: Of the page.
        engine: Reads what stands in a gap.
    """
    x0, x1 = cutter.reach(line, limits)
    rows = cutter.print_mask[line.y0 : line.y1]
    placed = PlacedReading(reading, x0, x1, cutter.em)
    placed = replace(placed, reading=_without_bare(placed, rows))
    chars = list(placed.reading.chars)
    for gap in reversed(list(_gaps(placed))):
        ink = _tick_ink(rows, gap, cutter.em)
        if ink is None:
            continue
        (ending,) = engine.read([cutter.cut(*_up_to(ink, gap, line, limits, cutter.em))])
        sure = _tick_probability(ending)
        if sure >= MIN_PROBABILITY:
            x = (sum(ink) / 2 - x0) / (x1 - x0)
            chars[gap.after + 1 : gap.after + 1] = [Char(TICK, sure, x)]
    return replace(reading, chars=tuple(chars))


def count_ticks(readings: Iterable[Reading]) -> int:
    """How many ticks without a box were read."""
    return sum(_is_tick(mark_of(c.text)) for reading in readings for c in reading.chars)


def with_ticks_of(line: PlacedReading, piece: PlacedReading) -> Reading:
    """The reading of a piece with the ticks that the whole line showed and the piece did not.

    At an end of a short crop recognizers pass over a tick that they see among more print, or take
    it for a letter.

    Args:
        line: Reading of the whole line.
        piece: Reading of a part of it.
    """
    half = HALF_CHARACTER * piece.em
    ticks = [
        replace(char, x=(line.x(char) - piece.x0) / (piece.x1 - piece.x0))
        for char in line.reading.chars
        if _is_tick(mark_of(char.text)) and piece.x0 <= line.x(char) <= piece.x1
    ]

    def at(tick: Char) -> list[Char]:
        printed = (c for c in piece.reading.chars if not c.text.isspace())
        return [c for c in printed if abs(piece.x(c) - piece.x(tick)) <= half]

    letters_of_ticks = TICK_LETTERS - {TICK}
    lost = [t for t in ticks if all(c.text in letters_of_ticks for c in at(t))]
    if not lost:
        return piece.reading
    letters = [c for t in lost for c in at(t)]
    kept = [c for c in piece.reading.chars if c not in letters]
    return replace(piece.reading, chars=tuple(sorted((*kept, *lost), key=lambda c: c.x)))


def _without_bare(placed: PlacedReading, rows: NDArray[np.uint8]) -> Reading:
    """The reading with a blank for each box or tick that has no ink."""
    chars = placed.reading.chars
    half = HALF_CHARACTER * placed.em
    out = []
    for i, char in enumerate(chars):
        left = round(placed.x(chars[i - 1]) + half) if i else 0
        right = round(placed.x(chars[i + 1]) - half) if i + 1 < len(chars) else rows.shape[1]
        inked = rows[:, max(left, 0) : max(right, left, 0)].any(axis=0).sum()
        is_bare = mark_of(char.text) is not None and inked < MIN_INK_EM * placed.em
        out.append(replace(char, text=" ") if is_bare else char)
    return replace(placed.reading, chars=tuple(out))


def _gaps(placed: PlacedReading) -> Iterator[_Gap]:
    """Room for a tick between two characters that were read, marks aside."""
    chars = placed.reading.chars
    printed = [i for i, c in enumerate(chars) if not c.text.isspace()]
    half = HALF_CHARACTER * placed.em
    for i, j in pairwise(printed):
        gap = _Gap(i, round(placed.x(chars[i]) + half), round(placed.x(chars[j]) - half))
        is_beside_mark = any(mark_of(chars[k].text) is not None for k in (i, j))
        if gap.x1 - gap.x0 >= 2 * MIN_TICK_EM * placed.em and not is_beside_mark:
            yield gap


def _tick_ink(rows: NDArray[np.uint8], gap: _Gap, em: float) -> tuple[int, int] | None:
    """First and last column, from the left edge, of ink large enough that stands free in a gap."""
    part = rows[:, gap.x0 : gap.x1]
    for piece in ink_pieces(part, BREAK_EM * em):
        is_free = piece.x0 > 0 and piece.x1 < part.shape[1]
        if is_free and min(piece.x1 - piece.x0, piece.height) >= MIN_TICK_EM * em:
            return gap.x0 + piece.x0, gap.x0 + piece.x1
    return None


def _up_to(
    ink: tuple[int, int], gap: _Gap, line: LineBox, limits: LineBox, em: float
) -> tuple[LineBox, LineBox]:
    """The end of a line that a tick would be, after the characters before it, and its limits.

    Recognizers read a line that ends with a tick; a tick by itself they take for a stroke.
    """
    start = max(line.x0, round(gap.x0 - CONTEXT_EM * em))
    return replace(line, x0=start, x1=ink[1]), replace(limits, x0=start, x1=gap.x1)


def _tick_probability(ending: Reading) -> float:
    """Probability that the last character read is a tick."""
    if not ending.chars:
        return 0.0
    char = ending.chars[-1]
    seen = [(char.text, char.probability), *char.others]
    return sum(p for text, p in seen if text in TICK_LETTERS or _is_tick(mark_of(text)))


def _is_tick(mark: MarkGlyph | None) -> bool:
    return mark is not None and not mark.boxed
