"""The version of the tables: made on first use, checked on every later one, upgraded on demand."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from db.engine import WRITES, note_statistics, without_foreign_keys
from db.form_fields import create_form_views
from db.models.views import views
from extractors.errors import StoreError

MIGRATIONS = Path(__file__).parent / "migrations"

REVISIONS = (
    "shenbao_0001",
    "shenbao_0002",
    "shenbao_0003",
    "shenbao_0004",
    "shenbao_0005",
    "shenbao_0006",
    "shenbao_0007",
)
"""Every step of the tables, oldest first; a test holds them against the files."""

FIRST_RELEASE_TABLE = "shenbao_schema"
"""Held the version of the tables before Alembic kept it."""
FIRST_RELEASE_VERSION = 2
"""The version that `REVISIONS` begin with."""
OUR_PREFIX = "shenbao_"
VERSION_TABLE = "alembic_version"


def ensure_schema(engine: Engine, *, name: str, create: bool) -> None:
    """Makes the tables in an empty database; checks them in any other and changes nothing there.

    Args:
        engine: Open engine.
        name: The database in messages, without password.
        create: Whether an empty database may be filled.

    Raises:
        StoreError: ``db_missing`` (empty and not to be filled), ``db_foreign`` (holds tables of
            another program), ``db_newer`` or ``db_older``.
    """
    with engine.connect() as connection:
        found = _found_revision(connection, name)
    if found is None:
        if not create:
            raise StoreError(
                "数据库是空的，请先运行 shenbao ingest / the database is empty; "
                "run `shenbao ingest` first",
                code="db_missing",
                path=name,
            )
        _bring_up_to_date(engine, name)
    elif found not in REVISIONS:
        raise StoreError(
            f"数据库由更新的版本建立，请升级 shenbao / made by a newer shenbao (tables {found}, "
            f"this program knows {REVISIONS[-1]}); upgrade shenbao",
            code="db_newer",
            path=name,
        )
    elif found != REVISIONS[-1]:
        raise StoreError(
            f"数据库由较旧的版本建立，请备份后运行 shenbao upgrade / made by an older shenbao "
            f"(tables {found}, this program needs {REVISIONS[-1]}); make a copy, then run "
            "`shenbao upgrade`",
            code="db_older",
            path=name,
        )


def upgrade_schema(engine: Engine, *, name: str) -> tuple[str, str]:
    """Brings the tables of an older release up to date; all of it or nothing.

    Returns:
        Revision before and after; the same where nothing was to be done.

    Raises:
        StoreError: ``db_missing``, ``db_foreign`` or ``db_newer``.
    """
    with engine.connect() as connection:
        found = _found_revision(connection, name)
    if found is None or found not in REVISIONS:
        ensure_schema(engine, name=name, create=False)
    if found != REVISIONS[-1]:
        _bring_up_to_date(engine, name)
    return found or REVISIONS[-1], REVISIONS[-1]


def migrate(connection: Connection, revision: str, *, down: bool = False) -> None:
    """Runs the steps to a revision inside the connection's transaction; views go and come back.

    Args:
        connection: Of an engine from `db.engine.without_foreign_keys`, in a transaction.
        revision: One of `REVISIONS`, or ``base``.
        down: Whether it lies before the present one.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    drop_views(connection)
    if inspect(connection).has_table(FIRST_RELEASE_TABLE) and not _alembic_version(connection):
        command.stamp(config, REVISIONS[0])
    (command.downgrade if down else command.upgrade)(config, revision)
    if revision == REVISIONS[-1]:
        create_views(connection)


def create_views(connection: Connection) -> None:
    """Makes all views anew."""
    for view, select in views(connection.dialect.name).items():
        connection.execute(text(f"CREATE VIEW {view} AS {select}"))
    create_form_views(connection)


def drop_views(connection: Connection) -> None:
    """Drops every view there is, whichever release made it."""
    found = set(inspect(connection).get_view_names())
    cascade = " CASCADE" if connection.dialect.name == "postgresql" else ""
    for view in sorted(found):
        if view.startswith(("current_", "form_", "audit_", "finding_")):
            connection.execute(text(f'DROP VIEW IF EXISTS "{view}"{cascade}'))


def _found_revision(connection: Connection, name: str) -> str | None:
    tables = set(inspect(connection).get_table_names())
    if VERSION_TABLE in tables:
        version = _alembic_version(connection)
        if version is not None and version.startswith(OUR_PREFIX):
            return version
    elif FIRST_RELEASE_TABLE in tables:
        version = connection.scalar(text(f"SELECT version FROM {FIRST_RELEASE_TABLE}"))
        return _first_release(version, name)
    if tables - {VERSION_TABLE}:
        raise StoreError(
            "这个数据库属于别的程序，请换一个 --db / the database holds tables of another "
            "program; choose another --db",
            code="db_foreign",
            path=name,
        )
    return None


def _alembic_version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version: str | None = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
    return version


def _first_release(version: int | None, name: str) -> str:
    if version == FIRST_RELEASE_VERSION:
        return REVISIONS[0]
    raise StoreError(
        f"数据库由试用版本建立，请重新入库 / made by a trial version (tables {version}) that "
        "cannot be upgraded; ingest the files into a new database",
        code="db_older",
        path=name,
    )


def _bring_up_to_date(engine: Engine, name: str) -> None:
    """All steps in one transaction; of two programs at once, the second finds them made."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            if raw is not None:
                raw.execute("PRAGMA journal_mode = WAL")
    with (
        without_foreign_keys(engine) as unchecked,
        unchecked.execution_options(**{WRITES: True}).begin() as connection,
    ):
        found = _found_revision(connection, name)
        if found != REVISIONS[-1]:
            migrate(connection, REVISIONS[-1])
        if found is not None:
            note_statistics(connection)  # of indexes that are new
