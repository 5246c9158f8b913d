"""Reading order: columns and facing pages left to right, everything else top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extractors.digital.content import Box
from extractors.digital.lines import Item
from extractors.evidence import Grid

MIN_GUTTER_EM = 2.0
"""Narrowest white strip between two columns, in text heights."""
MIN_COLUMN_LINES = 4
"""Lines a column must have where it holds no table."""
MIN_LINE_EM = 10.0
"""Usual line of a column of text; shorter ones are labels beside their values."""
MAX_HEADER_BANDS = 8
"""Lines that may stand across all columns above or below them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something with a place.

    Attributes:
        box: In points.
        item: A table, or the glyphs and marks of a stretch of a printed line.
    """

    box: Box
    item: Grid | list[Item]


def columns(pieces: Sequence[Piece], *, em: float) -> list[list[Piece]]:
    """Pieces grouped by column, groups in reading order (recursive X-Y cut, Nagy 1984).

    Args:
        pieces: All of a page.
        em: Usual text height, in points.

    Returns:
        Groups; within a group nothing stands in columns, so its pieces read top to bottom.
    """
    gutter = _gutter(pieces, em)
    if gutter is not None:
        left = [p for p in pieces if p.box.cx < gutter]
        right = [p for p in pieces if p.box.cx >= gutter]
        return columns(left, em=em) + columns(right, em=em)
    bands = _bands(pieces)
    for count in range(1, min(len(bands), MAX_HEADER_BANDS + 1)):
        header, below = _joined(bands[:count]), _joined(bands[count:])
        if _gutter(below, em) is not None:
            return [header, *columns(below, em=em)]
        above, footer = _joined(bands[:-count]), _joined(bands[-count:])
        if _gutter(above, em) is not None:
            return [*columns(above, em=em), footer]
    return [list(pieces)] if pieces else []


def _gutter(pieces: Sequence[Piece], em: float) -> float | None:
    """Middle of a white strip from top to bottom with a column on either side."""
    reach = float("-inf")
    edges: list[tuple[float, float]] = []
    for piece in sorted(pieces, key=lambda p: p.box.x0):
        if piece.box.x0 - reach >= MIN_GUTTER_EM * em and reach > float("-inf"):
            edges.append((reach, piece.box.x0))
        reach = max(reach, piece.box.x1)
    for left_edge, right_edge in edges:
        middle = (left_edge + right_edge) / 2
        left = [p for p in pieces if p.box.cx < middle]
        right = [p for p in pieces if p.box.cx >= middle]
        if _is_column(left, em) and _is_column(right, em) and _side_by_side(left, right):
            return middle
    return None


def _is_column(pieces: Sequence[Piece], em: float) -> bool:
    if any(isinstance(p.item, Grid) for p in pieces):
        return True
    if len(pieces) < MIN_COLUMN_LINES:
        return False
    return median(p.box.width for p in pieces) >= MIN_LINE_EM * em


def _side_by_side(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether the two columns share at least half of the shorter one's height."""
    tops = [min(p.box.y0 for p in side) for side in (left, right)]
    bottoms = [max(p.box.y1 for p in side) for side in (left, right)]
    shorter = min(b - t for t, b in zip(tops, bottoms, strict=True))
    return min(bottoms) - max(tops) >= shorter / 2


def _bands(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that overlap vertically together, top to bottom."""
    bands: list[list[Piece]] = []
    bottom = float("-inf")
    for piece in sorted(pieces, key=lambda p: p.box.y0):
        if piece.box.y0 >= bottom:
            bands.append([])
        bands[-1].append(piece)
        bottom = max(bottom, piece.box.y1)
    return bands


def _joined(bands: Sequence[Sequence[Piece]]) -> list[Piece]:
    return [p for band in bands for p in band]
