"""Rulings into the cells of tables, merged cells included.

The method: rulings that touch form one table; their positions are snapped to a lattice of
x and y; each side of each elementary cell is either covered by a ruling or not; elementary
cells with no ruling between them are one cell; a region that is no rectangle is cut along the
best supported lattice line. The unit (pixels or points) is the caller's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extractors.grid.groups import connected
from extractors.grid.open_ends import closing_rulings
from extractors.grid.regions import Edges, rectangles
from extractors.grid.ruling import Ruling

MIN_COVER = 0.5
"""Share of a side that rulings must cover for it to count as ruled. One half: a side is either
printed whole or not at all, so the measured shares are bimodal and the middle divides them."""


@dataclass(frozen=True, slots=True)
class CellBox:
    """One cell, merged or not, between the rulings around it."""

    row: int
    col: int
    row_span: int
    col_span: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Lattice:
    """One table: its column and row positions and the cells that tile it.

    Attributes:
        xs: Ascending, one more than columns.
        ys: Ascending, one more than rows.
        cells: Sorted by row, then column.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[CellBox, ...]


def build_lattices(rulings: Sequence[Ruling], *, snap: float, gap: float) -> tuple[Lattice, ...]:
    """Tables from rulings.

    Args:
        rulings: Of one page, in any order.
        snap: Rulings nearer than this are the same line.
        gap: Breaks in a ruling shorter than this are bridged.

    Returns:
        One lattice a table with at least one cell, top to bottom, then left to right.
    """
    lattices = []
    for group in connected(rulings, reach=max(snap, gap)):
        table = [*group, *closing_rulings(group, snap=snap)]
        across = [r for r in table if r.horizontal]
        down = [r for r in table if not r.horizontal]
        ys = snap_positions(across, snap)
        xs = snap_positions(down, snap)
        if len(xs) < 2 or len(ys) < 2:
            continue
        edges = Edges(
            across=_cover(across, ys, xs, snap, gap), down=_cover(down, xs, ys, snap, gap)
        )
        lattices.append(_lattice(xs, ys, edges))
    return tuple(sorted(lattices, key=lambda t: (t.ys[0], t.xs[0])))


def snap_positions(rulings: Sequence[Ruling], snap: float) -> tuple[float, ...]:
    """Distinct positions, ascending: neighbours nearer than ``snap`` become their weighted mean.

    A cluster never grows wider than twice ``snap``, so a chain of near lines stays several.
    """
    out: list[float] = []
    cluster: list[Ruling] = []
    for ruling in sorted(rulings, key=lambda r: r.position):
        if cluster and (
            ruling.position - cluster[-1].position > snap
            or ruling.position - cluster[0].position > 2 * snap
        ):
            out.append(_weighted_mean(cluster))
            cluster = []
        cluster.append(ruling)
    if cluster:
        out.append(_weighted_mean(cluster))
    return tuple(out)


def _weighted_mean(rulings: Sequence[Ruling]) -> float:
    weights = [max(r.length, 1e-9) for r in rulings]
    return float(np.average([r.position for r in rulings], weights=weights))


def _cover(
    rulings: Sequence[Ruling],
    lines: Sequence[float],
    stops: Sequence[float],
    snap: float,
    gap: float,
) -> np.ndarray:
    """Share of each elementary side that is ruled, float (len(lines), len(stops) - 1).

    Rulings cross a pixel or two beyond the line that they end on; that much of the next side is
    not ruled.
    """
    cover = np.zeros((len(lines), len(stops) - 1))
    for i, position in enumerate(lines):
        nearest = [
            r
            for r in rulings
            if min(range(len(lines)), key=lambda k: abs(lines[k] - r.position)) == i
            and abs(r.position - position) <= 2 * snap
        ]
        spans = [
            (_snapped(start, stops, snap), _snapped(end, stops, snap))
            for start, end in _joined([(r.start, r.end) for r in nearest], gap)
        ]
        for j, (a, b) in enumerate(pairwise(stops)):
            covered = sum(max(0.0, min(b, e) - max(a, s)) for s, e in spans)
            cover[i, j] = covered / (b - a)
    return cover


def _snapped(end: float, stops: Sequence[float], snap: float) -> float:
    """The line that a ruling ends on, or where it ends in the open."""
    nearest = min(stops, key=lambda s: abs(s - end))
    return nearest if abs(nearest - end) <= snap else end


def _joined(spans: list[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    out: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if out and start - out[-1][1] <= gap:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _lattice(xs: tuple[float, ...], ys: tuple[float, ...], edges: Edges) -> Lattice:
    cells = tuple(
        CellBox(r0, c0, r1 - r0, c1 - c0, xs[c0], ys[r0], xs[c1], ys[r1])
        for r0, c0, r1, c1 in rectangles(edges, min_cover=MIN_COVER)
    )
    return Lattice(xs, ys, cells)
