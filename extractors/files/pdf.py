"""PDF files: opened once, each page judged digital or picture, rendered upright on demand."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, field
from pathlib import Path

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium_c
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from extractors.digital.cmaps import FontResources
from extractors.digital.content import PageContent
from extractors.digital.recorder import read_content
from extractors.digital.trust import is_born_digital
from extractors.evidence import PageKind
from extractors.files.damage import lost_content, lost_scan, shows_nothing
from extractors.files.failures import FileProblem, failure
from extractors.files.kind import FileKind
from extractors.files.limits import POINTS_PER_INCH, Limits, check_page_size
from extractors.files.page import (
    A4_WIDTH_INCH,
    DEFAULT_RENDER_DPI,
    MAX_PAPER_SHORT_SIDE_INCH,
    MAX_RENDER_DPI,
    MIN_RENDER_DPI,
    PageImage,
    page_image,
    points_to_pixels,
)

_END_MARK = b"%%EOF"
_OBJECT_START = b" obj"
MIN_AGREEMENT = 0.95
"""Share of PDFium's characters that pdfminer must find too: it passes over fonts it cannot read
without a word, and a page with holes in it must be read as a picture."""
NEAREST_PX = 0.5
"""Pixels taken off before PDFium rounds up, so that it rounds to the nearest."""
MIN_STRIP_SHARE = 0.01
"""Smallest share of a page that counts as a strip of a scan; logos and seals are as small."""


@dataclass(slots=True)
class PdfSource:
    """An open PDF."""

    path: Path
    sha256: str
    data: bytes
    byte_size: int
    limits: Limits
    document: pypdfium2.PdfDocument
    kind: FileKind = FileKind.PDF
    _plumber: PDF | None = field(default=None, init=False)

    @property
    def page_count(self) -> int:
        """Pages, at least 1."""
        return len(self.document)

    @property
    def plumber(self) -> PDF:
        """The same file as pdfminer sees it, opened at first use."""
        if self._plumber is None:
            self._plumber = pdfplumber.open(io.BytesIO(self.data))
            self._plumber.rsrcmgr = FontResources()
        return self._plumber

    def plumber_pages(self) -> list[Page]:
        """The pages as pdfminer sees them; none where it cannot say which is which.

        It leaves damaged pages out, and then counts the others otherwise than PDFium.
        """
        try:
            pages = self.plumber.pages
        except Exception:
            return []
        return pages if len(pages) == self.page_count else []

    def page(self, number: int) -> PdfPage:
        """The page, counted from 1, with its kind decided.

        Raises:
            InputFileError: ``page_failed``, ``page_too_large``.
        """
        try:
            sheet = self.document[number - 1]
            width, height = sheet.get_size()
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise failure(
                FileProblem.PAGE_FAILED, self.path, page=number, detail=str(error)
            ) from error
        check_page_size(width, height, 0.0, self.limits, path=self.path, page=number)
        return PdfPage(number, self, sheet, self._digital_content(number, sheet))

    def close(self) -> None:
        """Frees both views of the file."""
        if self._plumber is not None:
            self._plumber.close()
            self._plumber = None
        self.document.close()

    def _digital_content(self, number: int, sheet: pypdfium2.PdfPage) -> PageContent | None:
        """What the page paints, where its text can be trusted.

        pdfminer gives up on some pages that PDFium shows well; those are read as pictures.
        """
        if next(sheet.get_objects([pdfium_c.FPDF_PAGEOBJ_TEXT]), None) is None:
            return None
        pages = self.plumber_pages()
        if not pages:
            return None
        try:
            content = read_content(pages[number - 1])
        except Exception:
            return None
        if len(content.glyphs) < MIN_AGREEMENT * _characters(sheet):
            return None
        return content if is_born_digital(content) else None


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page of a PDF.

    Attributes:
        number: Counted from 1.
        source: The file.
        sheet: PDFium's page.
        content: What a born-digital page paints; ``None`` where it must be read as a picture.
    """

    number: int
    source: PdfSource
    sheet: pypdfium2.PdfPage
    content: PageContent | None

    @property
    def kind(self) -> PageKind:
        """Whether its characters or its pixels count."""
        return PageKind.DIGITAL if self.content is not None else PageKind.PICTURE

    def render(self, dpi: float | None = None) -> PageImage:
        """The page as displayed; at its scan's own resolution unless ``dpi`` is given."""
        width, height = self.sheet.get_size()
        enlarged = _enlargement(width, height)
        if dpi is None:
            native = (scan_dpi(self.sheet) or DEFAULT_RENDER_DPI / enlarged) * enlarged
            dpi = min(max(native, MIN_RENDER_DPI), MAX_RENDER_DPI)
        source = self.source
        check_page_size(
            width, height, dpi / enlarged, source.limits, path=source.path, page=self.number
        )
        try:
            bitmap = self.sheet.render(scale=_scale(width, height, dpi / enlarged))
            picture = bitmap.to_pil().convert("RGB")
        except (pypdfium2.PdfiumError, MemoryError, ValueError) as error:
            raise failure(
                FileProblem.PAGE_FAILED, source.path, page=self.number, detail=str(error)
            ) from error
        if shows_nothing(picture) and (lost_scan(self.sheet) or self._lost_content()):
            detail = "content cannot be decoded"
            raise failure(FileProblem.PAGE_FAILED, source.path, page=self.number, detail=detail)
        return page_image(picture, dpi)

    def _lost_content(self) -> bool:
        pages = self.source.plumber_pages()
        return bool(pages) and lost_content(pages[self.number - 1].page_obj.contents)


def open_pdf(path: Path, data: bytes, sha256: str, limits: Limits) -> PdfSource:
    """Opens a PDF.

    Form fields that were filled in are made part of the page first, so that both libraries
    see them.

    Raises:
        InputFileError: ``pdf_damaged``, ``pdf_encrypted``, ``pdf_no_pages``,
            ``too_many_pages``.
    """
    if _is_truncated(data):
        raise failure(FileProblem.PDF_DAMAGED, path)
    byte_size = len(data)
    document = _load(path, data)
    if len(document) == 0:
        document.close()
        raise failure(FileProblem.PDF_NO_PAGES, path)
    if len(document) > limits.max_pages:
        pages = len(document)
        document.close()
        raise failure(FileProblem.TOO_MANY_PAGES, path, detail=str(pages))
    if document.get_formtype() == pdfium_c.FORMTYPE_ACRO_FORM:
        data = _flattened(document)
        document.close()
        document = _load(path, data)
    return PdfSource(path, sha256, data, byte_size, limits, document)


def scan_dpi(sheet: pypdfium2.PdfPage) -> float | None:
    """Resolution of the picture or the strips that cover a page, in pixels per inch of the page.

    Returns:
        That of the finest of them; ``None`` where pictures cover less than half of the page.
    """
    page_area = sheet.get_width() * sheet.get_height()
    covered, finest = 0.0, 0.0
    for item in sheet.get_objects([pdfium_c.FPDF_PAGEOBJ_IMAGE]):
        columns, rows = item.get_px_size()
        left, bottom, right, top = item.get_bounds()
        # Bounds inside a form object are in its own units: it is taken to fill the page.
        area = (right - left) * (top - bottom) if item.level == 0 else page_area
        if area >= MIN_STRIP_SHARE * page_area:
            covered += area
            finest = max(finest, math.sqrt(columns * rows / area) * POINTS_PER_INCH)
    return finest if covered >= page_area / 2 and finest > 0 else None


def _scale(width_pt: float, height_pt: float, dpi: float) -> float:
    """Pixels per point such that the sides come out as the nearest whole numbers of pixels.

    PDFium rounds up: for a side of a thousandth of a pixel more than a scan has, it would draw
    every pixel of the scan a little beside its place, and fine print would blur.
    """
    scale = points_to_pixels(dpi)
    return scale - NEAREST_PX / max(width_pt, height_pt)


def _characters(sheet: pypdfium2.PdfPage) -> int:
    """Characters other than white space that PDFium finds on a page."""
    textpage = sheet.get_textpage()
    try:
        return len("".join(textpage.get_text_range().split()))
    finally:
        textpage.close()


def _enlargement(width_pt: float, height_pt: float) -> float:
    """How many times larger the page is than its paper.

    1 up to A2. Beyond that a phone wrote one point per pixel, and the paper is taken to be A4.
    """
    short_inch = min(width_pt, height_pt) / POINTS_PER_INCH
    return 1.0 if short_inch <= MAX_PAPER_SHORT_SIDE_INCH else short_inch / A4_WIDTH_INCH


def _is_truncated(data: bytes) -> bool:
    """Whether objects follow the last end mark: an upload or download that broke off."""
    end = data.rfind(_END_MARK)
    return end < 0 or _OBJECT_START in data[end:]


def _load(path: Path, data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise failure(_diagnosis(data), path) from error


def _diagnosis(data: bytes) -> FileProblem:
    """Why PDFium refused a file: its own error code is not reset between files."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as opened:
            return FileProblem.PDF_DAMAGED if opened.pages else FileProblem.PDF_NO_PAGES
    except Exception as error:
        causes = (error, *error.args)
        locked = any(isinstance(c, PDFEncryptionError | PDFPasswordIncorrect) for c in causes)
        return FileProblem.PDF_ENCRYPTED if locked else FileProblem.PDF_DAMAGED


def _flattened(document: pypdfium2.PdfDocument) -> bytes:
    """The document with its form fields painted into the pages."""
    document.init_forms()
    for sheet in document:
        sheet.flatten()
        sheet.close()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
