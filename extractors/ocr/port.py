"""The port that every text recognition engine fits."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Crop = NDArray[np.uint8]
"""One upright line of print, (H, W), grey."""
SUPPORTED = 0.05
"""Probability that another character needs in the picture before what is known of the text may
choose it. Of what is printed fewer than one in a hundred is not what its context asks for, so
that even a fifth of this would be likelier."""


@dataclass(frozen=True, slots=True)
class Char:
    """One recognized character.

    Attributes:
        text: The character.
        probability: The engine's own, 0..1.
        x: Its centre as a fraction of the crop's width, 0..1.
        others: What else the engine saw there, with its probability, likeliest first.
        tail: What it hardly saw, likewise; only words make anything of it.
    """

    text: str
    probability: float
    x: float
    others: tuple[tuple[str, float], ...] = ()
    tail: tuple[tuple[str, float], ...] = ()

    @property
    def supported(self) -> str:
        """The other characters that the picture supports, likeliest first."""
        return "".join(text for text, share in self.others if share >= SUPPORTED)

    @property
    def is_chinese(self) -> bool:
        """Whether it is a Chinese character, which fills its square."""
        return self.text.isalpha() and unicodedata.east_asian_width(self.text[0]) == "W"

    @property
    def certainty(self) -> float:
        """Probability of the character in either width, 0..1.

        （ and ( look alike and share what probability there is; which of them was printed is
        decided by the room that it takes.
        """
        folded = unicodedata.normalize("NFKC", self.text)
        twins = (p for text, p in self.others if unicodedata.normalize("NFKC", text) == folded)
        return min(self.probability + sum(twins), 1.0)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine read in one crop; no characters for a crop without print.

    Attributes:
        chars: In print order.
        limit: The reading is no surer than this, because something beside the line could not be
            read, 0..1.
    """

    chars: tuple[Char, ...]
    limit: float = 1.0

    @property
    def text(self) -> str:
        """Characters in print order."""
        return "".join(c.text for c in self.chars)

    @property
    def confidence(self) -> float:
        """Mean probability of the characters, no more than the limit; 0 without characters."""
        if not self.chars:
            return 0.0
        return min(sum(c.probability for c in self.chars) / len(self.chars), self.limit)

    @property
    def certainty(self) -> float:
        """Probability that every character is right, no more than the limit; 0 without any.

        A product, which a long line cannot dilute: of 15 wrong among 1,333 lines of office
        scans it sets 98 in 100 below a right one (area under the curve), the mean 95.
        """
        printed = [c.certainty for c in self.chars if not c.text.isspace()]
        return min(math.prod(printed), self.limit) if printed else 0.0


class TextEngine(Protocol):
    """Reads lines. One instance a process; it is never changed after it was made."""

    @property
    def name(self) -> str:
        """Short name that evidence carries."""

    def read(self, crops: Sequence[Crop]) -> list[Reading]:
        """Readings in the order of ``crops``."""
