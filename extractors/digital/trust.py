"""Whether the text of a PDF page may be trusted, or its picture must be read instead."""

from __future__ import annotations

import unicodedata

import numpy as np

from extractors.digital.content import Glyph, PageContent, PaintedImage
from extractors.digital.markglyphs import mark_of

_COVER_GRID = 60  # cells a side on which the area under pictures is counted
FULL_PAGE_COVER = 0.75
"""Share of the page under pictures from which the page is a scan: margins may be cut off."""
PART_COVER = 0.25
"""Share from which a picture is more than a seal, a photograph of a person or a logo."""
STRAY_CHARACTERS = 60
"""Fewer visible characters than this beside a large picture are a header or a page number."""
GARBAGE_SHARE = 0.1
"""Share of characters without a meaning from which a font's map is broken."""


def is_born_digital(content: PageContent) -> bool:
    """Whether the page's characters are what a reader sees.

    Not so where there are none, where they are invisible or lie under a picture of the whole
    page (the text layer of a scan, read by an unknown engine), or where the fonts lack a map
    to Unicode.
    """
    seen = [g for g in content.glyphs if g.visible and not g.text.isspace()]
    if not seen:
        return False
    cover = picture_cover(content)
    if cover >= FULL_PAGE_COVER:
        return False
    if cover >= PART_COVER:
        beside = [g for g in seen if not any(_over(i, g) for i in content.images)]
        if len(beside) < STRAY_CHARACTERS:
            return False
    garbage = sum(1 for g in seen if is_garbage(g))
    return garbage <= GARBAGE_SHARE * len(seen)


def picture_cover(content: PageContent) -> float:
    """Share of the page under pictures, 0..1; strips of one scan count together."""
    grid = np.zeros((_COVER_GRID, _COVER_GRID), dtype=bool)
    for image in content.images:
        x0, x1 = (round(v / content.width * _COVER_GRID) for v in (image.box.x0, image.box.x1))
        y0, y1 = (round(v / content.height * _COVER_GRID) for v in (image.box.y0, image.box.y1))
        grid[max(y0, 0) : max(y1, 0), max(x0, 0) : max(x1, 0)] = True
    return float(grid.mean())


def is_garbage(glyph: Glyph) -> bool:
    """Whether a character's code means nothing: no map, private use, unassigned, control.

    Private codes of tick boxes (Wingdings and its like) do mean something.
    """
    if mark_of(glyph.text) is not None:
        return False
    if glyph.text.startswith("(cid:") or not glyph.text:
        return True
    return any(c == "\ufffd" or unicodedata.category(c) in _MEANINGLESS for c in glyph.text)


_MEANINGLESS = frozenset({"Co", "Cn", "Cc", "Cs"})


def _over(image: PaintedImage, glyph: Glyph) -> bool:
    return image.box.contains(glyph.box.cx, glyph.box.cy)
