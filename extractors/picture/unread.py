"""Places that nothing was read from: a recognizer may pass over one and be sure of the rest.

Every character has a place, so what stands between two of them, or beyond the last, can be told.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extractors.ocr.port import Char, Reading
from extractors.picture.crops import Cutter
from extractors.picture.hidden import in_seal
from extractors.picture.lines import LineBox, ink_pieces
from extractors.picture.placed import PlacedReading
from extractors.picture.seal_strays import SLOTS
from extractors.picture.seals import Seal

HALF_WIDE_EM = 0.5
HALF_NARROW_EM = 0.3
"""Half the room of a Chinese character, and of a figure or a letter."""
PLACE_EM = 0.12
"""The place of a character is known to half a stride of the recognizer: a sixth of its height."""
MIN_INK_EM = 0.45
"""Ink as wide and as high as this is a character: figures are 0.5 em wide and 0.7 high."""
SIGN_ROOM_EM = 0.7
MIN_SIGN_EM = 0.16
"""Between Chinese characters a sign takes a square; such room with ink as large as the smallest
sign, a comma, holds one that was not read. Specks are half as large."""
HOLE_EM = 0.8
"""Two characters so much further apart than those of their line have room for one between them,
with some doubt about their places: print is set without it, but for slots to fill."""
MIN_PITCHES = 5
"""Fewer distances do not show how wide a line is set."""
BREAK_EM = 0.2
"""Ink further apart than this is of two characters."""
UNREAD = 0.5
"""Certainty of a reading beside unread ink: as often a character was lost as dirt was passed
over."""


def with_unread(
    reading: Reading,
    line: LineBox,
    limits: LineBox,
    cutter: Cutter,
    seals: Sequence[Seal] = (),
) -> Reading:
    """The reading, no surer than `UNREAD` where its line holds ink that was not read.

    So it is where a seal lies over a hole among its characters: a stamp hides print altogether.

    Args:
        reading: Of the whole line.
        line: Its place on the page.
        limits: How far its crop may reach.
        cutter: Of the page.
        seals: Of the page, in the pixels of the line.
    """
    if not reading.chars:
        return reading
    x0, x1 = cutter.reach(line, limits)
    # Titles are set larger than the page's body.
    placed = PlacedReading(reading, x0, x1, max(cutter.em, line.height))
    rows = cutter.print_mask[line.y0 : line.y1]
    if any(
        _holds_print(rows[:, r.x0 : r.x1], r, placed.em) or _is_stamped(r, line, seals)
        for r in _rooms(placed, line)
    ):
        return replace(reading, limit=min(reading.limit, UNREAD))
    return reading


@dataclass(frozen=True, slots=True)
class _Room:
    """Columns that no character that was read takes, with some doubt about their places.

    Attributes:
        is_inner: Whether they lie between two characters.
        is_hole: Whether these are words, further apart than the others of their line.
    """

    x0: int
    x1: int
    is_inner: bool
    is_hole: bool = False


def _rooms(placed: PlacedReading, line: LineBox) -> Iterator[_Room]:
    """The rooms of a line, left to right."""
    chars = [c for c in placed.reading.chars if not c.text.isspace()]
    slack = PLACE_EM * placed.em
    start = float(line.x0)
    for i, char in enumerate(chars):
        half = _half(char) * placed.em
        end = placed.x(char) - half - slack
        if end - start >= MIN_INK_EM * placed.em:
            is_hole = i > 0 and _is_hole(chars[i - 1], char, placed)
            yield _Room(round(start), round(end), is_inner=i > 0, is_hole=is_hole)
        start = max(start, placed.x(char) + half + slack)
    if line.x1 - start >= MIN_INK_EM * placed.em:
        yield _Room(round(start), line.x1, is_inner=False)


def _half(char: Char) -> float:
    is_wide = any(unicodedata.east_asian_width(c) in "WFA" for c in char.text)
    return HALF_WIDE_EM if is_wide else HALF_NARROW_EM


def _is_hole(before: Char, after: Char, placed: PlacedReading) -> bool:
    """Whether a character is missing between two in the midst of a sentence, and no slot there."""
    if any(not c.text.isalnum() or c.text in SLOTS for c in (before, after)):
        return False
    distances = np.diff([placed.x(c) for c in placed.reading.chars if not c.text.isspace()])
    if len(distances) < MIN_PITCHES:
        return False
    pitch = float(np.median(distances))
    return placed.x(after) - placed.x(before) >= pitch + HOLE_EM * placed.em


def _is_stamped(room: _Room, line: LineBox, seals: Sequence[Seal]) -> bool:
    """Whether a seal lies over a hole."""
    return room.is_hole and in_seal(replace(line, x0=room.x0, x1=room.x1), seals)


def _holds_print(part: NDArray[np.uint8], room: _Room, em: float) -> bool:
    """Whether ink as large as a character stands there, or as a sign where one would."""
    is_of_sign = room.is_inner and room.x1 - room.x0 >= SIGN_ROOM_EM * em
    least = (MIN_SIGN_EM if is_of_sign else MIN_INK_EM) * em
    return any(min(p.x1 - p.x0, p.height) >= least for p in ink_pieces(part, BREAK_EM * em))
