"""A page before it is read: its pixels, and the port behind which every kind of file stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extractors.evidence import PageKind
from extractors.files.limits import POINTS_PER_INCH

A4_WIDTH_INCH = 8.27
# Resolutions between which text of forms can be read and more would only cost time.
MIN_RENDER_DPI, MAX_RENDER_DPI = 150.0, 400.0
DEFAULT_RENDER_DPI = 200.0
# Paper from A6 up to A2; anything else is a wrong entry in the metadata.
MIN_PAPER_SHORT_SIDE_INCH, MAX_PAPER_SHORT_SIDE_INCH = 3.9, 17.0


@dataclass(frozen=True, slots=True)
class PageImage:
    """Pixels of a page as displayed upright.

    Attributes:
        pixels: uint8, shape (H, W, 3), RGB.
        dpi: Pixels per inch of paper; estimated from A4 where the file does not say.
    """

    pixels: NDArray[np.uint8]
    dpi: float


class PageSource(Protocol):
    """One page of a file, read when it is asked for."""

    @property
    def number(self) -> int:
        """Page in the file, counted from 1."""

    @property
    def kind(self) -> PageKind:
        """How the page must be read."""

    def render(self, dpi: float | None = None) -> PageImage:
        """The page as pixels.

        Args:
            dpi: Resolution wanted; ``None`` for the one the page was made at, held between
                150 and 400.

        Raises:
            InputFileError: ``page_too_large``, ``page_failed``, ``image_damaged``.
        """


def plausible_dpi(width_px: int, height_px: int, stated_dpi: float | None) -> float:
    """The stated resolution where it gives a sheet of paper, else the one that gives A4.

    Args:
        width_px: Width in pixels.
        height_px: Height in pixels.
        stated_dpi: What the file says, if it says anything.

    Returns:
        Dots per inch.
    """
    short = min(width_px, height_px)
    if stated_dpi:
        inches = short / stated_dpi
        if MIN_PAPER_SHORT_SIDE_INCH <= inches <= MAX_PAPER_SHORT_SIDE_INCH:
            return stated_dpi
    return short / A4_WIDTH_INCH


def page_image(picture: Image.Image, dpi: float) -> PageImage:
    """Wraps an RGB picture."""
    return PageImage(np.asarray(picture.convert("RGB"), dtype=np.uint8), dpi)


def points_to_pixels(dpi: float) -> float:
    """Scale from points to pixels."""
    return dpi / POINTS_PER_INCH
