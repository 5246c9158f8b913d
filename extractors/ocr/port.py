"""The port that every text recognition engine fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Crop = NDArray[np.uint8]
"""One upright line of print, (H, W), grey."""


@dataclass(frozen=True, slots=True)
class Char:
    """One recognized character.

    Attributes:
        text: The character.
        probability: The engine's own, 0..1.
        x: Its centre as a fraction of the crop's width, 0..1.
    """

    text: str
    probability: float
    x: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine read in one crop; no characters for a crop without print."""

    chars: tuple[Char, ...]

    @property
    def text(self) -> str:
        """Characters in print order."""
        return "".join(c.text for c in self.chars)

    @property
    def confidence(self) -> float:
        """Mean probability of the characters; 0 where there are none."""
        if not self.chars:
            return 0.0
        return sum(c.probability for c in self.chars) / len(self.chars)


class TextEngine(Protocol):
    """Reads lines. One instance a process; it is never changed after it was made."""

    @property
    def name(self) -> str:
        """Short name that evidence carries."""

    def read(self, crops: Sequence[Crop]) -> list[Reading]:
        """Readings in the order of ``crops``."""
