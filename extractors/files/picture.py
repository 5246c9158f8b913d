"""Picture files: every mode and orientation becomes upright RGB over white."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from extractors.evidence import PageKind
from extractors.files.failures import FileProblem, failure
from extractors.files.kind import FileKind
from extractors.files.limits import Limits, decompression_guard
from extractors.files.page import MAX_RENDER_DPI, PageImage, page_image, plausible_dpi

MIN_SIDE_PX = 100  # a form of A4 has at least 50 lines; below two pixels a line nothing is text
_PILLOW_ERRORS = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError)


@dataclass(frozen=True, slots=True)
class PictureSource:
    """A picture file; only TIFF has more than one page."""

    path: Path
    sha256: str
    data: bytes
    limits: Limits
    page_count: int
    kind: FileKind = FileKind.PICTURE

    @property
    def byte_size(self) -> int:
        """Bytes of the file."""
        return len(self.data)

    def page(self, number: int) -> PicturePage:
        """The page, counted from 1.

        Raises:
            InputFileError: ``image_too_small``, ``page_too_large``, ``image_damaged``.
        """
        page = PicturePage(number, self)
        page.check()
        return page

    def close(self) -> None:
        """Nothing is held open."""


@dataclass(frozen=True, slots=True)
class PicturePage:
    """One frame of a picture file."""

    number: int
    source: PictureSource

    @property
    def kind(self) -> PageKind:
        """Always a picture."""
        return PageKind.PICTURE

    def check(self) -> None:
        """Raises where the frame is too small or too large, without decoding it."""
        self._picture(decode=False)

    def render(self, dpi: float | None = None) -> PageImage:
        """The frame upright; at its own resolution, at most 400 dpi, unless ``dpi`` is given."""
        picture = self._picture(decode=True)
        own = plausible_dpi(picture.width, picture.height, _stated_dpi(picture))
        wanted = min(own, MAX_RENDER_DPI) if dpi is None else dpi
        if round(wanted) == round(own):
            return page_image(picture, own)
        scale = wanted / own
        size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
        filter_ = Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC
        return page_image(picture.resize(size, filter_), wanted)

    def _picture(self, *, decode: bool) -> Image.Image:
        path = self.source.path
        try:
            data = io.BytesIO(self.source.data)
            with decompression_guard(self.source.limits), Image.open(data) as opened:
                opened.seek(self.number - 1)
                self._check_size(opened)
                return _upright_rgb(opened) if decode else opened
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise failure(FileProblem.PAGE_TOO_LARGE, path, page=self.number) from error
        except _PILLOW_ERRORS as error:
            raise failure(
                FileProblem.IMAGE_DAMAGED, path, page=self.number, detail=str(error)
            ) from error

    def _check_size(self, picture: Image.Image) -> None:
        detail = f"{picture.width} × {picture.height} px"
        path, page = self.source.path, self.number
        if min(picture.size) < MIN_SIDE_PX:
            raise failure(FileProblem.IMAGE_TOO_SMALL, path, page=page, detail=detail)
        if picture.width * picture.height > self.source.limits.max_page_pixels:
            raise failure(FileProblem.PAGE_TOO_LARGE, path, page=page, detail=detail)


def open_picture(path: Path, data: bytes, sha256: str, limits: Limits) -> PictureSource:
    """Opens a picture file without decoding it.

    Raises:
        InputFileError: ``image_damaged``, ``page_too_large``, ``too_many_pages``.
    """
    try:
        with decompression_guard(limits), Image.open(io.BytesIO(data)) as picture:
            frames = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise failure(FileProblem.PAGE_TOO_LARGE, path, page=1) from error
    except (UnidentifiedImageError, *_PILLOW_ERRORS) as error:
        raise failure(FileProblem.IMAGE_DAMAGED, path, detail=type(error).__name__) from error
    if frames > limits.max_pages:
        raise failure(FileProblem.TOO_MANY_PAGES, path, detail=str(frames))
    return PictureSource(path, sha256, data, limits, frames)


def _stated_dpi(picture: Image.Image) -> float | None:
    stated = picture.info.get("dpi")
    if not stated:
        return None
    return float(stated[0]) or None


def _upright_rgb(picture: Image.Image) -> Image.Image:
    dpi = picture.info.get("dpi")
    upright = ImageOps.exif_transpose(_eight_bit(picture))
    if upright.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in upright.info:
        ink = upright.convert("RGBA")
        paper = Image.new("RGBA", ink.size, "white")
        upright = Image.alpha_composite(paper, ink)
    result = upright.convert("RGB")
    if dpi:
        result.info["dpi"] = dpi
    return result


def _eight_bit(picture: Image.Image) -> Image.Image:
    """16- and 32-bit greyscale scaled to 8 bits; other modes untouched."""
    if not picture.mode.startswith("I") and picture.mode != "F":
        picture.load()
        return picture
    values = np.asarray(picture, dtype=np.float64)
    full = _full_scale(float(values.max(initial=0.0)))
    grey = Image.fromarray((np.clip(values, 0, full) * (255.0 / full)).round().astype(np.uint8))
    grey.info.update(picture.info)
    return grey


def _full_scale(peak: float) -> float:
    """White level of a scanner whose brightest pixel is ``peak``: 1, 8, 12, 16 or 32 bits."""
    return next((s for s in (1.0, 255.0, 4095.0, 65535.0) if peak <= s), 2.0**32 - 1)
