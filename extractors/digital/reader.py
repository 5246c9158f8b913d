"""A born-digital page into evidence: marks, tables, lines, reading order."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from statistics import median

import numpy as np

from extractors.digital.blocks import MIN_GUTTER_EM, Piece, columns
from extractors.digital.boxes import DEFAULT_EM_PT
from extractors.digital.content import Box, PageContent, union_box
from extractors.digital.lines import (
    ENGINE,
    Item,
    PageScale,
    distinct,
    rows_of,
    text_line,
    without_edge_spaces,
)
from extractors.digital.marks import DarknessAt, PlacedMark, read_marks
from extractors.digital.outlines import image_rulings, inside, rulings_of
from extractors.evidence import Cell, Grid, PageEvidence, PageKind, TextLine
from extractors.files.page import PageImage
from extractors.grid.lattice import CellBox, Lattice, build_lattices
from extractors.grid.ruling import Ruling
from extractors.paragraphs import mark_paragraphs

SNAP_EM = 0.4
"""Borders of neighbouring cells and both lines of a double frame lie nearer than this; a row
that holds text is higher than one em."""
GAP_EM = 0.4
"""Dashes and corners left open break a ruling by less than this; text is higher."""
MARK_REACH = 1.15
"""Lines within a tick box grown by this belong to the box, not to a table."""
COLUMN_GAP_EM = 3.0
"""Gap outside tables from which two texts on one line are not one phrase."""
DARKNESS_DPI = 200.0

Render = Callable[[float], PageImage]


def read_digital_page(number: int, content: PageContent, render: Render) -> PageEvidence:
    """Evidence of a born-digital page.

    Args:
        number: Page in the file, counted from 1.
        content: What the page paints.
        render: The same page as displayed, as pixels at a resolution in dpi; called only
            where a picture lies over a tick box.

    Returns:
        Tables and lines in reading order, boxes in fractions of the upright page.
    """
    page = PageScale(content.width, content.height)
    reading = read_marks(content, _darkness(render, content))
    glyphs = [g for g in distinct(content.glyphs) if g.visible and g.order not in reading.consumed]
    items: list[Item] = [*glyphs, *reading.marks]
    em = median([g.em for g in glyphs if g.text.strip()] or [DEFAULT_EM_PT])
    grids = []
    for lattice in _tables(_page_rulings(content, reading.marks), em):
        frame = _frame(lattice)
        held = [i for i in items if frame.contains(i.box.cx, i.box.cy)]
        items = [i for i in items if not frame.contains(i.box.cx, i.box.cy)]
        grids.append(Piece(frame, _grid(lattice, held, page)))
    pieces = grids + _stretches(items, em)
    blocks = [b for group in columns(pieces, em=em) for b in _blocks(group, page)]
    return PageEvidence(number, PageKind.DIGITAL, tuple(blocks), ENGINE, 90 * content.turn)


def _page_rulings(content: PageContent, marks: Sequence[PlacedMark]) -> list[Ruling]:
    """Every ruling that is no part of a tick box."""
    boxes = [m.box.scaled(MARK_REACH) for m in marks]
    rulings = [r for o in content.outlines for r in rulings_of(o)]
    return [r for r in rulings + image_rulings(content.images) if not inside(r, boxes)]


def _tables(rulings: Sequence[Ruling], em: float) -> list[Lattice]:
    """Outermost tables: one inside a cell of another is part of that cell's text.

    A frame around tables, such as the border of a page, is no table.
    """
    lattices = build_lattices(rulings, snap=SNAP_EM * em, gap=GAP_EM * em)
    tables = [
        t
        for t in lattices
        if len(t.cells) > 1 or not any(_encloses(_frame(t), _frame(o)) for o in lattices)
    ]
    return [t for t in tables if not any(_encloses(_frame(o), _frame(t)) for o in tables)]


def _encloses(outer: Box, inner: Box) -> bool:
    larger = outer.width * outer.height > inner.width * inner.height
    return larger and outer.contains(inner.x0, inner.y0) and outer.contains(inner.x1, inner.y1)


def _frame(lattice: Lattice) -> Box:
    return Box(lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1])


def _grid(lattice: Lattice, items: Sequence[Item], page: PageScale) -> Grid:
    held: dict[CellBox, list[Item]] = {c: [] for c in lattice.cells}
    for item in items:
        home = next(c for c in lattice.cells if _cell_box(c).contains(item.box.cx, item.box.cy))
        held[home].append(item)
    cells = tuple(
        Cell(
            c.row,
            c.col,
            c.row_span,
            c.col_span,
            page.fraction(_cell_box(c)),
            _lines(held[c], page, _cell_box(c)),
        )
        for c in lattice.cells
    )
    rows, cols = len(lattice.ys) - 1, len(lattice.xs) - 1
    return Grid(rows, cols, cells, page.fraction(_frame(lattice)))


def _cell_box(cell: CellBox) -> Box:
    return Box(cell.x0, cell.y0, cell.x1, cell.y1)


def _lines(items: Sequence[Item], page: PageScale, cell: Box) -> tuple[TextLine, ...]:
    lines = [line for row in rows_of(items) if (line := text_line(row, page)) is not None]
    return without_edge_spaces(mark_paragraphs(lines, page.fraction(cell)))


def _stretches(items: Sequence[Item], em: float) -> list[Piece]:
    """Printed lines outside tables, cut where columns may be."""
    out = []
    for row in rows_of(items):
        for part in _split_at_gaps(row, gap=MIN_GUTTER_EM * em):
            box = union_box([i.box for i in part if _has_ink(i)])
            out.append(Piece(box, part))
    return out


def _split_at_gaps(row: Sequence[Item], *, gap: float) -> list[list[Item]]:
    """A row, left to right, cut where nothing is printed over at least ``gap``."""
    parts: list[list[Item]] = []
    reach = -math.inf
    for item in row:
        if _has_ink(item):
            if item.box.x0 - reach >= gap:
                parts.append([])
            reach = max(reach, item.box.x1)
        if parts:
            parts[-1].append(item)
    return parts


def _has_ink(item: Item) -> bool:
    return isinstance(item, PlacedMark) or bool(item.text.strip())


def _blocks(group: Sequence[Piece], page: PageScale) -> list[Grid | TextLine]:
    """Tables and lines of one column, top to bottom."""
    loose = [i for p in group if isinstance(p.item, list) for i in p.item]
    placed: list[tuple[float, Grid | TextLine]] = [
        (p.box.y0, p.item) for p in group if isinstance(p.item, Grid)
    ]
    rows = [
        (row[0].box.y0, line)
        for row in rows_of(loose)
        if (line := text_line(row, page, column_gap_em=COLUMN_GAP_EM)) is not None
    ]
    lines = without_edge_spaces(mark_paragraphs([line for _, line in rows], None))
    placed += [(top, line) for (top, _), line in zip(rows, lines, strict=True)]
    return [block for _, block in sorted(placed, key=lambda p: p[0])]


def _darkness(render: Render, content: PageContent) -> DarknessAt:
    """Mean darkness of a place, from one rendering made at the first question."""
    rendered: list[PageImage] = []

    def darkness_at(box: Box) -> float:
        if not rendered:
            rendered.append(render(DARKNESS_DPI))
        pixels = np.rot90(rendered[0].pixels, -content.turn)
        rows, cols = pixels.shape[:2]
        x0, x1 = (round(v / content.width * cols) for v in (box.x0, box.x1))
        y0, y1 = (round(v / content.height * rows) for v in (box.y0, box.y1))
        part = pixels[max(y0, 0) : max(y1, y0 + 1), max(x0, 0) : max(x1, x0 + 1)]
        return 1.0 - float(np.mean(part)) / 255.0 if part.size else 0.0

    return darkness_at
