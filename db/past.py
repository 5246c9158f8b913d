"""The database as it stood at an earlier moment.

Every row is only ever added, with the moment when it was. On a connection that looks back,
temporary views of the same names as the tables hide the later rows, and the derived views are made
again on top of them; so every question, search, export and audit works on the past as on the
present, and nothing else has to know of it. The views end with the connection's transaction
(PostgreSQL) or with the connection (SQLite).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, text

from db.form_fields import create_form_views
from db.models.views import views
from extractors.errors import RequestError

KNOWN_BY_THEN = {
    "documents": "first_seen <= {moment}",
    "document_paths": "first_seen <= {moment}",
    "runs": "started_at <= {moment}",
    "extractions": "saved_at <= {moment}",
    "failures": "run_id IN (SELECT id FROM {schema}.runs WHERE started_at <= {moment})",
    "filings": "created_at <= {moment}",
    "declarations": "saved_at <= {moment}",
    "filing_versions": "since <= {moment}",
    "corrections": "made_at <= {moment}",
    "document_replacements": "replaced_at <= {moment}",
    "audit_runs": "finished_at <= {moment}",
    "finding_decisions": "decided_at <= {moment}",
}
"""Table → which of its rows were there; tables that are not named are reached through these."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def look_back(connection: Connection, moment: datetime) -> None:
    """Shows this connection the database of an earlier moment, until its transaction ends.

    Args:
        connection: One that may still make temporary views; let it be read-only afterwards.
        moment: With its time zone.
    """
    sqlite = connection.dialect.name == "sqlite"
    schema = "main" if sqlite else connection.exec_driver_sql("SELECT current_schema()").scalar()
    literal = _literal(moment, sqlite=sqlite)
    for table, condition in KNOWN_BY_THEN.items():
        known = condition.format(moment=literal, schema=schema)
        select = f"SELECT * FROM {schema}.{table} WHERE {known}"
        connection.execute(text(f"CREATE TEMPORARY VIEW {table} AS {select}"))
    for view, select in views(connection.dialect.name).items():
        connection.execute(text(f"CREATE TEMPORARY VIEW {view} AS {select}"))
    create_form_views(connection, temporary=True)


def _literal(moment: datetime, *, sqlite: bool) -> str:
    """As the database compares moments; SQLite holds them as text, in UTC, with six decimals."""
    in_utc = moment.astimezone(UTC)
    if sqlite:
        return f"'{in_utc:%Y-%m-%d %H:%M:%S.%f}'"
    return f"TIMESTAMP WITH TIME ZONE '{in_utc.isoformat()}'"


def parse_moment(typed: str) -> datetime:
    """A moment as people type it: ``2026-03-31`` is the end of that day, local time.

    Raises:
        RequestError: ``moment_invalid``.
    """
    try:
        if _DAY.fullmatch(typed.strip()):
            next_day = date.fromisoformat(typed.strip()) + timedelta(days=1)
            end = datetime.combine(next_day, time()) - timedelta(microseconds=1)
            return end.astimezone()
        moment = datetime.fromisoformat(typed.strip())
    except ValueError:
        raise RequestError(
            f"{typed!r} 不是时刻，应如 2026-03-31 或 2026-03-31T12:00 / is no moment; write "
            "2026-03-31 or 2026-03-31T12:00",
            code="moment_invalid",
        ) from None
    return moment.astimezone()
