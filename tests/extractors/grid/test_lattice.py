from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.grid.lattice import CellBox, Lattice, build_lattices, snap_positions
from extractors.grid.open_ends import closing_rulings
from extractors.grid.ruling import Ruling

SNAP, GAP = 4.0, 6.0
Rect = tuple[int, int, int, int]


def across(y: float, x0: float, x1: float) -> Ruling:
    return Ruling(True, y, x0, x1)


def down(x: float, y0: float, y1: float) -> Ruling:
    return Ruling(False, x, y0, y1)


def frame(x0: float, y0: float, x1: float, y1: float) -> list[Ruling]:
    return [across(y0, x0, x1), across(y1, x0, x1), down(x0, y0, y1), down(x1, y0, y1)]


def lattices(rulings: list[Ruling]) -> tuple[Lattice, ...]:
    return build_lattices(rulings, snap=SNAP, gap=GAP)


def rects(lattice: Lattice) -> list[Rect]:
    return [(c.row, c.col, c.row + c.row_span, c.col + c.col_span) for c in lattice.cells]


def test_plain_table_gives_each_cell_between_its_rulings() -> None:
    (table,) = lattices([*frame(0, 0, 200, 100), across(40, 0, 200), down(120, 0, 100)])
    assert table.xs == (0, 120, 200)
    assert table.ys == (0, 40, 100)
    assert table.cells == (
        CellBox(0, 0, 1, 1, 0, 0, 120, 40),
        CellBox(0, 1, 1, 1, 120, 0, 200, 40),
        CellBox(1, 0, 1, 1, 0, 40, 120, 100),
        CellBox(1, 1, 1, 1, 120, 40, 200, 100),
    )


def test_merged_cells_stand_once_at_their_first_row_and_column() -> None:
    rulings = [
        *frame(0, 0, 300, 90),
        across(30, 0, 300),
        across(60, 100, 300),
        down(100, 30, 90),
        down(200, 30, 90),
    ]
    (table,) = lattices(rulings)
    assert rects(table) == [
        (0, 0, 1, 3),
        (1, 0, 3, 1),
        (1, 1, 2, 2),
        (1, 2, 2, 3),
        (2, 1, 3, 2),
        (2, 2, 3, 3),
    ]


def test_border_printed_cell_by_cell_is_one_table() -> None:
    """Browsers print each cell's own border; a piece of a wide cell meets no vertical."""
    pieces = [across(y, x, x + 100) for y in (0, 30, 60) for x in (0, 100, 200, 300)]
    rulings = [*pieces, down(0, 0, 60), down(100, 0, 60), down(400, 0, 60)]
    (table,) = lattices(rulings)
    assert rects(table) == [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 1), (1, 1, 2, 2)]


def test_row_that_the_page_break_sliced_open_is_closed() -> None:
    """No border is drawn where the break cuts; the verticals run on to it, above and below."""
    rulings = [
        across(40, 0, 300),
        across(80, 0, 300),
        *(down(x, 0, 120) for x in (0, 100, 300)),
    ]
    (table,) = lattices(rulings)
    assert table.ys == (0, 40, 80, 120)
    assert len(table.cells) == 6


def test_a_stroke_of_print_does_not_close_a_sliced_row() -> None:
    verticals = [down(x, 0, 120) for x in (0, 100, 300)]
    stroke = across(8, 104, 140)
    found = closing_rulings([across(40, 0, 300), stroke, *verticals], snap=3)
    assert found == [across(0, 0, 300), across(120, 0, 300)]


def test_table_without_rulings_at_its_sides_is_closed() -> None:
    rulings = [*(across(y, 0, 300) for y in (0, 40, 80)), down(100, 0, 80)]
    (table,) = lattices(rulings)
    assert table.xs == (0, 100, 300)
    assert rects(table) == [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 1), (1, 1, 2, 2)]


@pytest.mark.parametrize(("count", "xs"), [(4, (0, 100, 200)), (2, (100, 200))])
def test_side_that_most_rulings_end_on_is_one_though_the_outermost_stop_short(
    count: int, xs: tuple[int, ...]
) -> None:
    ys = (0, 20, 40, 60, 80, 100)
    rulings = [across(y, 0 if 0 < i <= count else 100, 200) for i, y in enumerate(ys)]
    (table,) = lattices([*rulings, down(100, 0, 100), down(200, 0, 100)])
    assert table.xs == xs


def test_one_stroke_that_runs_out_of_a_table_closes_nothing() -> None:
    (table,) = lattices([*frame(0, 0, 200, 100), across(40, 0, 200), down(120, -60, 100)])
    assert table.ys == (0, 40, 100)


@pytest.mark.parametrize(
    ("faint", "expected"),
    [
        (across(50, 0, 40), [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 2)]),
        (down(100, 50, 70), [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 2, 2)]),
    ],
)
def test_l_shaped_region_is_cut_where_ink_supports_it(faint: Ruling, expected: list[Rect]) -> None:
    """The ruling of one side is mostly lost; what is left of it tells which way to cut."""
    rulings = [*frame(0, 0, 200, 100), down(100, 0, 50), across(50, 100, 200), faint]
    (table,) = lattices(rulings)
    assert rects(table) == expected


def test_ruling_across_the_line_that_it_ends_on_is_no_ink_beyond() -> None:
    """A column is lost in one row, beside which a merged cell stands: it goes on, as elsewhere."""
    rulings = [*frame(0, 0, 200, 90), down(100, 0, 30), down(100, 60, 90)]
    rulings += [across(30, 98.5, 200), across(60, 98.5, 200)]
    (table,) = lattices(rulings)
    assert rects(table) == [(0, 0, 3, 1), (0, 1, 1, 2), (1, 1, 2, 2), (2, 1, 3, 2)]


def test_gap_is_closed_by_the_ruling_that_goes_on_at_both_its_ends() -> None:
    """A column is lost in the lower of two rows, beside a cell merged over both."""
    rulings = [*frame(0, 0, 400, 120), across(30, 0, 400), across(90, 0, 400)]
    rulings += [across(60, 100, 400), down(100, 0, 60), down(100, 90, 120)]
    (table,) = lattices(rulings)
    assert (1, 0, 3, 1) in rects(table)
    assert (2, 1, 3, 2) in rects(table)


def test_two_tables_come_top_to_bottom_then_left_to_right() -> None:
    found = lattices([*frame(300, 0, 400, 50), *frame(0, 200, 100, 250), *frame(0, 0, 100, 50)])
    assert [(t.xs[0], t.ys[0]) for t in found] == [(0, 0), (300, 0), (0, 200)]
    assert all(rects(t) == [(0, 0, 1, 1)] for t in found)


def test_rulings_that_close_nothing_are_no_table() -> None:
    assert lattices([]) == ()
    assert lattices([across(10, 0, 100), across(40, 0, 100)]) == ()
    assert lattices([across(10, 0, 100), down(50, 0, 100)]) == ()


def test_near_lines_are_one_and_breaks_are_bridged() -> None:
    rulings = [
        *frame(0, 0, 200, 100),
        across(50, 0, 97),
        across(51, 97 + GAP - 1, 200),
        down(101, 0, 50),
        down(99, 50, 100),
    ]
    (table,) = lattices(rulings)
    assert rects(table) == [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 1), (1, 1, 2, 2)]
    assert table.ys[1] == pytest.approx(50.5, abs=0.5)
    assert table.xs[1] == pytest.approx(100)


def test_snapping_weighs_positions_by_length() -> None:
    near = [across(10, 0, 300), across(13, 0, 100), across(30, 0, 100)]
    assert snap_positions(near, SNAP) == pytest.approx((10.75, 30))


def test_a_chain_of_near_lines_stays_several() -> None:
    chain = [across(float(y), 0, 100) for y in range(0, 31, 3)]
    positions = snap_positions(chain, SNAP)
    assert len(positions) > 1
    assert all(b - a > SNAP for a, b in pairwise(positions))


@st.composite
def tilings(draw: st.DrawFn) -> tuple[list[float], list[float], list[Rect]]:
    """Positions of a lattice and merged cells that tile it."""
    steps = st.lists(st.integers(20, 90), min_size=1, max_size=6)
    widths, heights = draw(steps), draw(steps)
    xs = [float(sum(widths[:i])) for i in range(len(widths) + 1)]
    ys = [float(sum(heights[:i])) for i in range(len(heights) + 1)]
    free = {(r, c) for r in range(len(heights)) for c in range(len(widths))}
    cells: list[Rect] = []
    while free:
        r, c = min(free)
        row_span, col_span = draw(st.integers(1, 3)), draw(st.integers(1, 3))
        last = c + 1
        while last < c + col_span and (r, last) in free:
            last += 1
        bottom = r + 1
        while bottom < r + row_span and all((bottom, k) in free for k in range(c, last)):
            bottom += 1
        free -= {(i, k) for i in range(r, bottom) for k in range(c, last)}
        cells.append((r, c, bottom, last))
    return xs, ys, cells


@settings(max_examples=60, deadline=None, derandomize=True)
@given(tiling=tilings(), seed=st.integers(0, 2**16), wander=st.sampled_from([0.0, 1.5]))
def test_any_tiling_drawn_as_rulings_comes_back(
    tiling: tuple[list[float], list[float], list[Rect]], seed: int, wander: float
) -> None:
    xs, ys, cells = tiling
    chance = random.Random(seed)
    rulings = [side for r0, c0, r1, c1 in cells for side in frame(xs[c0], ys[r0], xs[c1], ys[r1])]
    moved = [
        Ruling(r.horizontal, r.position + chance.uniform(-wander, wander), r.start, r.end)
        for r in rulings
    ]
    chance.shuffle(moved)
    (table,) = lattices(moved)
    drawn = sorted((ys[r0], xs[c0], ys[r1], xs[c1]) for r0, c0, r1, c1 in cells)
    found = [(c.y0, c.x0, c.y1, c.x1) for c in table.cells]
    assert len(found) == len(drawn)
    for a, b in zip(found, drawn, strict=True):
        assert a == pytest.approx(b, abs=wander + 1e-6)
    for c in table.cells:
        assert (c.x0, c.x1) == (table.xs[c.col], table.xs[c.col + c.col_span])
        assert (c.y0, c.y1) == (table.ys[c.row], table.ys[c.row + c.row_span])
