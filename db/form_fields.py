"""Which fields each layout has: noted with the values, and made into views.

What declarations really have counts, not today's definitions: the database must be readable
without the YAML files, and holds readings by earlier versions of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, event, insert, inspect, select, text
from sqlalchemy.engine import Inspector
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from db.form_views import PREFIX, FormField, FormView, form_views, is_row_cell, quoted
from db.models import DeclarationRow
from db.models.fields import FormFieldRow

Field = tuple[str, str, str]
"""Layout, path, type."""

STORED = """
INSERT INTO form_fields (form_id, path, type, position)
SELECT d.form_id, v.path, v.type, min(v.position)
FROM field_values AS v JOIN declarations AS d ON d.id = v.declaration_id
WHERE v.path NOT LIKE '%/%/%'
GROUP BY d.form_id, v.path, v.type
ORDER BY d.form_id, min(v.position)
"""


def note_fields_with(session: Session) -> None:
    """From now on the fields of every declaration that this session adds are noted."""
    event.listen(session, "after_flush", _note_new)


def note_stored(connection: Connection) -> None:
    """Notes the fields of all declarations that there are."""
    connection.execute(text(STORED))


def known_fields(connection: Connection) -> list[FormField]:
    """The fields of all layouts, each layout's in the order of its columns."""
    rows = select(FormFieldRow.form_id, FormFieldRow.path, FormFieldRow.type).order_by(
        FormFieldRow.form_id, FormFieldRow.position, FormFieldRow.id
    )
    types: dict[tuple[str, str], set[str]] = defaultdict(set)
    for form_id, path, kind in connection.execute(rows):
        types[form_id, path].add(kind)
    return [FormField(*key, frozenset(kinds)) for key, kinds in types.items()]


def create_form_views(connection: Connection, *, temporary: bool = False) -> None:
    """Makes the views of all layouts; there are none yet, or only ones that are to be hidden."""
    for view in form_views(known_fields(connection), connection.dialect.name):
        _create(connection, view, temporary=temporary)


def refresh_form_views(connection: Connection) -> None:
    """Makes those views anew whose layout has fields that they lack.

    On PostgreSQL, a view that somebody has built another one upon stays as it is.
    """
    inspector = inspect(connection)
    present = {name for name in inspector.get_view_names() if name.startswith(PREFIX)}
    for view in form_views(known_fields(connection), connection.dialect.name):
        if view.name not in present:
            _create(connection, view)
        elif _columns(inspector, view.name) != view.columns:
            with suppress(DBAPIError), connection.begin_nested():
                connection.execute(text(f"DROP VIEW {quoted(view.name)}"))
                _create(connection, view)


def _columns(inspector: Inspector, name: str) -> tuple[str, ...]:
    return tuple(column["name"] for column in inspector.get_columns(name))


def _create(connection: Connection, view: FormView, *, temporary: bool = False) -> None:
    made = "CREATE TEMPORARY VIEW" if temporary else "CREATE VIEW"
    statement = f"{made} {quoted(view.name)} AS {view.select}"
    connection.execute(text(statement.replace(":", r"\:")))


def _note_new(session: Session, _context: Any) -> None:
    rows = [row for row in session.new if isinstance(row, DeclarationRow)]
    found = {
        (row.form_id, value.path, value.type): value.position
        for row in rows
        for value in row.values
        if not is_row_cell(value.path)
    }
    if not found:
        return
    connection = session.connection()
    known = _known(connection, {form_id for form_id, _, _ in found})
    new = [
        {"form_id": form_id, "path": path, "type": kind, "position": position}
        for (form_id, path, kind), position in found.items()
        if (form_id, path, kind) not in known
    ]
    if new:
        connection.execute(insert(FormFieldRow), new)


def _known(connection: Connection, form_ids: Iterable[str]) -> set[Field]:
    rows = select(FormFieldRow.form_id, FormFieldRow.path, FormFieldRow.type)
    found = connection.execute(rows.where(FormFieldRow.form_id.in_(list(form_ids))))
    return {(form_id, path, kind) for form_id, path, kind in found}
