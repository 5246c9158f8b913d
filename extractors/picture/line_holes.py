"""Strokes that fill a hole in a line of print: print is set without holes, so they are its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.grid.lattice import CellBox

PRINT_EM = (0.5, 1.3)
"""Height of a character, or of the larger pieces of one; more where something touches it."""
REACH_EM = 1.5
"""So much room is between a character and the next one, or a tick box, on its line at most."""
AMID_EM = 0.15
"""What reaches so near to the middle of a line stands in it."""


@dataclass(frozen=True, slots=True)
class LineHoles:
    """The ink of a page by its connected pieces.

    Attributes:
        boxes: Left, top, right and bottom of each piece by its number, float64 (N, 4), pixels.
        cells: Of the tables of the page: a line does not go on from one to another.
        em: Text height in pixels.
    """

    boxes: NDArray[np.float64]
    cells: Sequence[CellBox]
    em: float

    def filled_by(self, own: Collection[int], taken: Collection[int]) -> set[int]:
        """Those of some pieces that stand in a line of print which goes on at both sides of them.

        Args:
            own: Numbers of the pieces, one beside or above the other.
            taken: Of all pieces that may be no print.
        """
        numbers = sorted(own)
        x0, y0, x1, y1 = self.boxes[numbers].T
        left_end, right_end = float(x0.min()), float(x1.max())
        around = self._around(((left_end + right_end) / 2, float(y0.min() + y1.max()) / 2), taken)
        left, _, right, _ = around.T
        reach = REACH_EM * self.em
        beside = [
            around[(left < left_end) & (right >= left_end - reach)],
            around[(right > right_end) & (left <= right_end + reach)],
        ]
        height = around[:, 3] - around[:, 1]
        middles = around[height <= PRINT_EM[1] * self.em][:, 1::2].mean(axis=1)
        lines = [y for y in np.unique(middles) if all(self._at(y, side).any() for side in beside)]
        at_line = [self._at(y, self.boxes[numbers]) for y in lines]
        return {n for n, *hits in zip(numbers, *at_line, strict=True) if any(hits)}

    def _at(self, height: float, boxes: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which pieces (N, 4) reach to the middle of a line at some height."""
        slack = AMID_EM * self.em
        return np.asarray((boxes[:, 1] - slack <= height) & (height <= boxes[:, 3] + slack))

    def _around(self, place: tuple[float, float], taken: Collection[int]) -> NDArray[np.float64]:
        """Boxes of what else is in the cell of a place, specks left out, float64 (N, 4)."""
        x, y = place
        inside = (c for c in self.cells if c.x0 <= x <= c.x1 and c.y0 <= y <= c.y1)
        cell = next(inside, CellBox(0, 0, 1, 1, -np.inf, -np.inf, np.inf, np.inf))
        left, top, right, bottom = self.boxes.T
        kept = (
            (left >= cell.x0 - 1)
            & (right <= cell.x1 + 1)
            & (bottom >= cell.y0)
            & (top <= cell.y1)
            & (bottom - top >= PRINT_EM[0] * self.em)
        )
        kept[[0, *taken]] = False
        found: NDArray[np.float64] = self.boxes[kept]
        return found
