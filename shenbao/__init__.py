"""Shenbao (申报): archives of declaration forms into a database that auditors trust.

From Python: `extract` and `ingest` do what the commands do, `table` gives a table of the database
as a data frame.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.ingest import IngestSummary, Progress

__all__ = ["__version__", "extract", "ingest", "table"]

__version__ = version("shenbao")

DEFAULT_DB = "sqlite:///shenbao.db"


def extract(
    path: str | Path, *, engine: str = "rapidocr", forms_dir: Path | None = None
) -> list[dict[str, object]]:
    """Reads a file, or all files of a folder, in this process; touches no database.

    Args:
        path: File or folder.
        engine: Text recognizer for pictures: ``rapidocr`` or ``tesseract``.
        forms_dir: Folder with layouts beside those that come along.

    Returns:
        What ``shenbao extract`` prints: objects of kind ``declaration``, ``unmatched``,
        ``skipped`` or ``failure``, in page order. What cannot be read is a ``failure``.

    Raises:
        EngineError: The text recognizer is not installed.
        FormDefinitionError: A layout in ``forms_dir`` is wrong.
    """
    from pipeline.discovery import discover
    from pipeline.document import process_document
    from pipeline.export import contract_objects
    from pipeline.options import Options

    options = Options(engine=engine, forms_dir=forms_dir)
    files = discover([Path(path)])
    return [o for file in files for o in contract_objects(process_document(file, options))]


def ingest(  # noqa: PLR0913 - the options of the command
    paths: Iterable[str | Path],
    *,
    db: str = DEFAULT_DB,
    engine: str = "rapidocr",
    forms_dir: Path | None = None,
    executor: str = "pool",
    workers: int = 1,
    archive: Path | None = None,
    progress: Progress | None = None,
) -> IngestSummary:
    """Reads files and folders into a database; what is there already is left alone.

    Args:
        paths: Files or folders.
        db: Database URL; an SQLite file is made on first use.
        engine: Text recognizer for pictures: ``rapidocr`` or ``tesseract``.
        forms_dir: Folder with layouts beside those that come along.
        executor: ``pool`` reads in processes that can be stopped one by one, ``serial`` in this.
        workers: Processes of the pool.
        archive: Folder that keeps the files' bytes; beside an SQLite database, else
            ``shenbao.archive``, unless given.
        progress: Is told of every file.

    Returns:
        Counts, and every failure of the files named.

    Raises:
        EngineError: The text recognizer is not installed; files saved before stay saved.
        FormDefinitionError: A layout in ``forms_dir`` is wrong.
        StoreError: The database or the archive folder cannot be opened or written.
    """
    from db.models import Command
    from db.store import open_store
    from pipeline.archive_place import archive_of
    from pipeline.discovery import discover
    from pipeline.executors import Executor
    from pipeline.ingest import NoProgress
    from pipeline.ingest import ingest as ingest_files
    from pipeline.job import Job
    from pipeline.options import Options

    kept = archive_of(db, archive)
    options = Options(engine=engine, forms_dir=forms_dir, page_cache=kept.pages)
    job = Job(options, Command.INGEST, Executor(executor), workers)
    run = job.run_info()
    files = discover(map(Path, paths))
    progress = progress or NoProgress()
    with open_store(db) as store:
        return ingest_files(files, store, run, readings=job.read, progress=progress, archive=kept)


def table(name: str, *, db: str = DEFAULT_DB, as_of: datetime | None = None) -> pd.DataFrame:
    """A table of the database, what stands now alone, as a data frame.

    Args:
        name: As ``shenbao export`` names it: ``declarations``, ``field_values``, ``indicators``,
            ``form_sh_2019`` with a row a declaration and a column a field, and so on.
        db: Database URL.
        as_of: Moment whose state is to be seen, with its time zone; that of now unless given.

    Returns:
        Amounts as exact `decimal.Decimal` yuan; whole numbers, truths and texts in pandas'
        nullable types.

    Raises:
        RequestError: There is no such table.
        StoreError: The database cannot be opened or read.
    """
    from db.store import open_store
    from pipeline.export.frame import frame

    with open_store(db, create=False) as store:
        return frame(store, name, as_of)
