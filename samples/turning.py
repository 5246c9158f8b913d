"""Born-digital pages that are shown on their side."""

from __future__ import annotations

import io

import pypdfium2 as pdfium


def turn_pdf(pdf: bytes, turn_deg: int) -> bytes:
    """The file with every page turned clockwise by 90, 180 or 270 degrees when shown."""
    document = pdfium.PdfDocument(pdf)
    try:
        for page in document:
            page.set_rotation(turn_deg)
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()
    finally:
        document.close()
