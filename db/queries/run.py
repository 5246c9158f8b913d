"""Running queries that can read and nothing else.

Three locks on SQLite: the file is opened read-only, ``query_only`` is set, and an authorizer
lets only reading through (so that not even ATTACH can reach another file). Three on PostgreSQL: the
transaction is declared read-only, the statement is sent in the protocol that takes only one, and
functions that do more than compute are refused (`db.queries.postgresql`).
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, CursorResult, create_engine, text
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.pool import NullPool

from db.engine import BUSY_TIMEOUT_MS, sqlite_path, store_errors
from db.models.columns import yuan_from_fen
from db.past import look_back
from db.queries.catalogue import NamedQuery, ParameterValue, QueryError, find_query
from db.queries.postgresql import answer, calls_forbidden
from db.store import Store

QUERY_TIMEOUT_S = 120.0
"""After this a query is stopped: an endless recursion is one typing slip away."""

STEPS_BETWEEN_CLOCK_LOOKS = 100_000
"""SQLite machine instructions, some milliseconds."""

READING_ACTIONS = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}
FORBIDDEN_FUNCTIONS = {"load_extension", "fts3_tokenizer"}

REFUSALS = ("not authorized", "prohibited", "read-only trans", "multiple commands")
"""How the databases say no to anything but one statement that reads."""

QUOTED_OR_COMMENT = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)

ResultValue = str | int | float | bool | Decimal | date | datetime | bytes | None


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What a query gave: ``rows`` of as many values as there are ``columns``."""

    columns: tuple[str, ...]
    rows: tuple[tuple[ResultValue, ...], ...]


def run_named(
    store: Store,
    name: str,
    params: Mapping[str, ParameterValue],
    as_of: datetime | None = None,
) -> QueryResult:
    """Answers a named query; amounts come as exact yuan.

    Args:
        store: Open database.
        name: Of the query.
        params: By name.
        as_of: Moment whose state is asked; that of now unless given.

    Raises:
        QueryError: Unknown query or parameter, or a wrong value.
        StoreError: The database cannot be read.
    """
    query = find_query(name)
    bound = query.bind(params)
    with _reading(store, as_of) as connection:
        result = _collected(connection.execute(text(query.sql), bound))
    return _in_yuan(query, result) if store.engine.dialect.name == "sqlite" else result


def run_sql(store: Store, sql: str, as_of: datetime | None = None) -> QueryResult:
    """Answers one SELECT; on SQLite, stored amounts come in 分 (``amount_yuan`` is in yuan).

    Args:
        store: Open database.
        sql: The SELECT.
        as_of: Moment whose state is asked; that of now unless given.

    Raises:
        QueryError: ``query_not_reading`` where it is anything but a single SELECT or WITH;
            ``query_wrong`` where the database refuses it; ``query_timeout``.
        StoreError: The database cannot be read.
    """
    _check_single_select(sql)
    bare = sql.strip().rstrip(";")
    with _reading(store, as_of) as connection:
        if store.engine.dialect.name == "postgresql":
            if calls_forbidden(connection, bare):
                raise _not_reading()
            return QueryResult(*answer(connection, bare))
        return _collected(connection.exec_driver_sql(bare))


def _check_single_select(sql: str) -> None:
    bare = QUOTED_OR_COMMENT.sub(" ", sql).strip().rstrip(";").strip()
    first = bare.split(None, 1)[0].upper() if bare else ""
    if ";" in bare or first.split("(")[0] not in {"SELECT", "WITH"}:
        raise _not_reading()


def _not_reading() -> QueryError:
    return QueryError(
        "只允许一条 SELECT 查询 / only a single SELECT (or WITH … SELECT) is allowed",
        code="query_not_reading",
    )


@contextmanager
def _reading(store: Store, as_of: datetime | None) -> Iterator[Connection]:
    with store_errors(store.url), _query_errors():
        if store.engine.dialect.name == "sqlite":
            with _reading_sqlite(store, as_of) as connection:
                yield connection
        else:
            with store.engine.connect() as connection:
                if as_of is not None:
                    look_back(connection, as_of)
                connection.exec_driver_sql("SET TRANSACTION READ ONLY")
                connection.exec_driver_sql(
                    f"SET LOCAL statement_timeout = {int(QUERY_TIMEOUT_S * 1000)}"
                )
                yield connection


@contextmanager
def _reading_sqlite(store: Store, as_of: datetime | None) -> Iterator[Connection]:
    address = f"{sqlite_path(store.url).absolute().as_uri()}?mode=ro"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(address, uri=True, timeout=BUSY_TIMEOUT_MS / 1000),
        poolclass=NullPool,
    )
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        if not isinstance(raw, sqlite3.Connection):
            raise TypeError(f"not an SQLite connection: {raw!r}")
        if as_of is not None:
            look_back(connection, as_of)
        deadline = time.monotonic() + QUERY_TIMEOUT_S
        raw.execute("PRAGMA query_only = ON")
        raw.set_authorizer(_authorize)
        raw.set_progress_handler(
            lambda: int(time.monotonic() > deadline), STEPS_BETWEEN_CLOCK_LOOKS
        )
        try:
            yield connection
        finally:
            raw.set_authorizer(None)
            raw.set_progress_handler(None, 0)


def _authorize(action: int, _first: str | None, second: str | None, *_: str | None) -> int:
    allowed = action in READING_ACTIONS and (second or "").lower() not in FORBIDDEN_FUNCTIONS
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


@contextmanager
def _query_errors() -> Iterator[None]:
    """A query's own faults apart from the database's."""
    try:
        yield
    except DBAPIError as error:
        cause = str(error.orig)
        if any(sign in cause for sign in REFUSALS):
            raise _not_reading() from None
        if "interrupted" in cause or "statement timeout" in cause:
            raise QueryError(
                f"查询超时，已停止 / stopped after {QUERY_TIMEOUT_S:.0f} s; ask for less",
                code="query_timeout",
            ) from None
        if any(sign in cause for sign in ("locked", "unable to open", "malformed")):
            raise
        raise QueryError(f"查询有误 / the query is wrong: {cause}", code="query_wrong") from None
    except StatementError as error:
        raise QueryError(
            f"查询有误 / the query is wrong: {error.orig}", code="query_wrong"
        ) from None


def _collected(result: CursorResult[Any]) -> QueryResult:
    return QueryResult(tuple(result.keys()), tuple(tuple(row) for row in result))


def _in_yuan(query: NamedQuery, result: QueryResult) -> QueryResult:
    money = [column in query.amounts for column in result.columns]
    rows = tuple(
        tuple(
            yuan_from_fen(value) if is_money and isinstance(value, int) else value
            for value, is_money in zip(row, money, strict=True)
        )
        for row in result.rows
    )
    return QueryResult(result.columns, rows)
