"""Command: how often a rare character stands where the recognizer puts a common one first.

``python -m bench.rare_characters [--lines 1200] [--seed 1] [--share 0.003]`` prints lines of
characters out of GB 2312 in every typeface, blurred, noisy, some in black and white, has PP-OCRv6
small read them, and looks at the places where it saw a rare character (level two, which stands
apart in that standard for being rare) that PP-OCRv6 tiny does not know beside a common one. A
logistic regression (Newton's method) gives what `extractors.ocr.witness` makes of such a place.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import click
import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from extractors.ocr.port import Char, Reading
from extractors.ocr.priors import SECOND_LEVEL
from extractors.ocr.rapid import recognizers
from samples.fonts import TYPEFACES, Typeface, installed, metrics

GLYPH_PX = 48
PAD_PX = 12
HEIGHT_PX = 64
"""Characters are drawn large and then made small, as a scanner does."""
LINE = 10
RARE_SHARE = 0.7
"""Characters of a line, and the share of lines that hold a rare one."""
EMS_PX = (22, 26, 30, 38)
BLUR_PX = (0.3, 1.1)
NOISE = 12.0
"""Text heights, blur and noise of scans of 150 to 300 dpi."""
BLACK_AND_WHITE = 0.3
THRESHOLDS = (110.0, 190.0)
"""Share of lines in black and white, and where they are cut."""
ROUNDS = 40
BUCKETS = (0.02, 0.05, 0.1, 0.2, 1.0)


@dataclass(frozen=True, slots=True)
class Place:
    """A common character read first, with an unknown rare one beside it.

    Attributes:
        log_odds: Of the rare one against the common one, as the recognizer has it.
        probability: Of the rare one, 0..1.
        is_rare: Whether the rare one was printed; else the common one was.
    """

    log_odds: float
    probability: float
    is_rare: bool


@click.command()
@click.option("--lines", default=1200, show_default=True, help="lines in each typeface")
@click.option("--seed", default=1, show_default=True)
@click.option("--share", default=0.003, show_default=True, help="of rare characters in real forms")
def main(lines: int, seed: int, share: float) -> None:
    """Prints the counts, and the fitted line."""
    first, second = recognizers()
    rng, noise = random.Random(seed), np.random.default_rng(seed)
    places: list[Place] = []
    printed = {True: 0, False: 0}
    for face in installed(TYPEFACES):
        common, rare = (_drawn(level, face, first.characters) for level in (_level(1), _level(2)))
        for _ in range(lines):
            chars = rng.sample(common, LINE - 1)
            chars += rng.sample(rare if rng.random() < RARE_SHARE else common, 1)
            rng.shuffle(chars)
            for c in chars:
                printed[c in rare] += 1
            reading = first.read(_scanned("".join(chars), face, rng, noise))
            places += _places(chars, reading, set(common), set(rare) - second.characters)
    weights = {True: share / printed[True], False: (1 - share) / printed[False]}
    for low, high in pairwise(BUCKETS):
        inside = [p for p in places if low <= p.probability < high]
        rare_ones = sum(p.is_rare for p in inside)
        mass = {r: weights[r] * sum(p.is_rare is r for p in inside) for r in (True, False)}
        click.echo(
            f"{low:4.2f} to {high:4.2f}: common {len(inside) - rare_ones:4d}, rare {rare_ones:4d}, "
            f"probability of the rare one {mass[True] / max(sum(mass.values()), 1e-12):.2f}"
        )
    shift, slope = _fitted(places, weights)
    click.echo(f"log odds = {shift:.2f} + {slope:.2f} x those of the recognizer")


def _level(number: int) -> list[str]:
    """Characters of a level of GB 2312 (rows 16 to 55, and 56 to 87)."""
    rows = range(0xB0, SECOND_LEVEL) if number == 1 else range(SECOND_LEVEL, 0xF8)
    cells = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    return [c for c in (b.decode("gb2312", "ignore") for b in cells) if c]


def _drawn(chars: list[str], face: Typeface, known: frozenset[str]) -> list[str]:
    return [c for c in chars if c in known and ord(c) in metrics(face).advances]


def _scanned(
    text: str, face: Typeface, rng: random.Random, noise: np.random.Generator
) -> NDArray[np.uint8]:
    """A line as a scanner gives it, uint8 (H, W)."""
    font = ImageFont.truetype(str(face.path), GLYPH_PX, index=metrics(face).face_index)
    image = Image.new("L", (GLYPH_PX * len(text) + 2 * PAD_PX, HEIGHT_PX), 255)
    ImageDraw.Draw(image).text((PAD_PX, PAD_PX // 2), text, font=font, fill=20)
    scale = rng.choice(EMS_PX) / GLYPH_PX
    ink = cv2.GaussianBlur(np.asarray(image, np.float32), (0, 0), rng.uniform(*BLUR_PX) / scale)
    ink = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = np.clip(ink + noise.normal(0, rng.uniform(0, NOISE), ink.shape), 0, 255)
    if rng.random() < BLACK_AND_WHITE:
        ink = np.where(ink < rng.uniform(*THRESHOLDS), 0.0, 255.0)
    return ink.astype(np.uint8)


def _places(
    chars: list[str], reading: Reading, common: set[str], rare: set[str]
) -> Iterator[Place]:
    width = GLYPH_PX * len(chars) + 2 * PAD_PX
    for i, printed in enumerate(chars):
        x = (PAD_PX + GLYPH_PX * (i + 0.5)) / width
        near = [c for c in reading.chars if abs(c.x - x) * width < GLYPH_PX / 2]
        if len(near) == 1 and near[0].text in common:
            yield from _place(near[0], printed, rare)


def _place(read: Char, printed: str, rare: set[str]) -> Iterator[Place]:
    other = next(((t, p) for t, p in read.others if t in rare), None)
    if other is not None and printed in (read.text, other[0]):
        log_odds = float(np.log(other[1] / read.probability))
        yield Place(log_odds, other[1], printed == other[0])


def _fitted(places: list[Place], weights: dict[bool, float]) -> tuple[float, float]:
    """Shift and slope of the weighted logistic regression."""
    x = np.array([[1.0, p.log_odds] for p in places])
    y = np.array([p.is_rare for p in places], np.float64)
    w = np.array([weights[p.is_rare] for p in places])
    w /= w.mean()
    line = np.zeros(2)
    for _ in range(ROUNDS):
        q = 1 / (1 + np.exp(-x @ line))
        line -= np.linalg.solve((x.T * (w * q * (1 - q))) @ x, x.T @ (w * (q - y)))
    return float(line[0]), float(line[1])


if __name__ == "__main__":
    main()
