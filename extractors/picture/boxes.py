"""Tick boxes in a picture: two upright strokes, two level ones, as far apart as they are long.

Strokes are looked for, not closed outlines, so that a tick running over the frame, or a gap in
it, does not hide a box. Whether a frame is a box or a character such as 口 or 国 is decided
later, with the text as witness.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.box_strokes import SIZE_EM, STACK_EM, upright_strokes
from extractors.picture.openings import opened
from extractors.picture.rulings import STROKE_EM, long_runs

PRINTED = 0.3
"""Darkness at which a pixel counts as printed, as a share of full ink."""
ASPECT = (0.72, 1.39)
"""Width over height: drawn boxes are squares, glyph boxes nearly so."""
SIDE_TOLERANCE = 0.16
"""Ends of opposite sides may differ by this share of the side."""
SIDE_COVER = 0.72
"""Share of each level side that must be printed; the rest may be a gap or a seal."""
SAFE_COVER = 0.93
"""Printed share of the outline of a box that may stand for others, or that may take a ruling
with it: those of 24 office scans have 0.96 and more, most places that print makes alike less."""
SOLID_FILL = 0.82
"""Share of a filled square that is ink."""
APART_EM = 0.16
APART_SHARE = 0.35
"""Around a filled square, so far out, no more than this share is printed: by its blur and by the
pen that filled it."""
BLUR = 0.5
"""Right beside a ruling its blur is less than this share as dark; a side that touches it is not."""
RIM_EM = 0.07
"""Blur around the outline of a box, and length of the stubs looked at beyond it."""
GOES_ON = 0.4
"""An upright that runs on so far beyond both ends of one side alone, in sizes of the box, is a
ruling: both sides of boxes that stand stacked do."""
SIDE_NEAR = 0.3
"""It lies within this share of its size from the edge of the box, for all its thickness."""
MAX_STUBS = 2
"""Of the eight stubs, so many may be inked: by a tick that runs over or a neighbouring stroke."""

SAME_SIZE = 0.07
RASTER_PX = 2.0
"""Boxes of one kind differ by this share, or by the pixel at either edge that the raster of the
working picture gives or takes."""

TOUCHING = 0.2
"""Boxes that touch overlap by a common side, at most this share of their size."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box-shaped frame in pixels.

    Attributes:
        cover: Share of its outline that is printed, 0..1.
        fill: Mean darkness of its centre, 0..1 of full ink, as `sharpened` measures it.
        trace: The same just where the box was found; a tick that only crosses a corner shows.
        span: Length of the longest stroke in and around its centre that is nearly as dark as the
            frame, as a share of its size.
        dark: Share of its centre, 0..1, that is nearly as dark as the frame.
        printed: Share of its centre that is print, seals taken off, 0..1.
        inked: Whether any print is left around its centre, seals taken off.
        bare: Whether no print is left in and around its centre, seals taken off, and most of its
            frame is: what would take a tick off takes the frame too.
        struck: How far ink that hangs on the frame rises above or falls below it, as a share
            of its size.
        aside: How far it reaches beyond the left or the right side, as such a share.
        hooked: Centre of the box that this ink goes on to, if it does: its tick may be that one's.
        alike: Whether several empty frames of the page are of the same size.
        is_worn: Whether little but its level sides is left.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    fill: float = 0.0
    trace: float = 0.0
    span: float = 0.0
    dark: float = 0.0
    cover: float = 1.0
    printed: float = 1.0
    inked: bool = True
    bare: bool = False
    struck: float = 0.0
    aside: float = 0.0
    hooked: tuple[float, float] | None = None
    alike: bool = False
    is_worn: bool = False

    @property
    def size(self) -> float:
        """Mean of width and height."""
        return (self.x1 - self.x0 + self.y1 - self.y0) / 2

    @property
    def center(self) -> tuple[float, float]:
        """Centre ``(x, y)``."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


def find_boxes(ink: NDArray[np.float32], *, em: float, darkness: float = PRINTED) -> list[Box]:
    """Box-shaped frames and filled squares, left to right.

    Args:
        ink: Darkness without long rulings, float32 (H, W), 0..1.
        em: Text height in pixels.
        darkness: From which a pixel counts as printed, 0..1.
    """
    printed = (ink > darkness).astype(np.uint8)
    frames = _frames(printed, em) + _filled(printed, em)
    return sorted(without_overlaps(frames), key=lambda b: b.x0)


def without_long_rulings(ink: NDArray[np.float32], *, em: float) -> NDArray[np.float32]:
    """Darkness without runs longer than any side of a box.

    A box between two rulings would hang together with both, or with their blur. The level sides
    of a cell are such runs, so that no cell is left to be taken for a box.

    Args:
        ink: Darkness, float32 (H, W), 0..1.
        em: Text height in pixels.
    """
    runs = _rulings(ink, em)
    beside = cv2.dilate(np.where(runs > 0, ink, np.float32(0)), np.ones((3, 3), np.uint8))
    return np.where((runs > 0) | (ink < BLUR * beside), np.float32(0), ink)


def _rulings(ink: NDArray[np.float32], em: float) -> NDArray[np.uint8]:
    """Level runs longer than a stroke, upright ones longer than boxes that stand stacked."""
    printed = (ink > PRINTED).astype(np.uint8)
    level = opened(printed, width=round(STROKE_EM * em))
    return np.asarray(cv2.max(level, opened(printed, height=round(STACK_EM * em))), dtype=np.uint8)


def _frames(printed: NDArray[np.uint8], em: float) -> list[Box]:
    low, high = SIZE_EM[0] * em, SIZE_EM[1] * em
    strokes = upright_strokes(printed, em)
    thick = np.ones((2 * max(1, round(0.06 * em)) + 1, 1), np.uint8)
    level = np.asarray(cv2.dilate(printed, thick), dtype=np.uint8)
    boxes = []
    for i, left in enumerate(strokes):
        stop = int(np.searchsorted(strokes[:, 0], left[0] + high))
        for right in strokes[i + 1 : stop][_opposite(left, strokes[i + 1 : stop], low, high)]:
            box = _framed(left, right, level, em)
            if box is not None:
                boxes.append(box)
    return boxes


def _opposite(
    left: NDArray[np.float64], others: NDArray[np.float64], low: float, high: float
) -> NDArray[np.bool_]:
    """Which strokes may be the right side of a box whose left side is given."""
    x, y, _, h = left
    width = others[:, 0] + others[:, 2] - x
    height = (h + others[:, 3]) / 2
    slack = np.maximum(2.0, SIDE_TOLERANCE * np.maximum(h, others[:, 3]))
    return np.asarray(
        (np.abs(others[:, 1] - y) <= slack)
        & (np.abs(others[:, 1] + others[:, 3] - y - h) <= slack)
        & (width >= low)
        & (width <= high)
        & (width / height >= ASPECT[0])
        & (width / height <= ASPECT[1])
    )


def _framed(
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    level: NDArray[np.uint8],
    em: float,
) -> Box | None:
    """The box between two upright strokes, if its level sides are printed too."""
    x0, x1 = float(left[0]), float(right[0] + right[2])
    top = float(left[1] + right[1]) / 2
    bottom = float(left[1] + left[3] + right[1] + right[3]) / 2
    a, b = round(x0) + 1, round(x1) - 1
    covers = [
        max(float(level[row, a:b].mean()) for row in _rows(edge, em, level.shape[0]))
        for edge in (top, bottom - 1)
    ]
    if min(covers) < SIDE_COVER:
        return None
    upright = min(float(min(left[3], right[3])) / (bottom - top), 1.0)
    cover = (covers[0] + covers[1] + 2 * upright) / 4
    return Box(x0, top, x1, bottom, cover=cover)


def _rows(edge: float, em: float, height: int) -> range:
    reach = max(1, round(0.08 * em))
    return range(max(0, round(edge) - reach), min(height, round(edge) + reach + 1))


def without_frames(
    ink: NDArray[np.float32], frames: Sequence[Box], *, em: float
) -> NDArray[np.float32]:
    """Darkness without frames that stand alone, which would pass for tiny cells.

    The sides of a cell go on beyond its corners; those of a tick box (and of 口 or 国) end there.
    A box like others is one; if nearly all of its outline is printed, even where it touches its
    neighbour above or a ruling. Of a ruling that is one of its sides nothing goes.

    Args:
        ink: Darkness, float32 (H, W), 0..1.
        frames: Found in it.
        em: Text height in pixels.
    """
    bare = ink.copy()
    rim = max(1, round(RIM_EM * em))
    rulings = long_runs(ink, em) > 0
    for is_sure in (False, True):
        for box in (b for b in frames if (b.alike and b.cover >= SAFE_COVER) is is_sure):
            if box.alike or _stands_alone(box, ink, rim):
                rows = slice(max(round(box.y0) - rim, 0), round(box.y1) + rim)
                bare[rows, max(round(box.x0) - rim, 0) : round(box.x1) + rim] = 0
                side = _ruled_side(box, ink)
                if side is not None:
                    bare[rows, side] = ink[rows, side]
        if not is_sure:
            bare[rulings] = ink[rulings]
    long = _rulings(ink, em) > 0
    bare[long] = ink[long]
    return bare


def _ruled_side(box: Box, ink: NDArray[np.float32]) -> NDArray[np.int64] | None:
    """Columns of the one side of a box that runs on beyond both its ends; ``None`` without one."""
    reach, near = GOES_ON * box.size, SIDE_NEAR * box.size
    top, left = (max(round(v), 0) for v in (box.y0 - reach, box.x0 - near))
    around = ink[top : round(box.y1 + reach), left : round(box.x1 + near)] > PRINTED
    # A ruling may lean by a pixel over that length.
    runs = cv2.dilate(around.astype(np.uint8), np.ones((1, 3), np.uint8))
    columns = left + np.flatnonzero(runs.all(axis=0))
    sides = [columns[np.abs(columns - x) <= near] for x in (box.x0, box.x1)]
    run_on = [s for s in sides if s.size]
    return run_on[0] if len(run_on) == 1 else None


def _stands_alone(box: Box, ink: NDArray[np.float32], rim: int) -> bool:
    """Whether nearly all stubs beyond the corners, along the four sides, are empty."""
    left, top = round(box.x0) + 1, round(box.y0) + 1
    right, bottom = round(box.x1) - 2, round(box.y1) - 2
    stubs = [
        ink[max(y - 1, 0) : y + 2, a:b]
        for y in (top, bottom)
        for a, b in (
            (max(left - 2 * rim - 1, 0), left - rim - 1),
            (right + rim + 2, right + 2 * rim + 2),
        )
    ] + [
        ink[a:b, max(x - 1, 0) : x + 2]
        for x in (left, right)
        for a, b in (
            (max(top - 2 * rim - 1, 0), top - rim - 1),
            (bottom + rim + 2, bottom + 2 * rim + 2),
        )
    ]
    inked = sum(bool(s.size) and float(s.max(initial=0.0)) > PRINTED for s in stubs)
    return inked <= MAX_STUBS


def _filled(printed: NDArray[np.uint8], em: float) -> list[Box]:
    side = max(3, round(0.4 * em))
    solid = opened(printed, width=side, height=side)
    _, _, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    boxes = []
    for x, y, w, h, area in (tuple(int(v) for v in s) for s in stats[1:]):
        square = ASPECT[0] <= w / h <= ASPECT[1] and SIZE_EM[0] * em <= max(w, h) <= SIZE_EM[1] * em
        if square and area >= SOLID_FILL * w * h and _has_margin(printed, (x, y, w, h), em):
            boxes.append(Box(x, y, x + w, y + h))
    return boxes


def _has_margin(printed: NDArray[np.uint8], place: tuple[int, int, int, int], em: float) -> bool:
    """Whether a filled square has paper around it, and is no part of a logo or a dark cell."""
    x, y, w, h = place
    rim = max(2, round(APART_EM * em))
    around = printed[max(y - rim, 0) : y + h + rim, max(x - rim, 0) : x + w + rim]
    own = printed[y : y + h, x : x + w]
    rest = around.size - own.size
    return int(around.sum(dtype=np.int64)) - int(own.sum(dtype=np.int64)) <= APART_SHARE * rest


def without_overlaps(boxes: Sequence[Box]) -> list[Box]:
    """Of boxes that share area, one like others; then the best covered; of equals the largest."""
    kept: list[Box] = []
    sides = np.array([[b.x0, b.y0, b.x1, b.y1, b.size] for b in boxes], np.float64).reshape(-1, 5)
    order = sorted(
        range(len(boxes)),
        key=lambda i: (boxes[i].alike, round(boxes[i].cover, 1), boxes[i].size),
        reverse=True,
    )
    taken = np.zeros(len(boxes), np.bool_)
    for i in order:
        if not _share_area(sides[i], sides[taken]).any():
            kept.append(boxes[i])
            taken[i] = True
    return kept


def same_size(a: Box, b: Box) -> bool:
    """Whether two boxes may be of one kind."""
    slack = max(RASTER_PX, SAME_SIZE * max(a.size, b.size))
    return (
        abs((a.x1 - a.x0) - (b.x1 - b.x0)) <= slack and abs((a.y1 - a.y0) - (b.y1 - b.y0)) <= slack
    )


def without_touching(boxes: Sequence[Box]) -> list[Box]:
    """Of boxes on one line that share a side, the best covered, left to right.

    A tick that crosses a side makes a second frame beside the box.
    """
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda b: b.cover, reverse=True):
        if not any(_share_side(box, k) for k in kept):
            kept.append(box)
    return sorted(kept, key=lambda b: b.x0)


def _share_side(a: Box, b: Box) -> bool:
    beside = max(a.x0, b.x0) - min(a.x1, b.x1)
    level = min(a.y1, b.y1) - max(a.y0, b.y0)
    return beside <= 0 and level > min(a.size, b.size) / 2


def _share_area(box: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which boxes overlap by more than two that touch do, whose sides are printed as one.

    Args:
        box: Left, top, right, bottom and size, float64 (5,).
        others: The same, float64 (N, 5).
    """
    shared = np.minimum(box[2:4], others[:, 2:4]) - np.maximum(box[:2], others[:, :2])
    touching = TOUCHING * np.minimum(box[4], others[:, 4])
    return np.asarray((shared > touching[:, None]).all(axis=1), np.bool_)
