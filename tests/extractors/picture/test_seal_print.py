"""Strokes of a grey seal beside print under it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.picture.seal_print import without_seal_print
from extractors.picture.seals import Seal

SEAL = Seal(100.0, 100.0, 80.0, 90.0, 1.0)
PRINT, STROKE = (slice(90, 110), slice(60, 80)), (slice(90, 110), slice(130, 150))
BODY = (slice(220, 240), slice(20, 210))


def kept(ring: float, stroke: float, seal: Seal = SEAL, width: int = 6) -> tuple[bool, bool]:
    """Whether print of full ink and a stroke of some darkness within a seal stay."""
    tone = np.zeros((260, 220), np.float32)
    cv2.circle(tone, (100, 100), 85, ring, width)
    for place, darkness in ((PRINT, 1.2), (STROKE, stroke)):
        tone[place] = darkness
    for i, darkness in enumerate((1.0, 1.1, 1.2, 1.25)):
        tone[BODY[0], 20 + 50 * i : 60 + 50 * i] = darkness
    mask = (tone > 0.1).astype(np.uint8)
    cv2.circle(mask, (100, 100), 85, 0, 12)
    bare = without_seal_print(mask, tone, [seal], em=20.0)
    assert (bare[BODY] == mask[BODY]).all()
    return bool(bare[PRINT].all()), bool(bare[STROKE].any())


@pytest.mark.parametrize(
    ("ring", "stroke", "stays"), [(0.7, 0.7, False), (0.7, 1.1, True), (1.15, 1.15, True)]
)
def test_strokes_as_pale_as_the_ring_go_and_print_stays(
    ring: float, stroke: float, stays: bool
) -> None:
    assert kept(ring, stroke) == (True, stays)


def test_strokes_of_a_seal_go_where_they_touch_print() -> None:
    tone = np.zeros((260, 220), np.float32)
    cv2.circle(tone, (100, 100), 85, 0.8, 6)
    tone[BODY] = 1.2
    tone[100:104, 60:100] = 0.8
    tone[90:110, 60:64] = 1.2
    mask = (tone > 0.1).astype(np.uint8)
    cv2.circle(mask, (100, 100), 85, 0, 12)
    bare = without_seal_print(mask, tone, [SEAL], em=20.0)
    assert bare[90:110, 60:64].all()
    assert not bare[100:104, 70:100].any()


def test_ring_is_as_dark_as_its_darkest_circle_however_wide_its_blur() -> None:
    assert kept(0.8, 0.8, width=2) == (True, False)


def test_seals_told_by_their_paleness_are_left_to_others() -> None:
    pale = Seal(SEAL.x, SEAL.y, SEAL.inner, SEAL.outer, 0.4)
    assert kept(0.7, 0.7, pale) == (True, True)
