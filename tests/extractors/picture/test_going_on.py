"""Rulings that go on where scans wore them, or where others stand close beside them."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_pages import Paper

from extractors.picture.layout import lay_out


@pytest.mark.parametrize(("shown", "columns"), [(0.6, 2), (0.32, 1)])
def test_worn_end_of_a_column_goes_on_from_the_row_above(shown: float, columns: int) -> None:
    paper = Paper(500, 300, 150)
    for y in (40, 58, 84):
        paper.rule((True, y, 40, 460))
    for x in (40, 160, 460):
        paper.rule((False, x, 40, 84))
    paper.rule((False, 300, 40, 66))
    paper.rule((False, 300, 71, 63 + shown * 26))
    (table,) = lay_out(paper.pixels, 150).tables
    below = [c.cell for c in table.cells if c.cell.row == 1]
    assert len(below) == 1 + columns


@pytest.mark.parametrize("text", ["", "预算"])
def test_pieces_of_a_column_in_a_low_row_go_on_from_the_row_below(text: str) -> None:
    paper = Paper(500, 300, 150)
    for y in (40, 62, 84):
        paper.rule((True, y, 40, 460), gap=4, dash=90)
    for x in (40, 460):
        paper.rule((False, x, 40, 84), gap=4, dash=90)
    for start, end in ((43, 51), (53, 59), (62, 84)):
        paper.rule((False, 300, start, end))
    paper.write(text, 303, 46)
    (table,) = lay_out(paper.pixels, 150).tables
    assert len([c for c in table.cells if c.cell.row == 0]) == 2


def test_pale_ruling_of_the_reverse_does_not_crowd_out_one_of_the_page() -> None:
    reverse, paper = Paper(500, 300, 150), Paper(500, 300, 150)
    for y in (40, 100, 160):
        paper.rule((True, y, 60 if y == 100 else 40, 460))
    for x in (40, 60, 460):
        paper.rule((False, x, 40, 160))
    reverse.rule((True, 108, 40, 460))
    paper.pixels = np.minimum(paper.pixels, 255 - (255 - reverse.pixels) // 3)
    (table,) = lay_out(paper.pixels, 150).tables
    assert sorted(c.cell.row for c in table.cells) == [0, 0, 1]


def test_column_goes_on_below_one_that_its_line_ran_close_beside() -> None:
    """Strokes of print beside a column, and another one right below them, make one line."""
    paper = Paper(500, 300, 150)
    for y in (20, 130, 152):
        paper.rule((True, y, 40, 460))
    for x in (40, 460):
        paper.rule((False, x, 20, 152))
    paper.rule((False, 120, 20, 130))
    paper.rule((False, 129, 64, 152))
    (table,) = lay_out(paper.pixels, 150).tables
    assert [len([c for c in table.cells if c.cell.row == row]) for row in (0, 1)] == [2, 2]
