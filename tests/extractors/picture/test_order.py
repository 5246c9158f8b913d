from __future__ import annotations

import random

from extractors.evidence import Grid, TextLine, TextRun
from extractors.geometry import BBox
from extractors.picture.order import reading_order


def line(name: str, x0: float, y0: float, width: float = 0.3) -> TextLine:
    box = BBox(x0, y0, x0 + width, y0 + 0.02)
    return TextLine((TextRun(name, box, 1.0, "pdf"),), box)


def grid(x0: float, y0: float, x1: float, y1: float) -> Grid:
    return Grid(1, 1, (), BBox(x0, y0, x1, y1))


def test_one_page_reads_top_to_bottom() -> None:
    blocks = [line("甲", 0.3, 0.05), grid(0.1, 0.1, 0.9, 0.5), line("乙", 0.1, 0.55)]
    blocks += [grid(0.1, 0.6, 0.9, 0.9), line("丙", 0.1, 0.95)]
    shuffled = random.Random(7).sample(blocks, len(blocks))
    assert reading_order(shuffled) == tuple(blocks)


def test_lines_at_one_height_read_left_to_right() -> None:
    left, right = line("左", 0.1, 0.2), line("右", 0.6, 0.2)
    assert reading_order([right, left]) == (left, right)


def test_two_pages_on_one_sheet_read_left_page_first() -> None:
    left = [line("左题", 0.1, 0.05), grid(0.04, 0.1, 0.47, 0.8), line("左注", 0.05, 0.9)]
    right = [line("右题", 0.6, 0.02), grid(0.53, 0.06, 0.96, 0.7), line("右注", 0.55, 0.85)]
    assert reading_order([*right, *left]) == (*left, *right)


def test_tables_one_below_the_other_are_not_side_by_side() -> None:
    upper, lower = grid(0.05, 0.1, 0.45, 0.4), grid(0.55, 0.39, 0.95, 0.8)
    note = line("注", 0.05, 0.9)
    assert reading_order([note, lower, upper]) == (upper, lower, note)


def test_nothing_stays_nothing() -> None:
    assert reading_order([]) == ()
