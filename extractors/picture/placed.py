"""Where on the page the characters of a reading stand."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.ocr.port import Char, Reading


@dataclass(frozen=True, slots=True)
class PlacedReading:
    """A reading of a line with the place of its crop.

    Attributes:
        x0: Left edge of the crop, in the pixels of the boxes.
        x1: Right edge.
        em: Height of the line in the same pixels.
    """

    reading: Reading
    x0: float
    x1: float
    em: float

    def x(self, char: Char) -> float:
        """Centre of a character of the reading."""
        return self.x0 + char.x * (self.x1 - self.x0)

    def nearest(self, text: str, x: float) -> int:
        """Index of the character with this text that stands nearest to ``x``."""
        chars = self.reading.chars
        same = [i for i, c in enumerate(chars) if c.text == text]
        return min(same, key=lambda i: abs(self.x(chars[i]) - x))
