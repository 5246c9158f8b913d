"""Opening a database: one place for connection settings and for what can go wrong with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    NoSuchModuleError,
    OperationalError,
    StatementError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from extractors.errors import StoreError

BUSY_TIMEOUT_MS = 15_000
"""How long a writer waits for another; a file's rows are written in well under a second."""

WRITER_LOCK = 7_308_324_466_042
"""Number of the lock that writers take on PostgreSQL; any that no other program uses would do."""

SAMPLED_ROWS = 1000
"""Entries of each index that statistics are taken from: milliseconds, whatever its size."""

CONNECT_TIMEOUT_S = 10
"""How long to wait for a database server to answer."""

WRITES = "shenbao_writes"
"""Execution option of connections that are about to write."""

SQLITE_SYMPTOMS = (
    ("locked", "db_locked", "数据库被占用，请稍后重试 / in use by another program; try later"),
    ("readonly", "db_readonly", "数据库只读，请检查权限 / not writable; check its permissions"),
    ("unable to open", "db_unreachable", "打不开数据库文件，请检查文件夹和权限 / "
     "cannot open the file; check that its folder exists and is accessible"),
    ("not a database", "db_foreign", "不是 SQLite 数据库，请换一个 --db / "
     "not an SQLite database; choose another --db"),
    ("malformed", "db_corrupt", "数据库文件已损坏，请从备份恢复 / damaged; restore a backup"),
    ("disk is full", "db_full", "磁盘已满，请腾出空间 / the disk is full; make room and retry"),
)  # fmt: skip

POSTGRESQL_SYMPTOMS = (
    ("password authentication failed", "db_password", "账号或密码不对，请检查数据库地址 / "
     "wrong account or password; check the database URL"),
    ("no password supplied", "db_password", "数据库地址里缺密码 / "
     "the database asks for a password; put it into the URL or PGPASSWORD"),
    ("read-only transaction", "db_readonly", "数据库只读 / the database takes no changes now"),
    ("permission denied", "db_readonly", "此账号没有写入权限 / "
     "this account lacks the permission; ask for it, or use another"),
    ("No space left", "db_full", "磁盘已满，请腾出空间 / the disk is full; make room and retry"),
    ("lock timeout", "db_locked", "数据库被占用，请稍后重试 / in use by others; try later"),
)  # fmt: skip


def parse_url(url: str) -> URL:
    """The parsed URL.

    Raises:
        StoreError: ``db_unreachable`` where it is no database URL of a kind that is supported.
    """
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            "--db 应为数据库地址，例如 sqlite:///shenbao.db / "
            "--db takes a database URL such as sqlite:///shenbao.db",
            code="db_unreachable",
        ) from error
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreError(
            f"不支持 {backend}，请用 sqlite 或 postgresql / {backend} is not supported; "
            "use sqlite:///… or postgresql://…",
            code="db_unreachable",
        )
    if not is_file(parsed):
        raise StoreError(
            "SQLite 数据库须是文件 / SQLite needs a file, such as sqlite:///shenbao.db",
            code="db_unreachable",
        )
    return parsed


def is_file(url: URL) -> bool:
    """Whether an SQLite URL names a file and not memory."""
    return bool(url.database) and url.database != ":memory:"


def make_engine(url: URL) -> Engine:
    """Engine with this project's connection settings; connects to nothing yet."""
    connect_args: dict[str, Any] = {}
    if url.get_backend_name() == "postgresql":
        connect_args["connect_timeout"] = CONNECT_TIMEOUT_S
    try:
        engine = create_engine(
            url, connect_args=connect_args, json_serializer=_json, pool_pre_ping=False
        )
    except (ModuleNotFoundError, NoSuchModuleError, ArgumentError) as error:
        raise StoreError(
            f"没有可用的数据库驱动 / no driver installed for {url.drivername}; "
            "use sqlite:///… or install the driver",
            code="db_unreachable",
            path=shown(url),
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    return engine


@contextmanager
def without_foreign_keys(engine: Engine) -> Iterator[Engine]:
    """For changing tables: SQLite rebuilds them, which must not delete what refers to them."""
    if engine.dialect.name != "sqlite":
        yield engine
        return
    unchecked = make_engine(engine.url)
    event.listen(unchecked, "connect", _leave_foreign_keys)
    try:
        yield unchecked
    finally:
        unchecked.dispose()


def _leave_foreign_keys(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _configure_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin_sqlite`
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the lock at once, so that none fails half-way for another's sake."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    """One writer at a time: which filing a form belongs to depends on what is there."""
    if connection.get_execution_options().get(WRITES, False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")


def note_statistics(connection: Connection) -> None:
    """Tells SQLite how its rows are spread, by samples; PostgreSQL finds out by itself."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA analysis_limit = {SAMPLED_ROWS}")
        connection.exec_driver_sql("ANALYZE")


def shown(url: URL) -> str:
    """The URL for messages: without its password, as a plain path for SQLite."""
    if url.get_backend_name() == "sqlite" and url.database:
        return url.database
    return url.render_as_string(hide_password=True)


def sqlite_path(url: URL) -> Path:
    """File of an SQLite URL."""
    return Path(url.database or "")


@contextmanager
def store_errors(url: URL) -> Iterator[None]:
    """Turns what the driver raises into `StoreError`, without passwords."""
    try:
        yield
    except DBAPIError as error:
        raise _translated(url, error) from None
    except (StatementError, UnicodeError, OverflowError) as error:
        cause = error.orig if isinstance(error, StatementError) else error
        raise _not_storable(url, str(cause)) from None
    except PoolTimeoutError:
        raise StoreError(
            "数据库连接用尽，请稍后重试 / no free connection; try later",
            code="db_unreachable",
            path=shown(url),
        ) from None


def _not_storable(url: URL, cause: str) -> StoreError:
    return StoreError(
        f"数值无法入库，此文件未保存 / a value cannot be stored, nothing of this file was saved: "
        f"{cause}",
        code="db_value",
        path=shown(url),
    )


def _translated(url: URL, error: DBAPIError) -> StoreError:
    cause = str(error.orig)
    if isinstance(error, DataError):
        return _not_storable(url, cause)
    sqlite = url.get_backend_name() == "sqlite"
    for symptom, code, message in SQLITE_SYMPTOMS if sqlite else POSTGRESQL_SYMPTOMS:
        if symptom in cause:
            return StoreError(message, code=code, path=shown(url))
    if not sqlite and (error.connection_invalidated or isinstance(error, OperationalError)):
        return StoreError(
            "连不上数据库，请检查地址、账号和网络 / cannot reach the database; check address, "
            "account and network",
            code="db_unreachable",
            path=shown(url),
        )
    return StoreError(f"数据库出错 / database error: {cause}", code="db_failed", path=shown(url))
