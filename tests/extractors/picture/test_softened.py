"""1-bit files are told from grey ones, and only their steps are softened."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.picture.warp import is_bilevel, softened


def written() -> NDArray[np.uint8]:
    """A page with print on a tenth of it, with soft edges."""
    page = np.full((400, 400), 255, np.uint8)
    for row in range(10, 400, 20):
        cv2.putText(page, "0123456789 0123456789", (5, row), 0, 0.6, 0, 1, cv2.LINE_AA)
    return page


def as_bilevel(page: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.asarray(cv2.threshold(page, 128, 255, cv2.THRESH_BINARY)[1], np.uint8)


@pytest.mark.parametrize(("page", "answer"), [(written(), False), (as_bilevel(written()), True)])
def test_bilevel_files_have_two_values(page: NDArray[np.uint8], answer: bool) -> None:
    assert is_bilevel(page) is answer


def test_bilevel_page_that_a_pdf_has_drawn_is_one() -> None:
    nearly = np.clip(as_bilevel(written()).astype(np.int16), 6, 250).astype(np.uint8)
    assert is_bilevel(nearly)


def test_softened_steps_have_greys_at_their_edges_alone() -> None:
    step = np.full((40, 40), 255, np.uint8)
    step[:, 20:] = 0
    row = softened(step)[20]
    assert (np.diff(row.astype(int)) <= 0).all()
    assert set(row[:16].tolist()) == {255}
    assert set(row[24:].tolist()) == {0}
    assert ((row > 20) & (row < 235)).sum() >= 2
