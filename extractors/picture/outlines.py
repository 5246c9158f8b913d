"""Where on a page the four sides of a box of known size are printed."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.boxes import Box

MIDDLE_OF_SIDE = 0.7
"""Of each side the middle is looked at: between the two lines of a double ruling it is blank."""
RING = 2
INSIDE = 0.2
"""Of several places a pixel or two apart, the best is the one with the least ink so many pixels
outside its edge and so far, as a share of its side, within."""


def best_of(
    hits: NDArray[np.bool_], printed: NDArray[np.uint8], width: int, height: int
) -> list[Box]:
    """Of places that touch one another the most distinct one, as a box.

    Args:
        hits: Where the upper left corner of a box may be, bool (H - height, W - width).
        printed: uint8 (H, W), 0 or 1.
        width: Of the boxes, pixels.
        height: Of the boxes, pixels.
    """
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


def sides_of(printed: NDArray[np.uint8], width: int, height: int) -> NDArray[np.float32]:
    """Printed share of the upper, lower, left and right side of a box at every place.

    A side may lie one pixel off its place, and slope as much.

    Args:
        printed: uint8 (H, W), 0 or 1.
        width: Of the box, pixels.
        height: Of the box, pixels.

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
