"""Pieces of rulings that are one, and pieces that are two."""

from __future__ import annotations

import pytest

from extractors.grid.ruling import Ruling
from extractors.picture.grid import joined


def test_collinear_rulings_are_joined_over_short_breaks_only() -> None:
    pieces = [Ruling(True, 10, 0, 50), Ruling(True, 11, 55, 105), Ruling(True, 10, 130, 180)]
    pieces += [Ruling(False, 10, 0, 50)]
    out = sorted(joined(pieces, em=9.0), key=lambda r: (r.horizontal, r.start))
    assert out == [Ruling(False, 10, 0, 50), Ruling(True, 10.5, 0, 105), Ruling(True, 10, 130, 180)]


@pytest.mark.parametrize(("aside", "lines"), [(2.0, 1), (6.0, 2)])
def test_a_column_that_is_set_aside_where_a_row_ends_is_two(aside: float, lines: int) -> None:
    pieces = [Ruling(False, 336, 100, 172), Ruling(False, 336 - aside, 169, 207)]
    assert len(joined(pieces, em=18.5)) == lines
