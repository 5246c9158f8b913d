"""Born-digital pages of an invented layout: a title, lines, and a ruled table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF

from samples.fonts import TYPEFACES, covering, metrics

LEFT, TOP, WIDTH = 20.0, 45.0, 170.0
"""Place of the table on A4, in millimetres."""
SIZE_PT = 10.5
LINE_MM = 5.0
PADDING_MM = 1.5
COLUMN_MM = 45.0


@dataclass(frozen=True)
class Sheet:
    """What a page says.

    Attributes:
        title: Centred above everything.
        lines: Between title and table; a tab begins the next column.
        rows: Texts of the table; ``"<"`` continues the cell to the left, ``"^"`` the one above.
        widths: Of the columns, in shares of the table.
    """

    title: str
    lines: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]


def write_pdf(path: Path, *sheets: Sheet) -> Path:
    """One page for each sheet."""
    pdf = FPDF(format="A4")
    text = "".join(w for s in sheets for w in (s.title, *s.lines, *(c for r in s.rows for c in r)))
    face = covering(TYPEFACES, text.replace("\t", ""))[0]
    pdf.add_font("print", fname=face.path, collection_font_number=metrics(face).face_index)
    for sheet in sheets:
        pdf.add_page()
        pdf.set_font("print", size=16)
        pdf.text((210 - pdf.get_string_width(sheet.title)) / 2, 22, sheet.title)
        pdf.set_font("print", size=SIZE_PT)
        for number, line in enumerate(sheet.lines):
            for column, text in enumerate(line.split("\t")):
                pdf.text(LEFT + COLUMN_MM * column, 32 + 6 * number, text)
        _table(pdf, sheet)
    pdf.output(str(path))
    return path


def _table(pdf: FPDF, sheet: Sheet) -> None:
    edges = [LEFT]
    for share in sheet.widths:
        edges.append(edges[-1] + share * WIDTH)
    cells = []
    for r, row in enumerate(sheet.rows):
        for c, text in enumerate(row):
            if text not in {"<", "^"}:
                cells.append((r, _end_row(sheet.rows, r, c), c, _end_col(row, c), text))
    wrapped = {(r, c): _wrapped(pdf, text, edges[end] - edges[c]) for r, _, c, end, text in cells}
    heights = [
        max(
            (len(wrapped[r, c]) for r, end, c, _, _ in cells if r == row and end == r + 1),
            default=1,
        )
        * LINE_MM
        + 2 * PADDING_MM
        for row in range(len(sheet.rows))
    ]
    tops = [TOP]
    for height in heights:
        tops.append(tops[-1] + height)
    for r, end_row, c, end_col, _ in cells:
        pdf.rect(edges[c], tops[r], edges[end_col] - edges[c], tops[end_row] - tops[r])
        for number, line in enumerate(wrapped[r, c]):
            pdf.text(edges[c] + PADDING_MM, tops[r] + PADDING_MM + LINE_MM * (number + 0.8), line)


def _end_row(rows: Sequence[Sequence[str]], row: int, col: int) -> int:
    end = row + 1
    while end < len(rows) and rows[end][col] == "^":
        end += 1
    return end


def _end_col(row: Sequence[str], col: int) -> int:
    end = col + 1
    while end < len(row) and row[end] == "<":
        end += 1
    return end


def _wrapped(pdf: FPDF, text: str, width: float) -> list[str]:
    """Lines that fit into a cell."""
    lines = [""]
    for char in text:
        if pdf.get_string_width(lines[-1] + char) > width - 2 * PADDING_MM:
            lines.append("")
        lines[-1] += char
    return lines
