"""Amounts under a dark seal, found by the shapes of the page's own figures.

A recognizer takes the strokes of a seal for parts of figures, and the ring for more of them. The
page shows elsewhere how its figures are printed, and where these fit an amount stands. What the
recognizer read surely beside the strokes it is right about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from extractors.ocr.port import SUPPORTED, Char, Reading
from extractors.picture.darkness import measure_darkness
from extractors.picture.figure_grammar import AmountStyle
from extractors.picture.figure_match import FoundFigure, find_amount
from extractors.picture.figure_shapes import FIGURES, POINTS, Shape, learned, numbers_of
from extractors.picture.hidden import TOUCHED, in_seal, placed_on, share_along
from extractors.picture.layout import CellLayout, PageLayout
from extractors.picture.lines import LineBox
from extractors.picture.regions import inside
from extractors.picture.seal_letters import NAME
from extractors.picture.seal_star import find_stars
from extractors.picture.seals import Seal, without_seals
from extractors.picture.warp import shrunk

FEWEST_READ = 2
"""So many figures must have been read in a cell, half of all that was, that an amount is sought."""
FEWEST = 3
"""Amounts of fewer figures look like strokes of a seal."""
FEWEST_SHAPES = 8
"""So many of the ten figures must have been seen: under strokes another may pass for the rest."""
SURE = 0.9
"""Least probability of a character that is no stroke of a seal."""
MOST_UNLIKE = 1
"""Where more figures that no stroke crosses were read otherwise, the shapes are of other print."""
ABOVE_EM = 1.0
"""An amount of which strokes left no more than a part stands within this of what was read."""
ASIDE_EM = 0.5
"""The places of the first and the last character of a line are no surer than this."""
UNITS = frozenset("元万亿年月日号人次个件项")
"""Behind a number these count it, be they read where the name of a seal stands."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What amounts are found by."""

    ink: NDArray[np.float32]
    known: NDArray[np.bool_]
    shapes: Mapping[str, Shape]
    style: AmountStyle


def with_sealed_amounts(
    pixels: NDArray[np.uint8],
    dpi: float,
    layout: PageLayout,
    readings: Mapping[LineBox, Reading],
) -> tuple[PageLayout, dict[LineBox, Reading]]:
    """The page with the amounts that stand under dark seals; a person must see them.

    Args:
        pixels: Straight page with all strokes of its seals, uint8 (H, W), grey.
        dpi: Its resolution.
        layout: Of the same page.
        readings: Of its lines.
    """
    dark = [s for s in layout.seals if s.is_dark]
    sought = [
        c for t in layout.tables for c in t.cells if dark and _may_be_amount(c, dark, readings)
    ]
    page = _learned(pixels, dpi, layout, readings) if sought else None
    if page is None:
        return layout, dict(readings)
    found = dict(readings)
    new: dict[CellLayout, CellLayout] = {}
    for cell in sought:
        amount = _amount_in(cell, page, layout, readings)
        if amount is not None:
            line, reading = amount
            found[line] = reading
            new[cell] = replace(cell, lines=(line,))
    tables = tuple(replace(t, cells=tuple(new.get(c, c) for c in t.cells)) for t in layout.tables)
    return replace(layout, tables=tables), found


def _may_be_amount(
    cell: CellLayout, seals: Sequence[Seal], readings: Mapping[LineBox, Reading]
) -> bool:
    """Whether a seal lies over a cell in which half of what was read is figures."""
    if not any(in_seal(x, seals) for x in cell.lines):
        return False
    printed = [c.text for x in cell.lines for c in readings[x].chars if not c.text.isspace()]
    figures = sum(text in FIGURES for text in printed)
    return figures >= max(FEWEST_READ, len(printed) / 2)


def _learned(
    pixels: NDArray[np.uint8],
    dpi: float,
    layout: PageLayout,
    readings: Mapping[LineBox, Reading],
) -> _Page | None:
    """How the figures of a page are printed; ``None`` where too few are clear."""
    clear = {x: r for x, r in readings.items() if not in_seal(x, layout.seals, reach=layout.em)}
    numbers = numbers_of(clear, layout.print_mask, layout.em)
    darkness = measure_darkness(shrunk(pixels, layout.scale), dpi * layout.scale)
    ink = darkness.ink
    shapes = learned(numbers, ink)
    if len(set(FIGURES) & set(shapes)) < FEWEST_SHAPES:
        return None
    stars = find_stars(darkness.tone, layout.seals)
    known = (without_seals(np.ones_like(ink), layout.seals) > 0) & ~stars
    alone = [n.text for n in numbers if n.alone]
    return _Page(ink, known, shapes, AmountStyle.of(alone))


def _amount_in(
    cell: CellLayout, page: _Page, layout: PageLayout, readings: Mapping[LineBox, Reading]
) -> tuple[LineBox, Reading] | None:
    """The amount in a cell as a line, if it accounts for all that was surely read there."""
    fullest = max(cell.lines, key=lambda x: sum(map(_is_figure, readings[x].chars)))
    place = _around(fullest, inside(cell, layout.em).border, layout.em)
    rows, columns = slice(place.y0, place.y1), slice(place.x0, place.x1)
    found = find_amount(page.ink[rows, columns], page.known[rows, columns], page.shapes, page.style)
    if found is None or sum(f.text in FIGURES for f in found.figures) < FEWEST:
        return None
    line = LineBox(
        place.x0 + found.figures[0].x0,
        place.y0 + found.y0,
        place.x0 + found.figures[-1].x1,
        place.y0 + found.y1,
    )
    if not _accounts_for_all(line, cell, readings, layout):
        return None
    figures = _as_read(found.figures, readings[fullest].chars)
    if sum(a.text != b.text for a, b in zip(figures, found.figures, strict=True)) > MOST_UNLIKE:
        return None
    return line, _reading(figures, place.x0, line, layout.em)


def _around(line: LineBox, border: LineBox, em: float) -> LineBox:
    """The part of a cell in which the amount of a line may stand."""
    reach = round(ABOVE_EM * em)
    return replace(border, y0=max(line.y0 - reach, border.y0), y1=min(line.y1 + reach, border.y1))


def _reading(figures: Sequence[FoundFigure], left: int, line: LineBox, em: float) -> Reading:
    """The reading of a line, which a person must see.

    Args:
        figures: Of the amount.
        left: Where their places are counted from, pixels of the page.
        line: That they make.
        em: Text height in pixels.
    """
    chars = tuple(
        Char(
            f.text,
            f.there,
            share_along(line, left + (f.x0 + f.x1) / 2, em),
            tuple((text, SUPPORTED) for text in f.others),
        )
        for f in figures
    )
    return Reading(chars, limit=TOUCHED)


def _is_figure(char: Char) -> bool:
    return char.text in FIGURES


def _accounts_for_all(
    amount: LineBox, cell: CellLayout, readings: Mapping[LineBox, Reading], layout: PageLayout
) -> bool:
    """Whether all that was surely read in a cell stands in an amount or in the name of a seal.

    Numbers with other signs are none.
    """
    em = layout.em
    return all(
        _is_accounted_for(c, placed_on(x, readings[x], em).x(c), (x.y0 + x.y1) / 2, amount, layout)
        for x in cell.lines
        for c in readings[x].chars
        if c.probability >= SURE and not c.text.isspace()
    )


def _is_accounted_for(char: Char, x: float, y: float, amount: LineBox, layout: PageLayout) -> bool:
    if not char.text.isalnum() and char.text not in POINTS:
        return False
    slack = ASIDE_EM * layout.em if _is_figure(char) else 0.0
    if amount.x0 - slack <= x <= amount.x1 + slack:
        return True
    return (
        char.is_chinese
        and char.text not in UNITS
        and any(
            NAME[0] * s.inner <= float(np.hypot(x - s.x, y - s.y)) <= NAME[1] * s.inner
            for s in layout.seals
            if s.is_dark
        )
    )


def _as_read(found: Sequence[FoundFigure], read: Sequence[Char]) -> list[FoundFigure]:
    """The figures, settled where they were surely read."""
    read = [c for c in read if not c.text.isspace()]
    texts = "".join(f.text for f in found), "".join(c.text for c in read)
    settled = list(found)
    for kind, a, b, c, d in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if kind not in {"equal", "replace"} or b - a != d - c:
            continue
        for i, char in zip(range(a, b), read[c:d], strict=True):
            if char.probability >= SURE and _is_figure(char) and found[i].text in FIGURES:
                settled[i] = _agreed(found[i], char.text)
    return settled


def _agreed(found: FoundFigure, read: str) -> FoundFigure:
    """A figure that was surely read too: as it was read, unless strokes cross it."""
    if found.text == read:
        return replace(found, others="")
    return found if found.is_crossed else replace(found, text=read)
