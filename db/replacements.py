"""A corrected scan in the place of an earlier file: what it replaces, and its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.archived import document_named
from db.corrections import standing_row
from db.identity import IDENTITY_FIELDS, bare
from db.models import (
    DeclarationRow,
    Document,
    DocumentReplacement,
    ExtractionRow,
    FilingVersion,
    Run,
)
from db.records_from_rows import declaration
from db.store import Store, storable
from db.write_extraction import Added, add_extraction, last_attempt, note_document
from normalizers.records import Declaration, Extraction


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a new file is to take the place of.

    Attributes:
        document_id: The earlier file.
        sha256: Of its bytes.
        path: Its name.
        standing: The declarations concerned that stand from it, by their numbers.
    """

    document_id: int
    sha256: str
    path: str
    standing: Mapping[int, Declaration]


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of a replacement.

    Attributes:
        forced: That it is right though the names differ.
        author: Who replaced it, if it was said.
        reason: Why, if it was said.
    """

    forced: bool = False
    author: str | None = None
    reason: str | None = None


def find_replaced(store: Store, name: str) -> Replaced:
    """What a declaration number or a SHA-256 names.

    Args:
        store: Open database.
        name: Number, or SHA-256 or its first digits.

    Raises:
        RequestError: ``declaration_unknown``, ``declaration_withdrawn``, ``document_unknown``,
            ``document_ambiguous``.
    """
    with store.session() as session:
        if name.isdecimal() and len(name) < 19:
            row = standing_row(session, int(name))
            extraction = session.get_one(ExtractionRow, row.extraction_id)
            document = session.get_one(Document, extraction.document_id)
            rows = {row.filing_id: row}
        else:
            document = document_named(session, name)
            rows = _standing(session, document.id)
        found = {number: declaration(row) for number, row in rows.items()}
        return Replaced(document.id, document.sha256, document.paths[-1].path, found)


def save_replacement(
    store: Store,
    extraction: Extraction,
    run_id: int,
    old: Replaced,
    onto: Mapping[int, int],
    said: Said,
) -> Added:
    """Commits the new file's reading and that it takes the place of the earlier one, or nothing.

    The earlier file as a whole is replaced once nothing stands from it any more.

    Args:
        store: Open database.
        extraction: The new file's reading.
        run_id: The run that read it.
        old: What it replaces.
        onto: Number of the declaration that the record of an ordinal replaces.
        said: What the person said.

    Raises:
        StoreError: Nothing was saved.
    """
    with store.session(writes=True) as session:
        run = session.get_one(Run, run_id)
        path = storable(extraction.path)
        document = note_document(session, extraction, path)
        key = (run.extractor_version, run.definitions_fingerprint, run.engine)
        last = last_attempt(session, document, key)
        attempt = 0 if last is None else last.attempt + 1
        added = add_extraction(session, extraction, document, run, path, attempt=attempt, onto=onto)
        if not _standing(session, old.document_id):
            session.add(
                DocumentReplacement(
                    old_document_id=old.document_id,
                    new_document_id=document.id,
                    run_id=run_id,
                    forced=said.forced,
                    author=said.author,
                    reason=said.reason,
                    replaced_at=datetime.now(UTC),
                )
            )
        return added


def same_names(one: Declaration, other: Declaration) -> bool:
    """Whether two declarations are of one form, year, applicant and project, by name."""
    return one.form_id == other.form_id and all(
        bare(_name(one, key)) == bare(_name(other, key)) for key in IDENTITY_FIELDS
    )


def names_of(record: Declaration) -> str:
    """Form, year, applicant and project as people read them."""
    return " / ".join([record.form_id, *(_name(record, key) or "？" for key in IDENTITY_FIELDS)])


def _name(record: Declaration, key: str) -> str:
    found = record.get(key)
    return "" if found is None or found.value is None else str(found.value)


def _standing(session: Session, document_id: int) -> dict[int, DeclarationRow]:
    """Declarations that stand from a file now, by their numbers."""
    rows = session.scalars(
        select(DeclarationRow)
        .join(ExtractionRow, ExtractionRow.id == DeclarationRow.extraction_id)
        .where(
            ExtractionRow.document_id == document_id,
            DeclarationRow.id.in_(select(FilingVersion.declaration_id)),
        )
        .order_by(DeclarationRow.id)
    ).all()
    found = {}
    for row in rows:
        last = session.scalar(
            select(FilingVersion.declaration_id)
            .where(FilingVersion.filing_id == row.filing_id)
            .order_by(FilingVersion.id.desc())
            .limit(1)
        )
        if last == row.id:
            found[row.filing_id] = row
    return found
