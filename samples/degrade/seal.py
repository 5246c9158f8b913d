"""The round seal: a ring of characters around a star, pressed over whatever is there."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from samples.degrade.ink import Page
from samples.fonts import Typeface, metrics

POINTS = 5
DARKEST_INK = 0.85
"""Share of light that the wettest stamp pad takes away."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal.

    Attributes:
        text: Characters around the ring.
        face: Their typeface.
        diameter: In pixels.
        colour: RGB 0..255.
        strength: Opacity, 0..1.
    """

    text: str
    face: Typeface
    diameter: int
    colour: tuple[int, int, int]
    strength: float


def stamp(page: Page, seal: Seal, centre: tuple[int, int], rng: np.random.Generator) -> Page:
    """Presses a seal onto a page, unevenly inked and a little turned.

    Args:
        page: Page.
        seal: Seal.
        centre: ``(x, y)`` in pixels.
        rng: Source of chance.
    """
    mask = _outline(seal, float(rng.uniform(-25, 25)))
    side = mask.shape[0]
    patches = cv2.resize(rng.random((9, 9)).astype(np.float32), (side, side), interpolation=1)
    grain = rng.random((side, side)).astype(np.float32)
    inked = mask * np.clip(0.5 + patches, 0, 1) * (0.75 + 0.25 * grain) * seal.strength
    x, y = centre[0] - side // 2, centre[1] - side // 2
    x0, y0 = max(x, 0), max(y, 0)
    x1, y1 = min(x + side, page.shape[1]), min(y + side, page.shape[0])
    if x0 >= x1 or y0 >= y1:
        return page
    out = page.copy()
    cover = inked[y0 - y : y1 - y, x0 - x : x1 - x, None]
    tint = 1 - cover * (1 - np.array(seal.colour, np.float32) / 255)
    out[y0:y1, x0:x1] = np.clip(out[y0:y1, x0:x1] * tint, 0, 255).astype(np.uint8)
    return out


def _outline(seal: Seal, turn_deg: float) -> NDArray[np.float32]:
    """Coverage 0..1 of the seal, square."""
    side = seal.diameter
    image = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(image)
    draw.ellipse((2, 2, side - 3, side - 3), outline=255, width=max(2, side // 45))
    radius = side * 0.12
    star = []
    for step in range(2 * POINTS):
        reach = radius if step % 2 == 0 else radius * 0.4
        angle = math.pi * step / POINTS - math.pi / 2
        star.append((side / 2 + reach * math.cos(angle), side / 2 + reach * math.sin(angle)))
    draw.polygon(star, fill=255)
    size = max(8, round(side * min(0.13, 1.9 / max(len(seal.text), 1))))
    index = metrics(seal.face).face_index
    font = ImageFont.truetype(str(seal.face.path), size, index=index)
    span = min(300, 24 * len(seal.text))
    for number, character in enumerate(seal.text):
        share = number / max(len(seal.text) - 1, 1) - 0.5
        _ring_character(image, character, font, share * span, side)
    turned = image.rotate(turn_deg, resample=Image.Resampling.BILINEAR)
    return np.asarray(turned, np.float32) * np.float32(DARKEST_INK / 255)


def _ring_character(
    image: Image.Image, character: str, font: ImageFont.FreeTypeFont, angle_deg: float, side: int
) -> None:
    layer = Image.new("L", image.size, 0)
    ImageDraw.Draw(layer).text(
        (side / 2, side * 0.135), character, fill=255, font=font, anchor="mm"
    )
    layer = layer.rotate(-angle_deg, resample=Image.Resampling.BILINEAR)
    image.paste(255, mask=layer)
