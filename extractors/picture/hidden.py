"""Lines that a seal as dark as print touches: it may hide a character, or add one of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.ocr.port import Reading
from extractors.picture.lines import LineBox
from extractors.picture.seals import Seal

REACH_EM = 0.6
"""A further character would begin within this distance of the last one."""
TOUCHED = 0.75
"""Certainty of such a reading, below what any short value is accepted with: a quarter of the
characters beside a seal being its own or hidden by it is more than was ever seen."""


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
        if any(s.touches(line.x0, line.y0, line.x1, line.y1, reach=reach) for s in dark)
        else reading
        for line, reading in readings.items()
    }
