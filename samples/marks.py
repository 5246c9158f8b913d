"""Drawing tick boxes: outlines, glyphs, and the many ways to mark them."""

from __future__ import annotations

import itertools

import numpy as np
from fpdf import FPDF

from samples.fonts import SYMBOLS, Typeface, metrics
from samples.style import MarkStyle

Point = tuple[float, float]
SYMBOL_ONLY = {"☐", "☑", "☒", "✓"}
TICK: tuple[Point, ...] = ((0.18, 0.52), (0.42, 0.8), (0.84, 0.2))
"""A tick inside the unit square, y down."""
OVERSHOOT: tuple[Point, ...] = ((0.05, 0.45), (0.42, 0.95), (1.35, -0.35))
"""A tick that leaves its box at the upper right."""
HAND_STEPS = 5
"""Points per stroke of a hand-drawn tick."""


class MarkPainter:
    """Paints boxes on one document.

    Args:
        pdf: Document, in points.
        style: Shapes.
        families: Typeface → family name under which the document knows it.
        face: Typeface of the text around, for box glyphs.
        rng: Source of the unsteadiness of hand-drawn ticks.
    """

    def __init__(
        self,
        pdf: FPDF,
        style: MarkStyle,
        families: dict[Typeface, str],
        face: Typeface,
        rng: np.random.Generator,
    ) -> None:
        self._pdf = pdf
        self._style = style
        self._families = families
        self._face = face
        self._rng = rng

    def paint(self, x: float, y: float, side: float, *, marked: bool) -> None:
        """Paints one box.

        Args:
            x: Left edge in points.
            y: Upper edge in points.
            side: Side in points.
            marked: Whether it is marked.
        """
        tick = self._style.tick
        if marked and len(tick) == 1:
            self._glyph(tick, x, y, side)
            return
        if self._style.empty == "square":
            self._pdf.set_draw_color(0, 0, 0)
            self._pdf.set_line_width(self._style.line)
            self._pdf.rect(x, y, side, side)
        else:
            self._glyph(self._style.empty, x, y, side)
        if marked:
            self._mark(x, y, side)

    def _glyph(self, glyph: str, x: float, y: float, side: float) -> None:
        face = SYMBOLS if glyph in SYMBOL_ONLY else self._face
        size = side / metrics(face).width(glyph)
        self._pdf.set_font(self._families[face], size=size)
        self._pdf.text(x, y + 0.86 * side, glyph)

    def _mark(self, x: float, y: float, side: float) -> None:
        pdf, tick = self._pdf, self._style.tick
        pdf.set_draw_color(*self._style.colour)
        pdf.set_line_width(max(0.11 * side, self._style.line))
        if tick == "filled":
            pdf.set_fill_color(*self._style.colour)
            inset = 0.12 * side
            pdf.rect(x + inset, y + inset, side - 2 * inset, side - 2 * inset, style="F")
        elif tick == "cross":
            self._stroke([(0.15, 0.15), (0.85, 0.85)], x, y, side)
            self._stroke([(0.85, 0.15), (0.15, 0.85)], x, y, side)
        elif tick == "tick":
            self._stroke(list(TICK), x, y, side)
        else:
            self._stroke(self._by_hand(TICK if tick == "hand" else OVERSHOOT), x, y, side)

    def _stroke(self, points: list[Point], x: float, y: float, side: float) -> None:
        self._pdf.polyline([(x + u * side, y + v * side) for u, v in points])

    def _by_hand(self, corners: tuple[Point, ...]) -> list[Point]:
        """The strokes with an unsteady hand, never the same twice."""
        shifted = np.array(corners) + self._rng.normal(0, 0.06, (len(corners), 2))
        points: list[Point] = []
        for start, end in itertools.pairwise(shifted):
            for t in np.linspace(0, 1, HAND_STEPS):
                u, v = start + t * (end - start) + self._rng.normal(0, 0.02, 2)
                points.append((float(u), float(v)))
        return points
