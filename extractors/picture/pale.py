"""Rulings of the reverse that shine through: much paler than those of the page itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.grid.ruling import Ruling
from extractors.picture.rulings import COVERED

PALE = 0.45
"""Darkness, as a share of the page's usual rulings: what shines through has 0.3, hairlines beside
a heavy frame 0.55 at least."""
WANDER_EM = 0.16
"""A ruling is looked for this far to either side of its mean line: the two of a double frame, a
quarter of a text height apart, are taken as one."""
BESIDE_EM = (0.2, 0.36)
"""Where paper must be for a pixel of the ruling to be judged: print beside it makes it darker."""
PAPER = 0.2
"""Darkness of what is paper there."""


class Paleness:
    """What is much paler than the rulings of a page.

    Args:
        sure: Rulings beyond doubt, on one side of the sheet or the other.
        ink: Darkness, float32 (H, W), 0..1.
        em: Text height in pixels.
    """

    def __init__(self, sure: Sequence[Ruling], ink: NDArray[np.float32], *, em: float) -> None:
        self._ink, self._em = ink, em
        known = [d for r in sure if (d := _darkness(r, ink, em)) is not None]
        self._least = PALE * float(np.median(known)) if known else 0.0

    def without(self, rulings: Sequence[Ruling]) -> list[Ruling]:
        """Those of some rulings, or of their spans, that are dark enough."""
        darkness = ((r, _darkness(r, self._ink, self._em)) for r in rulings)
        return [r for r, d in darkness if d is None or d >= self._least]


def _darkness(ruling: Ruling, ink: NDArray[np.float32], em: float) -> float | None:
    """Usual darkness where it is inked and paper lies on both sides; ``None`` if hardly so."""
    level = ink if ruling.horizontal else ink.T
    y = round(ruling.position)
    columns = slice(max(round(ruling.start), 0), round(ruling.end))
    wander, near, far = (max(1, round(share * em)) for share in (WANDER_EM, *BESIDE_EM))
    line = _darkest(level, y - wander, y + wander + 1, columns)
    above = _darkest(level, y - far, y - near + 1, columns)
    below = _darkest(level, y + near, y + far + 1, columns)
    bare = (above < PAPER) & (below < PAPER) & (line > COVERED)
    return float(np.median(line[bare])) if int(bare.sum()) >= em else None


def _darkest(
    ink: NDArray[np.float32], first: int, last: int, columns: slice
) -> NDArray[np.float32]:
    """Darkest pixel of each column within some rows, float32 (length,)."""
    rows = ink[max(first, 0) : max(last, 1), columns]
    return np.asarray(rows.max(axis=0, initial=0.0), dtype=np.float32)
