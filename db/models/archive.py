"""Tables of what was read, when, and by what: documents, runs, extractions, pages, failures.

Rows are only ever added: reading a document again is a new extraction beside the old one.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.models.base import Base
from db.models.columns import Json, UtcDateTime

SHA256_HEX_LENGTH = 64


class ExtractionStatus(StrEnum):
    """Whether a file was read through."""

    DONE = "done"
    FAILED = "failed"


class PageOutcome(StrEnum):
    """What became of a page."""

    DECLARATION = "declaration"
    UNMATCHED = "unmatched"
    SKIPPED = "skipped"
    FAILED = "failed"


class Document(Base):
    """A file by its bytes, whatever its name."""

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(SHA256_HEX_LENGTH), unique=True)
    kind: Mapped[str] = mapped_column(Text)
    page_count: Mapped[int]
    byte_size: Mapped[int | None]
    first_seen: Mapped[datetime] = mapped_column(UtcDateTime)

    paths: Mapped[list[DocumentPath]] = relationship(
        back_populates="document", passive_deletes=True, order_by="DocumentPath.id"
    )


class DocumentPath(Base):
    """A name under which a document was seen."""

    __tablename__ = "document_paths"
    __table_args__ = (UniqueConstraint("document_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    path: Mapped[str] = mapped_column(Text)
    first_seen: Mapped[datetime] = mapped_column(UtcDateTime)

    document: Mapped[Document] = relationship(back_populates="paths")


class Command(StrEnum):
    """What an invocation was asked to do."""

    INGEST = "ingest"
    REEXTRACT = "reextract"
    REPLACE = "replace"


class Run(Base):
    """One invocation that read files."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    command: Mapped[str] = mapped_column(Text)
    extractor_version: Mapped[str] = mapped_column(Text)
    engine: Mapped[str] = mapped_column(Text)
    definitions_fingerprint: Mapped[str] = mapped_column(Text)
    options: Mapped[dict[str, Any]] = mapped_column(Json)
    host: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ExtractionRow(Base):
    """One document as one run read it.

    ``engine`` is the recognizer asked for (part of the key), ``engine_used`` the one that the
    reading reports; ``attempt`` counts the times that it was read anew on demand.
    """

    __tablename__ = "extractions"
    __table_args__ = (
        CheckConstraint("status IN ('done', 'failed')", name="status"),
        UniqueConstraint("document_id", "run_id"),
        Index(
            "uq_extractions_done",
            "document_id",
            "extractor_version",
            "definitions_fingerprint",
            "engine",
            "attempt",
            unique=True,
            sqlite_where=text("status = 'done'"),
            postgresql_where=text("status = 'done'"),
        ),
        Index(None, "run_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id", ondelete="RESTRICT"))
    path: Mapped[str] = mapped_column(Text)
    page_count: Mapped[int]
    extractor_version: Mapped[str] = mapped_column(Text)
    definitions_fingerprint: Mapped[str] = mapped_column(Text)
    engine: Mapped[str] = mapped_column(Text)
    engine_used: Mapped[str] = mapped_column(Text)
    attempt: Mapped[int]
    status: Mapped[str] = mapped_column(Text)
    error_code: Mapped[str | None] = mapped_column(Text)
    error_message: Mapped[str | None] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    document: Mapped[Document] = relationship()
    pages: Mapped[list[PageRow]] = relationship(passive_deletes=True, order_by="PageRow.number")


class PageRow(Base):
    """What became of one page; every page of every extraction has its row."""

    __tablename__ = "pages"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('declaration', 'unmatched', 'skipped', 'failed')", name="outcome"
        ),
        UniqueConstraint("extraction_id", "number"),
        Index(None, "outcome"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    extraction_id: Mapped[int] = mapped_column(ForeignKey("extractions.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)


class SkippedRow(Base):
    """Pages with no form on them, grouped as they were found."""

    __tablename__ = "skipped"
    __table_args__ = (UniqueConstraint("extraction_id", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    extraction_id: Mapped[int] = mapped_column(ForeignKey("extractions.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    pages: Mapped[list[int]] = mapped_column(Json)
    reason: Mapped[str] = mapped_column(Text)


class FailureRow(Base):
    """A file, or a page of it, that could not be read.

    ``extraction_id`` is empty where not even the bytes could be read.
    """

    __tablename__ = "failures"
    __table_args__ = (Index(None, "extraction_id"), Index(None, "run_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id", ondelete="RESTRICT"))
    extraction_id: Mapped[int | None] = mapped_column(
        ForeignKey("extractions.id", ondelete="CASCADE")
    )
    ordinal: Mapped[int]
    path: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    message: Mapped[str] = mapped_column(Text)
    page: Mapped[int | None]
