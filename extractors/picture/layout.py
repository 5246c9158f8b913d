"""Where everything stands on a straight page: tables, tick boxes, lines of print.

All in pixels of the working resolution; nothing has been read yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.grid.lattice import CellBox, Lattice
from extractors.picture.alike import with_alike
from extractors.picture.box_ink import sharpened, with_strokes
from extractors.picture.boxes import (
    PRINTED,
    Box,
    find_boxes,
    without_frames,
    without_long_rulings,
)
from extractors.picture.darkness import measure_darkness
from extractors.picture.grid import MIN_CELL_EM, MIN_RULING_EM, tables
from extractors.picture.lines import (
    FRAME_EM,
    LineBox,
    clean_mask,
    find_lines,
    text_height,
    without_rests,
)
from extractors.picture.openings import opened
from extractors.picture.outside import outside_lines
from extractors.picture.print_tone import print_tone
from extractors.picture.rulings import STROKE_EM, find_runs, find_segments, long_runs
from extractors.picture.seal_print import without_seal_print
from extractors.picture.seal_star import find_stars
from extractors.picture.seals import Seal, find_seals, outside_seals, without_seals
from extractors.picture.second_lines import second_lines
from extractors.picture.sheet_edges import without_edges
from extractors.picture.stops import with_stops
from extractors.picture.straighten import BODY_PT, WORK_DPI
from extractors.picture.warp import shrunk

MIN_SEGMENT_EVIDENCE = 0.5
"""Less surely ruled findings of the line filter are rows and columns of strokes."""
MIN_RUN_EM = 1.15
"""Unbroken runs longer than a character are rulings."""
MIN_TABLE_EM = 2.0
"""A ruled frame lower or narrower than this is a box or a seal, not a table."""
ROW_EM = 10.0
"""A row of a form, left alone on its page, is wider than any label in a frame."""
RULING_MARGIN_EM = 0.12
"""Inside of a cell: this far from the middle of its rulings, beyond their blur."""
HEAVY_EM = 0.35
"""No ruling is thicker: of one that begins within the reach of a frame all goes."""


@dataclass(frozen=True, slots=True)
class CellLayout:
    """A cell with its lines of print and the frames in it that may be tick boxes."""

    cell: CellBox
    lines: tuple[LineBox, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class TableLayout:
    """A table with the layout of each cell."""

    lattice: Lattice
    cells: tuple[CellLayout, ...]


@dataclass(frozen=True, slots=True)
class PageLayout:
    """Everything on a page before it is read.

    Attributes:
        scale: Working pixels per pixel of the straight page.
        em: Text height, working pixels.
        tables: Top to bottom.
        lines: Outside all tables, top to bottom.
        boxes: Frames outside all tables that may be tick boxes.
        print_mask: uint8 (H, W), printed pixels without rulings and seals, 0 or 1.
        seals: Round seals that were not red.
    """

    scale: float
    em: float
    tables: tuple[TableLayout, ...]
    lines: tuple[LineBox, ...]
    boxes: tuple[Box, ...]
    print_mask: NDArray[np.uint8]
    seals: tuple[Seal, ...]


def lay_out(pixels: NDArray[np.uint8], dpi: float, *, is_bilevel: bool = False) -> PageLayout:
    """Layout of a straight page.

    Args:
        pixels: uint8 (H, W), grey, upright, rulings level.
        dpi: Its resolution.
        is_bilevel: Whether it was scanned in black and white, so that hairlines are dots at most.
    """
    scale = min(WORK_DPI / dpi, 1.0)
    work = shrunk(pixels, scale)
    darkness = measure_darkness(work, dpi * scale)
    ink = darkness.ink
    guess = BODY_PT / 72 * dpi * scale
    seals = find_seals(ink, dpi * scale)
    loose = clean_mask(np.where(long_runs(ink, guess) > 0, 0, ink), guess)
    em = text_height(outside_seals(loose, seals), guess)
    unruled = without_long_rulings(ink, em=em)
    frames = with_alike(find_boxes(unruled, em=em), unruled, em=em, dotted=is_bilevel)
    lattices = _tables(without_frames(ink, frames, em=em), ink, work, seals, em)
    mask = without_rulings(ink, lattices, em)
    body = print_tone(outside_seals(mask, seals), darkness.tone)
    seals = [replace(s, print_ink=body.palest) for s in seals]
    bare = without_seals(mask, seals)
    bare[find_stars(darkness.tone, seals, opaque=True)] = 0
    # A tick is as dark as its frame; what is paler in a box is its blur.
    masks = {
        level: without_seal_print(clean_mask(bare, em, level), darkness.tone, seals, em=em)
        for level in {body.level, 1.0}
    }
    ticks = masks[1.0]
    printed = with_stops(masks[body.level], mask, seals, em=em)
    boxes = [
        with_strokes(sharpened(b, pixels, scale, darkness.level), ticks, _like(b, frames))
        for b in frames
    ]
    laid = tuple(_table(lattice, printed, boxes, em) for lattice in lattices)
    outside = _outside(printed, lattices, em)
    lines = tuple(outside_lines(outside, em))
    free = tuple(b for b in boxes if not any(_inside_table(b, t) for t in lattices))
    return PageLayout(scale, em, laid, lines, free, printed, tuple(seals))


def _like(box: Box, boxes: Sequence[Box]) -> list[Box]:
    return [b for b in boxes if b.alike and b is not box]


def _tables(
    ink: NDArray[np.float32],
    framed: NDArray[np.float32],
    grey: NDArray[np.uint8],
    seals: Sequence[Seal],
    em: float,
) -> list[Lattice]:
    """Tables of a page; the edge of a photographed sheet and frames within cells are none."""
    filtered = find_segments(ink, em=em, window_em=STROKE_EM, min_length_em=MIN_RULING_EM)
    segments = [s for s in filtered if s.evidence >= MIN_SEGMENT_EVIDENCE]
    segments += find_runs(ink, em=em, min_length_em=MIN_RUN_EM)
    segments = without_edges(segments, grey, em=em)
    bare, print_ink = without_seals(ink, seals), without_seals(framed, seals)
    found = tables(segments, ink, bare, print_ink, seals, em=em)
    big = [t for t in found if _is_table(t, em)]
    sheets = [o for o in big if len(o.cells) == 1 and any(_within(t, o) for t in big if t is not o)]
    inside = [t for t in big if t not in sheets and not _is_title(t, big, em)]
    return [t for t in inside if not any(_within(t, o) for o in inside if o is not t)]


def _is_table(lattice: Lattice, em: float) -> bool:
    """Whether a ruled frame is larger than a tick box: a single row may be low, but is wide."""
    height, width = lattice.ys[-1] - lattice.ys[0], lattice.xs[-1] - lattice.xs[0]
    is_row = len(lattice.cells) > 1 and width >= ROW_EM * em and height >= MIN_CELL_EM * em
    return is_row or min(height, width) >= MIN_TABLE_EM * em


def _is_title(lattice: Lattice, others: Sequence[Lattice], em: float) -> bool:
    """Whether what looks like a low row is made of strokes of large print.

    A row apart from a table begins or ends where that does, and a title stands in the middle.
    """
    if lattice.ys[-1] - lattice.ys[0] >= MIN_TABLE_EM * em:
        return False
    higher = [o for o in others if o.ys[-1] - o.ys[0] >= MIN_TABLE_EM * em]
    return bool(higher) and not any(
        abs(lattice.xs[at] - o.xs[at]) <= em for o in higher for at in (0, -1)
    )


def _within(inner: Lattice, outer: Lattice) -> bool:
    return (
        outer.xs[0] <= inner.xs[0]
        and inner.xs[-1] <= outer.xs[-1]
        and outer.ys[0] <= inner.ys[0]
        and inner.ys[-1] <= outer.ys[-1]
    )


def without_rulings(
    ink: NDArray[np.float32], lattices: Sequence[Lattice], em: float
) -> NDArray[np.float32]:
    """Darkness with the borders of all cells blanked out, the second line of a frame too.

    Args:
        ink: Darkness, float32 (H, W), 0..1.
        lattices: Tables of the page.
        em: Text height in pixels.
    """
    bare = ink.copy()
    half = max(2, round(RULING_MARGIN_EM * em))
    near = np.zeros(ink.shape, np.uint8)
    reach = round(FRAME_EM * em)
    for lattice in lattices:
        for c in lattice.cells:
            x0, x1, y0, y1 = round(c.x0), round(c.x1), round(c.y0), round(c.y1)
            for y in (y0, y1):
                bare[max(y - half, 0) : y + half + 1, max(x0 - half, 0) : x1 + half + 1] = 0
            for x in (x0, x1):
                bare[max(y0 - half, 0) : y1 + half + 1, max(x - half, 0) : x + half + 1] = 0
            cv2.rectangle(near, (x0, y0), (x1, y1), 1, thickness=2 * reach + 1)
    runs = long_runs(ink, em)
    bare[(runs & near) > 0] = 0
    length, across = round(STROKE_EM * em), 2 * round(HEAVY_EM * em) + 1
    level, upright = opened(runs, width=length), opened(runs, height=length)
    for sides, beside in ((level, (across, 1)), (upright, (1, across))):
        begun = cv2.dilate(cv2.min(sides, near), np.ones(beside, np.uint8))
        bare[cv2.min(sides, begun) > 0] = 0
    printed = (ink > PRINTED).astype(np.uint8)
    bare[second_lines(printed, lattices, reach=reach, em=em)] = 0
    return bare


def _table(
    lattice: Lattice, printed: NDArray[np.uint8], boxes: Sequence[Box], em: float
) -> TableLayout:
    margin = max(2, round(RULING_MARGIN_EM * em))
    cells = []
    for cell in lattice.cells:
        x0, y0 = round(cell.x0) + margin, round(cell.y0) + margin
        inside = without_rests(
            printed[y0 : round(cell.y1) - margin + 1, x0 : round(cell.x1) - margin + 1], em
        )
        own = tuple(b for b in boxes if _holds(cell, b))
        lines = find_lines(inside, em=em, x0=x0, y0=y0) if inside.size else []
        cells.append(CellLayout(cell, tuple(lines), own))
    return TableLayout(lattice, tuple(cells))


def _holds(cell: CellBox, box: Box) -> bool:
    x, y = box.center
    return cell.x0 < x < cell.x1 and cell.y0 < y < cell.y1


def _inside_table(box: Box, lattice: Lattice) -> bool:
    x, y = box.center
    return lattice.xs[0] < x < lattice.xs[-1] and lattice.ys[0] < y < lattice.ys[-1]


def _outside(
    printed: NDArray[np.uint8], lattices: Sequence[Lattice], em: float
) -> NDArray[np.uint8]:
    outside = printed.copy()
    reach = round(0.3 * em)
    for t in lattices:
        outside[
            max(round(t.ys[0]) - reach, 0) : round(t.ys[-1]) + reach,
            max(round(t.xs[0]) - reach, 0) : round(t.xs[-1]) + reach,
        ] = 0
    return outside
