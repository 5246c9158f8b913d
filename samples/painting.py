"""Drawing a laid-out declaration as vector PDF pages."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from fpdf import FPDF

from samples.cells import Box, Line, Run
from samples.fonts import SYMBOLS, Typeface, metrics
from samples.marks import SYMBOL_ONLY, MarkPainter
from samples.paginate import PlacedCell
from samples.style import PageStyle, PrintStyle, TableStyle

CREATED = datetime(2019, 1, 1, tzinfo=UTC)
"""Fixed, so that the same seed gives the same bytes."""
CENTRE_EM = 0.38
"""Distance from the middle of a Chinese character to the baseline in font sizes."""
DOUBLE_GAP_PT = 2.5
"""Distance between the two lines of a double frame."""


class Painter:
    """One PDF document under way."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._pdf = FPDF(unit="pt")
        self._pdf.set_auto_page_break(auto=False)
        self._pdf.set_creation_date(CREATED)
        self._pdf.c_margin = 0
        self._families: dict[Typeface, str] = {}
        self._rng = rng

    @property
    def pages(self) -> int:
        """Pages so far."""
        return int(self._pdf.pages_count)

    def add_page(self, page: PageStyle) -> None:
        """Starts a page."""
        self._pdf.add_page(format=(page.width, page.height))

    def output(self) -> bytes:
        """The finished file."""
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return bytes(self._pdf.output())

    def text(self, x: float, y: float, text: str, face: Typeface, size: float) -> None:
        """Writes a text with its baseline's left end at a point."""
        metrics(face).width(text)
        self._use(face, size)
        self._pdf.set_text_color(0, 0, 0)
        self._pdf.text(x, y, text)

    def centered(self, y: float, text: str, face: Typeface, size: float) -> None:
        """Writes a text in the middle of the page's width."""
        width = metrics(face).width(text) * size
        self.text((self._pdf.w - width) / 2, y, text, face, size)

    def cells(self, cells: Sequence[PlacedCell], style: PrintStyle) -> None:
        """Draws the cells of one page: rulings first, then text and boxes."""
        for cell in cells:
            self._ruling(cell, style.table)
        self._frame(cells, style.table)
        for cell in cells:
            self._content(cell, style)

    def _use(self, face: Typeface, size: float) -> None:
        if face not in self._families:
            family = f"face{len(self._families)}"
            index = metrics(face).face_index
            self._pdf.add_font(family, fname=face.path, collection_font_number=index)
            self._families[face] = family
        self._pdf.set_font(self._families[face], size=size)

    def _ruling(self, cell: PlacedCell, table: TableStyle) -> None:
        pdf = self._pdf
        pdf.set_draw_color(0, 0, 0)
        pdf.set_fill_color(0, 0, 0)
        pdf.set_line_width(table.ruling)
        if table.primitive == "rect":
            pdf.rect(cell.x0, cell.y0, cell.x1 - cell.x0, cell.y1 - cell.y0)
            return
        half = table.ruling / 2
        for x0, y0, x1, y1 in (
            (cell.x0, cell.y0, cell.x1, cell.y0),
            (cell.x0, cell.y1, cell.x1, cell.y1),
            (cell.x0, cell.y0, cell.x0, cell.y1),
            (cell.x1, cell.y0, cell.x1, cell.y1),
        ):
            if table.primitive == "line":
                pdf.line(x0, y0, x1, y1)
            else:
                pdf.rect(x0 - half, y0 - half, x1 - x0 + 2 * half, y1 - y0 + 2 * half, style="F")

    def _frame(self, cells: Sequence[PlacedCell], table: TableStyle) -> None:
        x0, y0 = min(c.x0 for c in cells), min(c.y0 for c in cells)
        x1, y1 = max(c.x1 for c in cells), max(c.y1 for c in cells)
        self._pdf.set_line_width(table.frame)
        self._pdf.rect(x0, y0, x1 - x0, y1 - y0)
        if table.double_frame:
            gap = DOUBLE_GAP_PT + table.frame
            self._pdf.rect(x0 - gap, y0 - gap, x1 - x0 + 2 * gap, y1 - y0 + 2 * gap)

    def _content(self, placed: PlacedCell, style: PrintStyle) -> None:
        cell, leading = placed.fitted.cell, placed.fitted.leading
        face = style.text.label_face if cell.label else style.text.value_face
        room = placed.x1 - placed.x0 - 2 * style.table.pad_x
        top = placed.y0 + style.table.pad_y
        if not placed.top:
            top = (placed.y0 + placed.y1 - len(placed.lines) * leading) / 2
        for index, line in enumerate(placed.lines):
            left = placed.x0 + style.table.pad_x
            if cell.align == "center":
                left += max(0.0, (room - line.width) / 2)
            self._line(line, left, top + (index + 0.5) * leading, face, style)

    def _line(
        self, line: Line, left: float, middle: float, face: Typeface, style: PrintStyle
    ) -> None:
        size = style.text.size
        for item in line.items:
            if isinstance(item, Run):
                self._pdf.set_char_spacing(item.spacing)
                self.text(left + item.x, middle + CENTRE_EM * size, item.text, face, size)
                self._pdf.set_char_spacing(0)
            else:
                self._box(item, left, middle, face, style)

    def _box(self, box: Box, left: float, middle: float, face: Typeface, style: PrintStyle) -> None:
        side = style.mark.size_em * style.text.size
        if SYMBOL_ONLY & {style.mark.empty, style.mark.tick}:
            self._use(SYMBOLS, side)
        self._use(face, side)
        painter = MarkPainter(self._pdf, style.mark, self._families, face, self._rng)
        painter.paint(left + box.x, middle - side / 2, side, marked=box.marked)
