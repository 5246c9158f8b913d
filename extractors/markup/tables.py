"""Tables of the three markups (tabs, pipes, HTML) into grids."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from extractors.evidence import Cell, Grid
from extractors.markup.inline import lines_of_element, parse_lines

_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER_CELL = re.compile(r"\s*:?-+:?\s*")
# HTML allows 65,534; a declaration never has more rows or columns than this.
_MAX_SPAN = 1000


def tab_grid(lines: Sequence[str]) -> Grid:
    """Grid of consecutive lines with cells between tabs; short rows end in blank cells."""
    return _plain_grid([line.split("\t") for line in lines])


def pipe_cells(line: str) -> list[str]:
    r"""Cells of one pipe table line; ``\|`` is a character, the outer pipes are optional."""
    inner = line.strip()
    inner = inner[1:] if inner.startswith("|") else inner
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return _UNESCAPED_PIPE.split(inner)


def is_delimiter(line: str) -> bool:
    """Whether the line is the ``|---|---|`` that stands under the head of a pipe table."""
    return "|" in line and all(_DELIMITER_CELL.fullmatch(c) for c in pipe_cells(line))


def pipe_grid(lines: Sequence[str]) -> Grid | None:
    """Grid of consecutive pipe table lines; ``None`` where only delimiters stand.

    A blank head above the delimiter is Markdown's way to write a table without one, so it is
    not a row of the print.
    """
    rows: list[list[str]] = []
    for line in lines:
        if not is_delimiter(line):
            rows.append(pipe_cells(line))
        elif len(rows) == 1 and not any(c.strip() for c in rows[0]):
            rows.clear()
    return _plain_grid(rows) if rows else None


def html_grid(table: Any) -> Grid | None:
    """Grid of a parsed ``<table>``; ``None`` where it has no cells.

    Args:
        table: lxml element; ``rowspan`` and ``colspan`` are kept, overlaps and gaps mended with
            the first cell's right and blank cells.
    """
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    rows = [r for r in table.iter("tr") if next(r.iterancestors("table")) is table]
    for row, element in enumerate(rows):
        col = 0
        for child in element.iterchildren("td", "th"):
            while (row, col) in taken:
                col += 1
            cell = _html_cell(child, row=row, col=col, row_count=len(rows), taken=taken)
            cells.append(cell)
            taken |= _places(cell)
            col += cell.col_span
    if not cells:
        return None
    width = max(c.col + c.col_span for c in cells)
    gaps = [
        Cell(r, c, 1, 1, None, ())
        for r in range(len(rows))
        for c in range(width)
        if (r, c) not in taken
    ]
    ordered = sorted((*cells, *gaps), key=lambda c: (c.row, c.col))
    return Grid(len(rows), width, tuple(ordered), None)


def _html_cell(
    element: Any, *, row: int, col: int, row_count: int, taken: set[tuple[int, int]]
) -> Cell:
    row_span = min(_span(element.get("rowspan"), whole=row_count - row), row_count - row)
    col_span = _span(element.get("colspan"), whole=1)
    while any((row, col + i) in taken for i in range(col_span)):
        col_span -= 1
    return Cell(row, col, row_span, col_span, None, lines_of_element(element))


def _places(cell: Cell) -> set[tuple[int, int]]:
    return {
        (r, c)
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.col, cell.col + cell.col_span)
    }


def _span(value: str | None, *, whole: int) -> int:
    """Number of a span attribute; 0 means "to the end" in HTML, rubbish means 1."""
    digits = re.match(r"\s*(\d{1,5})", value or "1")
    number = int(digits[1]) if digits else 1
    return min(number or whole, _MAX_SPAN)


def _plain_grid(rows: Sequence[Sequence[str]]) -> Grid:
    width = max(len(r) for r in rows)
    cells = tuple(
        Cell(r, c, 1, 1, None, parse_lines(row[c]) if c < len(row) else ())
        for r, row in enumerate(rows)
        for c in range(width)
    )
    return Grid(len(rows), width, cells, None)
