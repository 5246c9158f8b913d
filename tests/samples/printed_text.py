"""Text layers of born-digital samples."""

import re

import pypdfium2 as pdfium


def extracted_pages(pdf):
    document = pdfium.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            layer = page.get_textpage()
            texts.append(re.sub(r"\s", "", layer.get_text_range()))
            layer.close()
            page.close()
        return texts
    finally:
        document.close()
