"""The rows of one extraction inside a transaction that somebody else commits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.filings import Saved, add_readings
from db.models import (
    Document,
    DocumentPath,
    ExtractionRow,
    ExtractionStatus,
    FailureRow,
    PageOutcome,
    PageRow,
    Run,
    SkippedRow,
)
from db.rows_from_records import unmatched_row
from extractors.forms.raw import RawSkipped
from normalizers.records import Declaration, Extraction, Failure, Unmatched

UNACCOUNTED = "page_unaccounted: 没有任何记录提到此页 / no record speaks of this page"
"""Reason on the row of a page that a reading left out: silence is a failure too."""

EMPTY_FAILURE = ("unreadable_file", "无法读取 / could not be read")

Key = tuple[str, str, str]
"""Extractor version, definitions fingerprint, engine asked for."""


def find_document(session: Session, sha256: str) -> Document | None:
    """The document with these bytes; locked against other writers where the database can."""
    return session.scalar(select(Document).where(Document.sha256 == sha256).with_for_update())


def note_document(session: Session, extraction: Extraction, path: str) -> Document:
    """The document of an extraction, made if it is new, with the name it was seen under."""
    now = datetime.now(UTC)
    document = find_document(session, extraction.sha256)
    if document is None:
        document = Document(
            sha256=extraction.sha256,
            kind=extraction.kind,
            page_count=extraction.page_count,
            byte_size=extraction.byte_size,
            first_seen=now,
        )
        session.add(document)
    elif extraction.kind and not document.kind:
        # The first reading failed before it could tell.
        document.kind = extraction.kind
        document.page_count = extraction.page_count
        document.byte_size = extraction.byte_size
    if all(known.path != path for known in document.paths):
        document.paths.append(DocumentPath(path=path, first_seen=now))
    session.flush()
    return document


def find_done(session: Session, document: Document, key: Key) -> ExtractionRow | None:
    """The extraction of this document under this key that was read through."""
    done = _attempts(document, key).where(ExtractionRow.status == ExtractionStatus.DONE)
    return session.scalar(done)


def last_attempt(session: Session, document: Document, key: Key) -> ExtractionRow | None:
    """The latest extraction of this document under this key, done or failed."""
    return session.scalar(_attempts(document, key).order_by(ExtractionRow.id.desc()).limit(1))


def _attempts(document: Document, key: Key) -> Select[ExtractionRow]:
    version, fingerprint, engine = key
    return select(ExtractionRow).where(
        ExtractionRow.document_id == document.id,
        ExtractionRow.extractor_version == version,
        ExtractionRow.definitions_fingerprint == fingerprint,
        ExtractionRow.engine == engine,
    )


def file_failure(extraction: Extraction) -> Failure | None:
    """What failed first, if nothing of the file was read."""
    return next(iter(extraction.failures), None) if extraction.is_failed else None


def error_of(extraction: Extraction) -> tuple[str, str]:
    """Code and message of the whole file's failure."""
    found = file_failure(extraction)
    return (found.code, found.message) if found else EMPTY_FAILURE


@dataclass(frozen=True, slots=True)
class Added:
    """What adding an extraction did to the declarations.

    Attributes:
        saved: What became of each declaration of the file.
        withdrawn: Numbers of declarations that the file showed before and shows no longer.
    """

    saved: tuple[Saved, ...] = ()
    withdrawn: tuple[int, ...] = ()


def add_extraction(
    session: Session,
    extraction: Extraction,
    document: Document,
    run: Run,
    path: str,
    *,
    attempt: int = 0,
    onto: Mapping[int, int] | None = None,
) -> Added:
    """Adds an extraction with all its rows.

    Args:
        session: In a transaction.
        extraction: What was read.
        document: The file.
        run: The run that read it.
        path: Name of the file.
        attempt: How often it was read before with the same version, definitions and engine.
        onto: Filings that the declaration of an ordinal replaces.
    """
    row = _extraction_row(extraction, document, run, path, attempt)
    row.pages = _page_rows(extraction)
    session.add(row)
    session.flush()
    numbered = []
    for ordinal, record in enumerate(extraction.records):
        if isinstance(record, Declaration):
            numbered.append((ordinal, record))
        elif isinstance(record, Unmatched):
            session.add(unmatched_row(record, ordinal, row.id))
        elif isinstance(record, RawSkipped):
            pages = list(record.pages)
            session.add(
                SkippedRow(extraction_id=row.id, ordinal=ordinal, pages=pages, reason=record.reason)
            )
        else:
            session.add(_failure_row(record, ordinal, row, run))
    session.flush()
    if row.status == ExtractionStatus.FAILED:
        return Added()
    saved, withdrawn = add_readings(session, numbered, row, onto or {})
    return Added(tuple(saved), tuple(withdrawn))


def _extraction_row(
    extraction: Extraction, document: Document, run: Run, path: str, attempt: int
) -> ExtractionRow:
    failed = file_failure(extraction)
    return ExtractionRow(
        document_id=document.id,
        run_id=run.id,
        path=path,
        page_count=extraction.page_count,
        extractor_version=run.extractor_version,
        definitions_fingerprint=run.definitions_fingerprint,
        engine=run.engine,
        engine_used=extraction.engine,
        attempt=attempt,
        status=ExtractionStatus.FAILED if failed else ExtractionStatus.DONE,
        error_code=failed.code if failed else None,
        error_message=failed.message if failed else None,
        saved_at=datetime.now(UTC),
    )


def _failure_row(record: Failure, ordinal: int, row: ExtractionRow, run: Run) -> FailureRow:
    return FailureRow(
        run_id=run.id,
        extraction_id=row.id,
        ordinal=ordinal,
        path=row.path,
        code=record.code,
        message=record.message,
        page=record.page,
    )


def _page_rows(extraction: Extraction) -> list[PageRow]:
    """One row a page; where records share a page, a failure speaks first, a skip last."""
    outcomes: dict[int, tuple[PageOutcome, str | None]] = {}
    rank = (PageOutcome.FAILED, PageOutcome.DECLARATION, PageOutcome.UNMATCHED, PageOutcome.SKIPPED)
    for pages, outcome, reason in _outcomes(extraction):
        for number in pages:
            known = outcomes.get(number)
            if known is None or rank.index(outcome) < rank.index(known[0]):
                outcomes[number] = (outcome, reason)
    failed = file_failure(extraction)
    silent = f"{failed.code}: {failed.message}" if failed else UNACCOUNTED
    last = max([extraction.page_count, *outcomes])
    return [
        PageRow(number=n, kind=_page_kind(extraction, n), outcome=outcome, reason=reason)
        for n in range(1, last + 1)
        for outcome, reason in [outcomes.get(n, (PageOutcome.FAILED, silent))]
    ]


def _page_kind(extraction: Extraction, number: int) -> str | None:
    kinds = extraction.page_kinds
    return kinds[number - 1] if number <= len(kinds) else None


def _outcomes(
    extraction: Extraction,
) -> list[tuple[tuple[int, ...], PageOutcome, str | None]]:
    found: list[tuple[tuple[int, ...], PageOutcome, str | None]] = []
    for record in extraction.records:
        if isinstance(record, Declaration):
            found.append((record.pages, PageOutcome.DECLARATION, None))
        elif isinstance(record, Unmatched):
            found.append((record.raw.pages, PageOutcome.UNMATCHED, None))
        elif isinstance(record, RawSkipped):
            found.append((record.pages, PageOutcome.SKIPPED, record.reason))
        elif record.page is not None:
            reason = f"{record.code}: {record.message}"
            found.append(((record.page,), PageOutcome.FAILED, reason))
    return found
