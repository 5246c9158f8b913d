"""The store: one file's reading goes in whole or not at all, and nothing is overwritten."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from types import TracebackType
from typing import Any, Self

from sqlalchemy import URL, Engine, select
from sqlalchemy.orm import Session

from db.engine import (
    WRITES,
    make_engine,
    note_statistics,
    parse_url,
    shown,
    sqlite_path,
    store_errors,
)
from db.form_fields import note_fields_with, refresh_form_views
from db.models import (
    Command,
    DeclarationRow,
    Document,
    DocumentPath,
    ExtractionRow,
    ExtractionStatus,
    FailureRow,
    Link,
    Run,
)
from db.past import look_back
from db.records_from_rows import failure, read_extraction
from db.schema import ensure_schema, upgrade_schema
from db.search.write import index_with
from db.write_extraction import (
    Added,
    Key,
    add_extraction,
    error_of,
    find_document,
    find_done,
    last_attempt,
    note_document,
)
from extractors.errors import StoreError
from normalizers.records import Extraction, Failure


class SaveOutcome(StrEnum):
    """What saving did."""

    SAVED = "saved"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What an invocation reads with.

    Attributes:
        extractor_version: Version of the distribution.
        engine: Text recognizer asked for.
        definitions_fingerprint: Of the form definitions in use.
        options: Everything else that was set, as JSON.
        command: What was asked for.
    """

    extractor_version: str
    engine: str
    definitions_fingerprint: str
    options: Mapping[str, Any] = field(default_factory=dict)
    command: Command = Command.INGEST


@dataclass(frozen=True, slots=True)
class Store:
    """An open database. Use as a context manager, or call `close`."""

    url: URL
    engine: Engine

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives all connections back."""
        self.engine.dispose()

    def is_done(
        self, sha256: str, extractor_version: str, definitions_fingerprint: str, engine: str
    ) -> bool:
        """Whether these bytes were read through by this extractor, definitions and engine."""
        with self.session() as session:
            document = find_document(session, sha256)
            if document is None:
                return False
            key = (extractor_version, definitions_fingerprint, engine)
            return find_done(session, document, key) is not None

    def is_known(self, extraction: Extraction, info: RunInfo) -> bool:
        """Whether saving this reading would change nothing but the names of its document.

        So it is where its bytes were read through with ``info`` before, and where its failure
        repeats the last one.
        """
        with self.session() as session:
            return _repeats(session, extraction, _key(info))

    def failed_pages(self, sha256: str, info: RunInfo) -> tuple[Failure, ...]:
        """Pages that could not be read when these bytes were read through with ``info``."""
        with self.session() as session:
            document = find_document(session, sha256)
            done = None if document is None else find_done(session, document, _key(info))
            if done is None:
                return ()
            rows = select(FailureRow).where(FailureRow.extraction_id == done.id)
            return tuple(map(failure, session.scalars(rows.order_by(FailureRow.ordinal))))

    def start_run(self, info: RunInfo) -> int:
        """Records an invocation; its id."""
        run = Run(
            command=info.command,
            extractor_version=info.extractor_version,
            engine=info.engine,
            definitions_fingerprint=info.definitions_fingerprint,
            options=dict(info.options),
            host=socket.gethostname(),
            started_at=datetime.now(UTC),
        )
        with self.session(writes=True) as session:
            session.add(run)
            session.flush()
            return run.id

    def finish_run(self, run_id: int) -> None:
        """Records when the invocation ended."""
        with self.session(writes=True) as session:
            session.get_one(Run, run_id).finished_at = datetime.now(UTC)
            refresh_form_views(session.connection())
            note_statistics(session.connection())

    def links_of_run(self, run_id: int) -> Counter[Link]:
        """How the declarations that a run read belong to what was known: so many of each kind."""
        read = (
            select(DeclarationRow.link)
            .join(ExtractionRow, ExtractionRow.id == DeclarationRow.extraction_id)
            .where(ExtractionRow.run_id == run_id, DeclarationRow.correction_id.is_(None))
        )
        with self.session() as session:
            return Counter(map(Link, session.scalars(read)))

    def note_path(self, sha256: str, path: str) -> None:
        """Records one more name of bytes that are known; does nothing for unknown ones."""
        with self.session(writes=True) as session:
            document = find_document(session, sha256)
            if document is not None and not _has_path(session, document, path):
                session.add(
                    DocumentPath(
                        document_id=document.id, path=storable(path), first_seen=datetime.now(UTC)
                    )
                )

    def save(self, extraction: Extraction, run_id: int) -> SaveOutcome:
        """Commits one file's rows together, or none of them.

        Bytes that were already read through by the same extractor, definitions and engine, bytes
        that this run has tried before, and a failure that repeats the last one, change nothing
        but the names a document is known by.

        Raises:
            StoreError: Nothing was saved.
        """
        with self.session(writes=True) as session:
            run = session.get_one(Run, run_id)
            key, path = _key(run), storable(extraction.path)
            repeats = _repeats(session, extraction, key)
            if not extraction.sha256:
                if not repeats:
                    _add_unreadable(session, extraction, run)
                return SaveOutcome.UNCHANGED if repeats else SaveOutcome.SAVED
            document = note_document(session, extraction, path)
            last = last_attempt(session, document, key)
            if repeats or (last is not None and last.run_id == run_id):
                return SaveOutcome.UNCHANGED
            add_extraction(session, extraction, document, run, path)
            return SaveOutcome.SAVED

    def save_anew(
        self, extraction: Extraction, run_id: int, *, onto: Mapping[int, int] | None = None
    ) -> Added:
        """Commits a file that was read anew on demand, whether or not it was read so before.

        Args:
            extraction: What was read.
            run_id: The run that read it.
            onto: Filings that the declaration of an ordinal replaces.

        Raises:
            StoreError: Nothing was saved.
        """
        with self.session(writes=True) as session:
            run = session.get_one(Run, run_id)
            path = storable(extraction.path)
            document = note_document(session, extraction, path)
            last = last_attempt(session, document, _key(run))
            attempt = 0 if last is None else last.attempt + 1
            return add_extraction(
                session, extraction, document, run, path, attempt=attempt, onto=onto
            )

    def current_extractions(self, as_of: datetime | None = None) -> Iterator[Extraction]:
        """The current reading of each document, in the order in which documents came.

        That is the latest one read through or, where none was, the latest failure. Files that
        could not be opened at all, and under that name never were, come last.

        Args:
            as_of: Moment whose state is to be seen; that of now unless given.
        """
        with self.session(as_of=as_of) as session:
            for document_id in session.scalars(select(Document.id).order_by(Document.id)):
                row = session.scalars(
                    select(ExtractionRow)
                    .where(ExtractionRow.document_id == document_id)
                    .order_by(
                        ExtractionRow.status == ExtractionStatus.FAILED, ExtractionRow.id.desc()
                    )
                    .limit(1)
                ).one_or_none()
                if row is not None:
                    yield read_extraction(session, row)
                    session.expunge_all()
            yield from _unreadable_files(session)

    @contextmanager
    def session(self, *, writes: bool = False, as_of: datetime | None = None) -> Iterator[Session]:
        """A transaction, committed at its end; errors of the database come as `StoreError`.

        Args:
            writes: Whether rows are to be added; one writer at a time.
            as_of: Moment whose state is to be seen; only for reading.
        """
        engine = self.engine.execution_options(**{WRITES: writes})
        with store_errors(self.url), engine.connect() as connection, connection.begin() as begun:
            if as_of is not None:
                look_back(connection, as_of)
            with Session(connection) as session:
                if writes:
                    index_with(session)
                    note_fields_with(session)
                yield session
                session.commit()
            if as_of is not None:
                begun.rollback()  # the temporary views go; SQLite would keep them otherwise


def open_store(url: str, *, create: bool = True) -> Store:
    """Opens a database, making its tables on first use.

    Args:
        url: Database URL such as ``sqlite:///shenbao.db``.
        create: Whether a missing or empty database may be made; otherwise that is an error.

    Raises:
        StoreError: Codes ``db_unreachable``, ``db_missing``, ``db_foreign``, ``db_newer``,
            ``db_older``, ``db_readonly``, ``db_locked``, ``db_password``.
    """
    parsed = _parsed(url, create=create)
    engine = make_engine(parsed)
    try:
        with store_errors(parsed):
            ensure_schema(engine, name=shown(parsed), create=create)
    except BaseException:
        engine.dispose()
        raise
    return Store(parsed, engine)


def upgrade_store(url: str) -> tuple[str, str]:
    """Brings the tables of an older release up to date: all of it or nothing.

    Returns:
        Revision of the tables before and after.

    Raises:
        StoreError: As `open_store`.
    """
    parsed = _parsed(url, create=False)
    engine = make_engine(parsed)
    try:
        with store_errors(parsed):
            return upgrade_schema(engine, name=shown(parsed))
    finally:
        engine.dispose()


def _parsed(url: str, *, create: bool) -> URL:
    parsed = parse_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    if sqlite and not create and not sqlite_path(parsed).exists():
        raise StoreError(
            "没有这个数据库，请先运行 shenbao ingest / no such database; "
            "run `shenbao ingest` first",
            code="db_missing",
            path=shown(parsed),
        )
    return parsed


def storable(path: str) -> str:
    """A file name with its undecodable bytes escaped: databases hold Unicode only."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def _key(info: RunInfo | Run) -> Key:
    return info.extractor_version, info.definitions_fingerprint, info.engine


def _repeats(session: Session, extraction: Extraction, key: Key) -> bool:
    """Whether the bytes were read through before, or failed last time as they did now."""
    last: ExtractionRow | None = None
    if not extraction.sha256:
        path = storable(extraction.path)
        unread = session.scalar(
            select(FailureRow)
            .where(FailureRow.extraction_id.is_(None), FailureRow.path == path)
            .order_by(FailureRow.id.desc())
            .limit(1)
        )
        return unread is not None and (unread.code, unread.message) == error_of(extraction)
    document = find_document(session, extraction.sha256)
    if document is not None:
        if find_done(session, document, key) is not None:
            return True
        last = last_attempt(session, document, key)
    return last is not None and (last.error_code, last.error_message) == error_of(extraction)


def _add_unreadable(session: Session, extraction: Extraction, run: Run) -> None:
    """A file without bytes has no document; its failure is kept under its name."""
    code, message = error_of(extraction)
    path = storable(extraction.path)
    session.add(FailureRow(run_id=run.id, ordinal=0, path=path, code=code, message=message))


def _has_path(session: Session, document: Document, path: str) -> bool:
    found = select(DocumentPath.id).where(
        DocumentPath.document_id == document.id, DocumentPath.path == storable(path)
    )
    return session.scalar(found) is not None


def _unreadable_files(session: Session) -> Iterator[Extraction]:
    latest: dict[str, tuple[FailureRow, Run]] = {}
    rows = session.execute(
        select(FailureRow, Run)
        .join(Run, Run.id == FailureRow.run_id)
        .where(
            FailureRow.extraction_id.is_(None),
            FailureRow.path.not_in(select(DocumentPath.path)),
        )
        .order_by(FailureRow.id)
    )
    for row, run in rows:
        latest[row.path] = (row, run)
    for path, (row, run) in latest.items():
        yield Extraction(
            path=path,
            sha256="",
            page_count=0,
            engine=run.engine,
            extractor_version=run.extractor_version,
            records=(failure(row),),
        )
