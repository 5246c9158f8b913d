"""Tables of what lasts: filings, which reading of each stands since when, and what people said.

Rows are only ever added. Which reading counts is decided when it is written (`db.filings`); to
read, the latest row of a filing is taken, or the latest before a moment.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.models.columns import UtcDateTime


class Cause(StrEnum):
    """Why a reading stands for a filing from a moment on."""

    EXTRACTION = "extraction"
    REEXTRACTION = "reextraction"
    REVISION = "revision"
    REPLACEMENT = "replacement"
    CORRECTION = "correction"
    WITHDRAWN = "withdrawn"


CAUSES = ", ".join(f"'{cause}'" for cause in Cause)


class Filing(Base):
    """A form as it was filed, whatever scans and readings there are of it.

    Its ``id`` is the number of the declaration that people see and type.
    """

    __tablename__ = "filings"

    id: Mapped[int] = mapped_column(primary_key=True, doc="number of the declaration")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, doc="when it was first read")


class FilingVersion(Base):
    """Which reading stands for a filing from a moment on; the latest row of a filing counts."""

    __tablename__ = "filing_versions"
    __table_args__ = (
        CheckConstraint(f"cause IN ({CAUSES})", name="cause"),
        CheckConstraint("(declaration_id IS NULL) = (cause = 'withdrawn')", name="withdrawn"),
        Index(None, "filing_id", "id"),
        Index(None, "declaration_id", "filing_id", "id"),
        Index(None, "since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="ascending in time")
    filing_id: Mapped[int] = mapped_column(
        ForeignKey("filings.id", ondelete="CASCADE"), doc="filing concerned"
    )
    declaration_id: Mapped[int | None] = mapped_column(
        ForeignKey("declarations.id", ondelete="CASCADE"),
        doc="reading that stands from now on; empty where the form is found no longer",
    )
    cause: Mapped[str] = mapped_column(Text, doc="what made it stand")
    run_id: Mapped[int | None] = mapped_column(
        ForeignKey("runs.id", ondelete="RESTRICT"), doc="run that caused it; empty for a person's"
    )
    since: Mapped[datetime] = mapped_column(UtcDateTime, doc="from when on it stands")


class Correction(Base):
    """What a person put in place of what was read, or took back."""

    __tablename__ = "corrections"
    __table_args__ = (Index(None, "filing_id", "path"), Index(None, "undoes_id", unique=True))

    id: Mapped[int] = mapped_column(primary_key=True, doc="ascending in time")
    filing_id: Mapped[int] = mapped_column(
        ForeignKey("filings.id", ondelete="CASCADE"), doc="filing concerned"
    )
    extraction_id: Mapped[int] = mapped_column(
        ForeignKey("extractions.id", ondelete="CASCADE"), doc="reading that was before the person"
    )
    path: Mapped[str] = mapped_column(Text, doc="field concerned")
    row_texts: Mapped[str | None] = mapped_column(
        Text, doc="for a cell of a row: what stood in the row's other cells, to find it again by"
    )
    raw_seen: Mapped[str | None] = mapped_column(
        Text, doc="text as read that was before the person"
    )
    value_before: Mapped[str | None] = mapped_column(Text, doc="value until then")
    value_after: Mapped[str | None] = mapped_column(Text, doc="value as the person typed it")
    author: Mapped[str] = mapped_column(Text, doc="who")
    reason: Mapped[str] = mapped_column(Text, doc="why")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, doc="when")
    undoes_id: Mapped[int | None] = mapped_column(
        ForeignKey("corrections.id", ondelete="CASCADE"), doc="correction that this one takes back"
    )


class DocumentReplacement(Base):
    """A corrected scan that took the place of an earlier file."""

    __tablename__ = "document_replacements"
    __table_args__ = (Index(None, "old_document_id"), Index(None, "new_document_id"))

    id: Mapped[int] = mapped_column(primary_key=True, doc="ascending in time")
    old_document_id: Mapped[int] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), doc="file that no longer counts"
    )
    new_document_id: Mapped[int] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), doc="file that counts instead"
    )
    run_id: Mapped[int] = mapped_column(
        ForeignKey("runs.id", ondelete="RESTRICT"), doc="run that read the new file"
    )
    forced: Mapped[bool] = mapped_column(doc="whether a person insisted though the names differ")
    author: Mapped[str | None] = mapped_column(Text, doc="who replaced it, where it was said")
    reason: Mapped[str | None] = mapped_column(Text, doc="why, where it was said")
    replaced_at: Mapped[datetime] = mapped_column(UtcDateTime, doc="when")
