"""A picture as filed into a page that stands upright with level rulings, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.geometry import BBox
from extractors.ocr.port import TextEngine
from extractors.picture.darkness import measure_darkness
from extractors.picture.lines import clean_mask
from extractors.picture.rectify import homography
from extractors.picture.rulings import Segment, find_segments
from extractors.picture.warp import shrunk, warped, without_red

WORK_DPI = 150.0
"""Geometry is measured at this resolution: 10.5 pt print is 22 px high, hairlines are a pixel,
and four times the pixels at 300 dpi find nothing more."""
BODY_PT = 10.5
"""五号, the usual print of Chinese forms; only a first guess of the text height."""
COARSE_WINDOW_EM = 1.6
"""Window of the line filter before straightening: short, for lines that still slope."""
COARSE_LENGTH_EM = 3.0
"""Segments that decide the slope: longer than any stroke of print."""
TRIAL_LINES = 6
"""Lines that are read to tell the right way up."""
TRIAL_WIDTH_EM = 12.0
"""As much of each line as is read."""
SURE = 0.85
"""Mean confidence above which a way up is not doubted; upside down it stays below 0.6."""


@dataclass(frozen=True, slots=True)
class StraightPage:
    """A page whose rulings are level and whose print stands upright.

    Attributes:
        pixels: uint8 (H, W), grey, red faded, at the resolution of the file.
        dpi: Its resolution.
        rotation: Degrees clockwise by which the page as filed was turned: 0, 90, 180 or 270.
        to_filed: float64 (3, 3): pixels here to pixels of the turned page as filed.
        filed_size: ``(width, height)`` of the turned page as filed.
    """

    pixels: NDArray[np.uint8]
    dpi: float
    rotation: int
    to_filed: NDArray[np.float64]
    filed_size: tuple[int, int]

    def box(self, x0: float, y0: float, x1: float, y1: float) -> BBox:
        """Box in pixels of this page → fractions of the page as filed and turned upright."""
        corners = np.array([[[x0, y0], [x1, y0], [x1, y1], [x0, y1]]], dtype=np.float64)
        filed = cv2.perspectiveTransform(corners, self.to_filed)[0]
        (left, top), (right, bottom) = filed.min(axis=0), filed.max(axis=0)
        width, height = self.filed_size
        return BBox.from_pixels(left, top, right, bottom, width=width, height=height)


def straighten(pixels: NDArray[np.uint8], dpi: float, engine: TextEngine) -> StraightPage:
    """Turns and rectifies a page.

    Args:
        pixels: uint8 (H, W, 3) RGB as filed.
        dpi: Its resolution.
        engine: Reads a few lines to tell the right way up.
    """
    scale = min(WORK_DPI / dpi, 1.0)
    grey = without_red(pixels)
    work = shrunk(grey, scale)
    em = BODY_PT / 72 * dpi * scale
    segments = slopes(work, dpi * scale, em)
    turns = _quarter_turns(work, dpi * scale, em, segments, engine)
    if turns:
        grey = np.ascontiguousarray(np.rot90(grey, -turns))
        segments = slopes(shrunk(grey, scale), dpi * scale, em)
    height, width = grey.shape
    matrix = _at_scale(homography(segments, round(width * scale), round(height * scale)), scale)
    matrix, size = _on_canvas(matrix, width, height)
    return StraightPage(
        warped(grey, matrix, size),
        dpi,
        turns * 90,
        np.asarray(np.linalg.inv(matrix), dtype=np.float64),
        (width, height),
    )


def slopes(work: NDArray[np.uint8], dpi: float, em: float) -> list[Segment]:
    """Segments long enough to show the slope of the page's rulings."""
    ink = measure_darkness(work, dpi).ink
    return find_segments(ink, em=em, window_em=COARSE_WINDOW_EM, min_length_em=COARSE_LENGTH_EM)


def _at_scale(matrix: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    shrink = np.diag([scale, scale, 1.0])
    return np.asarray(np.linalg.inv(shrink) @ matrix @ shrink)


def _on_canvas(
    matrix: NDArray[np.float64], width: int, height: int
) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """Moves the straightened page so that all of it is on a canvas of its own size."""
    corners = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], dtype=np.float64)
    placed = cv2.perspectiveTransform(corners, matrix)[0]
    low, high = placed.min(axis=0), placed.max(axis=0)
    move = np.eye(3)
    move[:2, 2] = -low
    size = np.minimum(np.ceil(high - low), [1.5 * width, 1.5 * height]).astype(int)
    return move @ matrix, (int(size[0]), int(size[1]))


def _quarter_turns(
    work: NDArray[np.uint8],
    dpi: float,
    em: float,
    segments: Sequence[Segment],
    engine: TextEngine,
) -> int:
    """Clockwise quarter turns that bring the print upright.

    The likelier direction of the lines is tried first, and the first that reads well is taken.
    """
    matrix = homography(segments, work.shape[1], work.shape[0])
    level = warped(work, matrix, (work.shape[1], work.shape[0]))
    mask = _print_only(level, dpi, em)
    sideways = _joins(mask.T, em) > _joins(mask, em)
    scores: dict[int, float] = {}
    for turns in (1, 3, 0, 2) if sideways else (0, 2, 1, 3):
        crops = _trial_lines(np.rot90(level, -turns), np.rot90(mask, -turns), em)
        readings = engine.read(crops)
        scores[turns] = sum(r.confidence * len(r.chars) for r in readings) / max(
            sum(max(len(r.chars), 1) for r in readings), 1
        )
        if not readings or scores[turns] >= SURE:
            return turns if readings else 0
    return max(scores, key=lambda t: scores[t])


def _print_only(level: NDArray[np.uint8], dpi: float, em: float) -> NDArray[np.uint8]:
    ink = measure_darkness(level, dpi).ink
    for s in find_segments(ink, em=em, window_em=2.5, min_length_em=2.0):
        half = max(2, round(0.12 * em))
        x0, x1 = sorted((round(s.x0), round(s.x1)))
        y0, y1 = sorted((round(s.y0), round(s.y1)))
        ink[max(y0 - half, 0) : y1 + half + 1, max(x0 - half, 0) : x1 + half + 1] = 0
    return clean_mask(ink, em)


def _joins(mask: NDArray[np.uint8], em: float) -> float:
    """How many components a small gap along the rows joins, as a share: high along print."""
    before = cv2.connectedComponents(np.ascontiguousarray(mask))[0]
    reach = np.ones((1, max(3, round(0.35 * em))), np.uint8)
    after = cv2.connectedComponents(
        cv2.morphologyEx(np.ascontiguousarray(mask), cv2.MORPH_CLOSE, reach)
    )[0]
    return 1.0 - after / max(before, 1)


def _trial_lines(
    level: NDArray[np.uint8], mask: NDArray[np.uint8], em: float
) -> list[NDArray[np.uint8]]:
    reach = np.ones((1, max(3, round(0.6 * em))), np.uint8)
    blobs = cv2.morphologyEx(np.ascontiguousarray(mask), cv2.MORPH_CLOSE, reach)
    _, _, stats, _ = cv2.connectedComponentsWithStats(blobs, connectivity=8)
    lines = [s for s in stats[1:] if 0.6 * em <= s[3] <= 1.7 * em and s[2] >= 3 * em]
    lines.sort(key=lambda s: -s[2])
    pad = max(1, round(0.12 * em))
    return [
        np.ascontiguousarray(
            level[
                max(y - pad, 0) : y + h + pad,
                max(x - pad, 0) : x + min(w, round(TRIAL_WIDTH_EM * em)),
            ]
        )
        for x, y, w, h in (tuple(int(v) for v in s[:4]) for s in lines[:TRIAL_LINES])
    ]
