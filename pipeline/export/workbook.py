"""An Excel workbook: one sheet a table, typed cells, and no text that could become a formula.

Written row by row, so that its size is no matter of memory. What Excel cannot hold is said on the
first sheet and never lost in silence: a table longer than a sheet goes on on the next, a text
longer than a cell is cut.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from db.table_rows import TableRows
from pipeline.export.workbook_cells import CellWriter

SHEET_ROWS = 1_048_576
SUMMARY_ROWS = 1_000_000
SHEET_NAME_LENGTH = 31
SUMMARY = "说明"
SUMMARY_COLUMNS = ("表 table", "工作表 sheet", "行数 rows", "备注 remarks")
MOST_LINKS = 60_000
"""Rows of a sheet that get a link; Excel takes 65,530."""

COLUMN_WIDTH = 16
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "use_zip64": True,
}


LINKED = ("finding_declarations", "finding_evidence", "corrections")
"""Tables whose rows lead to the declaration that they speak of."""

TARGETS = {"declaration_id": "id", "reading_id": "reading_id"}
"""Column of theirs → column of `declarations` that holds the same number."""


@dataclass(slots=True)
class _Book:
    workbook: Workbook
    cells: CellWriter
    names: set[str] = field(default_factory=lambda: {SUMMARY})
    notes: list[tuple[str, str, int, str]] = field(default_factory=list)
    places: dict[tuple[str, int], str] = field(default_factory=dict)

    def sheet(self, wanted: str) -> Worksheet:
        """A new sheet; names are cut to what Excel takes, and differ whatever their case."""
        for number in count(1):
            ending = "" if number == 1 else f"_{number}"
            name = wanted[: SHEET_NAME_LENGTH - len(ending)] + ending
            if name.lower() not in self.names:
                break
        self.names.add(name.lower())
        return self.workbook.add_worksheet(name)


def write_workbook(tables: Iterable[TableRows], out: Path) -> int:
    """One workbook; how many rows its sheets hold."""
    workbook = Workbook(str(out), OPTIONS)
    book = _Book(workbook, CellWriter.of(workbook))
    summary = workbook.add_worksheet(SUMMARY)
    total = sum(_write_table(book, table) for table in tables)
    _write_summary(book, summary)
    try:
        workbook.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error
    return total


def _write_table(book: _Book, table: TableRows) -> int:
    total = 0
    rows = iter(table.rows)
    row: tuple[Any, ...] | None = next(rows, None)
    while True:
        sheet = _begin(book, table)
        written = 0
        while row is not None and written < SHEET_ROWS - 1:
            written += 1
            _write_row(book, table, sheet, written, row)
            row = next(rows, None)
        _end(book, table, sheet, written)
        total += written
        if row is None:
            return total


def _write_row(
    book: _Book, table: TableRows, sheet: Worksheet, number: int, row: tuple[Any, ...]
) -> None:
    for place, (value, column) in enumerate(zip(row, table.columns, strict=True)):
        if table.name == "declarations" and column.name in TARGETS.values():
            book.places[column.name, value] = f"internal:'{sheet.get_name()}'!A{number + 1}"
        if table.name in LINKED and column.name in TARGETS:
            target = book.places.get((TARGETS[column.name], value))
            if target is not None and len(sheet.hyperlinks) < MOST_LINKS:
                sheet.write_url(number, place, target, book.cells.link, str(value))
        book.cells.write(sheet, number, place, value, column.kind)


def _begin(book: _Book, table: TableRows) -> Worksheet:
    sheet = book.sheet(table.name)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(table.columns) - 1, 0), COLUMN_WIDTH)
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, book.cells.header)
    return sheet


def _end(book: _Book, table: TableRows, sheet: Worksheet, written: int) -> None:
    sheet.autofilter(0, 0, written, max(len(table.columns) - 1, 0))
    remarks = [
        f"{cut.cell} 超出单元格长度，已截断 / cut to the length of a cell "
        f"({cut.length} characters in the database)"
        for cut in book.cells.take_cuts()
    ]
    book.notes.append((table.name, sheet.get_name(), written, ""))
    book.notes += [(table.name, sheet.get_name(), written, remark) for remark in remarks]


def _write_summary(book: _Book, sheet: Worksheet) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(SUMMARY_COLUMNS) - 1, 2 * COLUMN_WIDTH)
    for place, name in enumerate(SUMMARY_COLUMNS):
        sheet.write_string(0, place, name, book.cells.header)
    for number, (table, name, rows, remark) in enumerate(book.notes[:SUMMARY_ROWS], start=1):
        sheet.write_string(number, 0, table)
        sheet.write_string(number, 1, name)
        sheet.write_number(number, 2, rows)
        sheet.write_string(number, 3, remark)
    last = min(len(book.notes), SUMMARY_ROWS) + 1
    sheet.write_string(last, 0, "金额以元计，时刻为 UTC / amounts are in yuan, moments in UTC")
