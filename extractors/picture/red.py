"""Red seals taken off a colour picture by their colour.

Inks laid over each other dim each channel by their product (Beer and Lambert), so that what a seal
takes from red is in proportion to what it takes from green and blue beyond that, and the rest is
print: colour deconvolution (Ruifrok and Johnston, Anal. Quant. Cytol. Histol. 23, 2001) for one ink
besides black. Chinese seals are red by rule.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

REDDISH = 0.08
"""A pixel is red if its red channel is brighter than the others by this share of white: colour
noise of JPEG at the edges of black print stays below."""
STRONG = 0.25
"""Where red is denser than this, natural logarithms, a pixel shows the ink and not its edge."""
MIN_PIXELS = 200
"""Fewer such pixels do not show the ink's colour."""
MOST_IN_RED = 1.0
"""An ink that dims red by more than this share of what it dims green beyond it is not red."""
FRINGE_PX = 3
"""Side of the square whose reddest pixel counts: JPEG stores colours for two pixels together, so
that edges of the ink are less red than they are dark."""
GRAIN_PX = 8
PAPER_GRAINS = 8
"""Paper is the brightest mean of small squares, free of noise, within squares of so many of these:
some characters at 300 dpi, less than a shadow's edge."""


def without_red(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Grey picture in which a red seal is as bright as paper.

    Black print and the blue or black ink of a tick stay dark.

    Args:
        pixels: uint8 (H, W, 3) RGB.
    """
    red, green, blue = cv2.split(pixels)
    grey = np.asarray(cv2.max(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), red), dtype=np.uint8)
    is_red = cv2.subtract(red, cv2.max(green, blue)) > REDDISH * 255
    ink = _inside(is_red)
    if int(ink.sum()) >= MIN_PIXELS:
        x, y, width, height = cv2.boundingRect(is_red.astype(np.uint8))
        place = slice(y, y + height), slice(x, x + width)
        grey[place] = cv2.max(grey[place], _bare(pixels[place], is_red[place], ink[place]))
    return grey


def _inside(is_red: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What touches no side of the picture; the desk around a sheet does, and tinted paper.

    There is more of these than of any seal, and their colour is no ink's. Of a seal that a side
    cuts the characters stand free.
    """
    count, labels = cv2.connectedComponents(is_red.astype(np.uint8), connectivity=8)
    is_inside = np.ones(count, np.bool_)
    for side in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        is_inside[side] = False
    return np.asarray(is_red & is_inside[labels], np.bool_)


def _bare(
    pixels: NDArray[np.uint8], is_red: NDArray[np.bool_], ink: NDArray[np.bool_]
) -> NDArray[np.uint8]:
    """Red channel of a stretch (H, W, 3) without the red ink; 0 where there was none.

    Args:
        pixels: RGB.
        is_red: Where any red was found.
        ink: Where that shows the ink's colour.
    """
    paper = _paper(pixels)
    found = np.maximum(pixels, 1).astype(np.float32)
    density = np.log(np.maximum(paper / found, 1.0))
    redness = np.where(is_red, density[:, :, 1:].min(axis=2) - density[:, :, 0], 0)
    strong = (redness > STRONG) & ink
    if int(strong.sum()) < MIN_PIXELS:
        return np.zeros(is_red.shape, np.uint8)
    in_red = min(float(np.median(density[strong, 0] / redness[strong])), MOST_IN_RED)
    # More of a seal lies on paper than on print, which looks redder than any ink where the colour
    # beside it is stored for it too.
    redness = np.minimum(redness, np.median(redness[strong])).astype(np.float32)
    redness = cv2.dilate(redness, np.ones((FRINGE_PX, FRINGE_PX), np.uint8))
    bare = np.minimum(found[:, :, 0] * np.exp(in_red * redness), paper[:, :, 0])
    return np.where(redness > 0, bare, 0).astype(np.uint8)


def _paper(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Colour of the paper at every pixel, float32 (H, W, 3)."""
    height, width = pixels.shape[:2]
    size = (max(width // GRAIN_PX, 1), max(height // GRAIN_PX, 1))
    grains = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    brightest = cv2.dilate(grains, np.ones((PAPER_GRAINS, PAPER_GRAINS), np.uint8))
    smooth = cv2.resize(brightest, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(smooth, dtype=np.float32)
