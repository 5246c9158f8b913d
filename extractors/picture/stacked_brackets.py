"""Brackets in labels printed downwards, alone on their lines: their place tells their width.

The ink of a full-width bracket stands beside the middle of its square, and the squares stand one
below the other. A narrow one stands in the middle, or begins where the squares begin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from extractors.ocr.advances import TO_FULL, TO_HALF
from extractors.ocr.port import Reading
from extractors.ocr.widths import LEAN
from extractors.picture.lines import LineBox

MIN_STACKED = 3
"""So many characters one below the other are a label printed downwards."""
LONGEST = 4
"""Between them there may be figures in one line: 100, and a percent sign."""
_PARTNERS = {"(": ")", "（": "）"}


def settle_stacked_brackets(
    lines: Sequence[LineBox], readings: Sequence[Reading], em: float
) -> list[Reading]:
    """The lines of a cell with each pair of lone brackets in the width that the opening one has.

    Args:
        lines: Places, top to bottom.
        readings: Of the same lines.
        em: Text height in pixels.
    """
    texts = [reading.text.strip() for reading in readings]
    middles = [
        (line.x0 + line.x1) / 2
        for line, reading, text in zip(lines, readings, texts, strict=True)
        if len(text) == 1 and all(c.is_chinese for c in reading.chars if not c.text.isspace())
    ]
    if len(middles) < MIN_STACKED or any(len(t) > LONGEST for t in texts):
        return list(readings)
    axis = median(middles)
    settled = list(readings)
    opened: list[bool] = []
    for i, (line, text) in enumerate(zip(lines, texts, strict=True)):
        if text in _PARTNERS:
            opened.append((line.x0 + line.x1) / 2 - axis > LEAN / 2 * em)
        elif text not in _PARTNERS.values() or not opened:
            continue
        is_full = opened[-1] if text in _PARTNERS else opened.pop()
        settled[i] = _in_width(readings[i], is_full=is_full)
    return settled


def _in_width(reading: Reading, *, is_full: bool) -> Reading:
    widths = TO_FULL if is_full else TO_HALF
    return replace(
        reading,
        chars=tuple(replace(c, text=widths.get(c.text, c.text)) for c in reading.chars),
    )
