"""One table a layout, a row for each declaration and a column for each field.

What a spreadsheet wants to see, and what the tables of the database, one row a value, are not.
Rows of repeated fields (sub-projects, indicators) have tables of their own already.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Boolean, Connection, Date, column, text

from db.current_tables import ROWS_AT_ONCE
from db.models.columns import Money
from db.store import Store
from db.table_rows import ColumnKind, TableColumn, TableRows
from extractors.forms.definition import FieldType

FIELDS = text("""
SELECT d.form_id, v.path, v.type, min(v.position) AS position
FROM current_declarations AS d JOIN field_values AS v ON v.declaration_id = d.reading_id
WHERE v.path NOT LIKE '%/%/%'
GROUP BY d.form_id, v.path, v.type
ORDER BY d.form_id, position, v.path
""")
"""Paths with two slashes are cells of repeated rows."""

VALUES = text("""
SELECT d.id, d.path AS file, d.first_page, d.last_page,
    (SELECT count(*) FROM issues AS i WHERE i.declaration_id = d.reading_id) AS to_review,
    v.path, v.value_text, v.value_amount, v.value_date, v.value_bool, v.value_int
FROM current_declarations AS d JOIN field_values AS v ON v.declaration_id = d.reading_id
WHERE d.form_id = :form_id AND v.path NOT LIKE '%/%/%'
ORDER BY d.id, v.position
""").columns(
    *(column(name) for name in ("id", "file", "first_page", "last_page", "to_review", "path")),
    column("value_text"),
    column("value_amount", Money()),
    column("value_date", Date()),
    column("value_bool", Boolean()),
    column("value_int"),
)

ABOUT = (
    TableColumn("id", ColumnKind.INTEGER),
    TableColumn("file", ColumnKind.TEXT),
    TableColumn("first_page", ColumnKind.INTEGER),
    TableColumn("last_page", ColumnKind.INTEGER),
    TableColumn("to_review", ColumnKind.INTEGER),
)
KINDS = {
    FieldType.AMOUNT: ColumnKind.AMOUNT,
    FieldType.DATE: ColumnKind.DATE,
    FieldType.YEAR: ColumnKind.INTEGER,
    FieldType.CHOICE: ColumnKind.BOOLEAN,
}
"""All other fields hold text."""


def form_tables(store: Store, as_of: datetime | None = None) -> Iterator[TableRows]:
    """``form_<id>`` of every layout in the database; take each before asking for the next.

    Args:
        store: Open database.
        as_of: Moment whose state is to be seen; that of now unless given.

    Raises:
        StoreError: The database cannot be read.
    """
    with store.session(as_of=as_of) as session:
        connection = session.connection()
        fields = connection.execute(FIELDS).all()
        for form_id, of_form in groupby(fields, itemgetter(0)):
            columns = _columns((path, kind) for _, path, kind, _ in of_form)
            rows = _rows(connection, form_id, columns)
            yield TableRows(f"form_{form_id}", ABOUT + columns, rows)


def _columns(fields: Iterator[tuple[str, str]]) -> tuple[TableColumn, ...]:
    """A column a path; text where versions of a layout differ in what it is."""
    kinds: dict[str, ColumnKind] = {}
    for path, field_type in fields:
        kind = KINDS.get(FieldType(field_type), ColumnKind.TEXT)
        kinds[path] = kind if kinds.get(path, kind) is kind else ColumnKind.TEXT
    return tuple(TableColumn(path, kind) for path, kind in kinds.items())


def _rows(
    connection: Connection, form_id: str, columns: tuple[TableColumn, ...]
) -> Iterator[tuple[Any, ...]]:
    places = {field.name: place for place, field in enumerate(columns)}
    result = connection.execute(
        VALUES, {"form_id": form_id}, execution_options={"yield_per": ROWS_AT_ONCE}
    )
    for about, values in groupby(result, itemgetter(slice(0, len(ABOUT)))):
        cells: list[Any] = [None] * len(columns)
        for value in values:
            path, *typed = value[len(ABOUT) :]
            place = places[path]
            found = next((one for one in typed if one is not None), None)
            cells[place] = _cell(found, columns[place].kind)
        yield (*about, *cells)


def _cell(value: str | int | bool | date | Decimal | None, kind: ColumnKind) -> Any:
    return str(value) if kind is ColumnKind.TEXT and value is not None else value
