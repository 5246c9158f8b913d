"""Lines that a seal touches: it may hide a character, or add one of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from extractors.ocr.port import Char, Reading
from extractors.picture.crops import PAD_WIDTH_EM
from extractors.picture.lines import LineBox
from extractors.picture.placed import PlacedReading
from extractors.picture.seals import Seal

REACH_EM = 0.6
"""A further character would begin within this distance of the last one."""
TOUCHED = 0.75
"""Certainty of such a reading, below what any short value is accepted with: a quarter of the
characters beside a seal being its own or hidden by it is more than was ever seen."""
LEAST_INK = 0.02
"""Printed share of the em square around a character: 一 has 0.1, 1 in small print 0.05."""


def with_touched(
    readings: Mapping[LineBox, Reading], seals: Sequence[Seal], em: float
) -> dict[LineBox, Reading]:
    """The readings, those that a dark seal touches no surer than `TOUCHED`.

    Args:
        readings: By line, in the pixels of the seals.
        seals: Of the page.
        em: Text height in the same pixels.
    """
    dark = [s for s in seals if s.is_dark]
    reach = REACH_EM * em
    return {
        line: replace(reading, limit=min(reading.limit, TOUCHED))
        if in_seal(line, dark, reach=reach)
        else reading
        for line, reading in readings.items()
    }


def in_seal(line: LineBox, seals: Sequence[Seal], *, reach: float = 0.0) -> bool:
    """Whether a line lies in any of some seals, or within ``reach`` pixels of one."""
    return any(s.touches(line.x0, line.y0, line.x1, line.y1, reach=reach) for s in seals)


def without_unprinted(
    readings: Mapping[LineBox, Reading], mask: NDArray[np.uint8], seals: Sequence[Seal], em: float
) -> dict[LineBox, Reading]:
    """The readings of lines in seals without characters where nothing is printed.

    The strokes of a pale seal are off the print, but not off the picture that is read. What is
    left of such a line is no surer than `TOUCHED`.

    Args:
        readings: By line, in the pixels of the mask.
        mask: Printed pixels, seals taken off, uint8 (H, W), 0 or 1.
        seals: Of the page.
        em: Text height in pixels.
    """
    return {
        line: _printed_part(reading, line, mask, em) if in_seal(line, seals) else reading
        for line, reading in readings.items()
    }


def placed_on(line: LineBox, reading: Reading, em: float) -> PlacedReading:
    """A reading over its line and the room that its crop has at both ends.

    Args:
        line: In pixels of the page.
        reading: Of the whole line.
        em: Text height in the same pixels.
    """
    return PlacedReading(reading, line.x0 - PAD_WIDTH_EM * em, line.x1 + PAD_WIDTH_EM * em, em)


def share_along(line: LineBox, x: float, em: float) -> float:
    """Where a place lies along the crop of a line, 0..1: the reverse of `placed_on`."""
    pad = PAD_WIDTH_EM * em
    return (x - line.x0 + pad) / (line.x1 - line.x0 + 2 * pad)


def _printed_part(reading: Reading, line: LineBox, mask: NDArray[np.uint8], em: float) -> Reading:
    placed = placed_on(line, reading, em)

    def is_printed(char: Char) -> bool:
        x = placed.x(char)
        columns = slice(max(round(x - em / 2), 0), max(round(x + em / 2), 0) + 1)
        ink = int(mask[line.y0 : line.y1, columns].sum(dtype=np.int64))
        return not char.text.isalnum() or ink >= LEAST_INK * em * em

    kept = tuple(c for c in reading.chars if is_printed(c))
    if len(kept) == len(reading.chars):
        return reading
    return replace(reading, chars=kept, limit=min(reading.limit, TOUCHED))
