"""Free SQL on PostgreSQL: what a read-only transaction does not hold back.

Inside one, functions still read and write files of the server, take locks, end other sessions or
lift the time limit. All of these are marked volatile in the catalogue, as everything is that does
more than compute; so volatile functions are refused by name, wherever in the statement the name
stands, but for the few that do no harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

WORD = re.compile(r"[\w$]+")
ESCAPED_NAME = re.compile(r"u&\s*[\"']", re.IGNORECASE)
"""Spells a name in numbers, so that no check by name can see it."""

HARMLESS = {
    "array_sample", "array_shuffle", "clock_timestamp", "gen_random_uuid", "random",
    "random_normal", "timeofday", "uuidv4", "uuidv7",
}  # fmt: skip
VOLATILE = text("SELECT 1 FROM pg_proc WHERE provolatile = 'v' AND proname = ANY(:names) LIMIT 1")

Row = tuple[Any, ...]


def calls_forbidden(connection: Connection, sql: str) -> bool:
    """Whether a statement names a function that may do more than compute."""
    if ESCAPED_NAME.search(sql):
        return True
    names = {word.lower() for word in WORD.findall(sql)} | set(WORD.findall(sql))
    return connection.scalar(VOLATILE, {"names": sorted(names - HARMLESS)}) is not None


def answer(connection: Connection, sql: str) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Columns and rows of one statement; the server refuses two.

    Raises:
        DBAPIError: The server refused it.
    """
    raw: Any = connection.connection.dbapi_connection
    driver: psycopg.Connection[Row] = raw
    with _as_dbapi_error(sql), driver.cursor() as cursor:
        cursor.execute(sql.encode(), prepare=True)
        columns = tuple(column.name for column in cursor.description or ())
        return columns, tuple(cursor.fetchall())


@contextmanager
def _as_dbapi_error(sql: str) -> Iterator[None]:
    """The driver's errors as SQLAlchemy would raise them."""
    try:
        yield
    except psycopg.Error as error:
        raise DBAPIError(sql, None, error) from error
