"""A figure under a seal: the one number in a cell that the seal's own characters surround.

The characters of a seal stand along its ring, turned, and a row profile takes those at the height
of the figure for a part of it. Between them and the figure is a gap that no number has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.ocr.port import Reading, TextEngine
from extractors.picture.hidden import TOUCHED
from extractors.picture.layout import CellLayout, PageLayout
from extractors.picture.lines import LineBox, split_at_gaps
from extractors.picture.regions import inside, read_regions
from extractors.picture.seals import Seal
from extractors.picture.straighten import StraightPage

GAP_EM = 0.5
"""Figures of one number stand nearer together than this."""
FIGURE_EM = 0.68
"""A figure set wide, with the room beside it."""
FEWEST = 3
"""Amounts of fewer figures look like strokes of a seal."""
SURE = 0.8
"""Least probability of each of its characters."""
_FIGURE = re.compile(r"[￥¥]?\d[\d,，.]{2,}(?:元|万元)?")


def may_hide_figure(
    layout: PageLayout, cell: CellLayout, readings: Mapping[LineBox, Reading]
) -> bool:
    """Whether a dark seal lies over all lines of a cell, in which some figures were read."""
    some = any(sum(c.text.isdecimal() for c in readings[x].chars) >= FEWEST for x in cell.lines)
    return some and _seal_over(layout, cell) is not None


def figure_under_seal(
    page: StraightPage,
    layout: PageLayout,
    cell: CellLayout,
    found: Sequence[LineBox],
    engine: TextEngine,
) -> tuple[CellLayout, dict[LineBox, Reading]] | None:
    """The cell with its figure alone, and the reading of that, which a person must see.

    Args:
        page: Straight page.
        layout: Its layout.
        cell: One that `may_hide_figure` names.
        found: Its lines of print by a text detector.
        engine: Reads the pieces of these.

    Returns:
        ``None`` where there is anything else that the seal need not have brought, or no number.
    """
    seal = _seal_over(layout, cell)
    if seal is None:
        return None
    pieces = tuple(
        piece
        for line in found
        for piece in split_at_gaps(line, layout.print_mask, GAP_EM * layout.em)
    )
    region = replace(inside(cell, layout.em), lines=pieces)
    read = read_regions(page, layout, [region], engine)
    figures = [x for x in pieces if _is_figure(read[x]) and _is_all(read[x], x, layout.em)]
    if len(figures) != 1 or not all(_is_within(x, seal, layout.em) for x in (*cell.lines, *pieces)):
        return None
    (figure,) = figures
    reading = replace(read[figure], limit=min(read[figure].limit, TOUCHED))
    return replace(cell, lines=(figure,)), {figure: reading}


def _seal_over(layout: PageLayout, cell: CellLayout) -> Seal | None:
    for seal in layout.seals:
        if seal.is_dark and all(seal.touches(x.x0, x.y0, x.x1, x.y1, reach=0) for x in cell.lines):
            return seal
    return None


def _is_figure(reading: Reading) -> bool:
    is_sure = all(c.probability >= SURE for c in reading.chars if c.text.isalnum())
    return is_sure and _FIGURE.fullmatch(reading.text.strip()) is not None


def _is_all(reading: Reading, piece: LineBox, em: float) -> bool:
    """Whether the figures that were read are as wide as the ink: none is under a seal's star."""
    return piece.x1 - piece.x0 <= FIGURE_EM * em * len(reading.text.strip())


def _is_within(piece: LineBox, seal: Seal, em: float) -> bool:
    """Whether the middle of a piece lies in the disc, or on its rim."""
    x, y = (piece.x0 + piece.x1) / 2, (piece.y0 + piece.y1) / 2
    return seal.touches(x, y, x, y, reach=em / 2)
