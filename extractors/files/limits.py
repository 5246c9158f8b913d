"""How large a file or page may be: checked before anything is decoded or rendered.

A page of 200 inches is legal PDF and a few hundred bytes of PNG may unpack to gigabytes, so
sizes are read from headers first.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from extractors.files.failures import FileProblem, failure

POINTS_PER_INCH = 72.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Upper bounds for untrusted files.

    Attributes:
        max_file_bytes: Size of the file.
        max_pages: Pages of one file; a year's archive of a department has some hundreds.
        max_page_points: Longer side of a PDF page. 10,000 pt are 3.5 m; phone scanners write
            one point per pixel and so reach 8,000.
        max_page_pixels: Pixels of one page, as stored or as rendered. A3 at 400 dpi has
            31 million, a large phone photograph 50 million.
    """

    max_file_bytes: int = 512 * 1024 * 1024
    max_pages: int = 2000
    max_page_points: float = 10_000.0
    max_page_pixels: int = 80_000_000


DEFAULT_LIMITS = Limits()


def check_page_size(
    width_pt: float, height_pt: float, dpi: float, limits: Limits, *, path: Path, page: int
) -> None:
    """Refuses a PDF page that is too large to render.

    Args:
        width_pt: Width in points.
        height_pt: Height in points.
        dpi: Resolution it would be rendered at.
        limits: Bounds.
        path: For the message.
        page: For the message, counted from 1.

    Raises:
        LimitExceededError: ``page_too_large``.
    """
    scale = dpi / POINTS_PER_INCH
    pixels = width_pt * scale * height_pt * scale
    if max(width_pt, height_pt) > limits.max_page_points or pixels > limits.max_page_pixels:
        detail = f"{width_pt:.0f} × {height_pt:.0f} pt"
        raise failure(FileProblem.PAGE_TOO_LARGE, path, page=page, detail=detail)


@contextmanager
def decompression_guard(limits: Limits) -> Iterator[None]:
    """Makes Pillow refuse pictures above the pixel budget while the block runs."""
    before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = limits.max_page_pixels
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    finally:
        Image.MAX_IMAGE_PIXELS = before
