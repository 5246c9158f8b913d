"""The tick boxes of a page are alike: those found safely show what the others must look like.

A box that touches its neighbour, a ruling or a heavy tick has no stroke that ends where its
side ends, but it still has four inked sides of the right length in the right places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.boxes import PRINTED, Box, without_overlaps

SAFE_COVER = 0.93
"""Printed share of the outline of a box that may stand for others."""
SAFE_SIZE_EM = 0.6
"""Smaller empty frames are loops of characters and figures."""
SAFE_ASPECT = (0.85, 1.18)
"""Boxes are squares; a figure 0 is not."""
MIDDLE = 0.5
SAFE_INK = 0.03
"""Printed share of the middle, this much of each axis, of an empty box: characters drawn as a
frame have something there, 口 alone excepted."""
SAME_SIZE = 0.07
RASTER_PX = 2.0
"""Boxes of one kind differ by this share, or by the pixel at either edge that the raster of the
working picture gives or takes."""
MIN_LIKE = 2
"""So many empty frames of one size are boxes; the character 口 seldom comes twice alike."""
MAX_KINDS = 2
"""A page has boxes of one kind, or of two."""
MIDDLE_OF_SIDE = 0.7
"""Of each side the middle is looked at: between the two lines of a double ruling it is blank."""
OUTLINE_SHARE = 0.86
SIDE_SHARE = 0.6
"""Printed share of the whole outline, and of its least printed side, where a box of a known
size stands."""

RING = 2
INSIDE = 0.2
"""Of several places a pixel or two apart, the best is the one with the least ink so many pixels
outside its edge and so far, as a share of its side, within."""


def with_alike(frames: Sequence[Box], ink: NDArray[np.float32], *, em: float) -> list[Box]:
    """Frames and, wherever another box of the same size stands, that box; left to right.

    Args:
        frames: Found in ``ink``.
        ink: Darkness, float32 (H, W), 0..1.
        em: Text height in pixels.
    """
    boxes = list(frames)
    for kind in _kinds(frames, ink, em):
        known = [replace(b, alike=True) if _same_size(b, kind) else b for b in boxes]
        boxes = without_overlaps(known + _places_of(kind, ink))
    return sorted(boxes, key=lambda b: b.x0)


def _kinds(frames: Sequence[Box], ink: NDArray[np.float32], em: float) -> list[Box]:
    """One box for each size that comes again, the most frequent first."""
    rest = [f for f in frames if _is_safe(f, ink, em)]
    kinds: list[Box] = []
    while len(kinds) < MAX_KINDS:
        group = max(([b for b in rest if _same_size(a, b)] for a in rest), key=len, default=[])
        if len(group) < MIN_LIKE:
            break
        width, height = (
            float(np.median(v))
            for v in ([b.x1 - b.x0 for b in group], [b.y1 - b.y0 for b in group])
        )
        kinds.append(Box(0.0, 0.0, width, height))
        rest = [b for b in rest if not _same_size(b, kinds[-1])]
    return kinds


def _is_safe(frame: Box, ink: NDArray[np.float32], em: float) -> bool:
    width, height = frame.x1 - frame.x0, frame.y1 - frame.y0
    if (
        frame.cover < SAFE_COVER
        or frame.size < SAFE_SIZE_EM * em
        or not SAFE_ASPECT[0] <= width / height <= SAFE_ASPECT[1]
    ):
        return False
    dx, dy = width * (1 - MIDDLE) / 2, height * (1 - MIDDLE) / 2
    middle = ink[
        round(frame.y0 + dy) : round(frame.y1 - dy), round(frame.x0 + dx) : round(frame.x1 - dx)
    ]
    return float((middle > PRINTED).mean()) <= SAFE_INK


def _same_size(a: Box, b: Box) -> bool:
    slack = max(RASTER_PX, SAME_SIZE * max(a.size, b.size))
    return (
        abs((a.x1 - a.x0) - (b.x1 - b.x0)) <= slack and abs((a.y1 - a.y0) - (b.y1 - b.y0)) <= slack
    )


def _places_of(kind: Box, ink: NDArray[np.float32]) -> list[Box]:
    """Places with four printed sides as long and as far apart as those of the kind."""
    width, height = round(kind.x1), round(kind.y1)
    printed = (ink > PRINTED).astype(np.uint8)
    sides = _sides(printed, width, height)
    hits = (sides.mean(axis=0) >= OUTLINE_SHARE) & (sides.min(axis=0) >= SIDE_SHARE)
    _, labels = cv2.connectedComponents(hits.astype(np.uint8), connectivity=8)
    ys, xs = np.nonzero(hits)
    distinct = _distinctness(printed, xs, ys, width, height)
    best: dict[int, int] = {}
    for i in np.argsort(distinct):
        best[int(labels[ys[i], xs[i]])] = int(i)
    return [
        Box(
            float(xs[i]),
            float(ys[i]),
            float(xs[i] + width),
            float(ys[i] + height),
            cover=float(np.clip(distinct[i], 0.0, 1.0)),
            alike=True,
        )
        for i in best.values()
    ]


def _sides(printed: NDArray[np.uint8], width: int, height: int) -> NDArray[np.float32]:
    """Printed share of the upper, lower, left and right side of a box at every place.

    A side may lie one pixel off its place, and slope as much.

    Returns:
        float32 (4, H - height, W - width), by the upper left corner.
    """
    level = cv2.dilate(printed, np.ones((3, 1), np.uint8)).astype(np.float32)
    upright = cv2.dilate(printed, np.ones((1, 3), np.uint8)).astype(np.float32)
    long, high = (max(round(MIDDLE_OF_SIDE * v), 1) for v in (width, height))
    x, y = (width - long) // 2, (height - high) // 2
    across = cv2.blur(level, (long, 1), anchor=(0, 0))
    down = cv2.blur(upright, (1, high), anchor=(0, 0))
    rows, columns = (n - v for n, v in zip(printed.shape, (height, width), strict=True))
    return np.stack(
        [
            across[:rows, x : x + columns],
            across[height - 1 : height - 1 + rows, x : x + columns],
            down[y : y + rows, :columns],
            down[y : y + rows, width - 1 : width - 1 + columns],
        ]
    )


def _distinctness(
    printed: NDArray[np.uint8],
    xs: NDArray[np.int64],
    ys: NDArray[np.int64],
    width: int,
    height: int,
) -> NDArray[np.float64]:
    """Printed share of an outline less that of the rings outside and inside it, float (N,).

    Args:
        printed: uint8 (H, W), 0 or 1.
        xs: Left edges of N boxes.
        ys: Upper edges.
        width: Of the boxes, pixels.
        height: Of the boxes, pixels.
    """
    pad = RING
    bordered = cv2.copyMakeBorder(printed, pad, pad, pad, pad, cv2.BORDER_CONSTANT)
    sums = np.asarray(cv2.integral(bordered), dtype=np.int32)

    def ring(inset: int) -> NDArray[np.float64]:
        """Printed share of the one-pixel frame so far inside the edge."""
        x0, y0 = xs + pad + inset, ys + pad + inset
        w, h = width - 2 * inset, height - 2 * inset
        frame = _sum(sums, x0, y0, w, h) - _sum(sums, x0 + 1, y0 + 1, w - 2, h - 2)
        return np.asarray(frame / (2 * (w + h - 2)), dtype=np.float64)

    inside = max(2, round(INSIDE * min(width, height)))
    return np.asarray(ring(0) + ring(1) - ring(-RING) - ring(inside))


def _sum(
    sums: NDArray[np.int32], x: NDArray[np.int64], y: NDArray[np.int64], w: int, h: int
) -> NDArray[np.float64]:
    """Sums over rectangles of one size, by an integral image."""
    total = sums[y + h, x + w] - sums[y, x + w] - sums[y + h, x] + sums[y, x]
    return np.asarray(total, dtype=np.float64)
