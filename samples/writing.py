"""Scanned pages into files: picture PDF, multi-page TIFF, JPEG, PNG."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from fpdf import FPDF
from PIL import Image

from samples.painting import CREATED
from samples.scan import POINTS_PER_INCH, Level, ScannedPages


def choose_suffix(level: Level, scanned: ScannedPages, rng: np.random.Generator) -> str:
    """A file type in which such scans are kept; several pages need one that holds them."""
    one = len(scanned.pages) == 1
    choices = {
        Level.CLEAN: [".pdf", ".pdf", ".tif", ".png" if one else ".pdf"],
        Level.OFFICE: [".pdf", ".tif", ".jpg" if one else ".pdf"],
        Level.PHOTO: [".jpg" if one else ".pdf"],
    }[level]
    if scanned.bilevel:
        choices = [".tif", ".tif", ".pdf"]
    return choices[int(rng.integers(len(choices)))]


def write_scan(path: Path, scanned: ScannedPages) -> None:
    """Writes the pages into one file of the path's type.

    Raises:
        ValueError: If the type holds one page only and there are several.
    """
    images = pictures(scanned)
    if path.suffix == ".pdf":
        path.write_bytes(picture_pdf(images, scanned))
    elif path.suffix == ".tif":
        _write_tiff(path, images, scanned)
    elif len(images) == 1:
        options: dict[str, Any] = {} if path.suffix == ".png" else {"quality": scanned.quality}
        images[0].save(path, dpi=(scanned.dpi, scanned.dpi), **options)
    else:
        raise ValueError(f"{path}: a {path.suffix} file holds one page only")


def picture_pdf(images: Sequence[Image.Image], scanned: ScannedPages) -> bytes:
    """A PDF whose pages are pictures and nothing else."""
    pdf = FPDF(unit="pt")
    pdf.set_auto_page_break(auto=False)
    pdf.set_creation_date(CREATED)
    for image in images:
        add_picture_page(pdf, image, scanned)
    return bytes(pdf.output())


def add_picture_page(pdf: FPDF, image: Image.Image, scanned: ScannedPages) -> None:
    """Adds a page that a picture fills."""
    width, height = (side * POINTS_PER_INCH / scanned.dpi for side in image.size)
    pdf.add_page(format=(width, height))
    if scanned.quality is None:
        pdf.image(image, x=0, y=0, w=width, h=height)
        return
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=scanned.quality)
    packed.seek(0)
    pdf.image(packed, x=0, y=0, w=width, h=height)


def pictures(scanned: ScannedPages) -> list[Image.Image]:
    """The pages as pictures of the fewest colours."""
    mode = "1" if scanned.bilevel else "L" if scanned.grey else "RGB"
    pages = [np.ascontiguousarray(page) for page in scanned.pages]
    return [Image.fromarray(page).convert(mode) for page in pages]


def _write_tiff(path: Path, images: Sequence[Image.Image], scanned: ScannedPages) -> None:
    """Fax compression for black and white, JPEG for the rest."""
    options: dict[str, Any] = {"compression": "group4"}
    if not scanned.bilevel:
        options = {"compression": "jpeg", "quality": scanned.quality}
    images[0].save(
        path,
        save_all=True,
        append_images=images[1:],
        dpi=(scanned.dpi, scanned.dpi),
        **options,
    )
