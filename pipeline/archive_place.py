"""Which folder keeps the files of a database."""

from __future__ import annotations

from pathlib import Path

from db.engine import parse_url, sqlite_path
from pipeline.archive_folder import ArchiveFolder

DEFAULT_FOLDER = Path("shenbao.archive")
"""For databases on a server, in the working folder."""
SUFFIX = ".archive"


def archive_of(db: str, chosen: Path | None = None) -> ArchiveFolder:
    """The archive folder of a database: as chosen, or beside an SQLite file.

    Args:
        db: Database URL.
        chosen: What the user asked for.

    Raises:
        StoreError: ``db_unreachable``: no database URL.
    """
    url = parse_url(db)
    if chosen is not None:
        return ArchiveFolder(chosen)
    if url.get_backend_name() == "sqlite":
        return ArchiveFolder(sqlite_path(url).with_suffix(SUFFIX))
    return ArchiveFolder(DEFAULT_FOLDER)
