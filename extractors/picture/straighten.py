"""A picture as filed into a page that stands upright with level rulings, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.geometry import BBox
from extractors.ocr.port import Reading, TextEngine
from extractors.picture.darkness import measure_darkness
from extractors.picture.lines import clean_mask
from extractors.picture.rectify import homography
from extractors.picture.red import without_red
from extractors.picture.rulings import Segment, find_segments, long_runs
from extractors.picture.warp import is_bilevel, shrunk, softened, warped

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
SURE = 0.97
"""Mean probability above which a way up is not doubted."""
LIKELY = 0.8
"""The better of two opposite ways up is taken above this; upside down it stays below 0.7."""
STROKES = frozenset("一二三十丨卜Il1oO0")
"""What dashes, rests of rulings and dirt are read as; they say nothing about the way up."""
MIN_TELLING = 5
"""Fewer telling characters decide nothing by themselves."""
FEW = 2
"""So many decide on a page with no more (备注 alone), if sure one way and not the other."""
MIN_LINE_EM = 3.0
SHORT_LINE_EM = 1.5
"""Shorter lines are not read; on a page with few characters those of two are."""


@dataclass(frozen=True, slots=True)
class StraightPage:
    """A page whose rulings are level and whose print stands upright.

    Attributes:
        pixels: uint8 (H, W), grey, red faded, at the resolution of the file.
        legible: Likewise, with the steps of a 1-bit file softened: what lines are read from.
        dpi: Its resolution.
        rotation: Degrees clockwise by which the page as filed was turned: 0, 90, 180 or 270.
        to_filed: float64 (3, 3): pixels here to pixels of the turned page as filed.
        filed_size: ``(width, height)`` of the turned page as filed.
        is_bilevel: Whether the file has but two values.
    """

    pixels: NDArray[np.uint8]
    legible: NDArray[np.uint8]
    dpi: float
    rotation: int
    to_filed: NDArray[np.float64]
    filed_size: tuple[int, int]
    is_bilevel: bool = False

    def filed(self, box: BBox) -> BBox:
        """Box in fractions of this page → fractions of the page as filed and turned upright."""
        high, wide = self.pixels.shape
        x0, y0, x1, y1 = box.x0 * wide, box.y0 * high, box.x1 * wide, box.y1 * high
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
    straight = warped(grey, matrix, size)
    bilevel = is_bilevel(grey)
    return StraightPage(
        straight,
        softened(straight) if bilevel else straight,
        dpi,
        turns * 90,
        np.asarray(np.linalg.inv(matrix), dtype=np.float64),
        (width, height),
        bilevel,
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
    for pair in ((1, 3), (0, 2)) if sideways else ((0, 2), (1, 3)):
        for turns in pair:
            scores[turns] = _legibility(engine.read(_trial_lines(level, mask, em, turns)))
            if scores[turns] >= SURE:
                return turns
        best = max(scores, key=lambda t: scores[t])
        if scores[best] >= LIKELY:
            return best
    return best if scores[best] > 0 else _turns_of_few(level, mask, em, engine)


def _turns_of_few(
    level: NDArray[np.uint8], mask: NDArray[np.uint8], em: float, engine: TextEngine
) -> int:
    """Quarter turns after which the few characters of a page are sure, and no others are; or 0."""
    scores = [
        _legibility(
            engine.read(_trial_lines(level, mask, em, turns, least=SHORT_LINE_EM)), fewest=FEW
        )
        for turns in range(4)
    ]
    *others, best = sorted(scores)
    return scores.index(best) if best >= SURE and max(others) < LIKELY else 0


def _legibility(readings: Sequence[Reading], *, fewest: int = MIN_TELLING) -> float:
    """Mean probability of the characters that could not be a stray stroke, 0..1."""
    telling = [
        c.probability
        for r in readings
        for c in r.chars
        if (c.text.isalnum() and c.text not in STROKES)
    ]
    return sum(telling) / len(telling) if len(telling) >= fewest else 0.0


def _print_only(level: NDArray[np.uint8], dpi: float, em: float) -> NDArray[np.uint8]:
    ink = measure_darkness(level, dpi).ink
    ink[long_runs(ink, em) > 0] = 0
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
    level: NDArray[np.uint8],
    mask: NDArray[np.uint8],
    em: float,
    turns: int,
    *,
    least: float = MIN_LINE_EM,
) -> list[NDArray[np.uint8]]:
    """The lines with most characters after some quarter turns clockwise, cut to their start."""
    level, mask = np.rot90(level, -turns), np.rot90(mask, -turns)
    reach = np.ones((1, max(3, round(0.6 * em))), np.uint8)
    blobs = cv2.morphologyEx(np.ascontiguousarray(mask), cv2.MORPH_CLOSE, reach)
    _, _, stats, _ = cv2.connectedComponentsWithStats(blobs, connectivity=8)
    lines = [s for s in stats[1:] if 0.6 * em <= s[3] <= 1.7 * em and s[2] >= least * em]
    whole = _characters(mask, em)
    lines.sort(key=lambda s: -_held(s, whole))
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


def _characters(mask: NDArray[np.uint8], em: float) -> NDArray[np.float64]:
    """Centres (x, y) of components about as large as a character, float (N, 2)."""
    _, _, stats, centroids = cv2.connectedComponentsWithStats(
        np.ascontiguousarray(mask), connectivity=8
    )
    size = np.maximum(stats[:, 2], stats[:, 3])
    return np.asarray(centroids[(size >= 0.35 * em) & (size <= 1.2 * em)], dtype=np.float64)


def _held(line: NDArray[np.int32], centres: NDArray[np.float64]) -> int:
    """How many of the centres lie in a line's box."""
    x, y, w, h = (int(v) for v in line[:4])
    inside = (centres >= (x, y)) & (centres <= (x + w, y + h))
    return int(inside.all(axis=1).sum())
