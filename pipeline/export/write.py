"""An export in any format: what it reads, and that it appears only when complete."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from itertools import chain
from pathlib import Path

from db.current_tables import current_tables
from db.store import Store
from db.table_rows import TableRows
from extractors.errors import InputFileError
from pipeline.export.csv_tables import write_csv_folder, write_csv_zip
from pipeline.export.form_tables import form_tables
from pipeline.export.json_lines import write_json_lines


class ExportFormat(StrEnum):
    """What an export is written as."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


def export(
    store: Store, export_format: ExportFormat, out: Path, as_of: datetime | None = None
) -> int:
    """Writes the current readings; appears under its name only when complete.

    Args:
        store: Open database.
        export_format: JSON lines, CSV, an Excel workbook, or Parquet.
        out: A file for JSON lines and Excel; a folder for CSV and Parquet; for CSV also a file
            ending in ``.zip``.
        as_of: Moment whose state is to be written; that of now unless given.

    Returns:
        How many records (JSON lines) or rows (all others) were written.

    Raises:
        InputFileError: ``export_not_writable``.
        StoreError: The database cannot be read.
    """
    try:
        with _complete_or_absent(out) as partial:
            if export_format is ExportFormat.JSONL:
                return write_json_lines(store, partial, as_of)
            tables = chain(current_tables(store, as_of), form_tables(store, as_of))
            if export_format is ExportFormat.CSV:
                zipped = out.suffix.lower() == ".zip"
                return (write_csv_zip if zipped else write_csv_folder)(tables, partial)
            return _write_typed(tables, export_format, partial)
    except OSError as error:
        raise InputFileError(
            f"写不出导出结果，请检查文件夹和磁盘空间 / cannot write the export; check folder and "
            f"disk space: {error.strerror or error}",
            code="export_not_writable",
            path=str(out),
        ) from error


def _write_typed(tables: Iterator[TableRows], export_format: ExportFormat, partial: Path) -> int:
    """Formats whose libraries are loaded only when they are asked for."""
    if export_format is ExportFormat.XLSX:
        from pipeline.export.workbook import write_workbook

        return write_workbook(tables, partial)
    from pipeline.export.parquet import write_parquet

    return write_parquet(tables, partial)


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
