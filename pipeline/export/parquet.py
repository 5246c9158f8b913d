"""Parquet: one file a table, for notebooks and data tools; amounts are exact decimals.

JSON columns are text that holds JSON; moments are UTC.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from db.table_rows import ColumnKind, TableRows

ROWS_A_GROUP = 20_000
"""Some 20 MB of values; what is in memory at once."""

TYPES = {
    ColumnKind.TEXT: pa.string(),
    ColumnKind.INTEGER: pa.int64(),
    ColumnKind.NUMBER: pa.float64(),
    ColumnKind.AMOUNT: pa.decimal128(20, 2),
    ColumnKind.BOOLEAN: pa.bool_(),
    ColumnKind.DATE: pa.date32(),
    ColumnKind.MOMENT: pa.timestamp("us", tz="UTC"),
    ColumnKind.JSON: pa.string(),
}


def write_parquet(tables: Iterable[TableRows], out: Path) -> int:
    """A folder of files; how many rows they hold."""
    out.mkdir()
    return sum(_write_table(table, out / f"{table.name}.parquet") for table in tables)


def _write_table(table: TableRows, path: Path) -> int:
    schema = pa.schema([pa.field(c.name, TYPES[c.kind]) for c in table.columns])
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in _groups(table.rows):
            writer.write_batch(_batch(table, rows, schema))
            count += len(rows)
    return count


def _groups(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    while group := list(islice(rows, ROWS_A_GROUP)):
        yield group


def _batch(table: TableRows, rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    arrays = [
        pa.array([_cell(row[i], column.kind) for row in rows], type=schema.field(i).type)
        for i, column in enumerate(table.columns)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _cell(value: Any, kind: ColumnKind) -> Any:
    if value is None:
        return None
    if kind is ColumnKind.JSON:
        return json.dumps(value, ensure_ascii=False)
    return str(value) if kind is ColumnKind.TEXT else value
