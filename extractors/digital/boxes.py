"""Finding tick boxes that are drawn: small closed outlines about as high as the text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extractors.digital.content import Box, Glyph, Outline, PageContent
from extractors.digital.outlines import rulings_of
from extractors.grid.ruling import Ruling

MIN_SIDE_EM, MAX_SIDE_EM = 0.5, 1.6
"""Sides of a tick box in text heights: from a small drawn square to one printed large."""
MAX_RATIO = 1.35
"""Longer side over shorter: boxes are squares or circles, give or take a hand-made drawing."""
MIN_SOLIDITY = 0.7
"""Area of the outline over that of its box: a circle has 0.785, a tick drawn as a shape less."""
EDGE_REACH = 0.12
"""Distance, in sides of the box, within which two lines are the same edge."""
LONGER = 1.4
"""A line on an edge that is this many sides long belongs to a table, not to a box."""
DEFAULT_EM_PT = 10.5  # Chinese size five, the usual size of forms


def find_boxes(content: PageContent) -> list[Box]:
    """Tick boxes drawn on a page, whatever is inside them.

    Args:
        content: The page.

    Returns:
        Outermost outline of each, in no particular order. Cells of tables and squares that
        stand side by side (one for each digit of a number) are left out.
    """
    rulings = [r for o in content.outlines for r in rulings_of(o)]
    found = [o.box for o in content.outlines if _is_square_outline(o)]
    found += _squares_of_lines(rulings, content)
    em = _EmAt(content.glyphs)
    sized = [b for b in found if MIN_SIDE_EM <= max(b.width, b.height) / em(b) <= MAX_SIDE_EM]
    outer = _outermost(sized)
    rows = _touching(outer)
    return [b for b in outer if b not in rows and not _in_table(b, rulings)]


class _EmAt:
    """Text height beside a place on the page."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self._glyphs = [g for g in glyphs if g.visible and not g.text.isspace()]
        sizes = [g.em for g in self._glyphs]
        self._usual = median(sizes) if sizes else DEFAULT_EM_PT

    def __call__(self, box: Box) -> float:
        beside = [
            g
            for g in self._glyphs
            if g.box.y0 <= box.cy <= g.box.y1 and abs(g.box.cx - box.cx) < 4 * g.em
        ]
        if not beside:
            return self._usual
        return min(beside, key=lambda g: abs(g.box.cx - box.cx)).em


def _is_square_outline(outline: Outline) -> bool:
    if not outline.closed or not (outline.stroked or outline.dark):
        return False
    if not _is_square(outline.box):
        return False
    return _area(outline) >= MIN_SOLIDITY * outline.box.width * outline.box.height


def _is_square(box: Box) -> bool:
    short, long = sorted((box.width, box.height))
    return short > 0 and long <= MAX_RATIO * short


def _area(outline: Outline) -> float:
    """Of the polygon, by the shoelace formula."""
    twice = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(outline.points))
    return abs(twice) / 2


def _squares_of_lines(rulings: Sequence[Ruling], content: PageContent) -> list[Box]:
    """Squares made of four separate lines."""
    sizes = [g.em for g in content.glyphs if g.visible]
    largest = MAX_SIDE_EM * max(sizes, default=DEFAULT_EM_PT)
    short = [r for r in rulings if 1.0 < r.length <= largest]
    across = sorted((r for r in short if r.horizontal), key=lambda r: r.position)
    down = [r for r in short if not r.horizontal]
    out = []
    for i, top in enumerate(across):
        for bottom in across[i + 1 :]:
            if bottom.position - top.position > MAX_RATIO * top.length:
                break
            box = Box(top.start, top.position, top.end, bottom.position)
            if _is_square(box) and _same_span(top, bottom) and _has_sides(box, down):
                out.append(box)
    return out


def _same_span(a: Ruling, b: Ruling) -> bool:
    reach = EDGE_REACH * a.length
    return abs(a.start - b.start) <= reach and abs(a.end - b.end) <= reach


def _has_sides(box: Box, down: Sequence[Ruling]) -> bool:
    reach = EDGE_REACH * box.width
    return all(
        any(
            abs(r.position - x) <= reach
            and abs(r.start - box.y0) <= reach
            and abs(r.end - box.y1) <= reach
            for r in down
        )
        for x in (box.x0, box.x1)
    )


def _outermost(boxes: Sequence[Box]) -> list[Box]:
    """Largest first; what lies in a kept box (its filling, a second outline) is dropped."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda b: -b.width * b.height):
        if not any(k.contains(box.cx, box.cy) for k in kept):
            kept.append(box)
    return kept


def _touching(boxes: Sequence[Box]) -> set[Box]:
    """Boxes that share an upright edge with another one.

    One above the other they are tick boxes of lines set so close that they touch.
    """
    out: set[Box] = set()
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            reach = EDGE_REACH * a.width
            if abs(a.y0 - b.y0) <= reach and abs(a.cx - b.cx) <= a.width + reach:
                out |= {a, b}
    return out


def _in_table(box: Box, rulings: Sequence[Ruling]) -> bool:
    """Whether an edge of the box is part of a longer line."""
    return any(_is_longer_edge(r, box) for r in rulings)


def _is_longer_edge(r: Ruling, box: Box) -> bool:
    low, high = (box.x0, box.x1) if r.horizontal else (box.y0, box.y1)
    edges = (box.y0, box.y1) if r.horizontal else (box.x0, box.x1)
    side = high - low
    common = min(high, r.end) - max(low, r.start)
    near = min(abs(r.position - e) for e in edges) <= EDGE_REACH * side
    return near and r.length > LONGER * side and common > side / 2
