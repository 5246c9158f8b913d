"""The database for people who live in notebooks (JSON lines) and in spreadsheets (CSV).

JSON lines are what `shenbao extract` printed, rebuilt from the rows. CSV is one file a table, and
one a layout with a row for each declaration, in UTF-8 with a byte order mark so that Excel shows
Chinese.

No text of a form may become a formula when a spreadsheet opens it ("CSV injection"): a text that
begins with ``= + - @``, their full-width forms, a tab or a line break gets an apostrophe in front,
as OWASP advises (https://owasp.org/www-community/attacks/CSV_Injection). Numbers, dates and the
raw text in JSON lines are never touched.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any

from db.current_tables import TableRows, current_tables
from db.store import Store, storable
from extractors.errors import InputFileError
from normalizers.contract_json import to_contract
from normalizers.records import Extraction

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


class ExportFormat(StrEnum):
    """What an export is written as."""

    JSONL = "jsonl"
    CSV = "csv"


def export(store: Store, export_format: ExportFormat, out: Path) -> int:
    """Writes the current readings; appears under its name only when complete.

    Args:
        store: Open database.
        export_format: JSON lines, or CSV.
        out: A file for JSON lines; for CSV a folder, or a file ending in ``.zip``.

    Returns:
        How many records (JSON lines) or rows (CSV) were written.

    Raises:
        InputFileError: ``export_not_writable``.
        StoreError: The database cannot be read.
    """
    writer = _write_jsonl if export_format is ExportFormat.JSONL else _write_csv
    try:
        with _complete_or_absent(out) as partial:
            return writer(store, partial, zipped=out.suffix.lower() == ".zip")
    except OSError as error:
        raise InputFileError(
            f"写不出导出结果，请检查文件夹和磁盘空间 / cannot write the export; check folder and "
            f"disk space: {error.strerror}",
            code="export_not_writable",
            path=str(out),
        ) from error


@contextmanager
def _complete_or_absent(out: Path) -> Iterator[Path]:
    partial = out.with_name(f".{out.name}.{os.getpid()}.partial")
    try:
        yield partial
        if partial.is_dir():
            out.mkdir(exist_ok=True)
            for written in partial.iterdir():
                written.replace(out / written.name)
        else:
            partial.replace(out)
    finally:
        if partial.is_dir():
            shutil.rmtree(partial)
        partial.unlink(missing_ok=True)


def _write_jsonl(store: Store, partial: Path, *, zipped: bool) -> int:
    del zipped
    count = 0
    with partial.open("wb") as stream:
        for extraction in store.current_extractions():
            for record in contract_objects(extraction):
                stream.write(json_line(record))
                count += 1
    return count


def contract_objects(extraction: Extraction) -> Iterator[dict[str, object]]:
    """What `shenbao extract` prints of a file: its records as objects of JSON types."""
    named = dataclasses.replace(extraction, path=storable(extraction.path))
    return (to_contract(record, named) for record in named.records)


def json_line(record: dict[str, Any]) -> bytes:
    """One record as a line of UTF-8."""
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def _write_csv(store: Store, partial: Path, *, zipped: bool) -> int:
    from pipeline.form_tables import form_tables

    tables = chain(current_tables(store), form_tables(store))
    count = 0
    if zipped:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            for table in tables:
                with archive.open(f"{table.name}.csv", "w") as stream:
                    count += _write_table(table, io.TextIOWrapper(stream, "utf-8-sig", newline=""))
    else:
        partial.mkdir()
        for table in tables:
            with (partial / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="") as f:
                count += _write_table(table, f)
    return count


def _write_table(table: TableRows, stream: io.TextIOWrapper) -> int:
    writer = csv.writer(stream)
    writer.writerow(table.columns)
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
