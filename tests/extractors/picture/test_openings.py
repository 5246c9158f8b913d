from __future__ import annotations

import numpy as np
import pytest

from extractors.picture.openings import opened


@pytest.mark.parametrize("length", range(2, 10))
@pytest.mark.parametrize("upright", [True, False])
def test_runs_stay_where_they_are(length: int, *, upright: bool) -> None:
    mask = np.zeros((40, 40), np.uint8)
    mask[5 : 5 + length, 10] = 1
    mask[20:35, 20:22] = 1
    sides = {"height": length} if upright else {"width": length}
    found = opened(mask if upright else np.ascontiguousarray(mask.T), **sides)
    assert ((found if upright else found.T) == mask).all()


def test_shorter_runs_go() -> None:
    mask = np.zeros((20, 20), np.uint8)
    mask[5:9, 10] = 1
    assert not opened(mask, height=5).any()
    assert not opened(mask, width=2).any()
