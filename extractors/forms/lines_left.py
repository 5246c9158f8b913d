"""Lines between the grids of a form that may be its rows: a ruling lost leaves them outside.

Running heads, page numbers and signatures stand there too. What tells rows from them is that they
stand close to a grid, or on a page that lost its grid as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.evidence import TextRun
from extractors.forms.colon import colon_pairs
from extractors.forms.definition import FormDefinition
from extractors.forms.labels import fold
from extractors.forms.table import CellPart, PlacedLine, Table
from extractors.forms.titles import GARBLED_TITLE, best_title, looks_like_title
from extractors.geometry import BBox, union

REACH = 2.0
"""In heights of the line. The highest cell of a row leaves less than one line between its text and
the ruling; running heads and page numbers keep to the margin, which is wider."""
LIKELY = 0.5
"""Least certainty of a line on a page without a grid: the front of a sheet that shines through its
blank back is hardly read."""
_RUNNING = re.compile(r"[第共页续转接上下表\d]+")
"""Page numbers, and what is said of tables that go on, folded."""


def rows_outside(
    lines: Sequence[PlacedLine], table: Table, definition: FormDefinition
) -> Iterator[tuple[PlacedLine, int]]:
    """Lines that may be rows of a table, each with the number of its rows before them, 1 at least.

    Args:
        lines: Between and below the grids of the form.
        table: All grids as one.
        definition: Layout of the form, whose title may be printed again.
    """
    parts = [(cell, part) for cell in table.cells for part in cell.parts]
    last = max((part.page for _, part in parts), default=0)
    for placed in lines:
        if not _is_close(placed, [p for _, p in parts if p.page == placed.page], last):
            continue
        if _is_running(placed, definition):
            continue
        after = {id(cell) for cell, part in parts if not _is_before(part, placed)}
        yield placed, max((c.end_row for c in table.cells if id(c) not in after), default=1)


def _is_close(placed: PlacedLine, parts: Sequence[CellPart], last: int) -> bool:
    """Whether a line stands above a part of the table, or below one that goes on elsewhere."""
    box = placed.line.bbox
    if box is None or placed.page > last:
        return False
    frame = union(part.cell.bbox for part in parts)
    if frame is None:
        runs = [t for t in placed.line.tokens if isinstance(t, TextRun)]
        return min((run.confidence for run in runs), default=0.0) >= LIKELY
    goes_on = placed.page < last or any(_is_below(p.cell.bbox, box) for p in parts)
    gap = max(frame.y0 - box.y1, box.y0 - frame.y1)
    return goes_on and box.x0 < frame.x1 and frame.x0 < box.x1 and gap <= REACH * box.height


def _is_below(cell: BBox | None, line: BBox) -> bool:
    return cell is not None and cell.y0 + cell.y1 > line.y0 + line.y1


def _is_before(part: CellPart, placed: PlacedLine) -> bool:
    """Whether what a page shows of a cell stands above a line."""
    line = placed.line.bbox
    if part.page != placed.page or line is None:
        return part.page < placed.page
    return not _is_below(part.cell.bbox, line)


def _is_running(placed: PlacedLine, definition: FormDefinition) -> bool:
    """Whether a line is said to be something else than a row by its own text."""
    text = placed.line.text
    return (
        _RUNNING.fullmatch(fold(text)) is not None
        or bool(colon_pairs(placed))
        or looks_like_title(text)
        or best_title(text, [definition]) >= GARBLED_TITLE
    )
