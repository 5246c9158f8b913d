"""The regions of a page that hold lines, each within its border, and the reading of all lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractors.ocr.brackets import settle_like_pairs, settle_list_numbers, settle_parted_pairs
from extractors.ocr.port import Reading, TextEngine
from extractors.ocr.scripts import settle_by_script
from extractors.ocr.strays import without_strays
from extractors.ocr.widths import settle_widths
from extractors.picture.boxes import Box
from extractors.picture.crops import Cutter, limits_of
from extractors.picture.layout import CellLayout, PageLayout
from extractors.picture.lines import LineBox
from extractors.picture.placed import PlacedReading
from extractors.picture.sign_ink import settle_comparisons
from extractors.picture.signs import settle_lone_sign
from extractors.picture.stacked_brackets import settle_stacked_brackets
from extractors.picture.straighten import StraightPage

MARGIN_EM = 0.1
"""Crops stay this far from the middle of a ruling."""


@dataclass(frozen=True, slots=True)
class Region:
    """Lines and frames that share one border, which no crop crosses."""

    border: LineBox
    lines: tuple[LineBox, ...]
    boxes: tuple[Box, ...]


def outside(layout: PageLayout) -> Region:
    """The page outside all tables."""
    height, width = layout.print_mask.shape
    return Region(LineBox(0, 0, width, height), layout.lines, layout.boxes)


def inside(cell: CellLayout, em: float) -> Region:
    """A cell between its rulings."""
    margin = max(2, round(MARGIN_EM * em))
    c = cell.cell
    border = LineBox(
        round(c.x0) + margin, round(c.y0) + margin, round(c.x1) - margin, round(c.y1) - margin
    )
    return Region(border, cell.lines, cell.boxes)


def regions(layout: PageLayout) -> list[Region]:
    """All cells, and what is outside them."""
    cells = [inside(c, layout.em) for t in layout.tables for c in t.cells]
    return [*cells, outside(layout)]


def cutter_of(page: StraightPage, layout: PageLayout) -> Cutter:
    """What cuts crops from the page at the resolution of its file."""
    return Cutter(page.legible, layout.print_mask, layout.scale, layout.em)


def read_lines(
    page: StraightPage, layout: PageLayout, engine: TextEngine
) -> dict[LineBox, Reading]:
    """All lines of the page in one call, which an engine may batch."""
    return read_regions(page, layout, regions(layout), engine)


def read_regions(
    page: StraightPage, layout: PageLayout, wanted: Iterable[Region], engine: TextEngine
) -> dict[LineBox, Reading]:
    """The lines of some regions."""
    cutter = cutter_of(page, layout)
    groups = list(wanted)
    limits = {
        line: limits_of(region.lines, i, region.border)
        for region in groups
        for i, line in enumerate(region.lines)
    }
    crops = [cutter.cut(line, bound) for line, bound in limits.items()]
    read = dict(zip(limits, engine.read(crops), strict=True))
    settled = {
        line: settle_signs(read[line], cutter, line, bound) for line, bound in limits.items()
    }
    cells = []
    for region in groups:
        stacked = [settled[x] for x in region.lines]
        lines = settle_stacked_brackets(region.lines, stacked, layout.em)
        paired = settle_parted_pairs(lines, [read[x] for x in region.lines])
        cells.append(settle_list_numbers(paired))
    for region, alike in zip(groups, settle_like_pairs(cells), strict=True):
        settled.update(zip(region.lines, alike, strict=True))
    mask, em = layout.print_mask, layout.em
    signed = {
        line: settle_comparisons(
            PlacedReading(reading, *cutter.reach(line, limits[line]), em), mask[line.y0 : line.y1]
        )
        for line, reading in settled.items()
    }
    return {line: settle_lone_sign(reading, line, mask, em) for line, reading in signed.items()}


def settle_signs(reading: Reading, cutter: Cutter, line: LineBox, bound: LineBox) -> Reading:
    """The reading of a crop with its signs settled by their room and their neighbours."""
    x0, x1 = cutter.reach(line, bound)
    width = max(x1 - x0, 1.0)
    em, start = cutter.em / width, (line.x0 - x0) / width
    return settle_by_script(settle_widths(without_strays(reading, em), em, start))
