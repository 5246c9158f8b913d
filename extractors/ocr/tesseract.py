"""Tesseract with `chi_sim` behind the same port: the second engine.

Slower and weaker on Chinese print than PP-OCR, but trained on other data by other means, which
is what a second witness needs. All lines of a page go through one process.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path

import cv2
import numpy as np

from extractors.errors import EngineError
from extractors.ocr.port import Char, Crop, Reading

LINE_HEIGHT_PX = 48
"""Height that lines are brought to; capitals of 30 px are what Tesseract's documentation asks."""
FIRST_WIDE = 0x2E80
"""Code point from which characters are full-width: CJK and its punctuation."""
BORDER_PX = 12
"""White border that the page segmentation needs around a single line."""
TIMEOUT_S = 300
LANGUAGE = "chi_sim"


class TesseractEngine:
    """Tesseract 5, one thread, one line at a time."""

    name = "tesseract"

    def __init__(self) -> None:
        import pytesseract

        try:
            languages = pytesseract.get_languages()
        except pytesseract.TesseractNotFoundError as error:
            raise EngineError(
                "没有安装 tesseract，请运行 apt-get install tesseract-ocr / tesseract is not "
                "installed: apt-get install tesseract-ocr tesseract-ocr-chi-sim",
                code="engine_missing",
            ) from error
        if LANGUAGE not in languages:
            raise EngineError(
                f"tesseract 缺少 {LANGUAGE} 语言包 / tesseract lacks {LANGUAGE}: "
                "apt-get install tesseract-ocr-chi-sim",
                code="engine_missing",
            )

    def read(self, crops: Sequence[Crop]) -> list[Reading]:
        """Reads all crops in one run of the program.

        Raises:
            EngineError: The program failed or took longer than five minutes.
        """
        usable = [i for i, c in enumerate(crops) if c.shape[0] > 1 and c.shape[1] > 1]
        readings = [Reading(())] * len(crops)
        if usable:
            for i, reading in zip(usable, _run([crops[i] for i in usable]), strict=True):
                readings[i] = reading
        return readings


def _run(crops: Sequence[Crop]) -> list[Reading]:
    import pytesseract

    with tempfile.TemporaryDirectory(prefix="shenbao-") as folder:
        names = []
        for i, crop in enumerate(crops):
            names.append(str(Path(folder, f"{i:05d}.png")))
            cv2.imwrite(names[-1], _prepared(crop))
        listing = Path(folder, "lines.txt")
        listing.write_text("\n".join(names), encoding="utf-8")
        try:
            data = pytesseract.image_to_data(
                str(listing),
                lang=LANGUAGE,
                config="--psm 7 -c preserve_interword_spaces=1",
                output_type=pytesseract.Output.DICT,
                timeout=TIMEOUT_S,
            )
        except (pytesseract.TesseractError, RuntimeError) as error:
            raise EngineError(
                f"tesseract 运行失败 / tesseract failed: {error}", code="engine_failed"
            ) from error
    found: list[list[Char]] = [[] for _ in crops]
    for page, text, conf, left, width in zip(
        data["page_num"], data["text"], data["conf"], data["left"], data["width"], strict=True
    ):
        if float(conf) >= 0:
            crop = crops[int(page) - 1]
            found[int(page) - 1] += _chars(str(text), float(conf) / 100, left, width, crop)
    return [Reading(tuple(in_order(chars))) for chars in found]


def in_order(chars: Sequence[Char]) -> list[Char]:
    """Characters with places that ascend.

    The boxes of Chinese words overlap and stray at times; the characters of such a line are
    spread over the whole of it, a half-width one taking half the room.
    """
    places = [c.x for c in chars]
    if all(a < b for a, b in pairwise(places)):
        return list(chars)
    widths = [0.5 if ord(c.text) < FIRST_WIDE else 1.0 for c in chars]
    ends = list(accumulate(widths))
    return [
        replace(c, x=(end - width / 2) / ends[-1])
        for c, end, width in zip(chars, ends, widths, strict=True)
    ]


def _chars(text: str, probability: float, left: int, width: int, crop: Crop) -> list[Char]:
    """A word's characters, spread evenly over its box."""
    scale = LINE_HEIGHT_PX / crop.shape[0]
    full = crop.shape[1] * scale
    return [
        Char(
            c,
            probability,
            min(max((left + width * (i + 0.5) / len(text) - BORDER_PX) / full, 0.0), 1.0),
        )
        for i, c in enumerate(text)
    ]


def _prepared(crop: Crop) -> np.ndarray:
    scale = LINE_HEIGHT_PX / crop.shape[0]
    line = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    paper = int(np.percentile(line, 90))
    return cv2.copyMakeBorder(
        line, BORDER_PX, BORDER_PX, BORDER_PX, BORDER_PX, cv2.BORDER_CONSTANT, value=paper
    )
