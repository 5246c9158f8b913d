"""Many rows at once, by the driver's own fast way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, select, text


def next_id(connection: Connection, table: Table) -> int:
    """The number that the next row would get; to be asked for by the one writer there is."""
    return (connection.scalar(select(func.max(table.c.id))) or 0) + 1


def write_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Adds rows of plain values: ``executemany`` on SQLite, ``COPY`` on PostgreSQL."""
    names = ", ".join(f'"{column}"' for column in columns)
    raw: Any = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite":
        places = ", ".join("?" for _ in columns)
        raw.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', rows)
        return
    with raw.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def note_ids(connection: Connection, tables: Iterable[Table]) -> None:
    """Tells PostgreSQL which numbers were given out by hand."""
    if connection.dialect.name == "postgresql":
        for table in tables:
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                    f"greatest((SELECT max(id) FROM {table.name}), 1))"
                )
            )


def make_room(connection: Connection, kib: int) -> int:
    """Lets SQLite keep so much of the database in memory; how much it was until then."""
    if connection.dialect.name != "sqlite":
        return kib
    pages = int(connection.exec_driver_sql("PRAGMA cache_size").scalar_one())
    size = int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())
    connection.exec_driver_sql(f"PRAGMA cache_size = -{kib}")
    return -pages if pages < 0 else pages * size // 1024
