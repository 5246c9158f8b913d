"""CSV: one file a table, in UTF-8 with a byte order mark so that Excel shows Chinese.

No text of a form may become a formula when a spreadsheet opens it ("CSV injection"): a text that
begins with ``= + - @``, their full-width forms, a tab or a line break gets an apostrophe in front,
as OWASP advises (https://owasp.org/www-community/attacks/CSV_Injection). Numbers and dates are
never touched.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from db.table_rows import TableRows

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def write_csv_folder(tables: Iterable[TableRows], out: Path) -> int:
    """A folder of files; how many rows they hold."""
    out.mkdir()
    count = 0
    for table in tables:
        path = out / f"{table.name}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            count += _write_table(table, stream)
    return count


def write_csv_zip(tables: Iterable[TableRows], out: Path) -> int:
    """The same files in one archive; how many rows they hold."""
    count = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            with archive.open(f"{table.name}.csv", "w", force_zip64=True) as stream:
                count += _write_table(table, io.TextIOWrapper(stream, "utf-8-sig", newline=""))
    return count


def _write_table(table: TableRows, stream: io.TextIOWrapper) -> int:
    writer = csv.writer(stream)
    writer.writerow(table.names)
    count = 0
    for row in table.rows:
        writer.writerow(csv_cells(row))
        count += 1
    stream.flush()
    return count


def csv_cells(row: Iterable[Any]) -> list[str]:
    """A row's values as text that no spreadsheet takes for a formula."""
    return [_csv_cell(value) for value in row]


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return str(value)
