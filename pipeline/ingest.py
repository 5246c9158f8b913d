"""Files into the database: what is done is skipped, what fails is named, the rest goes on."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from db.models import Link
from db.store import RunInfo, SaveOutcome, Store
from extractors.errors import InputFileError, StoreError
from extractors.forms.raw import RawSkipped
from normalizers.records import Declaration, Extraction, Failure, Unmatched
from pipeline.archive_folder import ArchiveFolder
from pipeline.discovery import sha256_of
from pipeline.executors import Readings

UNSTORABLE = "db_value"
"""Store error that concerns one file only."""


class Progress(Protocol):
    """Who is told how far things are."""

    def begin(self, total: int) -> None:
        """``total`` files are to be seen to."""

    def advance(self) -> None:
        """One file is seen to."""


class NoProgress:
    """Tells nobody."""

    def begin(self, total: int) -> None:
        """``total`` files are to be seen to."""

    def advance(self) -> None:
        """One file is seen to."""


@dataclass(slots=True)
class IngestSummary:
    """What an invocation did; counts of records are of files newly saved.

    Attributes:
        documents: Files newly saved.
        unchanged: Files whose bytes were read before.
        pages: Pages in saved files.
        declarations: Forms with a known layout.
        revisions: Of these, declarations known from another file that say something else now.
        duplicates: Of these, declarations known from another file that say the same.
        unmatched: Forms without one.
        skipped_pages: Pages with no form on them.
        to_review: Entries a person should look at.
        failures: ``(path, failure)`` of all files named: a page that failed when its file was
            read is named again whenever the file is, for it is still missing.
        known_failures: How many of these the database knew before.
        failed_files: Files of which nothing could be read.
    """

    documents: int = 0
    unchanged: int = 0
    pages: int = 0
    declarations: int = 0
    revisions: int = 0
    duplicates: int = 0
    unmatched: int = 0
    skipped_pages: int = 0
    to_review: int = 0
    failures: list[tuple[str, Failure]] = field(default_factory=list)
    known_failures: int = 0
    failed_files: int = 0

    @property
    def failures_by_reason(self) -> dict[str, int]:
        """Number of failures by code, most frequent first."""
        return dict(Counter(failure.code for _, failure in self.failures).most_common())

    def add(self, extraction: Extraction, outcome: SaveOutcome) -> None:
        """Counts one file that was read."""
        known = outcome is SaveOutcome.UNCHANGED
        self._add_failures(extraction.path, extraction.failures, known=known)
        if extraction.is_failed:
            self.failed_files += 1
        elif known:
            self.unchanged += 1
        else:
            self.documents += 1
            self.pages += extraction.page_count
        if not known:
            for record in extraction.records:
                self._add_record(record)

    def add_known(self, path: str, failures: Iterable[Failure], *, is_failed: bool) -> None:
        """Counts one file whose bytes were read before."""
        self._add_failures(path, failures, known=True)
        if is_failed:
            self.failed_files += 1
        else:
            self.unchanged += 1

    def _add_failures(self, path: str, failures: Iterable[Failure], *, known: bool) -> None:
        named = [(path, failure) for failure in failures]
        self.failures += named
        self.known_failures += len(named) if known else 0

    def _add_record(self, record: object) -> None:
        if isinstance(record, Declaration):
            self.declarations += 1
            self.to_review += len(record.issues)
        elif isinstance(record, Unmatched):
            self.unmatched += 1
            self.to_review += sum(len(value.issues) for value in record.values)
        elif isinstance(record, RawSkipped):
            self.skipped_pages += len(record.pages)


def ingest(
    files: Iterable[Path],
    store: Store,
    run: RunInfo,
    *,
    readings: Readings,
    progress: Progress,
    archive: ArchiveFolder | None = None,
) -> IngestSummary:
    """Reads files into the database.

    A run is recorded only if it finds something new, so that ingesting what is known, failures
    too, changes nothing. Each file is committed by itself: stopped at any moment, the next
    invocation goes on where this one ended. Files of which nothing could be read are tried
    again each time; a page that failed in a file that was read is only named again.

    Args:
        files: As `pipeline.discovery.discover` gives them.
        store: Open database.
        run: What is read with.
        readings: Reads files.
        progress: Is told of every file.
        archive: Keeps the bytes of every file before its rows are committed.

    Raises:
        StoreError: The database or the archive folder fails; files saved before stay saved.
    """
    named = list(files)
    progress.begin(len(named))
    ingestion = _Ingestion(store, run, progress, archive)
    pending = [path for path in named if ingestion.must_read(path)]
    if pending:
        ingestion.save_all(readings(pending))
    ingestion.name_copies()
    return ingestion.summary


class _Ingestion:
    """One invocation: what it has seen, and the run it is recorded under."""

    def __init__(
        self, store: Store, run: RunInfo, progress: Progress, archive: ArchiveFolder | None
    ) -> None:
        self.summary = IngestSummary()
        self._store = store
        self._run = run
        self._progress = progress
        self._archive = archive
        self._run_id: int | None = None
        self._copies: dict[str, list[Path]] = {}
        self._read: dict[str, Extraction] = {}

    def must_read(self, path: Path) -> bool:
        """Whether a file is to be read: the first of its bytes, and not done before."""
        sha256 = sha256_of(path)
        if sha256 is None:
            return True
        if sha256 in self._copies:
            self._copies[sha256].append(path)
            return False
        run = self._run
        if self._store.is_done(
            sha256, run.extractor_version, run.definitions_fingerprint, run.engine
        ):
            self._keep(path, sha256)
            self._store.note_path(sha256, str(path))
            failures = self._store.failed_pages(sha256, run)
            self.summary.add_known(str(path), failures, is_failed=False)
            self._progress.advance()
            return False
        self._copies[sha256] = []
        return True

    def save_all(self, extractions: Iterable[Extraction]) -> None:
        """Saves readings as they come, and ends the run."""
        for extraction in extractions:
            saved, outcome = self._save(self._kept(extraction))
            self.summary.add(saved, outcome)
            if self._copies.get(saved.sha256):
                self._read[saved.sha256] = saved
            self._progress.advance()
        if self._run_id is not None:
            self._store.finish_run(self._run_id)
            links = self._store.links_of_run(self._run_id)
            self.summary.revisions = links[Link.REVISION]
            self.summary.duplicates = links[Link.DUPLICATE]

    def name_copies(self) -> None:
        """Notes further names of bytes that were read just now."""
        for sha256, paths in self._copies.items():
            for path in paths:
                self._store.note_path(sha256, str(path))
                read = self._read.get(sha256)
                self.summary.add_known(
                    str(path),
                    read.failures if read else (),
                    is_failed=read is not None and read.is_failed,
                )
                self._progress.advance()

    def _kept(self, extraction: Extraction) -> Extraction:
        """The reading, once its bytes are kept; a failure where they are not what was read."""
        failure = self._keep(Path(extraction.path), extraction.sha256)
        if failure is None:
            return extraction
        return dataclasses.replace(
            extraction,
            sha256="",
            byte_size=None,
            page_count=0,
            page_kinds=(),
            records=(failure,),
        )

    def _keep(self, path: Path, sha256: str) -> Failure | None:
        if self._archive is None or not sha256:
            return None
        try:
            self._archive.keep(path, sha256)
        except InputFileError as error:
            return Failure(error.code, error.message)
        return None

    def _save(self, extraction: Extraction) -> tuple[Extraction, SaveOutcome]:
        """Saves a reading; one with a value that cannot be stored is saved as a failure."""
        try:
            return extraction, self._save_new(extraction)
        except StoreError as error:
            if error.code != UNSTORABLE:
                raise
            failure = Failure(code=error.code, message=error.message)
            failed = dataclasses.replace(extraction, records=(failure,))
            return failed, self._save_new(failed)

    def _save_new(self, extraction: Extraction) -> SaveOutcome:
        if self._run_id is None:
            if self._store.is_known(extraction, self._run):
                self._store.note_path(extraction.sha256, extraction.path)
                return SaveOutcome.UNCHANGED
            self._run_id = self._store.start_run(self._run)
        return self._store.save(extraction, self._run_id)
