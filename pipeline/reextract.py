"""Files of the archive read again by today's code: new readings beside the old ones.

What was found, what people said of it and which reading counts is the store's concern; the
original files are not needed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from db.archived import (
    ArchivedFile,
    archived_files,
    count_corrections,
    document_named,
    last_declarations,
)
from db.store import RunInfo, Store
from db.write_extraction import Added
from extractors.errors import InputFileError, RequestError, StoreError
from normalizers.records import Declaration, Extraction, Failure
from pipeline.archive_folder import ArchiveFolder, damaged, missing
from pipeline.discovery import sha256_of
from pipeline.ingest import UNSTORABLE, Progress
from pipeline.job import PARSER, READER, Job
from pipeline.options import EXTRACTOR_VERSION


@dataclass(frozen=True, slots=True)
class Selection:
    """Which files are read again; files that were replaced only where they are named.

    Attributes:
        everything: All files.
        form: Those with a declaration of this layout.
        document: The one with this SHA-256, or its first digits.
    """

    everything: bool = False
    form: str | None = None
    document: str | None = None


@dataclass(slots=True)
class ReextractSummary:
    """What reading again did.

    Attributes:
        documents: Files read again.
        changed: Those in which anything was read otherwise than the last time.
        unchanged: Those in which nothing was.
        failures: ``(path, failure)`` of files and pages that could not be read.
        failed: Files of which nothing could be read; what stood before still stands.
        carried: Corrections by people that hold on the new readings.
        contradicted: Those that a new reading contradicts: the person's value stands, and is
            in review.
        unplaced: Those whose row the new reading does not have: in review.
        withdrawn: Numbers of the declarations that were not found again.
    """

    documents: int = 0
    changed: int = 0
    unchanged: int = 0
    failures: list[tuple[str, Failure]] = field(default_factory=list)
    failed: int = 0
    carried: int = 0
    contradicted: int = 0
    unplaced: int = 0
    withdrawn: list[int] = field(default_factory=list)


def select_files(store: Store, selection: Selection, job: Job) -> list[ArchivedFile]:
    """The files that are to be read again.

    Args:
        store: Open database.
        selection: What was asked for; outdated files if nothing was.
        job: What they would be read with.

    Raises:
        RequestError: ``document_unknown``, ``document_ambiguous`` or ``form_unknown``.
    """
    files = archived_files(store)
    if selection.document is not None:
        with store.session() as session:
            sha256 = document_named(session, selection.document).sha256
        return [file for file in files if file.sha256 == sha256]
    files = [file for file in files if not file.is_replaced]
    if selection.form is not None:
        found = [file for file in files if selection.form in file.form_ids]
        if not found and selection.form not in {d.id for d in job.definitions}:
            raise RequestError(
                f"没有版式 {selection.form}，请用 shenbao forms list 查看 / there is no layout "
                f"{selection.form}; `shenbao forms list` shows them",
                code="form_unknown",
            )
        return found
    if selection.everything:
        return files
    run = job.run_info()
    return [file for file in files if is_outdated(file, run)]


def is_outdated(file: ArchivedFile, run: RunInfo) -> bool:
    """Whether a file was read last by other code, definitions or engine than ``run`` has."""
    then = (file.extractor_version, file.definitions_fingerprint, file.engine)
    now = (run.extractor_version, run.definitions_fingerprint, run.engine)
    return then != now or any(
        file.options.get(key) != run.options.get(key) for key in (READER, PARSER)
    )


def reextract(
    files: Sequence[ArchivedFile],
    store: Store,
    job: Job,
    *,
    archive: ArchiveFolder,
    progress: Progress,
) -> ReextractSummary:
    """Reads files again; each is committed by itself.

    Args:
        files: As `select_files` gives them.
        store: Open database.
        job: What they are read with.
        archive: Where their bytes are.
        progress: Is told of every file.

    Raises:
        StoreError: The database fails; files saved before stay saved.
    """
    progress.begin(len(files))
    summary = ReextractSummary()
    if files:
        run_id = store.start_run(job.run_info())
        for extraction in _extractions(files, job, archive):
            _save(store, extraction, run_id, summary)
            progress.advance()
        store.finish_run(run_id)
    return summary


def _extractions(
    files: Sequence[ArchivedFile], job: Job, archive: ArchiveFolder
) -> Iterator[Extraction]:
    """New readings under the old names; a failure for what the archive does not have."""
    held: dict[str, ArchivedFile] = {}
    for file in files:
        if _is_held(file, archive):
            held[str(archive.path_of(file.sha256))] = file
        else:
            yield _failed(file, job, missing(archive.path_of(file.sha256)))
    if not held:
        return
    for extraction in job.read([Path(path) for path in held]):
        file = held[extraction.path]
        if extraction.sha256 == file.sha256:
            yield dataclasses.replace(extraction, path=file.path)
        else:
            yield _failed(file, job, damaged(archive.path_of(file.sha256)))


def _is_held(file: ArchivedFile, archive: ArchiveFolder) -> bool:
    """Whether the bytes are kept; those of older databases are fetched from where they were."""
    if archive.holds(file.sha256):
        return True
    original = Path(file.path)
    if sha256_of(original) != file.sha256:
        return False
    try:
        archive.keep(original, file.sha256)
    except InputFileError:
        return False
    return True


def _failed(file: ArchivedFile, job: Job, error: StoreError) -> Extraction:
    return Extraction(
        path=file.path,
        sha256=file.sha256,
        page_count=0,
        engine=job.options.engine,
        extractor_version=EXTRACTOR_VERSION,
        records=(Failure(error.code, error.message),),
    )


def _save(store: Store, extraction: Extraction, run_id: int, summary: ReextractSummary) -> None:
    before = last_declarations(store, extraction.sha256)
    try:
        added = store.save_anew(extraction, run_id)
    except StoreError as error:
        if error.code != UNSTORABLE:
            raise
        failure = Failure(error.code, error.message)
        extraction = dataclasses.replace(extraction, records=(failure,))
        added = store.save_anew(extraction, run_id)
    summary.documents += 1
    summary.failures += [(extraction.path, failure) for failure in extraction.failures]
    if extraction.is_failed:
        summary.failed += 1
        return
    after = [record for record in extraction.records if isinstance(record, Declaration)]
    if list(map(_said, before)) == list(map(_said, after)):
        summary.unchanged += 1
    else:
        summary.changed += 1
    _count_corrections(store, added, summary)


def _count_corrections(store: Store, added: Added, summary: ReextractSummary) -> None:
    standing = [saved for saved in added.saved if saved.stands]
    contradicted = sum(saved.contradicted for saved in standing)
    unplaced = sum(saved.unplaced for saved in standing)
    in_force = count_corrections(store, (saved.filing_id for saved in standing))
    summary.carried += in_force - contradicted - unplaced
    summary.contradicted += contradicted
    summary.unplaced += unplaced
    summary.withdrawn += added.withdrawn


def _said(record: Declaration) -> tuple[object, ...]:
    """What a reading says, and where: its form, pages, and every value with its text."""
    values = tuple((v.path, v.raw, v.value, v.unit) for v in record.values)
    return record.form_id, record.pages, values
