"""From the names on a command line to the files that are to be read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

SIDE_FILES = frozenset(
    {".json", ".jsonl", ".yaml", ".yml", ".csv", ".xlsx", ".py", ".db", ".db-wal", ".db-shm"}
    | {".sqlite", ".sqlite3", ".partial"}
)
"""Files that stand beside an archive (goldens, registers, databases) and are none of it. Inside a
folder they are passed over; named outright, they are read like any other file."""


def discover(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Files named, and all files in folders named, each once, folders in name order.

    A name that does not exist is kept, so that reading it gives its error. Hidden files and
    `SIDE_FILES` inside folders are passed over.
    """
    found = (file for path in paths for file in (_files_in(path) if path.is_dir() else [path]))
    return tuple(dict.fromkeys(found))


def _files_in(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder, onerror=None):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() not in SIDE_FILES:
                yield Path(root, name)


def sha256_of(path: Path) -> str | None:
    """SHA-256 of a file's bytes, hexadecimal; ``None`` where they cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
