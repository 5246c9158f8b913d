"""Print in line with a ruling is no part of it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.grid.ruling import Ruling
from extractors.picture.in_line import without_print_in_line
from extractors.picture.seals import Seal
from extractors.picture.span_meter import SpanMeter

EM = 20.0
Y, COLUMN = 60, 160
LEVEL = Ruling(True, Y, 20, 400)
COLUMNS = [Ruling(False, x, 20, 100) for x in (20, COLUMN, 400)]
SEAL = Seal(x=90.0, y=60.0, inner=70.0, outer=80.0, ink=1.0)


def left_of(
    *, is_print: bool = True, broken: int = 0, seals: tuple[Seal, ...] = ()
) -> list[Ruling]:
    """What is left of a level ruling, half of which is missing before its second column."""
    ink: NDArray[np.float32] = np.zeros((120, 420), np.float32)
    ink[Y - 1 : Y + 1, COLUMN : 400 - broken] = 1
    for column in COLUMNS:
        ink[20:100, round(column.position) - 1 : round(column.position) + 1] = 1
    for x in range(30, COLUMN - 10, 20):
        ink[Y - 1 : Y + 1, x : x + 10] = 1
        if is_print:
            ink[Y - 8 : Y + 8, x : x + 10] = 1
    found = without_print_in_line([LEVEL, *COLUMNS], SpanMeter(ink, EM, ink, seals), em=EM)
    assert [r for r in found if not r.horizontal] == COLUMNS
    return [r for r in found if r.horizontal]


def test_a_ruling_ends_where_print_stands_in_line_with_it() -> None:
    (ruling,) = left_of()
    assert (ruling.start, ruling.end) == (pytest.approx(COLUMN, abs=2), 400)


@pytest.mark.parametrize(
    ("is_print", "broken", "seals"),
    [(False, 0, ()), (True, 60, ()), (True, 0, (SEAL,))],
    ids=["paper beside it", "worn elsewhere", "under a seal"],
)
def test_a_broken_ruling_stays(is_print: bool, broken: int, seals: tuple[Seal, ...]) -> None:
    assert left_of(is_print=is_print, broken=broken, seals=seals) == [LEVEL]
