"""From the names on a command line to the files that are to be read."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.archive_folder import README

SIDE_FILES = frozenset(
    {".json", ".jsonl", ".yaml", ".yml", ".csv", ".xlsx", ".py", ".db", ".db-wal", ".db-shm"}
    | {".sqlite", ".sqlite3", ".partial"}
)
"""Files that stand beside an archive (goldens, registers, databases) and are none of it. Inside a
folder they are passed over; named outright, they are read like any other file."""


def discover(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Files named, and all files in folders named, each once, folders in name order.

    A name that does not exist is kept, and so is a folder that may not be listed: reading them
    gives their error. Links to folders are followed, but no folder is entered twice, so that a
    loop ends. Hidden files and `SIDE_FILES` inside folders are passed over, and so is the folder
    in which we keep bytes ourselves.
    """
    entered: set[tuple[int, int]] = set()
    found = (
        file
        for path in paths
        for file in (_files_in(path, entered) if os.path.isdir(path) else [path])
    )
    return tuple(dict.fromkeys(found))


def _files_in(folder: Path, entered: set[tuple[int, int]]) -> Iterator[Path]:
    unlisted: list[Path] = []
    walk = os.walk(
        folder, followlinks=True, onerror=lambda error: unlisted.append(Path(error.filename))
    )
    for root, folders, names in walk:
        if README in names or not _is_new(Path(root), entered):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() not in SIDE_FILES:
                yield Path(root, name)
    yield from unlisted


def _is_new(folder: Path, entered: set[tuple[int, int]]) -> bool:
    """Whether a folder was not entered before, by whatever name."""
    try:
        found = folder.stat()
    except OSError:
        return True
    identity = (found.st_dev, found.st_ino)
    if identity in entered:
        return False
    entered.add(identity)
    return True


def sha256_of(path: Path) -> str | None:
    """SHA-256 of a file's bytes, hexadecimal; ``None`` where they cannot be read.

    A pipe, socket or device is never opened: it might not end, or block for ever.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
