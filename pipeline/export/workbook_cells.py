"""Values as cells of an Excel sheet: exact, or as text where Excel would round them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any, Self

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from db.table_rows import ColumnKind

CELL_LENGTH = 32_767
"""UTF-16 units, as Excel counts."""

CUT_MARK = "…（截断 cut）"
EXACT_BELOW = 10**15
"""Excel keeps 15 digits of a number: larger integers, and amounts in 分, become text."""

FIRST_DATE = date(1900, 3, 1)
"""Excel takes 1900 for a leap year, so that earlier days are not reliable."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A text that did not fit into its cell: where, and its length in the database."""

    cell: str
    length: int


@dataclass(slots=True)
class CellWriter:
    """Writes cells of all kinds and remembers which were cut."""

    header: Format
    amount: Format
    day: Format
    moment: Format
    link: Format
    cuts: list[Cut] = field(default_factory=list)

    @classmethod
    def of(cls, workbook: Workbook) -> Self:
        """With this workbook's formats."""
        return cls(
            header=workbook.add_format({"bold": True, "bg_color": "#E7ECF3"}),
            amount=workbook.add_format({"num_format": "#,##0.00"}),
            day=workbook.add_format({"num_format": "yyyy-mm-dd"}),
            moment=workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            link=workbook.add_format({"font_color": "#0563C1", "underline": 1}),
        )

    def take_cuts(self) -> list[Cut]:
        """What was cut since the last call."""
        taken, self.cuts = self.cuts, []
        return taken

    def write(self, sheet: Worksheet, row: int, place: int, value: Any, kind: ColumnKind) -> None:
        """One value; ``None`` leaves the cell empty."""
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, place, value)
        elif isinstance(value, Decimal) and abs(value.scaleb(2)) < EXACT_BELOW:
            sheet.write_number(row, place, float(value), self.amount)
        elif _is_exact(value):
            sheet.write_number(row, place, value)
        elif isinstance(value, date) and self._write_date(sheet, row, place, value):
            return
        else:
            self._write_text(sheet, row, place, _text(value, kind))

    def _write_date(self, sheet: Worksheet, row: int, place: int, value: date) -> bool:
        if isinstance(value, datetime):
            plain = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
            if plain.date() >= FIRST_DATE:
                sheet.write_datetime(row, place, plain, self.moment)
                return True
            return False
        if value >= FIRST_DATE:
            sheet.write_datetime(row, place, value, self.day)
            return True
        return False

    def _write_text(self, sheet: Worksheet, row: int, place: int, value: str) -> None:
        length = len(value) if 2 * len(value) <= CELL_LENGTH else _utf16_length(value)
        if length > CELL_LENGTH:
            self.cuts.append(Cut(f"{sheet.get_name()}!{xl_rowcol_to_cell(row, place)}", length))
            value = _cut(value, CELL_LENGTH - len(CUT_MARK)) + CUT_MARK
        sheet.write_string(row, place, value)


def _is_exact(value: Any) -> bool:
    if isinstance(value, int):
        return abs(value) < EXACT_BELOW
    return isinstance(value, float) and isfinite(value)


def _text(value: Any, kind: ColumnKind) -> str:
    if kind is ColumnKind.JSON:
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else str(value)


def _utf16_length(value: str) -> int:
    return len(value) + sum(character > "\uffff" for character in value)


def _cut(value: str, length: int) -> str:
    """The longest beginning with so many UTF-16 units; no character is halved."""
    if _utf16_length(value[:length]) == length:
        return value[:length]
    return value.encode("utf-16-le")[: 2 * length].decode("utf-16-le", "ignore")
