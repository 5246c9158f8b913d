"""Straightens a page by its own rulings: skew, shear and perspective in one homography.

Printed horizontals meet in one vanishing point, verticals in another. With a vanishing point
``(1, s, p)`` in homogeneous coordinates the slope of a horizontal at ``(u, v)`` obeys
``slope = s + p (slope u - v)``, which is linear in ``s`` and ``p`` and fitted robustly
(iteratively reweighted least squares with Tukey's biweight). The line through both vanishing
points is sent to infinity and the two directions onto the axes (Hartley & Zisserman, Multiple
View Geometry, 2nd ed., section 2.7).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.picture.rulings import Segment

MIN_SEGMENTS = 6
"""Fewer segments of a direction give its mean slope only, no perspective,"""
MIN_LONG = 3
LONG = 0.25
"""unless so many of them are longer than this share of the page: two unknowns, and one to spare."""
MIN_SPREAD = 0.15
"""Positions must spread over this share of the page for a perspective term to be fitted."""
MIN_EVIDENCE = 0.6
"""Segments less surely ruled (rows and columns of strokes) have no say."""
ITERATIONS = 12
TUKEY = 4.685
"""Tuning constant of the biweight, 95 % efficiency under normal errors."""
SLOPE_NOISE = 0.0015
"""Floor of the residual scale: a pixel over the length of a short ruling."""


def homography(segments: Sequence[Segment], width: int, height: int) -> NDArray[np.float64]:
    """Pixel homography (3, 3) that makes the rulings axis-parallel; the identity without any.

    Args:
        segments: Ruled segments of both directions.
        width: Of the picture, pixels.
        height: Of the picture, pixels.
    """
    scale = float(max(width, height))
    to_unit = np.array(
        [[1 / scale, 0, -width / 2 / scale], [0, 1 / scale, -height / 2 / scale], [0, 0, 1]]
    )
    s, p = _vanishing(_samples([g for g in segments if g.horizontal], to_unit))
    down = _samples([g for g in segments if not g.horizontal], to_unit)
    t, q = _vanishing(down)
    if not len(down):
        t = -s
    elif len(down) and not any(g.horizontal for g in segments):
        s = -t
    infinity = np.cross([1.0, s, p], [t, 1.0, q])
    project = np.eye(3)
    project[2] = infinity / infinity[2]
    axes = np.array([[1.0, t], [s, 1.0]])
    axes /= np.linalg.norm(axes, axis=0)
    affine = np.eye(3)
    affine[:2, :2] = np.linalg.inv(axes)
    return np.asarray(np.linalg.inv(to_unit) @ affine @ project @ to_unit)


def _samples(segments: Sequence[Segment], to_unit: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows of ``(slope, along, across, weight)`` in unit coordinates; the weight is the length².

    The longer side of the page is the unit.
    """
    scale = 1.0 / to_unit[0, 0]
    rows = []
    for g in segments:
        if g.evidence < MIN_EVIDENCE:
            continue
        weight = (g.length / scale) ** 2
        x, y, _ = to_unit @ [(g.x0 + g.x1) / 2, (g.y0 + g.y1) / 2, 1.0]
        if g.horizontal:
            rows.append(((g.y1 - g.y0) / (g.x1 - g.x0), x, y, weight))
        else:
            rows.append(((g.x1 - g.x0) / (g.y1 - g.y0), y, x, weight))
    return np.array(rows, dtype=np.float64).reshape(-1, 4)


def _vanishing(samples: NDArray[np.float64]) -> tuple[float, float]:
    """Slope at the centre and the perspective term of one family of lines."""
    if not len(samples):
        return 0.0, 0.0
    slope, along, across, weight = samples.T
    enough = len(samples) >= MIN_SEGMENTS or int((weight >= LONG**2).sum()) >= MIN_LONG
    perspective = enough and float(np.ptp(across)) >= MIN_SPREAD
    columns = [np.ones_like(slope)]
    if perspective:
        columns.append(slope * along - across)
    design = np.stack(columns, axis=1)
    solution = np.zeros(design.shape[1])
    solution[0] = _weighted_median(slope, weight)
    for _ in range(ITERATIONS):
        residual = np.abs(slope - design @ solution)
        spread = max(1.4826 * _weighted_median(residual, weight), SLOPE_NOISE)
        robust = np.clip(1 - (residual / (TUKEY * spread)) ** 2, 0, 1) ** 2
        root = np.sqrt(weight * robust)[:, None]
        solution = np.linalg.lstsq(design * root, slope * root[:, 0], rcond=None)[0]
    return float(solution[0]), float(solution[1]) if perspective else 0.0


def _weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])
