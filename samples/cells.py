"""What stands in a table's cells, and how it breaks into lines of text and boxes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from samples.content import Option
from samples.fonts import Typeface, metrics
from samples.style import MarkStyle, PrintStyle
from samples.wrap import Measure, TextLine, visible_text, wrap_text

Align = Literal["left", "center"]
BOX_GAP_EM = 0.3
"""Room between an option and its box."""
TOUCHING_PT = 0.01
"""Letters nearer than this belong to one run."""
OPTION_GAP_EM = 1.2
"""Room between one option and the next."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text on a line: offset from the cell's inner left edge and added spacing, in points."""

    x: float
    text: str
    spacing: float = 0.0


@dataclass(frozen=True, slots=True)
class Box:
    """A tick box on a line: offset from the cell's inner left edge in points, and its state."""

    x: float
    marked: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell, left to right; ``width`` in points."""

    items: tuple[Run | Box, ...]
    width: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the printed table.

    Attributes:
        row: First table row, from 0.
        row_span: Rows covered.
        x0: Left edge as a fraction of the table's width.
        x1: Right edge.
        text: Text, or options.
        label: Whether it is set like a label.
        align: Horizontal alignment.
        top: Whether its lines start at the top, not in the middle.
        long: Whether it is running text: indented, and split by the end of a page.
        max_lines: Lines after which the print cuts the text off.
        skip_lines: Lines above the visible ones that the print cuts off too.
        stacked: Whether its characters stand one above the other.
        whole: Whether running text is kept on one page all the same.
        repeat: Whether its text comes again where the end of a page cuts it.
        key: Path of the value it shows.
    """

    row: int
    row_span: int
    x0: float
    x1: float
    text: str | tuple[Option, ...]
    label: bool = False
    align: Align = "left"
    top: bool = False
    long: bool = False
    max_lines: int | None = None
    skip_lines: int = 0
    stacked: bool = False
    whole: bool = False
    repeat: bool = False
    key: str | None = None


@dataclass(frozen=True, slots=True)
class FittedCell:
    """A cell with its lines, and the text that a reader sees in it."""

    cell: Cell
    lines: tuple[Line, ...]
    visible: str
    leading: float
    splittable: bool = False


def fit_cell(cell: Cell, style: PrintStyle, table_width: float) -> FittedCell:
    """Breaks a cell's content into lines."""
    room = (cell.x1 - cell.x0) * table_width - 2 * style.table.pad_x
    leading = style.text.size * style.text.line_spacing
    face = style.text.label_face if cell.label else style.text.value_face
    if cell.stacked:
        room = style.text.size
    measure = measure_in(face, style.text.size, room)
    if isinstance(cell.text, tuple):
        return FittedCell(cell, option_lines(cell.text, style.mark, measure), "", leading)
    indent_em = style.text.indent_em if cell.long else 0.0
    rules = style.text.rules if cell.long else replace(style.text.rules, keep_words=True)
    wrapped = wrap_text(cell.text, measure, rules, indent_em) if cell.text else []
    if cell.max_lines is not None:
        skip = min(cell.skip_lines, max(len(wrapped) - 1, 0))
        wrapped = wrapped[skip : skip + cell.max_lines]
    justify = style.text.justify and cell.align == "left" and not cell.label
    lines = tuple(_text_line(line, measure, justify) for line in wrapped)
    return FittedCell(
        cell, lines, visible_text(wrapped), leading, splittable=cell.long and not cell.whole
    )


def measure_in(face: Typeface, size: float, width: float) -> Measure:
    """Measuring in a typeface at a size, both in points."""
    widths = metrics(face)
    return Measure(width, lambda text: widths.width(text) * size, size)


def _text_line(line: TextLine, measure: Measure, justify: bool) -> Line:
    width = measure.width_of(line.text)
    left = measure.width - line.indent - width
    spacing = 0.0
    if justify and not line.last and len(line.text) > 1 and 0 < left < 2 * measure.em:
        spacing = left / (len(line.text) - 1)
    return Line((Run(line.indent, line.text, spacing),), line.indent + width)


def option_lines(
    options: tuple[Option, ...], style: MarkStyle, measure: Measure
) -> tuple[Line, ...]:
    """Options with their boxes, flowing from line to line."""
    gap = BOX_GAP_EM * measure.em
    lines: list[list[Run | Box]] = [[]]
    x = 0.0
    for option in options:
        pieces = _pieces(option, style, measure, gap)
        if x > 0 and not style.break_anywhere and x + sum(w for _, w in pieces) > measure.width:
            lines.append([])
            x = 0.0
        for piece, width in pieces:
            if x > 0 and x + width - gap > measure.width:
                lines.append([])
                x = 0.0
            _append(lines[-1], piece, x, measure)
            x += width
        x += OPTION_GAP_EM * measure.em
    return tuple(Line(tuple(line), measure.width) for line in lines)


def _pieces(
    option: Option, style: MarkStyle, measure: Measure, gap: float
) -> list[tuple[str | bool, float]]:
    """The option's characters and its box, each with the room it takes."""
    letters: list[tuple[str | bool, float]] = [(c, measure.width_of(c)) for c in option.label]
    if option.marked is None:
        return letters
    box = (option.marked, style.size_em * measure.em)
    if style.before:
        return [(box[0], box[1] + gap), *letters]
    last, width = letters[-1]
    return [*letters[:-1], (last, width + gap), box]


def _append(line: list[Run | Box], piece: str | bool, x: float, measure: Measure) -> None:
    """Adds a piece to a line; a letter right behind another one joins its run."""
    if isinstance(piece, bool):
        line.append(Box(x, piece))
        return
    last = line[-1] if line else None
    if isinstance(last, Run) and abs(last.x + measure.width_of(last.text) - x) < TOUCHING_PT:
        line[-1] = Run(last.x, last.text + piece)
    else:
        line.append(Run(x, piece))
