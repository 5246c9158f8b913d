"""All readings of one declaration, and which of them stood when: what there is to compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from db.filings import check_filing
from db.models import (
    Correction,
    DeclarationRow,
    Document,
    ExtractionRow,
    FilingVersion,
)
from db.records_from_rows import declaration
from db.store import Store
from extractors.errors import RequestError
from normalizers.records import Declaration


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a declaration.

    Attributes:
        id: Its number.
        path: Name of the file.
        sha256: Of the file.
        extractor_version: What read it.
        saved_at: When it was saved.
        link: How it belongs to the declaration: first, reread, revision, duplicate, replacement.
        correction_id: Last correction by a person in it; ``None`` for the machine's own.
        record: What it says.
    """

    id: int
    path: str
    sha256: str
    extractor_version: str
    saved_at: datetime
    link: str
    correction_id: int | None
    record: Declaration


@dataclass(frozen=True, slots=True)
class Standing:
    """What stood for a declaration from a moment on.

    Attributes:
        reading_id: The reading; ``None`` from when it was no longer found.
        cause: What made it stand.
        since: The moment.
    """

    reading_id: int | None
    cause: str
    since: datetime


@dataclass(frozen=True, slots=True)
class PersonsWord:
    """A correction: who put what in place of what, when, and why.

    Attributes:
        id: Its number.
        path: Field, as it was called then.
        before: Value until then.
        after: Value as typed; ``None`` where a correction was taken back.
        author: Who.
        reason: Why.
        made_at: When.
        undoes_id: The correction that it takes back.
    """

    id: int
    path: str
    before: str | None
    after: str | None
    author: str
    reason: str
    made_at: datetime
    undoes_id: int | None


def history(store: Store, number: int) -> list[Standing]:
    """What stood for a declaration, oldest first.

    Raises:
        RequestError: ``declaration_unknown``.
    """
    with store.session() as session:
        check_filing(session, number)
        rows = session.scalars(
            select(FilingVersion)
            .where(FilingVersion.filing_id == number)
            .order_by(FilingVersion.id)
        )
        return [Standing(row.declaration_id, row.cause, row.since) for row in rows]


def readings_of(store: Store, number: int, ids: Sequence[int]) -> list[Reading]:
    """Readings of a declaration by their numbers, in that order.

    Raises:
        RequestError: ``reading_unknown``: one of them is none of this declaration.
    """
    with store.session() as session:
        known = session.scalars(
            select(DeclarationRow.id)
            .where(DeclarationRow.filing_id == number)
            .order_by(DeclarationRow.id)
        ).all()
        for wanted in ids:
            if wanted not in known:
                raise RequestError(
                    f"第 {number} 号申报表没有读数 {wanted} / declaration {number} has no reading "
                    f"{wanted}; it has {', '.join(map(str, known))}",
                    code="reading_unknown",
                )
        return [_reading(session, wanted) for wanted in ids]


def words_of(store: Store, number: int) -> list[PersonsWord]:
    """All that people said of a declaration, oldest first."""
    with store.session() as session:
        rows = session.scalars(
            select(Correction).where(Correction.filing_id == number).order_by(Correction.id)
        )
        return [
            PersonsWord(
                id=row.id,
                path=row.path,
                before=row.value_before,
                after=row.value_after,
                author=row.author,
                reason=row.reason,
                made_at=row.made_at,
                undoes_id=row.undoes_id,
            )
            for row in rows
        ]


def _reading(session: Session, wanted: int) -> Reading:
    row, extraction, sha256 = session.execute(
        select(DeclarationRow, ExtractionRow, Document.sha256)
        .join(ExtractionRow, ExtractionRow.id == DeclarationRow.extraction_id)
        .join(Document, Document.id == ExtractionRow.document_id)
        .where(DeclarationRow.id == wanted)
        .options(selectinload(DeclarationRow.values))
    ).one()
    return Reading(
        id=row.id,
        path=extraction.path,
        sha256=sha256,
        extractor_version=extraction.extractor_version,
        saved_at=row.saved_at,
        link=row.link,
        correction_id=row.correction_id,
        record=declaration(row),
    )
