"""An amount under other strokes: where figures of known shape fit best, one beside the other.

What is printed under a seal is all there, and the seal adds ink. So a figure fits where next to
none of its own ink is missing, whatever else is dark there; of all amounts that fit, the one that
accounts for most of the ink. Found by dynamic programming over the room that the figures take, as
in Bellman's shortest paths.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.picture.figure_fit import Fit, fit_of
from extractors.picture.figure_grammar import STARTING, AmountStyle, State
from extractors.picture.figure_shapes import FIGURES, Shape

CROSSED = 0.1
"""So much more ink in a figure's room, as a share of its own, is of strokes that cross it."""
MOST = 16
"""No amount has more characters."""


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure, point or comma in a picture.

    Attributes:
        text: The character.
        x0: First column of its room.
        x1: The one behind its last.
        there: Share of its ink that is seen, 0..1.
        is_crossed: Whether other strokes run through its room, or hide a part of it.
        others: The figures that the picture supports as well, likeliest first; last those of
            unknown shape.
    """

    text: str
    x0: int
    x1: int
    there: float
    is_crossed: bool
    others: str


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """An amount in a picture: its characters, and its first row and the one behind its last."""

    figures: tuple[FoundFigure, ...]
    y0: int
    y1: int

    @property
    def text(self) -> str:
        """Figures, commas and a point."""
        return "".join(f.text for f in self.figures)


@dataclass(frozen=True, slots=True)
class _Step:
    """How the best amounts with one more character came about, each int16 (rows, columns)."""

    text: NDArray[np.int16]
    move: NDArray[np.int16]
    before: NDArray[np.int16]


def find_amount(
    ink: NDArray[np.float32],
    known: NDArray[np.bool_],
    shapes: Mapping[str, Shape],
    style: AmountStyle,
) -> FoundAmount | None:
    """The amount that accounts for most of the ink of a picture.

    Args:
        ink: Darkness, float32 (H, W), 0..1, without rulings.
        known: Where ink may be of print, bool (H, W): not in a seal's ring or star.
        shapes: Of figures, and of point and comma if amounts have them.
        style: How amounts are written.

    Returns:
        ``None`` where none fits.
    """
    rows = max((s.ink.shape[0] for s in shapes.values()), default=0)
    if not rows or ink.shape[0] < rows or ink.shape[1] < rows:
        return None
    fits = {t: fit_of(ink, known, shape, style.share(t)) for t, shape in shapes.items()}
    paths = _Paths(fits, shapes, style)
    paths.run(np.zeros((ink.shape[0] - rows + 1, ink.shape[1] + 1), np.float32))
    traced = paths.best()
    if traced is None:
        return None
    y, texts, starts = traced
    rooms = itertools.pairwise(starts)
    figures = (_found(fits, t, y, x0, x1) for t, (x0, x1) in zip(texts, rooms, strict=True))
    return FoundAmount(tuple(figures), y, y + rows)


class _Paths:
    """The best amounts of each length by where they end and what may follow."""

    def __init__(
        self, fits: Mapping[str, Fit], shapes: Mapping[str, Shape], style: AmountStyle
    ) -> None:
        self._fits, self._shapes, self._style = fits, shapes, style
        self._texts, self._states = "".join(fits), style.states
        self._columns = 0
        self._steps: list[dict[State, _Step]] = []
        self._best: tuple[float, int, State, int] = (0.0, 0, STARTING, 0)

    def run(self, start: NDArray[np.float32]) -> None:
        """Lengthens amounts that begin anywhere in a picture, float32 (rows, columns + 1)."""
        self._columns = start.shape[1]
        gains = {STARTING: start}
        for length in range(1, MOST + 1):
            gains = self._lengthened(gains)
            for state, total in gains.items():
                at = int(total.argmax())
                if self._style.is_complete(state) and total.flat[at] > self._best[0]:
                    self._best = (float(total.flat[at]), length, state, at)

    def best(self) -> tuple[int, str, list[int]] | None:
        """Row, characters and the ends of their rooms of the best amount, if there is one."""
        _, length, state, at = self._best
        if not length:
            return None
        y, x = divmod(at, self._columns)
        starts, texts = [x], ""
        for step in reversed(self._steps[:length]):
            one = step[state]
            texts = self._texts[one.text[y, x]] + texts
            x, state = x - int(one.move[y, x]), self._states[one.before[y, x]]
            starts.insert(0, x)
        return y, texts, starts

    def _lengthened(
        self, gains: Mapping[State, NDArray[np.float32]]
    ) -> dict[State, NDArray[np.float32]]:
        """With one more character; how they came about is kept."""
        new: dict[State, NDArray[np.float32]] = {}
        steps: dict[State, _Step] = {}
        for (state, gain), (n, text) in itertools.product(gains.items(), enumerate(self._texts)):
            after = self._style.after(state, text)
            if after is None:
                continue
            if after not in new:
                new[after] = np.full(gain.shape, -np.inf, np.float32)
                steps[after] = _Step(*(np.zeros(gain.shape, np.int16) for _ in range(3)))
            total, room, step = gain + self._fits[text].gain, self._shapes[text].room, steps[after]
            for move in {int(np.floor(room)), int(np.ceil(room))}:
                best, moved = new[after][:, move:], total[:, : self._columns - move]
                better = moved > best
                best[better] = moved[better]
                step.text[:, move:][better] = n
                step.move[:, move:][better] = move
                step.before[:, move:][better] = self._states.index(state)
        self._steps.append(steps)
        return new


def _found(fits: Mapping[str, Fit], text: str, y: int, x0: int, x1: int) -> FoundFigure:
    fit = fits[text]
    there, extra = float(fit.there[y, x0]), float(fit.extra[y, x0])
    is_crossed = text in FIGURES and extra >= CROSSED * fit.total
    # Where strokes make less ink than another figure leaves to them, it is not that one.
    others = [
        (float(f.gain[y, x0]), t)
        for t, f in fits.items()
        if t in FIGURES and t != text and f.gain[y, x0] > 0
        if there - f.there[y, x0] <= extra
    ]
    unseen = [t for t in FIGURES if t not in fits]
    texts = [*(t for _, t in sorted(others, reverse=True)), *unseen] if is_crossed else []
    return FoundFigure(text, x0, x1, min(there / fit.total, 1.0), is_crossed, "".join(texts))
