"""How dark the print of a page is, against the full ink that its rulings are measured by too.

Blur makes fine print pale and leaves rulings as they are. What counts as printed, and which seals
can be told from print by their darkness, goes by the print.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.lines import PRINTED

FULL_CREST = 1.15
"""Median darkness along the middle of strokes where print is as dark as rulings, of full ink."""
MIN_LEVEL = 0.6
"""Print paler than this share of it could not be told from the reverse."""
PALEST_PERCENTILE = 10
"""Of the middles of strokes: those of thin signs."""
CLEAR_OF_REVERSE = 0.5
"""Where the palest are paler than this, just above `PRINTED`, some are of the reverse."""


@dataclass(frozen=True, slots=True)
class PrintTone:
    """Darkness of a page's print.

    Attributes:
        level: Of its usual strokes, as a share of what they have where print is as dark as
            rulings, 0.6..1.
        palest: Of its thinnest strokes, in full inks, 0.5..1.
    """

    level: float = 1.0
    palest: float = 1.0


def print_tone(ink: NDArray[np.float32], tone: NDArray[np.float32]) -> PrintTone:
    """Darkness of the print of a page; as dark as its rulings where the reverse shows through.

    Args:
        ink: Darkness without rulings and seals, float32 (H, W), 0..1.
        tone: The same with all, not cut off at 1.
    """
    crests = tone[(ink > PRINTED) & (tone >= cv2.dilate(tone, np.ones((3, 3), np.uint8)))]
    if crests.size == 0:
        return PrintTone()
    palest, usual = np.percentile(crests, (PALEST_PERCENTILE, 50))
    if palest < CLEAR_OF_REVERSE:
        return PrintTone()
    return PrintTone(
        level=float(np.clip(usual / FULL_CREST, MIN_LEVEL, 1.0)), palest=min(float(palest), 1.0)
    )
