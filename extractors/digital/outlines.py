"""Painted outlines into rulings: lines, thin rectangles, the sides of frames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractors.digital.colour import LIGHT
from extractors.digital.content import Box, Outline, PaintedImage
from extractors.grid.ruling import Ruling

MAX_THICKNESS_PT = 4.0
"""Thickest printed border; a filled shape thicker than this is a block of colour."""
MIN_ASPECT = 4.0
"""A filled shape less than this many times longer than thick is a dot or a box."""
MAX_SLANT = 0.02
"""Rise over run up to which a segment is axis-parallel: drawing programs round coordinates."""


def rulings_of(outline: Outline) -> list[Ruling]:
    """The axis-parallel ruled segments of one painted outline, in points.

    Fills without a stroke are shading unless they are thin; white lines rule nothing.
    """
    thin = _thin_fill(outline.box, outline.fill_darkness)
    if thin is not None:
        return [thin]
    if not outline.stroked:
        return []
    segments = (_segment(a, b) for a, b in pairwise(outline.points))
    return [s for s in segments if s is not None]


def image_rulings(images: Iterable[PaintedImage]) -> list[Ruling]:
    """Rulings painted as pictures one pixel thick, as some office programs do."""
    rulings = (_thin_fill(i.box, 1.0) for i in images)
    return [r for r in rulings if r is not None]


def inside(ruling: Ruling, boxes: Sequence[Box]) -> bool:
    """Whether the whole ruling lies in one of the boxes."""
    if ruling.horizontal:
        ends = (ruling.start, ruling.position), (ruling.end, ruling.position)
    else:
        ends = (ruling.position, ruling.start), (ruling.position, ruling.end)
    return any(all(b.contains(x, y) for x, y in ends) for b in boxes)


def _thin_fill(box: Box, darkness: float | None) -> Ruling | None:
    if darkness is None or darkness <= LIGHT:
        return None
    thickness, length = sorted((box.width, box.height))
    if thickness > MAX_THICKNESS_PT or length < MIN_ASPECT * thickness or length <= 0:
        return None
    if box.width >= box.height:
        return Ruling(True, box.cy, box.x0, box.x1)
    return Ruling(False, box.cx, box.y0, box.y1)


def _segment(a: tuple[float, float], b: tuple[float, float]) -> Ruling | None:
    dx, dy = abs(a[0] - b[0]), abs(a[1] - b[1])
    if dx == dy == 0:
        return None
    if dy <= MAX_SLANT * dx:
        return Ruling(True, (a[1] + b[1]) / 2, min(a[0], b[0]), max(a[0], b[0]))
    if dx <= MAX_SLANT * dy:
        return Ruling(False, (a[0] + b[0]) / 2, min(a[1], b[1]), max(a[1], b[1]))
    return None
