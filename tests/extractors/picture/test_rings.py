"""Rings of seals beside print, where they look like rulings."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.grid.ruling import Ruling
from extractors.picture.rings import without_rings
from extractors.picture.seals import Seal
from extractors.picture.span_meter import SpanMeter

EM = 18.0
SEAL = Seal(230.0, 150.0, 126.0, 132.0, 1.0)
RULED = Ruling(False, 60.0, 20.0, 280.0)


@pytest.mark.parametrize(
    ("span", "is_drawn", "kept"),
    [
        (Ruling(False, 101.0, 125.0, 175.0), False, False),
        (Ruling(False, 101.0, 125.0, 175.0), True, True),
        (Ruling(False, 230.0, 10.0, 290.0), False, True),
        (Ruling(True, 21.0, 205.0, 255.0), False, True),
    ],
    ids=["through print", "ruled there as well", "across it", "clear of print"],
)
def test_span_along_a_ring_is_printed_without_it_too(
    span: Ruling, is_drawn: bool, kept: bool
) -> None:
    bare = np.zeros((300, 400), np.float32)
    cv2.line(bare, (60, 20), (60, 280), 1.0, 2)
    bare[130:150, 85:98] = bare[155:172, 103:120] = 1.0
    if is_drawn:
        cv2.line(bare, (101, 125), (101, 175), 1.0, 2)
    found = without_rings([RULED, span], [SEAL], SpanMeter(bare, EM), em=EM)
    assert RULED in found
    assert (span in found) == kept
