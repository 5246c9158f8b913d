"""Whether a PDF page that shows nothing is blank, or lost what it held.

PDFium paints what it can and is silent about the rest, so that a page whose content stream or
whose scan is damaged comes out white. Such a page must not pass for a blank one.
"""

from __future__ import annotations

import zlib
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium_c
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream, resolve1
from PIL import Image


def shows_nothing(picture: Image.Image) -> bool:
    """Whether an RGB picture is of one colour throughout."""
    return picture.getcolors(maxcolors=1) is not None


def lost_scan(sheet: pypdfium2.PdfPage) -> bool:
    """Whether the page places a picture that cannot be decoded."""
    for item in sheet.get_objects([pdfium_c.FPDF_PAGEOBJ_IMAGE]):
        try:
            item.get_bitmap().close()
        except pypdfium2.PdfiumError:
            return True
    return False


def lost_content(contents: Any) -> bool:
    """Whether a content stream of the page is compressed and cannot be unpacked.

    Args:
        contents: Content streams as pdfminer gives them: references or streams.
    """
    return any(_is_broken(resolve1(content)) for content in contents)


def _is_broken(stream: Any) -> bool:
    if not isinstance(stream, PDFStream) or stream.decipher is not None:
        return False
    raw, filters = stream.get_rawdata(), stream.get_filters()
    if not raw or not filters or filters[0][0] not in LITERALS_FLATE_DECODE:
        return False
    try:
        zlib.decompressobj().decompress(raw)
    except zlib.error:
        return True
    return False
