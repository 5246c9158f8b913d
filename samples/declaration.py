"""One printed declaration: its pages and what is true of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from samples.cells import FittedCell
from samples.content import Content, compose_content
from samples.fonts import MissingGlyphError, metrics
from samples.form import FormBuilder
from samples.lexicon import vocabulary
from samples.paginate import LayoutError, PlacedCell, fit_rows, paginate, place_cells
from samples.painting import Painter
from samples.style import PrintStyle, draw_style
from samples.truth import Values, values_of
from samples.wording import DIGITS, TITLE, Wording, draw_wording

HEADING_LEADING = 2.0
"""Distance of the lines above the table in font sizes."""
FOOT_PT, FOOT_SIZE_PT = 24.0, 9.0
"""Height of the page number above the sheet's edge, and its size, in points."""
SIGNATURE = "单位负责人：          填表人：          填表日期：    年    月    日"
HEADING_CHARACTERS = "0123456789.,-/：（）()年月日度十开始结束日期第页共— 单位负责人填表"
ATTEMPTS = 30
"""Styles tried until one holds the content."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A declaration ready to be drawn.

    Attributes:
        content: What it says.
        wording: How it is spelled.
        style: How it is set.
        cells: Every cell of every page.
        visible: Path → text that the print shows, for texts.
        pages: Number of pages.
    """

    content: Content
    wording: Wording
    style: PrintStyle
    cells: tuple[PlacedCell, ...]
    visible: dict[str, str]
    pages: int

    @property
    def owner(self) -> str:
        """Office that files it."""
        return self.content.applicant

    @property
    def values(self) -> Values:
        """The record that a perfect reader makes of it."""
        return values_of(self.content, self.visible)


def lay_out(rng: np.random.Generator, length: float | None = None) -> Layout:
    """An invented declaration, laid out.

    Args:
        rng: Source of chance.
        length: Length of its long texts, see `compose_content`; by chance where ``None``.

    Raises:
        LayoutError: If no style held the content.
    """
    wanted = float(rng.uniform(0.15, 1.5)) if length is None else length
    content = compose_content(rng, wanted)
    for _ in range(ATTEMPTS):
        wording = draw_wording(rng)
        style = draw_style(rng, _characters(content, wording))
        try:
            return _lay_out(content, wording, style, rng)
        except (LayoutError, MissingGlyphError):
            continue
    raise LayoutError("no style holds this content; shorten the sentence patterns")


def paint(painter: Painter, layout: Layout) -> range:
    """Draws a declaration at the end of a document.

    Returns:
        Its pages in that document, counted from 1.
    """
    first = painter.pages + 1
    for page in range(layout.pages):
        painter.add_page(layout.style.page)
        if page == 0:
            _paint_heading(painter, layout)
        cells = [c for c in layout.cells if c.page == page]
        painter.cells(cells, layout.style)
        paint_foot(painter, layout.style, page, layout.pages, max(c.y1 for c in cells))
    return range(first, first + layout.pages)


def _lay_out(
    content: Content, wording: Wording, style: PrintStyle, rng: np.random.Generator
) -> Layout:
    sheet = FormBuilder(content, style, wording, rng).build()
    fitted, heights = fit_rows(sheet.cells, style)
    top = style.page.margin_top + _heading_height(wording, style)
    parts = paginate(fitted, heights, style, top, sheet.heading_rows)
    return Layout(
        content=content,
        wording=wording,
        style=style,
        cells=tuple(place_cells(fitted, parts, style)),
        visible=visible_texts(fitted),
        pages=parts[-1].page + 1,
    )


def visible_texts(fitted: Iterable[FittedCell]) -> dict[str, str]:
    """Path → text that the print shows, for texts."""
    return {f.cell.key: f.visible for f in fitted if f.cell.key and isinstance(f.cell.text, str)}


def _characters(content: Content, wording: Wording) -> str:
    """Every character that may be printed in a Chinese typeface."""
    texts = [TITLE, HEADING_CHARACTERS, content.applicant, content.project_name]
    if "chinese" in {wording.start_style, wording.end_style}:
        texts.append(DIGITS)
    texts += content.long_texts.values()
    texts += [row.name for row in content.subprojects]
    texts += [option.label for option in (*content.project_type, *content.fund_use)]
    for row in content.indicators:
        texts += [row.level1, row.level2, row.level3, row.target]
    labels: dict[str, list[str]] = vocabulary("labels")
    texts += [label for variants in labels.values() for label in variants]
    return "".join(texts)


def _heading_height(wording: Wording, style: PrintStyle) -> float:
    lines = 1 if wording.year_line == "title" else 2
    lines += 0 if wording.applicant_in_table else 1
    return style.text.title_size + lines * HEADING_LEADING * style.text.size


def _paint_heading(painter: Painter, layout: Layout) -> None:
    style, wording, content = layout.style, layout.wording, layout.content
    y = paint_title(painter, style, wording, TITLE, content.year)
    if not wording.applicant_in_table:
        line = f"{wording.labels['applicant']}：{content.applicant}"
        painter.text(style.page.margin_x, y, line, style.text.label_face, style.text.size)


def paint_title(
    painter: Painter, style: PrintStyle, wording: Wording, title: str, year: int
) -> float:
    """Draws the title with its year, in it or below.

    Args:
        painter: The document.
        style: How it is set.
        wording: Where the year stands, and how it is written.
        title: Without the year.
        year: Fiscal year.

    Returns:
        Base line of the next line of the heading, points from the upper edge of the page.
    """
    face, size = style.text.title_face, style.text.title_size
    printed_year = wording.year(year)
    text = title + printed_year if wording.year_line == "title" else title
    room = style.page.width - 2 * style.page.margin_x
    size = min(size, room / metrics(face).width(text))
    y = style.page.margin_top + size
    painter.centered(y, text, face, size)
    leading = HEADING_LEADING * style.text.size
    if wording.year_line == "below":
        y += leading
        painter.centered(y, printed_year, style.text.label_face, style.text.size)
    return y + leading


def paint_foot(
    painter: Painter, style: PrintStyle, page: int, pages: int, table_end: float
) -> None:
    """Draws what stands below the table: a line for signatures, the page number.

    Args:
        painter: The document.
        style: How it is set.
        page: Number of the page, from 0.
        pages: How many there are.
        table_end: Lower edge of the table on this page in points.
    """
    face, size = style.text.label_face, style.text.size
    last = page == pages - 1
    if last and style.page.signature_line and table_end + 3 * size < style.page.height:
        painter.text(style.page.margin_x, table_end + 2 * size, SIGNATURE, face, size)
    if style.page.page_numbers:
        number = style.page.page_numbers.format(page=page + 1, pages=pages)
        painter.centered(style.page.height - FOOT_PT, number, face, FOOT_SIZE_PT)
