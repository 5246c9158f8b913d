"""Files into the database: what is done is skipped, what fails is named, the rest goes on."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from db.store import RunInfo, SaveOutcome, Store
from extractors.errors import StoreError
from extractors.forms.raw import RawSkipped
from normalizers.records import Declaration, Extraction, Failure, Unmatched
from pipeline.discovery import sha256_of

UNSTORABLE = "db_value"
"""Store error that concerns one file only."""

Readings = Callable[[Sequence[Path]], Iterator[Extraction]]
"""Reads files, in order or as they finish, one `Extraction` each."""


class Progress(Protocol):
    """Who is told how far things are."""

    def begin(self, total: int) -> None:
        """``total`` files are to be seen to."""

    def advance(self) -> None:
        """One file is seen to."""


@dataclass(slots=True)
class IngestSummary:
    """What an invocation did; counts of records are of files newly saved.

    Attributes:
        documents: Files newly saved.
        unchanged: Files whose bytes were known, or whose failure repeats the last one.
        pages: Pages in saved files.
        declarations: Forms with a known layout.
        unmatched: Forms without one.
        skipped_pages: Pages with no form on them.
        to_review: Entries a person should look at.
        failures: ``(path, failure)`` of this invocation, known ones too.
        failed_files: Files that could not be read as a whole.
    """

    documents: int = 0
    unchanged: int = 0
    pages: int = 0
    declarations: int = 0
    unmatched: int = 0
    skipped_pages: int = 0
    to_review: int = 0
    failures: list[tuple[str, Failure]] = field(default_factory=list)
    failed_files: int = 0

    @property
    def failures_by_reason(self) -> dict[str, int]:
        """Number of failures by code, most frequent first."""
        return dict(Counter(failure.code for _, failure in self.failures).most_common())

    def add(self, extraction: Extraction, outcome: SaveOutcome) -> None:
        """Counts one file."""
        failures = [r for r in extraction.records if isinstance(r, Failure)]
        self.failures += [(extraction.path, failure) for failure in failures]
        if any(failure.page is None for failure in failures):
            self.failed_files += 1
        elif outcome is SaveOutcome.UNCHANGED:
            self.unchanged += 1
        else:
            self.documents += 1
            self.pages += extraction.page_count
        if outcome is SaveOutcome.SAVED:
            for record in extraction.records:
                self._add_record(record)

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
) -> IngestSummary:
    """Reads files into the database.

    A run is recorded only if there is something to read, so that ingesting what is known
    changes nothing. Each file is committed by itself: stopped at any moment, the next
    invocation goes on where this one ended.

    Args:
        files: As `pipeline.discovery.discover` gives them.
        store: Open database.
        run: What is read with.
        readings: Reads files.
        progress: Is told of every file.

    Raises:
        StoreError: The database itself fails; files saved before stay saved.
    """
    summary = IngestSummary()
    named = list(files)
    progress.begin(len(named))
    pending: list[Path] = []
    again: dict[str, list[Path]] = {}
    for path in named:
        sha256 = sha256_of(path)
        if sha256 is not None and sha256 in again:
            again[sha256].append(path)
        elif sha256 is not None and _is_done(store, run, sha256):
            store.note_path(sha256, str(path))
            summary.unchanged += 1
            progress.advance()
        else:
            pending.append(path)
            if sha256 is not None:
                again[sha256] = []
    if pending:
        run_id = store.start_run(run)
        for extraction in readings(pending):
            saved, outcome = _save(store, extraction, run_id)
            summary.add(saved, outcome)
            progress.advance()
        store.finish_run(run_id)
    for sha256, others in again.items():
        for path in others:
            store.note_path(sha256, str(path))
            summary.unchanged += 1
            progress.advance()
    return summary


def _is_done(store: Store, run: RunInfo, sha256: str) -> bool:
    return store.is_done(sha256, run.extractor_version, run.definitions_fingerprint, run.engine)


def _save(store: Store, extraction: Extraction, run_id: int) -> tuple[Extraction, SaveOutcome]:
    """Saves a reading; one with a value that cannot be stored is saved as a failure."""
    try:
        return extraction, store.save(extraction, run_id)
    except StoreError as error:
        if error.code != UNSTORABLE:
            raise
        failure = Failure(code=error.code, message=error.message)
        failed = dataclasses.replace(extraction, records=(failure,))
        return failed, store.save(failed, run_id)
