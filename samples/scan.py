"""From a born-digital file to scans of it: which degrading steps each level takes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pypdfium2 as pdfium

from samples.degrade.geometry import desk_top, photograph, quarter_turn, rotate
from samples.degrade.ink import Page, bleed_through, break_rulings, fade, speckle
from samples.degrade.seal import Seal, stamp
from samples.degrade.sensor import blur, noise, shade, to_bilevel, to_grey, tone
from samples.fonts import NOTO_SANS
from samples.lexicon import chance, pick

POINTS_PER_INCH = 72
CLEAN_DPI, OFFICE_DPI = 300, 200
PHOTO_DPI = (150, 201)
SEAL_CM = (3.8, 4.5)
CM_PER_INCH = 2.54
BILEVEL_PALING = 0.3
"""Share of the usual paling before a page is made black and white, else its rulings vanish."""
RED, GREY = (205, 25, 35), (110, 110, 110)


class Level(StrEnum):
    """How a declaration reaches the archive."""

    DIGITAL = "digital"
    CLEAN = "clean"
    OFFICE = "office"
    PHOTO = "photo"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class ScannedPages:
    """Pictures of all pages of a file.

    Attributes:
        pages: uint8 (height, width, 3) RGB each.
        dpi: Resolution to be written into the file.
        bilevel: Whether the pictures are black and white.
        grey: Whether they have no colour.
        quality: JPEG quality, 1..100; ``None`` where nothing is lost.
    """

    pages: tuple[Page, ...]
    dpi: int
    bilevel: bool = False
    grey: bool = False
    quality: int | None = None


def rasterize(pdf: bytes, dpi: int) -> list[Page]:
    """Every page of a PDF as uint8 (height, width, 3) RGB."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [
            np.ascontiguousarray(page.render(scale=dpi / POINTS_PER_INCH).to_numpy()[..., ::-1])
            for page in document
        ]
    finally:
        document.close()


def scan(
    pdf: bytes, level: Level, rng: np.random.Generator, *, owner: str, turn_deg: int
) -> ScannedPages:
    """Scans a printed file.

    Args:
        pdf: Born-digital file.
        level: `Level.CLEAN`, `Level.OFFICE` or `Level.PHOTO`.
        rng: Source of chance.
        owner: Name in the seal.
        turn_deg: Clockwise turn of every page, 0, 90, 180 or 270.
    """
    makers = {Level.CLEAN: _clean, Level.OFFICE: _office, Level.PHOTO: _photo}
    scanned = makers[level](pdf, rng, owner)
    turned = tuple(quarter_turn(p, turn_deg) for p in scanned.pages)
    return ScannedPages(turned, scanned.dpi, scanned.bilevel, scanned.grey, scanned.quality)


def _clean(pdf: bytes, rng: np.random.Generator, owner: str) -> ScannedPages:
    """A well-kept scanner: 300 dpi, hardly any noise, at most 0.3° of skew."""
    del owner
    grey = chance(rng, 0.5)
    pages = []
    for page in rasterize(pdf, CLEAN_DPI):
        turned = rotate(page, float(rng.uniform(-0.3, 0.3)))
        seen = noise(tone(turned, float(rng.uniform(246, 255)), 0.97), rng, 1.5, grey=grey)
        pages.append(to_grey(seen) if grey else seen)
    return ScannedPages(tuple(pages), CLEAN_DPI, grey=grey, quality=int(rng.integers(85, 96)))


def _office(pdf: bytes, rng: np.random.Generator, owner: str) -> ScannedPages:
    """The office copier: 200 dpi, skew up to 1.5°, seals, worn rulings, strong compression."""
    sheets = rasterize(pdf, OFFICE_DPI)
    bilevel = chance(rng, 0.2)
    grey = bilevel or chance(rng, 0.35)
    sealed = int(rng.integers(len(sheets))) if chance(rng, 0.4) else -1
    worn = chance(rng, 0.35)
    reverse_strength = float(rng.uniform(0.04, 0.14)) if chance(rng, 0.3) else 0.0
    paling = BILEVEL_PALING if bilevel else 1.0
    faint, gaps = float(rng.uniform(0.1, 0.55)) * paling, float(rng.uniform(0.02, 0.1))
    faded = float(rng.uniform(0, 0.3)) * paling
    threshold = float(rng.uniform(0.68, 0.86))
    pages = []
    for index, sheet in enumerate(sheets):
        page = sheet
        if worn:
            page = break_rulings(page, rng, faint=faint, gaps=gaps)
        page = fade(page, faded)
        if index == sealed:
            page = _seal(page, rng, owner, OFFICE_DPI)
        if reverse_strength:
            page = bleed_through(page, sheets[index - 1], reverse_strength)
        page = rotate(page, float(rng.uniform(-1.5, 1.5)))
        page = blur(page, float(rng.uniform(0.3, 0.75)))
        page = tone(page, float(rng.uniform(225, 252)), float(rng.uniform(0.85, 0.97)))
        page = speckle(page, rng, float(rng.uniform(0, 25)))
        page = noise(page, rng, float(rng.uniform(2, 7)), grey=grey)
        if bilevel:
            page = to_bilevel(page, threshold)
        pages.append(to_grey(page) if grey else page)
    quality = None if bilevel else int(rng.integers(40, 86))
    return ScannedPages(tuple(pages), OFFICE_DPI, bilevel, grey, quality)


def _photo(pdf: bytes, rng: np.random.Generator, owner: str) -> ScannedPages:
    """A telephone held over the sheet: perspective, shadow, soft focus, a desk around it."""
    dpi = int(rng.integers(*PHOTO_DPI))
    desk = desk_top(rng) if chance(rng, 0.5) else None
    sealed = chance(rng, 0.2)
    pages = []
    for index, sheet in enumerate(rasterize(pdf, dpi)):
        page = _seal(sheet, rng, owner, dpi) if sealed and index == 0 else sheet
        page = photograph(
            page,
            rng,
            tilt=float(rng.uniform(0.004, 0.022)),
            skew_deg=float(rng.uniform(-2.6, 2.6)),
            desk=desk,
        )
        page = tone(page, float(rng.uniform(225, 250)), float(rng.uniform(0.8, 0.93)))
        page = shade(page, rng, float(rng.uniform(0.1, 0.45)))
        page = blur(page, float(rng.uniform(0.35, 0.8)))
        pages.append(noise(page, rng, float(rng.uniform(1.5, 5)), grey=False))
    return ScannedPages(tuple(pages), dpi, quality=int(rng.integers(60, 91)))


def _seal(page: Page, rng: np.random.Generator, owner: str, dpi: int) -> Page:
    height, width = page.shape[:2]
    seal = Seal(
        text=owner,
        face=NOTO_SANS,
        diameter=round(float(rng.uniform(*SEAL_CM)) / CM_PER_INCH * dpi),
        colour=pick(rng, [RED, RED, RED, GREY]),
        strength=float(rng.uniform(0.55, 0.95)),
    )
    centre = (int(rng.uniform(0.2, 0.85) * width), int(rng.uniform(0.15, 0.85) * height))
    return stamp(page, seal, centre, rng)
