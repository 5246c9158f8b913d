"""The current readings as flat tables, for export: amounts in yuan, older readings left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Integer, MetaData, Select, Table, select

from db.engine import store_errors
from db.models import (
    Base,
    DeclarationRow,
    Document,
    DocumentPath,
    FieldValueRow,
    IndicatorRow,
    IssueRow,
    PageRow,
    SubprojectRow,
    UnmatchedMarkRow,
    UnmatchedPairRow,
    UnmatchedRow,
)
from db.queries import run_named
from db.store import Store
from db.table_rows import ColumnKind, TableColumn, TableRows, kind_of

CURRENT_EXTRACTIONS = Table("current_extractions", MetaData(), Column("id", Integer))

FAILURE_KINDS = {
    "path": ColumnKind.TEXT,
    "page": ColumnKind.INTEGER,
    "code": ColumnKind.TEXT,
    "message": ColumnKind.TEXT,
    "run_started": ColumnKind.MOMENT,
}

INTERNAL_COLUMNS = {"payload", "row_keys"}
"""Kept for rebuilding records; of no use in a spreadsheet."""


ROWS_AT_ONCE = 2000
"""Rows fetched from a server in one go; a table never is in memory as a whole."""


def current_tables(store: Store) -> Iterator[TableRows]:
    """Every table with the rows of the current readings; take each before asking for the next.

    Raises:
        StoreError: The database cannot be read.
    """
    with store_errors(store.url), store.engine.connect() as connection:
        for name, query in _selects():
            columns = tuple(
                TableColumn(column.name, kind_of(column.type)) for column in query.selected_columns
            )
            rows = connection.execute(query, execution_options={"yield_per": ROWS_AT_ONCE})
            yield TableRows(name, columns, (tuple(row) for row in rows))
    failures = run_named(store, "failures", {})
    columns = tuple(TableColumn(name, FAILURE_KINDS[name]) for name in failures.columns)
    yield TableRows("failures", columns, map(_with_moments, failures.rows))


def _with_moments(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """SQLite answers free SQL with moments as text; they are UTC."""
    *others, started = row
    moment = datetime.fromisoformat(started) if isinstance(started, str) else started
    return (*others, moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _selects() -> Iterator[tuple[str, Select[*tuple[Any, ...]]]]:
    extractions = select(CURRENT_EXTRACTIONS.c.id)
    declarations = select(DeclarationRow.id).where(DeclarationRow.extraction_id.in_(extractions))
    unmatched = select(UnmatchedRow.id).where(UnmatchedRow.extraction_id.in_(extractions))
    for kept in (Document, DocumentPath):
        yield _select(kept)
    for model in (PageRow, DeclarationRow, UnmatchedRow):
        name, query = _select(model)
        yield name, query.where(model.extraction_id.in_(extractions))
    for owned in (FieldValueRow, IssueRow):
        name, query = _select(owned)
        mine = owned.declaration_id.in_(declarations) | owned.unmatched_id.in_(unmatched)
        yield name, query.where(mine)
    for row in (SubprojectRow, IndicatorRow):
        name, query = _select(row)
        yield name, query.where(row.declaration_id.in_(declarations))
    for part in (UnmatchedPairRow, UnmatchedMarkRow):
        name, query = _select(part)
        yield name, query.where(part.unmatched_id.in_(unmatched))


def _select(model: type[Base]) -> tuple[str, Select[*tuple[Any, ...]]]:
    table = model.metadata.tables[model.__tablename__]
    shown = [column for column in table.c if column.name not in INTERNAL_COLUMNS]
    return table.name, select(*shown).order_by(table.c.id)
