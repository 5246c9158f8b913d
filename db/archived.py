"""Files of the archive, and what read each of them last: what there is to read again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Subquery, case, func, select
from sqlalchemy.orm import Session, selectinload

from db.models import (
    DeclarationRow,
    Document,
    DocumentReplacement,
    ExtractionRow,
    ExtractionStatus,
    Run,
)
from db.people import corrections_in_force
from db.records_from_rows import declaration
from db.store import Store
from extractors.errors import RequestError
from normalizers.records import Declaration

SHORTEST_HASH = 6
"""Digits of a SHA-256 that name a file; fewer are taken for a mistake."""


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """A file by its bytes, as it was read last.

    Attributes:
        sha256: Of its bytes.
        path: Name it was read under.
        extractor_version: What read it through last or, where nothing did, tried last.
        definitions_fingerprint: Of the form definitions then.
        engine: Text recognizer then.
        options: What else was recorded of that run.
        form_ids: Layouts of the declarations found in it.
        is_replaced: Whether another file took its place.
    """

    sha256: str
    path: str
    extractor_version: str
    definitions_fingerprint: str
    engine: str
    options: Mapping[str, Any]
    form_ids: frozenset[str]
    is_replaced: bool


def document_named(session: Session, digits: str) -> Document:
    """The file whose SHA-256 begins with some digits.

    Raises:
        RequestError: ``document_unknown``, ``document_ambiguous``.
    """
    begins = Document.sha256.startswith(digits.lower(), autoescape=True)
    found = session.scalars(select(Document).where(begins).limit(2)).all()
    if len(digits) < SHORTEST_HASH or not found:
        raise RequestError(
            f"库中没有 SHA-256 以 {digits} 开头的文件 / the database has no file whose SHA-256 "
            f"begins with {digits}; `shenbao query --sql 'SELECT sha256, path FROM "
            "current_extractions'` lists them",
            code="document_unknown",
        )
    if len(found) > 1:
        raise RequestError(
            f"{digits} 对应多个文件，请多写几位 / {digits} names several files; give more digits",
            code="document_ambiguous",
        )
    return found[0]


def archived_files(store: Store) -> list[ArchivedFile]:
    """Every file whose bytes are known, in the order in which they came."""
    latest = _latest()
    with store.session() as session:
        forms = _forms(session, latest)
        replaced = set(session.scalars(select(DocumentReplacement.old_document_id)))
        rows = session.execute(
            select(Document.id, Document.sha256, ExtractionRow, Run.options)
            .join(latest, latest.c.document_id == Document.id)
            .join(ExtractionRow, ExtractionRow.id == latest.c.extraction_id)
            .join(Run, Run.id == ExtractionRow.run_id)
            .order_by(Document.id)
        )
        return [
            ArchivedFile(
                sha256=sha256,
                path=row.path,
                extractor_version=row.extractor_version,
                definitions_fingerprint=row.definitions_fingerprint,
                engine=row.engine,
                options=options,
                form_ids=frozenset(forms[row.id]),
                is_replaced=number in replaced,
            )
            for number, sha256, row, options in rows
        ]


def last_declarations(store: Store, sha256: str) -> list[Declaration]:
    """What the machine read in a file the last time that it read it through, in file order."""
    with store.session() as session:
        done = session.scalar(
            select(func.max(ExtractionRow.id))
            .join(Document, Document.id == ExtractionRow.document_id)
            .where(Document.sha256 == sha256, ExtractionRow.status == ExtractionStatus.DONE)
        )
        rows = session.scalars(
            select(DeclarationRow)
            .where(DeclarationRow.extraction_id == done, DeclarationRow.correction_id.is_(None))
            .order_by(DeclarationRow.ordinal)
            .options(selectinload(DeclarationRow.values))
        )
        return [declaration(row) for row in rows]


def count_corrections(store: Store, filings: Iterable[int]) -> int:
    """Corrections by people that are in force for these declarations."""
    with store.session() as session:
        return sum(len(corrections_in_force(session, filing)) for filing in filings)


def _latest() -> Subquery:
    """For each document the extraction that read it through last, else its last failure."""
    done = func.max(case((ExtractionRow.status == ExtractionStatus.DONE, ExtractionRow.id)))
    return (
        select(
            ExtractionRow.document_id,
            func.coalesce(done, func.max(ExtractionRow.id)).label("extraction_id"),
        )
        .group_by(ExtractionRow.document_id)
        .subquery()
    )


def _forms(session: Session, latest: Subquery) -> Mapping[int, set[str]]:
    """Layouts found in each of the latest extractions."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    rows = session.execute(
        select(DeclarationRow.extraction_id, DeclarationRow.form_id)
        .join(latest, latest.c.extraction_id == DeclarationRow.extraction_id)
        .distinct()
    )
    for extraction_id, form_id in rows:
        found[extraction_id].add(form_id)
    return found
