"""Edges of a sheet on a desk are told from rulings on it, and beside a grey cell."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.picture.rulings import Segment
from extractors.picture.sheet_edges import without_edges

EM = 20.0


@pytest.mark.parametrize(
    ("above", "line", "below", "stays"),
    [(200, 60, 200, True), (200, 60, 150, True), (110, 108, 200, False), (200, 198, 120, False)],
    ids=["on paper", "above a grey area", "desk above", "desk below"],
)
@pytest.mark.parametrize("upright", [False, True])
def test_steps_are_no_rulings(
    above: int, line: int, below: int, stays: bool, upright: bool
) -> None:
    grey = np.full((100, 300), above, np.uint8)
    grey[50:] = below
    grey[49:52] = line
    segment = Segment(True, 10.0, 50.0, 290.0, 50.0, 0.9)
    if upright:
        grey, segment = grey.T.copy(), Segment(False, 50.0, 10.0, 50.0, 290.0, 0.9)
    assert (without_edges([segment], grey, em=EM) == [segment]) is stays


def test_filled_row_has_rulings() -> None:
    grey = np.full((200, 300), 200, np.uint8)
    grey[50:90] = 80
    sides = [Segment(True, 10.0, y, 290.0, y, 0.9) for y in (50.0, 90.0)]
    assert without_edges(sides, grey, em=EM) == sides
