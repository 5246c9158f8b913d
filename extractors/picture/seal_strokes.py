"""Connected ink amid a seal, seen from the seal's centre, and taken off a page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.seals import Seal
from extractors.picture.straighten import StraightPage

RIM_EM = 0.08
"""Width of the blur around a stroke."""


@dataclass(frozen=True, slots=True)
class Strokes:
    """Strokes by their place around a centre.

    Attributes:
        labels: int32 (N,), the number of each on its page.
        area: int64 (N,), pixels.
        near: float64 (N,), distance of its nearest pixel.
        far: Of its farthest.
        start: float64 (N,), where it begins, clockwise in turns from the foot.
        end: Where it ends.
    """

    labels: NDArray[np.int32]
    area: NDArray[np.int64]
    near: NDArray[np.float64]
    far: NDArray[np.float64]
    start: NDArray[np.float64]
    end: NDArray[np.float64]

    def chosen(self, which: NDArray[np.bool_]) -> Strokes:
        """Those of them for which ``which`` (N,) holds."""
        return Strokes(
            self.labels[which],
            self.area[which],
            self.near[which],
            self.far[which],
            self.start[which],
            self.end[which],
        )

    def within(self, turn: float, half: float) -> Strokes:
        """Those of them that lie wholly within ``half`` to both sides of a turn."""
        start, end = (from_turn(t, turn) for t in (self.start, self.end))
        return self.chosen((-half <= start) & (start <= end) & (end <= half))


def from_turn(turn: NDArray[np.float64], other: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """How far turns lie clockwise of others, −0.5..0.5."""
    return (turn - other + 0.5) % 1.0 - 0.5


def strokes_around(labels: NDArray[np.int32], seal: Seal, low: float, high: float) -> Strokes:
    """Strokes that lie wholly between two circles around a seal's centre.

    Args:
        labels: Of all strokes of the page, int32 (H, W), 0 on paper.
        seal: In its pixels.
        low: Radius of the inner circle.
        high: Of the outer one, no larger than the seal.
    """
    (rows, columns), distance = seal.surroundings(labels.shape)
    part = labels[rows, columns]
    ys, xs = np.nonzero(part)
    radius = distance[ys, xs]
    turn = np.arctan2(ys + rows.start - seal.y, xs + columns.start - seal.x) / (2 * np.pi) - 0.25
    numbers, first, index = np.unique(part[ys, xs], return_index=True, return_inverse=True)
    # Turns begin anew at the foot, so those of a stroke are counted from one of its pixels.
    aside = from_turn(turn, turn[first][index])
    near, far, start, end = (np.full(numbers.size, v) for v in (np.inf, 0.0, 1.0, -1.0))
    np.minimum.at(near, index, radius)
    np.maximum.at(far, index, radius)
    np.minimum.at(start, index, aside)
    np.maximum.at(end, index, aside)
    area = np.bincount(index, minlength=numbers.size)
    strokes = Strokes(numbers, area, near, far, turn[first] + start, turn[first] + end)
    is_whole = np.bincount(labels.ravel())[numbers] == area
    return strokes.chosen(is_whole & (near >= low) & (far <= high))


@dataclass(frozen=True, slots=True)
class Eraser:
    """Tells strokes of a page from the rest of it.

    Attributes:
        page: Straight page.
        labels: Of its strokes, int32 (H, W), 0 on paper, at the working resolution.
        em: Text height there, pixels.
    """

    page: StraightPage
    labels: NDArray[np.int32]
    em: float

    def alone(self, numbers: Collection[int]) -> NDArray[np.uint8]:
        """The legible page, uint8 (H, W), with nothing on it but these strokes."""
        legible = self.page.legible
        return np.where(self._ink(numbers), legible, np.median(legible)).astype(np.uint8)

    def without(self, numbers: Collection[int]) -> StraightPage:
        """The page with paper where these strokes were."""
        ink = self._ink(numbers)
        pixels, legible = (
            np.where(ink, np.median(p), p).astype(np.uint8)
            for p in (self.page.pixels, self.page.legible)
        )
        return replace(self.page, pixels=pixels, legible=legible)

    def _ink(self, numbers: Collection[int]) -> NDArray[np.bool_]:
        """The strokes with their blur, bool, as large as the page."""
        own = np.isin(self.labels, list(numbers))
        rim = 2 * max(1, round(RIM_EM * self.em)) + 1
        ink = cv2.dilate(own.astype(np.uint8), np.ones((rim, rim), np.uint8))
        others = ((self.labels > 0) & ~own).astype(np.uint8)
        ink[cv2.dilate(others, np.ones((3, 3), np.uint8)) > 0] = 0
        height, width = self.page.pixels.shape
        return np.asarray(cv2.resize(ink, (width, height), interpolation=cv2.INTER_NEAREST) > 0)
