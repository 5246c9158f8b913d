"""The current readings as flat tables, for export: amounts in yuan, older readings left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Integer, MetaData, Select, Table, Text, func, select

from db.models import (
    AuditRun,
    Base,
    Correction,
    DeclarationRow,
    Document,
    DocumentPath,
    DocumentReplacement,
    FieldValueRow,
    FindingDecision,
    FindingDeclaration,
    FindingRow,
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

VERSIONS = Table(
    "current_versions", MetaData(), Column("filing_id", Integer), Column("declaration_id", Integer)
)
CURRENT_EXTRACTIONS = Table("current_extractions", MetaData(), Column("id", Integer))
EVIDENCE = Table(
    "finding_evidence",
    MetaData(),
    *(Column(name, Integer) for name in ("finding_id", "position", "filing_id", "declaration_id")),
    Column("path", Text),
)

FAILURE_KINDS = {
    "path": ColumnKind.TEXT,
    "page": ColumnKind.INTEGER,
    "code": ColumnKind.TEXT,
    "message": ColumnKind.TEXT,
    "run_started": ColumnKind.MOMENT,
}

Rows = Select[*tuple[Any, ...]]

INTERNAL_COLUMNS = {"payload", "row_keys", "paths"}
"""Kept for rebuilding records, or as a list of what has a table of its own here."""


PLACE = tuple(FieldValueRow.__table__.c[column] for column in ("page", "x0", "y0", "x1", "y1"))
"""Where a field stands, which its reading knows."""

ROWS_AT_ONCE = 2000
"""Rows fetched from a server in one go; a table never is in memory as a whole."""


def current_tables(store: Store, as_of: datetime | None = None) -> Iterator[TableRows]:
    """Every table with the rows of the current readings; take each before asking for the next.

    Args:
        store: Open database.
        as_of: Moment whose state is to be seen; that of now unless given.

    Raises:
        StoreError: The database cannot be read.
    """
    with store.session(as_of=as_of) as session:
        connection = session.connection()
        for name, query in _selects():
            columns = tuple(
                TableColumn(column.name, kind_of(column.type)) for column in query.selected_columns
            )
            rows = connection.execute(query, execution_options={"yield_per": ROWS_AT_ONCE})
            yield TableRows(name, columns, (tuple(row) for row in rows))
    failures = run_named(store, "failures", {}, as_of)
    columns = tuple(TableColumn(name, FAILURE_KINDS[name]) for name in failures.columns)
    yield TableRows("failures", columns, map(_with_moments, failures.rows))


def _with_moments(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """SQLite answers free SQL with moments as text; they are UTC."""
    *others, started = row
    moment = datetime.fromisoformat(started) if isinstance(started, str) else started
    return (*others, moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _selects() -> Iterator[tuple[str, Rows]]:
    extractions = select(CURRENT_EXTRACTIONS.c.id)
    unmatched = select(UnmatchedRow.id).where(UnmatchedRow.extraction_id.in_(extractions))
    for kept in (Document, DocumentPath):
        yield _select(kept)
    name, query = _select(PageRow)
    yield name, query.where(PageRow.extraction_id.in_(extractions))
    yield _declarations()
    name, query = _select(UnmatchedRow)
    yield name, query.where(UnmatchedRow.extraction_id.in_(extractions))
    for owned in (FieldValueRow, IssueRow):
        name, query = _numbered(owned, isouter=True)
        mine = VERSIONS.c.filing_id.is_not(None) | owned.unmatched_id.in_(unmatched)
        yield name, query.where(mine)
    for row in (SubprojectRow, IndicatorRow):
        yield _numbered(row)
    for part in (UnmatchedPairRow, UnmatchedMarkRow):
        name, query = _select(part)
        yield name, query.where(part.unmatched_id.in_(unmatched))
    yield from _said_and_found()


def _said_and_found() -> Iterator[tuple[str, Rows]]:
    """What people corrected, and what the last audit found; with numbers of declarations."""
    yield _select(Correction, filing_id="declaration_id")
    yield _select(DocumentReplacement)
    last = select(func.max(AuditRun.id)).scalar_subquery()
    findings = select(FindingRow.id).where(FindingRow.audit_run_id == last)
    name, query = _select(FindingRow)
    yield name, query.where(FindingRow.audit_run_id == last)
    name, query = _select(
        FindingDeclaration, filing_id="declaration_id", declaration_id="reading_id"
    )
    yield name, query.where(FindingDeclaration.finding_id.in_(findings))
    place = (
        (FieldValueRow.declaration_id == EVIDENCE.c.declaration_id)
        & (FieldValueRow.path == EVIDENCE.c.path)
    )  # fmt: skip
    numbers = {"filing_id": "declaration_id", "declaration_id": "reading_id"}
    yield (
        EVIDENCE.name,
        (
            select(*(c.label(numbers.get(c.name, c.name)) for c in EVIDENCE.c), *PLACE)
            .outerjoin(FieldValueRow, place)
            .where(EVIDENCE.c.finding_id.in_(findings))
            .order_by(EVIDENCE.c.finding_id, EVIDENCE.c.position)
        ),
    )
    yield _select(FindingDecision)


def _declarations() -> tuple[str, Rows]:
    """Declarations under their numbers, as the reading that stands has them."""
    table = DeclarationRow.metadata.tables[DeclarationRow.__tablename__]
    shown = [c for c in table.c if c.name not in INTERNAL_COLUMNS | {"id", "filing_id"}]
    number = table.c.filing_id.label("id")
    query = select(number, table.c.id.label("reading_id"), *shown)
    standing = query.join(VERSIONS, VERSIONS.c.declaration_id == table.c.id)
    return table.name, standing.order_by(table.c.filing_id)


def _numbered(model: type[Base], *, isouter: bool = False) -> tuple[str, Rows]:
    """Rows of readings that stand; ``declaration_id`` is the number of the declaration."""
    table = model.metadata.tables[model.__tablename__]
    shown = [
        VERSIONS.c.filing_id.label("declaration_id") if c.name == "declaration_id" else c
        for c in table.c
    ]
    on = VERSIONS.c.declaration_id == table.c.declaration_id
    query = select(*shown).join_from(table, VERSIONS, on, isouter=isouter)
    return table.name, query.order_by(table.c.id)


def _select(model: type[Base], **renamed: str) -> tuple[str, Rows]:
    table = model.metadata.tables[model.__tablename__]
    shown = [
        column.label(renamed[column.name]) if column.name in renamed else column
        for column in table.c
        if column.name not in INTERNAL_COLUMNS
    ]
    return table.name, select(*shown).order_by(table.c.id)
