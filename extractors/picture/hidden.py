"""Lines whose ends may lie under the ring of a dark seal: no ink shows whether they go on there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.ocr.port import Reading
from extractors.picture.lines import LineBox
from extractors.picture.seals import Seal

REACH_EM = 0.6
"""A further character would begin within this distance of the last one."""
MAY_GO_ON = 0.75
"""Certainty of such a reading, below what any short value is accepted with: a quarter of the
characters beside a ring being hidden by it is more than was ever seen."""


def with_hidden_ends(
    readings: Mapping[LineBox, Reading], seals: Sequence[Seal], em: float
) -> dict[LineBox, Reading]:
    """The readings, those that end at a dark ring no surer than `MAY_GO_ON`.

    Args:
        readings: By line, in the pixels of the seals.
        seals: Of the page.
        em: Text height in the same pixels.
    """
    reach = REACH_EM * em
    return {
        line: replace(reading, limit=min(reading.limit, MAY_GO_ON))
        if any(s.hides(line.x0, line.y0, line.x1, line.y1, reach=reach) for s in seals)
        else reading
        for line, reading in readings.items()
    }
