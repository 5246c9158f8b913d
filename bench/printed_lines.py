"""Lines of print as scanners give them, in every typeface, for fits that need many of them."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from extractors.ocr.port import Char, Reading
from samples.declaration import lay_out
from samples.fonts import Typeface, metrics
from samples.streams import generator_for

GLYPH_PX = 48
PAD_PX = 12
HEIGHT_PX = 64
"""Characters are drawn large and then made small, as a scanner does."""
LINE = re.compile("[一-龥，。、；：（）《》]{10}")
"""All as wide as high, so that their places are known."""
SENTENCES_OF = range(0, 160, 2)
"""Seeds of the declarations whose sentences are printed; odd ones are for measuring only."""
EMS_PX = (22, 26, 30, 38)
BLUR_PX = (0.3, 1.1)
NOISE = 12.0
"""Text heights, blur and noise of scans of 150 to 300 dpi."""
BLACK_AND_WHITE = 0.3
THRESHOLDS = (110.0, 190.0)
"""Share of lines in black and white, and where they are cut."""


def sentences() -> list[str]:
    """Pieces of the long texts of invented declarations, each once."""
    found: set[str] = set()
    for seed in SENTENCES_OF:
        for text in lay_out(generator_for(seed, "print")).values.values():
            found.update(LINE.findall(text) if isinstance(text, str) else ())
    return sorted(found)


def printable(pieces: Sequence[str], face: Typeface) -> list[str]:
    """Those of some pieces whose characters a typeface has."""
    return [s for s in pieces if all(ord(c) in metrics(face).advances for c in s)]


def scanned(
    text: str, face: Typeface, rng: random.Random, noise: np.random.Generator, *, worse: float = 1.0
) -> NDArray[np.uint8]:
    """A line as a scanner gives it.

    Args:
        text: Characters as wide as high.
        face: In which it is printed.
        rng: Chooses the scan.
        noise: Draws its noise.
        worse: How much smaller the print is, beside the same blur, how much stronger the noise, and
            how much farther the cut into black and white strays.

    Returns:
        uint8 (H, W), 0 black.
    """
    font = ImageFont.truetype(str(face.path), GLYPH_PX, index=metrics(face).face_index)
    image = Image.new("L", (GLYPH_PX * len(text) + 2 * PAD_PX, HEIGHT_PX), 255)
    ImageDraw.Draw(image).text((PAD_PX, PAD_PX // 2), text, font=font, fill=20)
    scale = rng.choice(EMS_PX) / GLYPH_PX / worse
    blur = rng.uniform(*BLUR_PX) / scale
    ink = cv2.GaussianBlur(np.asarray(image, np.float32), (0, 0), blur)
    ink = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = np.clip(ink + noise.normal(0, worse * rng.uniform(0, NOISE), ink.shape), 0, 255)
    if rng.random() < BLACK_AND_WHITE:
        middle, reach = sum(THRESHOLDS) / 2, worse * (THRESHOLDS[1] - THRESHOLDS[0]) / 2
        ink = np.where(ink < rng.uniform(middle - reach, middle + reach), 0.0, 255.0)
    return ink.astype(np.uint8)


def chars_at(place: int, count: int, reading: Reading) -> list[Char]:
    """What was read at a place of a line of so many characters."""
    width = GLYPH_PX * count + 2 * PAD_PX
    x = (PAD_PX + GLYPH_PX * (place + 0.5)) / width
    return [c for c in reading.chars if abs(c.x - x) * width < GLYPH_PX / 2]
