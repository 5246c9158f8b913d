"""The current readings as flat tables, for export: amounts in yuan, older readings left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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

CURRENT_EXTRACTIONS = Table("current_extractions", MetaData(), Column("id", Integer))

INTERNAL_COLUMNS = {"payload", "row_keys"}
"""Kept for rebuilding records; of no use in a spreadsheet."""


@dataclass(frozen=True, slots=True)
class TableRows:
    """One table: ``rows`` of as many values as there are ``columns``."""

    name: str
    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def current_tables(store: Store) -> Iterator[TableRows]:
    """Every table with the rows of the current readings; take each before asking for the next.

    Raises:
        StoreError: The database cannot be read.
    """
    with store_errors(store.url), store.engine.connect() as connection:
        for name, query in _selects():
            result = connection.execute(query)
            yield TableRows(name, tuple(result.keys()), (tuple(row) for row in result))
    failures = run_named(store, "failures", {})
    yield TableRows("failures", failures.columns, iter(failures.rows))


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
