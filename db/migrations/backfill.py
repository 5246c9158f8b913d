"""Filings for readings that were stored before there were filings.

Within one file, readings of the same form that begin on the same page are of one filing: the
pages are the same bytes. Between files nothing is linked, since no name was checked then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from db.models.columns import UtcDateTime

Row = sa.Row[tuple[Any, ...]]

FILINGS = sa.table("filings", sa.column("id", sa.Integer), sa.column("created_at", UtcDateTime))
VERSIONS = sa.table(
    "filing_versions",
    *(sa.column(name, sa.Integer) for name in ("filing_id", "declaration_id", "run_id")),
    sa.column("cause", sa.Text),
    sa.column("since", UtcDateTime),
)
DECLARATIONS = sa.table(
    "declarations",
    *(sa.column(name, sa.Integer) for name in ("id", "extraction_id", "first_page", "filing_id")),
    sa.column("form_id", sa.Text),
    sa.column("link", sa.Text),
    sa.column("saved_at", UtcDateTime),
)
EXTRACTIONS = sa.table(
    "extractions",
    *(sa.column(name, sa.Integer) for name in ("id", "document_id", "run_id")),
    sa.column("saved_at", UtcDateTime),
    sa.column("status", sa.Text),
)


@dataclass(slots=True)
class _Document:
    """Filings of one document: by form and page, and those that were found last."""

    filings: dict[tuple[str, int], int] = field(default_factory=dict)
    standing: set[int] = field(default_factory=set)


def number_filings(connection: sa.Connection) -> None:
    """Gives every stored reading its filing, and every filing its history."""
    documents: dict[int, _Document] = {}
    for extraction in connection.execute(
        sa.select(EXTRACTIONS).where(EXTRACTIONS.c.status == "done").order_by(EXTRACTIONS.c.id)
    ).all():
        document = documents.setdefault(extraction.document_id, _Document())
        found = set(_readings(connection, extraction, document))
        for lost in sorted(document.standing - found):
            _stands(connection, extraction, lost, None, "withdrawn")
        document.standing = found


def _readings(connection: sa.Connection, extraction: Row, document: _Document) -> Iterator[int]:
    rows = sa.select(DECLARATIONS).where(DECLARATIONS.c.extraction_id == extraction.id)
    for row in connection.execute(rows.order_by(DECLARATIONS.c.id)).all():
        key = (row.form_id, row.first_page)
        known = document.filings.get(key)
        filing = known or _new_filing(connection, extraction)
        document.filings[key] = filing
        connection.execute(
            sa.update(DECLARATIONS)
            .where(DECLARATIONS.c.id == row.id)
            .values(
                filing_id=filing,
                link="reread" if known else "first",
                saved_at=extraction.saved_at,
            )
        )
        cause = "reextraction" if known else "extraction"
        _stands(connection, extraction, filing, row.id, cause)
        yield filing


def _new_filing(connection: sa.Connection, extraction: Row) -> int:
    made = sa.insert(FILINGS).values(created_at=extraction.saved_at).returning(FILINGS.c.id)
    return int(connection.execute(made).scalar_one())


def _stands(
    connection: sa.Connection, extraction: Row, filing: int, reading: int | None, cause: str
) -> None:
    connection.execute(
        sa.insert(VERSIONS).values(
            filing_id=filing,
            declaration_id=reading,
            cause=cause,
            run_id=extraction.run_id,
            since=extraction.saved_at,
        )
    )
