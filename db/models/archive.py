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

    id: Mapped[int] = mapped_column(primary_key=True, doc="of the file")
    sha256: Mapped[str] = mapped_column(
        String(SHA256_HEX_LENGTH), unique=True, doc="of its bytes, hexadecimal"
    )
    kind: Mapped[str] = mapped_column(
        Text, doc="`pdf`, `picture` or `markup`; blank where it could not be told"
    )
    page_count: Mapped[int] = mapped_column(doc="pages in the file; 0 where it could not be opened")
    byte_size: Mapped[int | None] = mapped_column(doc="size in bytes")
    first_seen: Mapped[datetime] = mapped_column(UtcDateTime, doc="when these bytes were met first")

    paths: Mapped[list[DocumentPath]] = relationship(
        back_populates="document", passive_deletes=True, order_by="DocumentPath.id"
    )


class DocumentPath(Base):
    """A name under which a document was seen."""

    __tablename__ = "document_paths"
    __table_args__ = (UniqueConstraint("document_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True, doc="of the row")
    document_id: Mapped[int] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), doc="file"
    )
    path: Mapped[str] = mapped_column(Text, doc="name under which it was seen")
    first_seen: Mapped[datetime] = mapped_column(
        UtcDateTime, doc="when it was seen under this name first"
    )

    document: Mapped[Document] = relationship(back_populates="paths")


class Command(StrEnum):
    """What an invocation was asked to do."""

    INGEST = "ingest"
    REEXTRACT = "reextract"
    REPLACE = "replace"


class Run(Base):
    """One invocation that read files."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True, doc="ascending in time")
    command: Mapped[str] = mapped_column(Text, doc="`ingest`, `reextract` or `replace`")
    extractor_version: Mapped[str] = mapped_column(Text, doc="version of shenbao")
    engine: Mapped[str] = mapped_column(Text, doc="text recognizer asked for")
    definitions_fingerprint: Mapped[str] = mapped_column(
        Text, doc="SHA-256 over the layouts in use"
    )
    options: Mapped[dict[str, Any]] = mapped_column(Json, doc="everything else that was set")
    host: Mapped[str] = mapped_column(Text, doc="machine it ran on")
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, doc="when it began")
    finished_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, doc="when it ended; empty where it was cut off"
    )


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

    id: Mapped[int] = mapped_column(primary_key=True, doc="ascending in time")
    document_id: Mapped[int] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), doc="file that was read"
    )
    run_id: Mapped[int] = mapped_column(
        ForeignKey("runs.id", ondelete="RESTRICT"), doc="run that read it"
    )
    path: Mapped[str] = mapped_column(Text, doc="name under which it was read")
    page_count: Mapped[int] = mapped_column(doc="pages in the file")
    extractor_version: Mapped[str] = mapped_column(Text, doc="version of shenbao")
    definitions_fingerprint: Mapped[str] = mapped_column(
        Text, doc="SHA-256 over the layouts in use"
    )
    engine: Mapped[str] = mapped_column(Text, doc="text recognizer asked for")
    engine_used: Mapped[str] = mapped_column(
        Text, doc="text recognizer that was used where pixels were read"
    )
    attempt: Mapped[int] = mapped_column(
        doc="times it had been read before with the same version, layouts and recognizer"
    )
    status: Mapped[str] = mapped_column(Text, doc="`done` or `failed`")
    error_code: Mapped[str | None] = mapped_column(Text, doc="name of the failure")
    error_message: Mapped[str | None] = mapped_column(Text, doc="what failed and what to do")
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, doc="when its rows were saved")

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

    id: Mapped[int] = mapped_column(primary_key=True, doc="of the row")
    extraction_id: Mapped[int] = mapped_column(
        ForeignKey("extractions.id", ondelete="CASCADE"), doc="reading"
    )
    number: Mapped[int] = mapped_column(doc="page of the file, from 1")
    kind: Mapped[str | None] = mapped_column(
        Text, doc="how it was read: `picture`, `digital`, `markup`"
    )
    outcome: Mapped[str] = mapped_column(
        Text, doc="`declaration`, `unmatched`, `skipped` or `failed`"
    )
    reason: Mapped[str | None] = mapped_column(Text, doc="why it was skipped or failed")


class SkippedRow(Base):
    """Pages with no form on them, grouped as they were found."""

    __tablename__ = "skipped"
    __table_args__ = (UniqueConstraint("extraction_id", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True, doc="of the row")
    extraction_id: Mapped[int] = mapped_column(
        ForeignKey("extractions.id", ondelete="CASCADE"), doc="reading"
    )
    ordinal: Mapped[int] = mapped_column(doc="place among the records of the file, from 0")
    pages: Mapped[list[int]] = mapped_column(Json, doc="their numbers")
    reason: Mapped[str] = mapped_column(Text, doc="why there is no form on them")


class FailureRow(Base):
    """A file, or a page of it, that could not be read.

    ``extraction_id`` is empty where not even the bytes could be read.
    """

    __tablename__ = "failures"
    __table_args__ = (Index(None, "extraction_id"), Index(None, "run_id"))

    id: Mapped[int] = mapped_column(primary_key=True, doc="of the row")
    run_id: Mapped[int] = mapped_column(
        ForeignKey("runs.id", ondelete="RESTRICT"), doc="run in which it failed"
    )
    extraction_id: Mapped[int | None] = mapped_column(
        ForeignKey("extractions.id", ondelete="CASCADE"),
        doc="reading; empty where not even the bytes could be read",
    )
    ordinal: Mapped[int] = mapped_column(doc="place among the records of the file, from 0")
    path: Mapped[str] = mapped_column(Text, doc="name of the file")
    code: Mapped[str] = mapped_column(Text, doc="name of the failure")
    message: Mapped[str] = mapped_column(Text, doc="what failed and what to do")
    page: Mapped[int | None] = mapped_column(doc="page concerned; empty for the whole file")
