"""Pieces of seals that were read as characters, far from the print of their cell.

What is left of a seal beside a value makes the line longer, and a line of its own above or below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from extractors.ocr.port import Char, Reading
from extractors.picture.hidden import TOUCHED, in_seal, placed_on
from extractors.picture.lines import LineBox
from extractors.picture.seals import Seal

FAR_EM = 3.0
"""No gap before the last character of a value is so wide, those of slots to fill aside."""
SLOTS = frozenset("年月日元时分号")
"""What stands alone behind a slot."""
BESIDE_EM = 2.0
"""A line that goes on stands below its first, not so far beside it."""
LEVEL_EM = 0.5
"""What stands so nearly level with a line may be the value behind a label."""
UNLIKELY = 0.5
"""A character outside all seals, as far from print, is more likely dirt than print."""


def without_seal_strays(
    readings: Mapping[LineBox, Reading],
    cells: Iterable[Sequence[LineBox]],
    seals: Sequence[Seal],
    em: float,
) -> dict[LineBox, Reading]:
    """The readings without single characters far from the rest of their line or cell.

    Letters of a seal that were read as a line of their own go too. What is left is no surer than
    `TOUCHED`.

    Args:
        readings: By line, in the pixels of the seals.
        cells: Lines that stand together.
        seals: Of the page.
        em: Text height in the same pixels.
    """
    found = {line: _without_far_ends(r, line, seals, em) for line, r in readings.items()}
    for lines in cells:
        words = [line for line in lines if len(_printed(found[line])) > 1]
        # A lone figure is the value where the seal does not reach it.
        words = words or [line for line in lines if not in_seal(line, seals)]
        for line in lines:
            if line not in words and words and _is_stray(found[line], line, words, seals, em):
                found[line] = replace(found[line], chars=(), limit=TOUCHED)
        for line in words:
            near = _beside_lettering(found[line], line, words, seals, em)
            if near is not None:
                found[line] = replace(found[line], chars=(), limit=TOUCHED)
                found[near] = replace(found[near], limit=min(found[near].limit, TOUCHED))
    return found


def _is_stray(
    reading: Reading,
    line: LineBox,
    words: Sequence[LineBox],
    seals: Sequence[Seal],
    em: float,
) -> bool:
    chars = _printed(reading)
    beside = min(max(w.x0 - line.x1, line.x0 - w.x1) for w in words)
    # No value of these forms goes on with a letter alone on its line.
    is_apart = beside > BESIDE_EM * em or all(c.text.isascii() and c.text.isalpha() for c in chars)
    return is_apart and in_seal(line, seals) and all(map(_may_be_stray, chars))


def _beside_lettering(
    reading: Reading,
    line: LineBox,
    words: Sequence[LineBox],
    seals: Sequence[Seal],
    em: float,
) -> LineBox | None:
    """The line of print nearest to one that is letters of a seal; ``None`` where it is print.

    Letters stand aside of the nearest line of their cell, and not level with it.
    """

    def is_held(one: LineBox) -> bool:
        return any(s.holds(one.x0, one.y0, one.x1, one.y1) for s in seals)

    others = [w for w in words if not is_held(w)]
    letters = (not c.text.isascii() and _may_be_stray(c) for c in _printed(reading))
    if not others or not is_held(line) or not all(letters):
        return None
    near = min(others, key=lambda w: abs(w.y0 + w.y1 - line.y0 - line.y1))
    away = abs(near.y0 + near.y1 - line.y0 - line.y1) / 2
    apart = max(near.x0 - line.x1, line.x0 - near.x1)
    return near if apart > BESIDE_EM * em and away > LEVEL_EM * em else None


def _without_far_ends(reading: Reading, line: LineBox, seals: Sequence[Seal], em: float) -> Reading:
    placed = placed_on(line, reading, em)
    chars = _printed(reading)
    if len(chars) < 3:
        return reading

    def is_stray(char: Char, beside: Char) -> bool:
        x = placed.x(char)
        if not _may_be_stray(char) or abs(x - placed.x(beside)) < FAR_EM * em:
            return False
        in_seal = any(s.touches(x, line.y0, x, line.y1, reach=0.0) for s in seals)
        return in_seal or char.probability < UNLIKELY

    ends = ((chars[0], chars[1]), (chars[-1], chars[-2]))
    strays = [char for char, beside in ends if is_stray(char, beside)]
    if not strays:
        return reading
    kept = tuple(c for c in reading.chars if c not in strays)
    return replace(reading, chars=kept, limit=min(reading.limit, TOUCHED))


def _printed(reading: Reading) -> list[Char]:
    return [c for c in reading.chars if not c.text.isspace()]


def _may_be_stray(char: Char) -> bool:
    return char.text.isalnum() and char.text not in SLOTS
