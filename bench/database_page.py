"""Command: tables and views in ``docs/database.md``, written from the models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Double,
    Integer,
    Table,
    UniqueConstraint,
    inspect,
)

from db.models import Base
from db.models.columns import Money, UtcDateTime
from db.models.views import ABOUT, COLUMNS
from db.store import open_store

PAGE = Path(__file__).parents[1] / "docs" / "database.md"
BEGIN_VIEWS, END_VIEWS = "<!-- views: written by `make picture` -->\n", "<!-- /views -->\n"
BEGIN, END = "<!-- tables: written by `make picture` -->\n", "<!-- /tables -->\n"
TYPE_NAMES = (
    (Money, "amount"),
    (UtcDateTime, "moment, UTC"),
    (JSON, "JSON"),
    (Boolean, "true or false"),
    (Date, "date"),
    (Double, "number"),
    (Integer, "integer"),
)
"""First that fits; everything else is text."""


def with_tables(page: str) -> str:
    """The page with the part between its marks written anew."""
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{''.join(_sections())}{END}{tail}"


def _sections() -> Iterator[str]:
    models = sorted(Base.registry.mappers, key=lambda mapper: str(mapper.local_table))
    for mapper in models:
        table = mapper.local_table
        if isinstance(table, Table):
            yield f"### `{table.name}`\n\n{_first_paragraph(mapper.class_.__doc__ or '')}\n\n"
            yield "| column | type | |\n| --- | --- | --- |\n"
            for column in table.columns:
                notes = "; ".join(filter(None, (column.doc, _notes(column, table))))
                yield f"| `{column.name}` | {_type_name(column)} | {notes} |\n"
            yield "\n"


def with_views(page: str) -> str:
    """The page with the part that describes the views written anew."""
    head, _, rest = page.partition(BEGIN_VIEWS)
    _, _, tail = rest.partition(END_VIEWS)
    return f"{head}{BEGIN_VIEWS}\n{''.join(_view_sections())}{END_VIEWS}{tail}"


def _view_sections() -> Iterator[str]:
    with TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/x.db") as store:
        inspector = inspect(store.engine)
        for view, (source, row) in ABOUT.items():
            yield f"### `{view}`\n\nOne row for each {row}.\n\n| column | |\n| --- | --- |\n"
            for column in inspector.get_columns(view):
                yield f"| `{column['name']}` | {_view_note(view, source, column['name'])} |\n"
            yield "\n"


def _view_note(view: str, source: str, column: str) -> str:
    """What a column of a view means.

    Raises:
        KeyError: Nobody has said it.
    """
    own = COLUMNS.get(f"{view}.{column}") or COLUMNS.get(column)
    if own:
        return own
    documented = Base.metadata.tables[source].c[column].doc
    if not documented:
        raise KeyError(f"{view}.{column}")
    return documented


def _first_paragraph(docstring: str) -> str:
    return " ".join(docstring.split("\n\n", maxsplit=1)[0].split())


def _type_name(column: Column[object]) -> str:
    return next((name for kind, name in TYPE_NAMES if isinstance(column.type, kind)), "text")


def _notes(column: Column[object], table: Table) -> str:
    notes = ["primary key"] if column.primary_key else []
    notes += [f"→ `{key.target_fullname}`" for key in column.foreign_keys]
    uniques = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
    for unique in sorted(uniques, key=lambda c: str(c.name)):
        others = [f"`{other.name}`" for other in unique.columns if other is not column]
        if column.name in unique.columns:
            notes.append(f"unique with {', '.join(others)}" if others else "unique")
    if column.nullable:
        notes.append("may be empty")
    return "; ".join(notes)


if __name__ == "__main__":
    PAGE.write_text(with_views(with_tables(PAGE.read_text("utf-8"))), "utf-8")
