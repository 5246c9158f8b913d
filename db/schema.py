"""The version of the tables: made on first use, and checked on every later one."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, insert, inspect, select, text

from db.engine import WRITES
from db.models import Base, SchemaInfo
from db.models.views import view_statements
from extractors.errors import StoreError

SCHEMA_VERSION = 2
"""Counts up with every change of the tables."""


def ensure_schema(engine: Engine, *, name: str, create: bool) -> None:
    """Makes the tables in an empty database; checks them in any other.

    Args:
        engine: Open engine.
        name: The database in messages, without password.
        create: Whether an empty database may be filled.

    Raises:
        StoreError: ``db_missing`` (empty and not to be filled), ``db_foreign`` (holds tables of
            another program), ``db_newer`` or ``db_older``.
    """
    with engine.connect() as connection:
        found = _found_version(connection, name)
    if found is None:
        if not create:
            raise StoreError(
                "数据库是空的，请先运行 shenbao ingest / the database is empty; "
                "run `shenbao ingest` first",
                code="db_missing",
                path=name,
            )
        _create(engine, name)
    elif found > SCHEMA_VERSION:
        raise StoreError(
            f"数据库由更新的版本建立，请升级 shenbao / made by a newer shenbao (tables version "
            f"{found}, this program knows {SCHEMA_VERSION}); upgrade shenbao",
            code="db_newer",
            path=name,
        )
    elif found < SCHEMA_VERSION:
        raise StoreError(
            f"数据库由较旧的版本建立，请另建一个新库 / made by an older shenbao (tables version "
            f"{found}, this program needs {SCHEMA_VERSION}); ingest into a new database",
            code="db_older",
            path=name,
        )


def _found_version(connection: Connection, name: str) -> int | None:
    tables = set(inspect(connection).get_table_names())
    if SchemaInfo.__tablename__ in tables:
        version: int | None = connection.scalar(select(SchemaInfo.version))
        if version is not None:
            return version
    if tables:
        raise StoreError(
            "这个数据库属于别的程序，请换一个 --db / the database holds tables of another "
            "program; choose another --db",
            code="db_foreign",
            path=name,
        )
    return None


def _create(engine: Engine, name: str) -> None:
    """All tables in one transaction; of two programs at once, the second finds them made."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            if raw is not None:
                raw.execute("PRAGMA journal_mode = WAL")
    writing = engine.execution_options(**{WRITES: True})
    with writing.begin() as connection:
        if _found_version(connection, name) is not None:
            return
        Base.metadata.create_all(connection)
        for statement in view_statements(engine.dialect.name):
            connection.execute(text(statement))
        created_at = datetime.now(UTC)
        connection.execute(insert(SchemaInfo).values(version=SCHEMA_VERSION, created_at=created_at))
