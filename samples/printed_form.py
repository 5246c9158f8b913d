"""One printed form of any layout: its pages and what is true of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import cast

import numpy as np

from extractors.forms.definition import FieldDefinition, FieldType, FormDefinition
from samples.declaration import (
    ATTEMPTS,
    HEADING_CHARACTERS,
    HEADING_LEADING,
    paint_foot,
    paint_title,
    visible_texts,
)
from samples.entries import Entries, Entry, EntryMaker, Options
from samples.fonts import MissingGlyphError, metrics
from samples.lexicon import chance, pick
from samples.paginate import LayoutError, PlacedCell, fit_rows, paginate, place_cells
from samples.painting import Painter
from samples.printing import Printing
from samples.sheet import UNIT_PLACES, SheetBuilder, Spelling
from samples.style import PrintStyle, draw_style
from samples.truth import Json, Values, money
from samples.wording import DIGITS, draw_wording

WAN_SHARE = 0.7
"""Share of prints whose amounts are in 万元, as most of these forms are."""
MANY_COLUMNS, SMALL_PT = 6, 10.0
"""A table of more columns than this is set no larger than that."""
UNIT_LINE = "金额单位：{unit}"
UNLABELLED = frozenset({FieldType.TITLE, FieldType.YEAR})
"""Types of what stands in the title and needs no label."""
LINE_GAP = "　　"
"""Between two fields in the line above the table."""
FIRST_SPELLING_SHARE = 0.6
"""Share of labels in their standard spelling."""


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A form ready to be drawn.

    Attributes:
        form: Its layout's id.
        owner: Office that files it.
        title: As printed, without the year.
        spelling: How it is worded.
        style: How it is set.
        cells: Every cell of every page.
        pages: Number of pages.
        values: The record that a perfect reader makes of it.
        year: Fiscal year.
        lines: Above the table, below the title.
    """

    form: str
    owner: str
    title: str
    spelling: Spelling
    style: PrintStyle
    cells: tuple[PlacedCell, ...]
    pages: int
    values: Values
    year: int
    lines: tuple[str, ...]


def lay_out_form(
    rng: np.random.Generator, printing: Printing, length: float | None = None
) -> PrintedForm:
    """An invented form, laid out.

    Args:
        rng: Source of chance.
        printing: Its definition and blocks.
        length: Length of its long texts, see `EntryMaker`; by chance where ``None``.

    Raises:
        LayoutError: If no style held the content.
    """
    definition = printing.definition
    wanted = float(rng.uniform(0.15, 1.5)) if length is None else length
    entries = EntryMaker(rng, definition, printing.layout, wanted).make()
    for _ in range(ATTEMPTS):
        spelling = _draw_spelling(rng, definition)
        style = draw_style(rng, _characters(printing, entries, spelling))
        try:
            return _lay_out(printing, entries, spelling, style, rng)
        except (LayoutError, MissingGlyphError):
            continue
    raise LayoutError(
        f"no style holds this content of {definition.id}; shorten the sentence patterns"
    )


def paint_form(painter: Painter, printed: PrintedForm) -> None:
    """Draws a form at the end of a document."""
    for page in range(printed.pages):
        painter.add_page(printed.style.page)
        if page == 0:
            _paint_heading(painter, printed)
        cells = [c for c in printed.cells if c.page == page]
        painter.cells(cells, printed.style)
        paint_foot(painter, printed.style, page, printed.pages, max(c.y1 for c in cells))


def _draw_spelling(rng: np.random.Generator, definition: FormDefinition) -> Spelling:
    wan = chance(rng, WAN_SHARE)
    wording = replace(draw_wording(rng), wan=wan)
    place = pick(rng, UNIT_PLACES)
    if place == "nowhere" and not wan:
        place = "heading"
    unit = f"{wording.brackets[0]}{'万元' if wan else '元'}{wording.brackets[1]}"
    labels: dict[str, str] = {}
    for field in definition.fields:
        if field.labels:
            labels[field.key] = _label(rng, field, definition)
        for column in field.columns:
            if column.labels:
                labels[f"{field.key}/{column.key}"] = _variant(rng, column.labels)
    return Spelling(wording, labels, unit, place)


def _label(rng: np.random.Generator, field: FieldDefinition, definition: FormDefinition) -> str:
    """A spelling of a label that is no other field's, unless they share it in print."""
    shared = field.under or field.in_column
    others = {s for f in definition.fields if f.key != field.key for s in f.labels}
    own = [s for s in field.labels if shared or s not in others]
    return _variant(rng, own or field.labels)


def _variant(rng: np.random.Generator, spellings: tuple[str, ...] | list[str]) -> str:
    return spellings[0] if chance(rng, FIRST_SPELLING_SHARE) else pick(rng, spellings)


def _characters(printing: Printing, entries: Entries, spelling: Spelling) -> str:
    headings = [text for block in printing.layout.blocks for text in block.heading]
    titles = printing.definition.titles
    texts = [*entries.texts(), *spelling.labels.values(), *titles, *headings]
    if "chinese" in {spelling.wording.start_style, spelling.wording.end_style}:
        texts.append(DIGITS)
    return "".join(texts) + spelling.unit + UNIT_LINE.format(unit="元") + HEADING_CHARACTERS


def _lay_out(
    printing: Printing,
    entries: Entries,
    spelling: Spelling,
    style: PrintStyle,
    rng: np.random.Generator,
) -> PrintedForm:
    definition, layout = printing.definition, printing.layout
    widest = max((len(b.widths) * len(b.fields[0]) for b in layout.blocks), default=0)
    if widest > MANY_COLUMNS:
        style = replace(style, text=replace(style.text, size=min(style.text.size, SMALL_PT)))
    builder = SheetBuilder(definition, layout, entries, spelling, style, rng)
    sheet = builder.build()
    fitted, heights = fit_rows(sheet.cells, style)
    lines = _lines(builder, definition, spelling, style)
    top = style.page.margin_top + _heading_height(spelling, style, len(lines))
    parts = paginate(fitted, heights, style, top, sheet.heading_rows)
    if any(p.y1 > style.page.height - style.page.margin_bottom + 1 for p in parts):
        raise LayoutError("a row is higher than the page")
    placed = tuple(place_cells(fitted, parts, style))
    if any(line.width > c.x1 - c.x0 - style.table.pad_x for c in placed for line in c.lines):
        raise LayoutError("a word is wider than its column")
    title = _variant(rng, definition.titles)
    visible = visible_texts(fitted)
    entries = replace(entries, rows=builder.rows_as_printed(visible))
    return PrintedForm(
        form=definition.id,
        owner=entries.owner,
        title=title,
        spelling=spelling,
        style=style,
        cells=placed,
        pages=parts[-1].page + 1,
        values=_values(definition, entries, visible, title),
        year=entries.year,
        lines=lines,
    )


def _lines(
    builder: SheetBuilder, definition: FormDefinition, spelling: Spelling, style: PrintStyle
) -> tuple[str, ...]:
    """The line of the fields above the table, and below it the unit."""
    above = [f for f in definition.fields if f.place == "heading" and f.type not in UNLABELLED]
    named = (f"{spelling.labels[f.key]}：{builder.spelled(f.key)}" for f in above)
    line = LINE_GAP.join(named)
    room = style.page.width - 2 * style.page.margin_x
    if metrics(style.text.label_face).width(line) * style.text.size > room:
        raise LayoutError("the line above the table is wider than the page")
    unit = UNIT_LINE.format(unit=spelling.unit[1:-1]) if spelling.unit_place == "line" else ""
    return tuple(text for text in (line, unit) if text)


def _values(
    definition: FormDefinition, entries: Entries, visible: Mapping[str, str], title: str
) -> Values:
    """The record, in the definition's order."""
    values: Values = {}
    for field in definition.fields:
        if field.type is FieldType.TITLE:
            values[field.key] = title
        elif field.type is FieldType.YEAR:
            values[field.key] = entries.year
        elif field.type is FieldType.ROWS:
            values[field.key] = [
                {
                    c.key: _figures(row[c.key])
                    if c.type is FieldType.NUMBER
                    else _shown(row[c.key], f"{field.key}/{index}/{c.key}", visible, blank="")
                    for c in field.columns
                }
                for index, row in enumerate(entries.rows.get(field.key, ()))
            ]
        elif field.type is FieldType.CHOICE:
            options = cast("Options", entries.fields[field.key])
            values[field.key] = {option.label: option.marked for option in options}
        else:
            values[field.key] = _shown(entries.fields[field.key], field.key, visible, blank=None)
    return values


def _figures(entry: Entry) -> Json:
    """A figure; a dash in its place stands for nothing."""
    text = str(entry)
    return text if any(c.isdigit() for c in text) else ""


def _shown(entry: Entry, path: str, visible: Mapping[str, str], *, blank: Json) -> Json:
    """A value as the contract prints it; ``blank`` where nothing is entered."""
    if isinstance(entry, Decimal):
        return money(entry)
    if isinstance(entry, tuple):
        return next(option.label for option in entry if option.marked)
    if isinstance(entry, date):
        return entry.isoformat()
    return blank if entry is None else visible.get(path, str(entry))


def _heading_height(spelling: Spelling, style: PrintStyle, lines: int) -> float:
    lines += 1 if spelling.wording.year_line == "title" else 2
    return style.text.title_size + lines * HEADING_LEADING * style.text.size


def _paint_heading(painter: Painter, printed: PrintedForm) -> None:
    style, spelling = printed.style, printed.spelling
    y = paint_title(painter, style, spelling.wording, printed.title, printed.year)
    face, size = style.text.label_face, style.text.size
    left, right = style.page.margin_x, style.page.width - style.page.margin_x
    for line in printed.lines:
        is_unit = spelling.unit_place == "line" and line is printed.lines[-1]
        x = right - metrics(face).width(line) * size if is_unit else left
        painter.text(x, y, line, face, size)
        y += HEADING_LEADING * size
