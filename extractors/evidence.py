"""What is on a page, whatever it came from: the one form in which evidence travels.

A scan, a born-digital PDF and a Markdown table all become `PageEvidence`; form matching never
asks which of them it was. Text is kept exactly as read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from extractors.geometry import BBox


class PageKind(StrEnum):
    """Where the evidence of a page comes from."""

    DIGITAL = "digital"
    PICTURE = "picture"
    TEXT = "text"


class MarkState(StrEnum):
    """State of a tick box."""

    CHECKED = "checked"
    EMPTY = "empty"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of one printed line that no tick box interrupts.

    Attributes:
        text: Characters as read.
        bbox: Place on the page; ``None`` for sources without geometry.
        confidence: Probability that the characters are right, 0..1.
        engine: What read it (``pdf``, ``rapidocr``, ``tesseract``, ``markup``).
        others: For each character of ``text`` the other ones that its picture supports; says
            nothing unless it is as long as ``text``, as where a run was cut.
        gaps: Numbers of the characters before which the picture shows more room than a space
            takes.
    """

    text: str
    bbox: BBox | None
    confidence: float
    engine: str
    others: tuple[str, ...] = ()
    gaps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A tick box, or a tick that stands without one.

    Attributes:
        state: What the picture (or the markup) says.
        bbox: Place on the page; ``None`` for sources without geometry.
        confidence: Probability that ``state`` is right, 0..1.
        engine: What decided it (``pdf``, ``picture``, ``markup``).
        boxed: Whether an outline was seen; ``False`` for a bare tick such as √.
        letter: The character that was surely read there, where its print looks the same as an
            empty box (口); ``""`` elsewhere. Which of the two it is, only its field can tell.
    """

    state: MarkState
    bbox: BBox | None
    confidence: float
    engine: str
    boxed: bool = True
    letter: str = ""


Token = TextRun | Mark


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line: text runs and marks in reading order.

    Attributes:
        tokens: At least one.
        bbox: Box around all tokens; ``None`` for sources without geometry.
        new_paragraph: Whether the line begins a paragraph of its own. A line that merely
            continues the one above, wrapped by the print, has ``False``; the first line of a
            cell has ``True``.
        level: Its top and bottom on the straightened page, fractions of that; ``None`` where
            ``bbox`` itself is level. On the page as filed the box around a long sloping line is
            higher than the line.
    """

    tokens: tuple[Token, ...]
    bbox: BBox | None
    new_paragraph: bool = True
    level: tuple[float, float] | None = None

    @property
    def text(self) -> str:
        """The text runs joined, marks left out."""
        return "".join(t.text for t in self.tokens if isinstance(t, TextRun))

    @property
    def letters(self) -> str:
        """The text where no tick box can stand: a mark that may be a letter is one."""
        return "".join(t.text if isinstance(t, TextRun) else t.letter for t in self.tokens)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid; a merged cell stands once, at its first row and column.

    Attributes:
        row: Zero-based first row.
        col: Zero-based first column.
        row_span: Rows covered, at least 1.
        col_span: Columns covered, at least 1.
        bbox: Between the rulings; ``None`` for sources without geometry.
        lines: Printed lines, top to bottom; empty for a blank cell.
    """

    row: int
    col: int
    row_span: int
    col_span: int
    bbox: BBox | None
    lines: tuple[TextLine, ...]

    @property
    def text(self) -> str:
        """Lines joined: wrapped lines directly, paragraphs by a line feed; marks left out."""
        out = ""
        for line in self.lines:
            out += ("\n" if out and line.new_paragraph else "") + line.text
        return out

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks in reading order."""
        return tuple(t for line in self.lines for t in line.tokens if isinstance(t, Mark))


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table.

    Attributes:
        rows: Number of rows.
        cols: Number of columns.
        cells: Sorted by row, then column; together they tile the grid.
        bbox: Outer frame; ``None`` for sources without geometry.
    """

    rows: int
    cols: int
    cells: tuple[Cell, ...]
    bbox: BBox | None


def moved(block: Grid | TextLine, place: Callable[[BBox], BBox]) -> Grid | TextLine:
    """The block with every box of it sent through ``place``; its lines keep how they were level."""

    def sent(box: BBox | None) -> BBox | None:
        return None if box is None else place(box)

    def line(x: TextLine) -> TextLine:
        tokens = tuple(replace(t, bbox=sent(t.bbox)) for t in x.tokens)
        level = None if x.bbox is None else (x.bbox.y0, x.bbox.y1)
        return replace(x, tokens=tokens, bbox=sent(x.bbox), level=x.level or level)

    if isinstance(block, TextLine):
        return line(block)
    cells = tuple(
        replace(c, bbox=sent(c.bbox), lines=tuple(line(x) for x in c.lines)) for c in block.cells
    )
    return replace(block, cells=cells, bbox=sent(block.bbox))


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """Everything read from one page.

    Attributes:
        number: Page in the file, counted from 1. A text source is one page.
        kind: Where the evidence comes from.
        blocks: Ruled tables and the lines outside them in reading order (top to bottom; on a
            sheet with two pages side by side, the left page first).
        engine: Text recognizer used, or ``pdf`` / ``markup``.
        rotation: Degrees clockwise by which the page as filed was turned to stand upright:
            0, 90, 180 or 270. All boxes are of the upright page.
    """

    number: int
    kind: PageKind
    blocks: tuple[Grid | TextLine, ...]
    engine: str
    rotation: int = 0

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The ruled tables among the blocks."""
        return tuple(b for b in self.blocks if isinstance(b, Grid))

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """The lines outside every grid."""
        return tuple(b for b in self.blocks if isinstance(b, TextLine))
