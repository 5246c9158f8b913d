"""The characters of a dark seal, read along its ring, and taken off the page.

By rule a seal's name stands in a band inside its ring, feet towards the centre
(国务院关于国家行政机关和企业事业单位社会团体印章管理的规定, 1999). Unrolled, the band is a line of
print like any other, and the print of the page slants through it. What reads as a character there
was stamped, and does not belong to the cell that it lies in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.ocr.port import Crop, TextEngine
from extractors.picture.layout import PageLayout
from extractors.picture.line_holes import LineHoles
from extractors.picture.seal_strokes import Eraser, Strokes, from_turn, strokes_around
from extractors.picture.seals import Seal
from extractors.picture.straighten import StraightPage

NAME = (0.5, 1.0)
"""Where the name stands, from the centre to the ring's inner edge, in shares of that."""
BANDS = (NAME, (0.6, 0.95), (0.65, 1.0))
"""Bands that are read: a recognizer wants a line that fills its crop, and names are of several
sizes, and stand nearer to the ring or farther."""
MIDDLE = 0.75
"""Radius at which a band keeps its proportions when it is unrolled."""
OVERLAP = 1 / 3
"""Share of the ring that is shown again at the end: the first character may begin anywhere."""
SURE = 0.8
"""Least probability of a character that was read along the ring."""
LARGEST = 0.36
"""Width of the largest characters in shares of the ring's inner radius."""
FEWEST = 3
"""Characters of a name stand evenly, as fewer do not show: print that reads upright at the top of
a ring stands anywhere."""
EVEN = 0.18
"""They stand within this share of their distance from where they should, as they are read."""
SKIPPED = 4
"""Between two that were read no more than so many less one were not."""
CLOSEST = 0.9
"""Distance of characters in widths of one: they do not overlap."""
HIGH = 0.6
"""Least height of the strokes of a character, in shares of the height of the name."""
SLACK = 0.12
"""A character's strokes may leave its square by this share of its width."""
ASIDE = 0.3
"""A recognizer places a character within this share of its width."""
PLACES = 13
"""So many places are tried within that."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """A character of a seal's name, at a turn clockwise from the seal's foot."""

    text: str
    turn: float


def without_seal_letters(
    page: StraightPage, layout: PageLayout, engine: TextEngine
) -> StraightPage | None:
    """The page without the characters of dark seals; ``None`` where none was read.

    Strokes that touch print stay, since which part is which a person must see, and so do those
    without which a line of print would have a hole.

    Args:
        page: Straight page.
        layout: Its layout.
        engine: Reads the names of seals.
    """
    dark = [s for s in layout.seals if s.is_dark]
    if not dark:
        return None
    _, labels, stats, _ = cv2.connectedComponentsWithStats(layout.print_mask, connectivity=8)
    boxes = np.concatenate([stats[:, :2], stats[:, :2] + stats[:, 2:4]], axis=1, dtype=np.float64)
    holes = LineHoles(boxes, [c.cell for t in layout.tables for c in t.cells], layout.em)
    eraser = Eraser(page, np.asarray(labels, np.int32), layout.em)
    stamped: set[int] = set()
    for seal in dark:
        letters = _stamped(eraser, seal, layout.scale, engine)
        taken = {n for own in letters for n in own}
        stamped |= taken.difference(*(holes.filled_by(own, taken) for own in letters))
    return eraser.without(stamped) if stamped else None


def _stamped(eraser: Eraser, seal: Seal, scale: float, engine: TextEngine) -> list[set[int]]:
    """Labels of the strokes that make each character of a seal, and nothing else."""
    name = _name(eraser.page.legible, seal, scale, engine)
    strokes = strokes_around(eraser.labels, seal, *(share * seal.inner for share in NAME))
    parts = _parts(strokes, name, seal.inner)
    if not parts:
        return []
    alone = eraser.alone({n for numbers, _ in parts.values() for n in numbers})
    again = _name(alone, seal, scale, engine)
    return [
        numbers
        for letter, (numbers, half) in parts.items()
        if any(o.text == letter.text and _is_near(o, letter, half) for o in again)
    ]


def _is_near(letter: _Letter, other: _Letter, reach: float) -> bool:
    return abs(float(from_turn(np.array(letter.turn), other.turn))) <= reach


def _name(pixels: NDArray[np.uint8], seal: Seal, scale: float, engine: TextEngine) -> list[_Letter]:
    """Characters that were read surely along the ring of a seal."""
    strips = [_unrolled(pixels, seal, scale, band) for band in BANDS]
    return [
        _Letter(c.text, c.x * (1 + OVERLAP) % 1.0)
        for reading in engine.read(strips)
        for c in reading.chars
        if c.is_chinese and c.probability >= SURE
    ]


def _unrolled(
    pixels: NDArray[np.uint8], seal: Seal, scale: float, band: tuple[float, float]
) -> Crop:
    """A band of a seal as a line of print, from the seal's foot clockwise."""
    radius = seal.inner / scale
    width = 2 * np.pi * MIDDLE * radius
    angles = 2 * np.pi * (0.25 + np.arange(round(width * (1 + OVERLAP))) / width)
    radii = np.arange(band[1] * radius, band[0] * radius, -1.0)[:, None]
    xs = (seal.x / scale + radii * np.cos(angles)).astype(np.float32)
    ys = (seal.y / scale + radii * np.sin(angles)).astype(np.float32)
    strip = cv2.remap(
        pixels, xs, ys, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=255
    )
    return np.asarray(strip, dtype=np.uint8)


def _parts(
    strokes: Strokes, name: Sequence[_Letter], inner: float
) -> dict[_Letter, tuple[set[int], float]]:
    """Labels of the strokes of each character, and half its width in turns.

    All characters of a name reach from one circle to another, and are as wide as they are high.
    """
    half = LARGEST / (2 * 2 * np.pi * MIDDLE)
    seen = [own for x in name for own in (strokes.within(x.turn, half),) if own.labels.size]
    if len(seen) < FEWEST:
        return {}
    near = float(np.median([own.near.min() for own in seen]))
    far = float(np.median([own.far.max() for own in seen]))
    height = min(far - near, LARGEST * inner)
    slack = SLACK * height
    band = strokes.chosen((strokes.near >= near - slack) & (strokes.far <= far + slack))
    width = height / (np.pi * (near + far))
    half = (0.5 + SLACK) * width
    aside = np.linspace(-ASIDE, ASIDE, PLACES) * width
    parts = {x: _fullest(band, x.turn + aside, half) for x in _evenly(name, CLOSEST * width)}
    return {
        x: (set(own.labels.tolist()), half)
        for x, own in parts.items()
        if own.labels.size and own.far.max() - own.near.min() >= HIGH * height
    }


def _evenly(name: Sequence[_Letter], closest: float) -> list[_Letter]:
    """The most characters that stand at one distance from each other, in turns."""
    turns = np.array([x.turn for x in name])
    best = np.zeros(len(name), np.bool_)
    most = (FEWEST - 1, 0.0)
    for first in turns:
        apart = np.abs(from_turn(turns, first))
        for distance in np.unique(apart[apart >= closest]):
            for steps in range(1, SKIPPED + 1):
                pitch = float(distance) / steps
                if pitch < closest:
                    break
                place = from_turn(turns, first) / pitch
                fits = np.abs(place - np.rint(place)) <= EVEN
                found = (np.unique(np.rint(place[fits])).size, pitch)
                if found > most:
                    best, most = fits, found
    return [x for x, fits in zip(name, best, strict=True) if fits]


def _fullest(strokes: Strokes, turns: NDArray[np.float64], half: float) -> Strokes:
    """The strokes at that of several places which holds most."""
    return max((strokes.within(float(t), half) for t in turns), key=lambda s: int(s.area.sum()))
