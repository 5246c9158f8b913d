"""Command: files read by one peer, one JSON line a file; runs in the peers' own environment.

``python -m bench.peer_read PEER FILE...``. Each peer reads with its usual settings, on one thread
and, where it looks at pictures, at the resolution of the scan.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageSequence

from bench.peer_pieces import PeerFile, Piece, as_line, outside
from extractors.geometry import BBox

Pixels = NDArray[np.uint8]
Read = Callable[[Path], list[Piece]]

SCAN_DPI = 200
"""Of the suite's office scans, and what img2table renders PDF at."""
POINTS_PER_INCH = 72
ENCODED = ".png"
MIN_GAP = 1.0
"""Space between two words, in line heights, that no line of print within a cell has."""


def main(arguments: Sequence[str]) -> None:
    """Prints what the peer reads."""
    name, *paths = arguments
    read = READERS[name]()
    for path in map(Path, paths):
        started = _cpu_seconds()
        pieces = read(path)
        seconds = _cpu_seconds() - started
        print(as_line(PeerFile(path.name, page_count(path), seconds, tuple(pieces))), flush=True)


def _cpu_seconds() -> float:
    """Of this process and of the programs it has started."""
    return sum(os.times()[:4])


def page_count(path: Path) -> int:
    """Pages of a PDF or TIFF."""
    if path.suffix == ".pdf":
        import pypdfium2

        with pypdfium2.PdfDocument(path) as document:
            return len(document)
    with Image.open(path) as picture:
        return getattr(picture, "n_frames", 1)


def pictures(path: Path) -> Iterator[Pixels]:
    """Pages as uint8 (H, W, 3) RGB."""
    if path.suffix == ".pdf":
        import pypdfium2

        with pypdfium2.PdfDocument(path) as document:
            for page in document:
                picture = page.render(scale=SCAN_DPI / POINTS_PER_INCH).to_pil()
                yield np.asarray(picture.convert("RGB"))
        return
    with Image.open(path) as picture:
        for frame in ImageSequence.Iterator(picture):
            yield np.asarray(frame.convert("RGB"))


def rapidocr_lines(engine: Any, pixels: Pixels, page: int) -> list[Piece]:
    """Lines of print on one picture."""
    found = engine(pixels)
    if found.txts is None:
        return []
    height, width = pixels.shape[:2]
    boxes = np.asarray(found.boxes)
    edges = np.concatenate([boxes.min(axis=1), boxes.max(axis=1)], axis=1)
    return [
        Piece(text, page, _bbox(tuple(box), width, height))
        for text, box in zip(found.txts, edges, strict=True)
    ]


def rapidocr_engine() -> Any:
    """RapidOCR as it comes, on one thread."""
    from rapidocr import RapidOCR

    one_thread = {"EngineConfig.onnxruntime.intra_op_num_threads": 1}
    return RapidOCR(params={"Global.log_level": "error", **one_thread})


def read_by_rapidocr() -> Read:
    """Plain RapidOCR: lines."""
    engine = rapidocr_engine()
    return lambda path: [
        piece
        for page, pixels in enumerate(pictures(path), 1)
        for piece in rapidocr_lines(engine, pixels, page)
    ]


def read_by_img2table() -> Read:
    """img2table with RapidOCR: cells of its tables, and the lines outside them."""
    import cv2
    from img2table.document import Image as TableImage

    engine = rapidocr_engine()

    def read(path: Path) -> list[Piece]:
        pieces: list[Piece] = []
        for page, pixels in enumerate(pictures(path), 1):
            _, encoded = cv2.imencode(ENCODED, cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
            document = TableImage(encoded.tobytes(), detect_rotation=True)
            pieces += _img2table_page(document, engine, page)
        return pieces

    return read


def _img2table_page(document: Any, engine: Any, page: int) -> list[Piece]:
    from img2table.ocr._types import OCRData

    pixels = document.images[0]
    height, width = pixels.shape[:2]
    lines = rapidocr_lines(engine, pixels, page)
    words = [_img2table_word(line, i, width, height) for i, line in enumerate(lines)]
    document.ocr_data = OCRData(records={0: words}) if words else None
    cells: dict[BBox, Piece] = {}
    for table in document.extract_tables():
        for row in table.content.values():
            for cell in row:
                b = cell.bbox
                box = _bbox((b.x1, b.y1, b.x2, b.y2), width, height)
                cells[box] = Piece(cell.value or "", page, box, is_cell=True)
    return [*cells.values(), *outside(lines, list(cells.values()))]


def _img2table_word(line: Piece, number: int, width: int, height: int) -> dict[str, Any]:
    x0, y0, x1, y1 = line.bbox.to_pixels(width, height)
    name = f"line_{number}"
    edges = {"x1": x0, "y1": y0, "x2": x1, "y2": y1}
    return {"id": name, "parent": name, "value": line.text, "confidence": 99, **edges}


def read_by_pdfplumber() -> Read:
    """pdfplumber: cells of its tables, and the lines of the text layer outside them."""
    import pdfplumber

    def read(path: Path) -> list[Piece]:
        if path.suffix != ".pdf":
            return []
        with pdfplumber.open(path) as document:
            return [
                piece
                for number, page in enumerate(document.pages, 1)
                for piece in _pdfplumber_page(page, number)
            ]

    return read


def _pdfplumber_page(page: Any, number: int) -> list[Piece]:
    size = (float(page.width), float(page.height))
    cells = []
    for table in page.find_tables():
        for row, texts in zip(table.rows, table.extract(), strict=True):
            for edges, text in zip(row.cells, texts, strict=True):
                if edges is not None:
                    cells.append(Piece(text or "", number, _bbox(edges, *size), is_cell=True))
    lines = [
        Piece(x["text"], number, _bbox((x["x0"], x["top"], x["x1"], x["bottom"]), *size))
        for x in page.extract_text_lines()
    ]
    return [*cells, *outside(lines, cells)]


def read_by_tesseract() -> Read:
    """Plain tesseract, simplified Chinese: lines."""
    import pytesseract

    pytesseract.get_tesseract_version()

    def read(path: Path) -> list[Piece]:
        return [
            piece
            for page, pixels in enumerate(pictures(path), 1)
            for piece in _tesseract_page(pytesseract, pixels, page)
        ]

    return read


def _tesseract_page(pytesseract: Any, pixels: Pixels, page: int) -> Iterator[Piece]:
    height, width = pixels.shape[:2]
    table = pytesseract.image_to_data(pixels, lang="chi_sim", output_type=pytesseract.Output.DICT)
    lines: dict[tuple[int, int, int], list[int]] = {}
    for i, text in enumerate(table["text"]):
        if text.strip():
            key = (table["block_num"][i], table["par_num"][i], table["line_num"][i])
            lines.setdefault(key, []).append(i)
    for words in lines.values():
        for part in _parts(table, words):
            x0 = min(table["left"][i] for i in part)
            y0 = min(table["top"][i] for i in part)
            x1 = max(table["left"][i] + table["width"][i] for i in part)
            y1 = max(table["top"][i] + table["height"][i] for i in part)
            text = "".join(table["text"][i] for i in part)
            yield Piece(text, page, _bbox((x0, y0, x1, y1), width, height))


def _parts(table: Any, words: Sequence[int]) -> list[list[int]]:
    """Words of a line, cut at its gaps: tesseract reads across the cells of a table."""
    parts = [[words[0]]]
    for before, word in pairwise(words):
        gap = table["left"][word] - table["left"][before] - table["width"][before]
        if gap > MIN_GAP * max(table["height"][i] for i in words):
            parts.append([])
        parts[-1].append(word)
    return parts


def _bbox(edges: tuple[float, float, float, float], width: float, height: float) -> BBox:
    return BBox.from_pixels(*edges, width=width, height=height)


READERS: dict[str, Callable[[], Read]] = {
    "img2table": read_by_img2table,
    "pdfplumber": read_by_pdfplumber,
    "rapidocr": read_by_rapidocr,
    "tesseract": read_by_tesseract,
}

if __name__ == "__main__":
    main(sys.argv[1:])
