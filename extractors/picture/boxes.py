"""Tick boxes in a picture: two upright strokes, two level ones, as far apart as they are long.

Strokes are looked for, not closed outlines, so that a tick running over the frame, or a gap in
it, does not hide a box. Whether a frame is a box or a character such as 口 or 国 is decided
later, with the text as witness.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.rulings import long_runs

PRINTED = 0.3
"""Darkness at which a pixel counts as printed, as a share of full ink."""
STROKES_EM = (0.38, 0.58)
"""Straight strokes that can be sides of a box: of the smallest, and of the usual ones."""
STROKE_WIDTH_EM = 0.35
"""A side is thinner than this."""
SIZE_EM = (0.45, 1.7)
"""Sides of boxes: from a small square in small print to a box larger than the text."""
ASPECT = (0.72, 1.39)
"""Width over height: drawn boxes are squares, glyph boxes nearly so."""
SIDE_TOLERANCE = 0.16
"""Ends of opposite sides may differ by this share of the side."""
SIDE_COVER = 0.72
"""Share of each level side that must be printed; the rest may be a gap or a seal."""
SOLID_FILL = 0.82
"""Share of a filled square that is ink."""
RIM_EM = 0.07
"""Blur around the outline of a box, and length of the stubs looked at beyond it."""
MAX_STUBS = 2
"""Of the eight stubs, so many may be inked: by a tick that runs over or a neighbouring stroke."""
CENTRE = 0.62
"""Share of the box, along each axis, whose darkness is judged: the frame's blur stays outside."""
PAPER_PERCENTILE = 85
"""Of the pixels in and around a box, the brightest sixth is paper."""
HALO = 0.12
"""Darkness below this, of full ink, is the blur of the frame or the grain of the paper."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box-shaped frame in pixels.

    Attributes:
        cover: Share of its outline that is printed, 0..1.
        fill: Mean darkness of its centre, 0..1 of full ink, as `sharpened` measures it.
        struck: How far ink that hangs on the frame rises above or falls below it, as a share
            of its size.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    fill: float = 0.0
    cover: float = 1.0
    struck: float = 0.0

    @property
    def size(self) -> float:
        """Mean of width and height."""
        return (self.x1 - self.x0 + self.y1 - self.y0) / 2

    @property
    def center(self) -> tuple[float, float]:
        """Centre ``(x, y)``."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


def find_boxes(ink: NDArray[np.float32], *, em: float) -> list[Box]:
    """Box-shaped frames and filled squares, left to right.

    Args:
        ink: Darkness without rulings, float32 (H, W), 0..1.
        em: Text height in pixels.
    """
    printed = (ink > PRINTED).astype(np.uint8)
    frames = _frames(printed, em) + _filled(printed, em)
    return sorted(_without_overlaps(frames), key=lambda b: b.x0)


def _frames(printed: NDArray[np.uint8], em: float) -> list[Box]:
    low, high = SIZE_EM[0] * em, SIZE_EM[1] * em
    strokes = _upright_strokes(printed, em)
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


def _upright_strokes(printed: NDArray[np.uint8], em: float) -> NDArray[np.float64]:
    """Upright strokes ``(x, y, width, height)``, float (N, 4), left to right.

    A heavy tick that touches a side joins it in the shorter opening and not in the longer one.
    """
    mended = cv2.morphologyEx(printed, cv2.MORPH_CLOSE, np.ones((3, 1), np.uint8))
    found = []
    for stroke in STROKES_EM:
        length = max(4, round(stroke * em))
        upright = cv2.morphologyEx(mended, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
        _, _, stats, _ = cv2.connectedComponentsWithStats(upright, connectivity=8)
        found += [
            s[:4]
            for s in stats[1:]
            if SIZE_EM[0] * em <= s[3] <= SIZE_EM[1] * em and s[2] <= STROKE_WIDTH_EM * em
        ]
    strokes = np.unique(np.array(found, dtype=np.float64).reshape(-1, 4), axis=0)
    return strokes[np.argsort(strokes[:, 0], kind="stable")]


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


def without_frames(ink: NDArray[np.float32], *, em: float) -> NDArray[np.float32]:
    """Darkness without frames that stand alone, which would pass for tiny cells.

    The sides of a cell go on beyond its corners; those of a tick box (and of 口 or 国) end there.

    Args:
        ink: Darkness, float32 (H, W), 0..1.
        em: Text height in pixels.
    """
    bare = ink.copy()
    rim = max(1, round(RIM_EM * em))
    for box in _frames((ink > PRINTED).astype(np.uint8), em):
        if _stands_alone(box, ink, rim):
            rows = slice(max(round(box.y0) - rim, 0), round(box.y1) + rim)
            bare[rows, max(round(box.x0) - rim, 0) : round(box.x1) + rim] = 0
    rulings = long_runs(ink, em) > 0
    bare[rulings] = ink[rulings]
    return bare


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


def sharpened(box: Box, grey: NDArray[np.uint8], scale: float, level: float) -> Box:
    """The box with its centre judged at the resolution of the file.

    Args:
        box: In working pixels.
        grey: uint8 (H, W), the straight page.
        scale: Working pixels per pixel of ``grey``.
        level: The page's ink, as in `Darkness.level`.
    """
    x0, y0, x1, y1 = (v / scale for v in (box.x0, box.y0, box.x1, box.y1))
    reach = (x1 - x0) / 2
    around = grey[
        max(round(y0 - reach), 0) : round(y1 + reach), max(round(x0 - reach), 0) : round(x1 + reach)
    ]
    paper = max(float(np.percentile(around, PAPER_PERCENTILE)), 1.0)
    dx, dy = (x1 - x0) * (1 - CENTRE) / 2, (y1 - y0) * (1 - CENTRE) / 2
    inner = grey[round(y0 + dy) : round(y1 - dy) + 1, round(x0 + dx) : round(x1 - dx) + 1]
    dark = np.clip((1 - inner.astype(np.float32) / paper) / level, 0, 1)
    return replace(box, fill=float(np.clip((dark - HALO) / (1 - HALO), 0, 1).mean()))


def with_strokes(box: Box, mask: NDArray[np.uint8]) -> Box:
    """The box with what its tick does beyond the frame.

    Args:
        box: In working pixels.
        mask: Printed pixels without rulings, uint8 (H, W), 0 or 1.
    """
    reach = box.size
    y0, x0 = max(round(box.y0 - reach), 0), max(round(box.x0 - reach / 4), 0)
    region = mask[y0 : round(box.y1 + reach), x0 : round(box.x1 + reach / 2)]
    _, labels = cv2.connectedComponents(np.ascontiguousarray(region), connectivity=8)
    frame = labels[
        round(box.y0) - y0 : round(box.y1) - y0, max(round(box.x0) - x0, 0) : round(box.x1) - x0
    ]
    rows = np.flatnonzero(np.isin(labels, np.setdiff1d(np.unique(frame), [0])).any(axis=1))
    if rows.size == 0:
        return box
    beyond = max(box.y0 - y0 - rows[0], rows[-1] + 1 + y0 - box.y1, 0.0)
    return replace(box, struck=float(beyond) / box.size)


def _filled(printed: NDArray[np.uint8], em: float) -> list[Box]:
    side = max(3, round(0.4 * em))
    solid = cv2.morphologyEx(printed, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    boxes = []
    for x, y, w, h, area in (tuple(int(v) for v in s) for s in stats[1:]):
        square = ASPECT[0] <= w / h <= ASPECT[1] and SIZE_EM[0] * em <= max(w, h) <= SIZE_EM[1] * em
        if square and area >= SOLID_FILL * w * h:
            boxes.append(Box(x, y, x + w, y + h))
    return boxes


def _without_overlaps(boxes: list[Box]) -> list[Box]:
    """Of boxes that share area, the best covered one; of equals the largest."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda b: (round(b.cover, 1), b.size), reverse=True):
        if all(box.x1 <= k.x0 or box.x0 >= k.x1 or box.y1 <= k.y0 or box.y0 >= k.y1 for k in kept):
            kept.append(box)
    return kept
