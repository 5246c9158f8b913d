"""How the figures of a page are printed: learned from those that stand clear of everything.

All figures of a typeface take the same room, and a point or a comma takes its own, so that the
place of each in a number shows by where that begins and ends, though they touch.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from extractors.ocr.port import Char, Reading
from extractors.picture.hidden import placed_on
from extractors.picture.lines import LineBox, ink_pieces

FIGURES = "0123456789"
POINTS = ",."
SURE = 0.9
"""Least probability of a character that is learned from."""
FEWEST = 4
"""So many numbers show how much room a figure takes."""
HEIGHT = 0.1
"""Figures of the same print differ in height by no more than this share of it."""
BELOW = 0.3
"""A comma goes down below the figures by less than this share of their height."""
ROOM = (0.35, 0.9)
"""Room of a figure in shares of its height: those of other print are set apart."""
ASIDE_EM = 0.38
"""A figure, half as wide as a character, reaches no farther from where the recognizer places it."""
END_EM = 0.25
"""Half a figure."""
OFF = 0.2
"""A number is as wide as its figures tell but for this share of one: 1 is narrower than others."""
SHIFT = 0.2
"""Pictures of a figure are laid over one another by moving them up to this share of its room."""
UNLIKE = 0.25
"""Share of the ink of two pictures of one figure that is in one of them only; of one in another
typeface it is more."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One figure, point or comma.

    Attributes:
        ink: Mean darkness in its room, float32 (H, W), 0..1; all of a page have the same rows.
        room: Width of its room, pixels.
    """

    ink: NDArray[np.float32]
    room: float


@dataclass(frozen=True, slots=True)
class Number:
    """A number in clear print, in pixels of the page; alone on its line or not."""

    text: str
    x0: int
    x1: int
    top: int
    height: int
    alone: bool


def numbers_of(
    readings: Mapping[LineBox, Reading], mask: NDArray[np.uint8], em: float
) -> list[Number]:
    """Numbers that were read surely, as high as most.

    Args:
        readings: Lines that no seal touches.
        mask: Printed pixels, uint8 (H, W), 0 or 1.
        em: Text height in pixels.
    """
    numbers = [n for line, r in readings.items() for n in _numbers(r, line, mask, em)]
    height = float(np.median([n.height for n in numbers])) if numbers else 0.0
    return [n for n in numbers if abs(n.height - height) <= max(1.0, HEIGHT * height)]


def learned(numbers: Sequence[Number], ink: NDArray[np.float32]) -> dict[str, Shape]:
    """The figures, points and commas of some numbers; none where these are too few.

    Args:
        numbers: Of one height.
        ink: Darkness, float32 (H, W), 0..1.
    """
    if len(numbers) < FEWEST:
        return {}
    height = float(np.median([n.height for n in numbers]))
    rooms = _rooms(numbers)
    if rooms is None or not ROOM[0] * height <= rooms[0] <= ROOM[1] * height:
        return {}
    parts = defaultdict(list)
    # The places in a long number are surer than that of a figure by itself.
    for n in sorted(numbers, key=lambda n: (not n.alone, -len(n.text))):
        for text, x in _places(n, rooms):
            parts[text].append((x, n.top))
    drawn = {
        text: _shape(places, ink, round(height), rooms[text in POINTS])
        for text, places in parts.items()
    }
    shapes = {text: shape for text, shape in drawn.items() if shape is not None}
    for turned, seen in (("6", "9"), ("9", "6")):
        if seen in shapes and turned not in shapes:
            shapes[turned] = _turned(shapes[seen], round(height))
    return shapes


def _turned(shape: Shape, height: int) -> Shape:
    """The figure upside down: 6 and 9 are one shape in every typeface for text."""
    ink = np.zeros_like(shape.ink)
    ink[: height + 2] = shape.ink[height + 1 :: -1, ::-1]
    return Shape(ink, shape.room)


def _numbers(reading: Reading, line: LineBox, mask: NDArray[np.uint8], em: float) -> list[Number]:
    """Numbers in a line that were read surely."""
    placed = placed_on(line, reading, em)
    band = mask[line.y0 : line.y1, line.x0 : line.x1]
    pieces = list(ink_pieces(band, 1))
    whole, reach = reading.text.strip(), ASIDE_EM * em
    found = []
    for run in _runs(reading):
        low, high = (placed.x(c) - line.x0 for c in (run[0], run[-1]))
        own = [p for p in pieces if low - reach <= (p.x0 + p.x1) / 2 <= high + reach]
        if not own or own[0].x0 < low - reach or own[-1].x1 > high + reach:
            continue
        x0, x1 = own[0].x0, own[-1].x1
        text = "".join(c.text for c in run)
        top, foot = _high(band[:, x0:x1], max(2, round(END_EM * em)))
        found.append(
            Number(text, line.x0 + x0, line.x0 + x1, line.y0 + top, foot - top, text == whole)
        )
    return found


def _runs(reading: Reading) -> list[list[Char]]:
    """Figures that stand side by side, with the points between them."""

    def is_sure(char: Char) -> bool:
        return char.text in FIGURES + POINTS and char.probability >= SURE

    runs = []
    for is_number, chars in itertools.groupby(reading.chars, key=is_sure):
        run = list(chars) if is_number else []
        while run and run[-1].text in POINTS:
            run.pop()
        if run and run[0].text in FIGURES:
            runs.append(run)
    return runs


def _high(band: NDArray[np.uint8], end: int) -> tuple[int, int]:
    """First row of a number and the one behind its last: a figure is at both ends, no comma."""
    rows = np.flatnonzero((band[:, :end] | band[:, -end:]).any(axis=1))
    return int(rows[0]), int(rows[-1]) + 1


def _rooms(numbers: Sequence[Number]) -> tuple[float, float, float] | None:
    """Room of a figure and of a point, and what of these is blank at both ends, pixels.

    By least squares over the widths of all numbers, those left out that do not fit: of other
    typefaces, or cut wrongly.
    """
    kept = list(numbers)
    while len(kept) >= FEWEST:
        points = [sum(t in POINTS for t in n.text) for n in kept]
        rows = np.array(
            [(len(n.text) - p, p, -1) for p, n in zip(points, kept, strict=True)], float
        )
        widths = np.array([n.x1 - n.x0 for n in kept], float)
        solved, *_ = np.linalg.lstsq(rows, widths, rcond=None)
        off = np.abs(rows @ solved - widths)
        if off.max() <= OFF * solved[0]:
            figure, point, blank = (float(v) for v in solved)
            return figure, point, blank
        del kept[int(off.argmax())]
    return None


def _places(number: Number, rooms: tuple[float, float, float]) -> list[tuple[str, float]]:
    """Where the room of each character of a number begins, between its two ends."""
    widths = [rooms[text in POINTS] for text in number.text]
    stretch = (number.x1 - number.x0 + rooms[2]) / sum(widths)
    starts = number.x0 - rooms[2] / 2 + stretch * np.cumsum([0.0, *widths[:-1]])
    return list(zip(number.text, starts.tolist(), strict=True))


def _shape(
    places: Sequence[tuple[float, int]], ink: NDArray[np.float32], height: int, room: float
) -> Shape | None:
    """The mean of all pictures of a figure that are like the first; ``None`` without any.

    Args:
        places: Where the room of each begins and its row; the most certain first.
        ink: Darkness, float32 (H, W).
        height: Of a figure, pixels.
        room: Its width, pixels.
    """
    rows = 2 + height + max(1, round(BELOW * height))
    width, reach = max(round(room), 1), max(1, round(SHIFT * room))
    views = []
    for x, top in places:
        left = round(x) - reach
        view = ink[top - 1 : top - 1 + rows, max(left, 0) : left + width + 2 * reach]
        if view.shape == (rows, width + 2 * reach) and view.any():
            views.append(_centred(view, width))
    if not views:
        return None
    first = views[0][:, reach : reach + width]
    moved = [
        min((v[:, a : a + width] for a in range(2 * reach + 1)), key=partial(_unlike, first))
        for v in views
    ]
    alike = [v for v in moved if _unlike(first, v) <= UNLIKE]
    return Shape(np.asarray(np.mean(alike, axis=0), np.float32), room)


def _centred(view: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """A figure in the middle of its picture: its room ends where there is least ink.

    Args:
        view: float32 (H, W), the room of a figure and as much on both sides.
        width: Of its room, pixels.
    """
    reach = (view.shape[1] - width) // 2
    moves = range(-reach, reach + 1)
    # Two columns at either end: the hollow of a figure is no wider than one.
    columns = np.convolve(np.pad(view.sum(axis=0), 1), (1, 1), "valid")
    ends = [float(columns[reach + a] + columns[reach + a + width]) for a in moves]
    move = min(moves, key=lambda a: (round(ends[a + reach], 1), abs(a)))
    padded = np.pad(view, ((0, 0), (reach, reach)))
    return np.asarray(padded[:, reach + move : reach + move + view.shape[1]], np.float32)


def _unlike(first: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Share of the ink of two pictures that is in one of them only, 0..1."""
    return float(np.abs(first - other).sum() / max(float((first + other).sum()), 1.0))
