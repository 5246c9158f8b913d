"""Which filing a reading belongs to, and which reading of it stands.

The one place where that is decided; all else takes the latest row of `filing_versions`.

* In a file that was read before, a form is the filing it was then: by its names, or by its pages,
  which are the same bytes.
* In another file, a form with the names of a known filing is that filing again: a duplicate where
  it says the same, else a revision, which stands from now on.
* A filing whose file was read anew without finding it is withdrawn, unless its pages failed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from db.identity import identity_of, same_values
from db.models import (
    Cause,
    DeclarationRow,
    ExtractionRow,
    Filing,
    FilingVersion,
    Link,
    PageOutcome,
)
from db.people import corrections_in_force, latest_correction
from db.records_from_rows import declaration
from db.rows_from_records import Belonging, declaration_row
from extractors.errors import RequestError
from normalizers.corrections import Corrected, with_corrections
from normalizers.records import Declaration

CAUSE_OF_LINK = {
    Link.FIRST: Cause.EXTRACTION,
    Link.REREAD: Cause.REEXTRACTION,
    Link.REVISION: Cause.REVISION,
    Link.REPLACEMENT: Cause.REPLACEMENT,
}

Numbered = tuple[int, Declaration]
"""Ordinal of a record in its file, and the record."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one declaration of a file.

    Attributes:
        filing_id: Number of the declaration.
        link: How it belongs to it.
        stands: Whether this reading counts from now on.
        contradicted: Number of people's corrections that it contradicts.
        unplaced: Number of people's corrections whose row it does not have.
    """

    filing_id: int
    link: Link
    stands: bool
    contradicted: int = 0
    unplaced: int = 0


def add_readings(
    session: Session,
    numbered: Sequence[Numbered],
    extraction: ExtractionRow,
    onto: Mapping[int, int],
) -> tuple[list[Saved], list[int]]:
    """Adds the declarations of one extraction, and settles what stands.

    Args:
        session: In a transaction.
        numbered: Declarations with their ordinals.
        extraction: Their extraction, flushed.
        onto: Filings that the record of an ordinal replaces, as a person said.

    Returns:
        What became of each, and the filings that were withdrawn.
    """
    known = _known_filings(session, extraction.document_id, before=extraction.id)
    matched = {**_matches(numbered, known), **onto}
    saved: list[Saved] = []
    used = set(matched.values())
    for ordinal, record in numbered:
        identity = identity_of(record)
        filing, link = matched.get(ordinal), Link.REPLACEMENT if ordinal in onto else Link.REREAD
        if filing is None:
            filing, link = _filing_elsewhere(session, record, identity, used)
        if filing is None:
            filing, link = _new_filing(session), Link.FIRST
        used.add(filing)
        saved.append(_add_reading(session, ordinal, record, extraction, filing, link))
    unknown = _failed_pages(extraction)
    lost = [
        f
        for f, row in known.items()
        if f not in used
        and unknown.isdisjoint(row.pages)
        and stands_from(session, f, extraction.document_id)
    ]
    for filing in lost:
        note_version(session, filing, None, Cause.WITHDRAWN, extraction.run_id)
    return saved, lost


def _failed_pages(extraction: ExtractionRow) -> set[int]:
    """Pages of which nobody knows what is on them: a form there is not lost."""
    return {page.number for page in extraction.pages if page.outcome == PageOutcome.FAILED}


def _known_filings(session: Session, document_id: int, *, before: int) -> dict[int, DeclarationRow]:
    """Filings that a document showed before, each with its latest reading there."""
    rows = session.scalars(
        select(DeclarationRow)
        .join(ExtractionRow, ExtractionRow.id == DeclarationRow.extraction_id)
        .where(
            ExtractionRow.document_id == document_id,
            ExtractionRow.id < before,
            DeclarationRow.correction_id.is_(None),
        )
        .order_by(DeclarationRow.id)
    )
    return {row.filing_id: row for row in rows}


def _matches(numbered: Sequence[Numbered], known: Mapping[int, DeclarationRow]) -> dict[int, int]:
    """Ordinal → filing, by names first, then by pages."""
    found: dict[int, int] = {}
    for same in (_same_names, _same_pages):
        for ordinal, record in numbered:
            if ordinal in found:
                continue
            free = [f for f, row in known.items() if f not in found.values() and same(record, row)]
            if free:
                found[ordinal] = min(
                    free, key=lambda f: abs(known[f].first_page - min(record.pages))
                )
    return found


def _same_names(record: Declaration, row: DeclarationRow) -> bool:
    return row.identity is not None and row.identity == identity_of(record)


def _same_pages(record: Declaration, row: DeclarationRow) -> bool:
    return not set(record.pages).isdisjoint(row.pages)


def _filing_elsewhere(
    session: Session, record: Declaration, identity: str | None, used: set[int]
) -> tuple[int | None, Link]:
    """The filing of the same names that stands in another file."""
    if identity is not None:
        for row in session.scalars(
            select(DeclarationRow)
            .join(FilingVersion, FilingVersion.declaration_id == DeclarationRow.id)
            .where(DeclarationRow.identity == identity)
            .order_by(DeclarationRow.id.desc())
            .options(selectinload(DeclarationRow.values))
        ):
            standing = standing_version(session, row.filing_id)
            if row.filing_id not in used and standing and standing.declaration_id == row.id:
                same = same_values(as_read(session, row), record)
                return row.filing_id, Link.DUPLICATE if same else Link.REVISION
    return None, Link.FIRST


def _new_filing(session: Session) -> int:
    filing = Filing(created_at=datetime.now(UTC))
    session.add(filing)
    session.flush()
    return filing.id


def _add_reading(
    session: Session,
    ordinal: int,
    record: Declaration,
    extraction: ExtractionRow,
    filing: int,
    link: Link,
) -> Saved:
    belongs = Belonging(extraction.id, ordinal, filing, link, identity_of(record))
    row = declaration_row(record, belongs)
    session.add(row)
    session.flush()
    stands = link is not Link.DUPLICATE and (
        link is not Link.REREAD or stands_from(session, filing, extraction.document_id)
    )
    if not stands:
        return Saved(filing, link, stands)
    corrected = stand(session, row, record, CAUSE_OF_LINK[link], extraction.run_id)
    return Saved(filing, link, stands, len(corrected.contradicted), len(corrected.unplaced))


def stand(
    session: Session,
    row: DeclarationRow,
    record: Declaration,
    cause: Cause,
    run_id: int | None,
) -> Corrected:
    """Has a reading stand for its filing from now on, with people's corrections put onto it.

    Args:
        session: In a transaction.
        row: The reading as the machine made it.
        record: The same as a record.
        cause: What made it stand.
        run_id: The run that did; ``None`` for a person.
    """
    in_force = corrections_in_force(session, row.filing_id)
    corrected = with_corrections(record, in_force)
    standing = row
    if in_force:
        belongs = Belonging(
            row.extraction_id,
            row.ordinal,
            row.filing_id,
            Link(row.link),
            identity_of(corrected.record),
            latest_correction(session, row.filing_id),
        )
        standing = declaration_row(corrected.record, belongs)
        session.add(standing)
        session.flush()
    note_version(session, row.filing_id, standing.id, cause, run_id)
    return corrected


def note_version(
    session: Session, filing: int, reading: int | None, cause: Cause, run_id: int | None
) -> None:
    """Records what stands from now on."""
    session.add(
        FilingVersion(
            filing_id=filing,
            declaration_id=reading,
            cause=cause,
            run_id=run_id,
            since=datetime.now(UTC),
        )
    )
    session.flush()


def check_filing(session: Session, number: int) -> None:
    """Refuses a number that no declaration has.

    Raises:
        RequestError: ``declaration_unknown``.
    """
    if session.get(Filing, number) is None:
        raise RequestError(
            f"没有第 {number} 号申报表，请用 shenbao query declarations 查看编号 / there is no "
            f"declaration {number}; `shenbao query declarations` lists their numbers",
            code="declaration_unknown",
        )


def standing_version(session: Session, filing: int) -> FilingVersion | None:
    """The latest version of a filing."""
    return session.scalar(
        select(FilingVersion)
        .where(FilingVersion.filing_id == filing)
        .order_by(FilingVersion.id.desc())
        .limit(1)
    )


def stands_from(session: Session, filing: int, document_id: int) -> bool:
    """Whether the reading that stood last for a filing is of this document."""
    last = session.scalar(
        select(ExtractionRow.document_id)
        .join(DeclarationRow, DeclarationRow.extraction_id == ExtractionRow.id)
        .join(FilingVersion, FilingVersion.declaration_id == DeclarationRow.id)
        .where(FilingVersion.filing_id == filing)
        .order_by(FilingVersion.id.desc())
        .limit(1)
    )
    return last is None or last == document_id


def as_read(session: Session, row: DeclarationRow) -> Declaration:
    """A reading as the machine made it, before people's corrections."""
    if row.correction_id is None:
        return declaration(row)
    return declaration(machine_reading(session, row))


def machine_reading(session: Session, row: DeclarationRow) -> DeclarationRow:
    """The row that people's corrections of this reading were put onto."""
    if row.correction_id is None:
        return row
    return session.scalars(
        select(DeclarationRow).where(
            DeclarationRow.extraction_id == row.extraction_id,
            DeclarationRow.ordinal == row.ordinal,
            DeclarationRow.correction_id.is_(None),
        )
    ).one()
