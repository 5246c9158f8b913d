"""The whole program killed in the middle: the database is consistent, a restart finishes."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

NAMES = ["a1.pdf", "a2.pdf", "a3.pdf", "slow.pdf", "z1.pdf", "z2.pdf"]
PATIENCE_S = 60.0
DRIVER = """
import functools, pipeline.batch, faults
pipeline.batch.run_batch = functools.partial(pipeline.batch.run_batch, read=faults.read_whole)
from shenbao.cli import main
main()
"""


def start(folder: Path, database: Path, sleep_s: float) -> subprocess.Popen:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "FAULTS_LOG": str(folder.parent / "log"),
        "FAULTS_SLEEP_S": str(sleep_s),
    }
    command = [sys.executable, "-c", DRIVER, "ingest", folder, "--db", f"sqlite:///{database}"]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


def rows(database: Path, sql: str) -> list[tuple]:
    connection = sqlite3.connect(database)
    found = connection.execute(sql).fetchall()
    connection.close()
    return found


def log(folder: Path) -> list[tuple[int, str]]:
    """Process and file of every reading that began."""
    path = folder.parent / "log"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [(int(pid), name) for pid, name in map(str.split, lines)]


def wait_for(condition) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.fixture
def folder(tmp_path):
    archive = tmp_path / "archive"
    archive.mkdir()
    for name in NAMES:
        (archive / name).write_text(name, encoding="utf-8")
    return archive


def test_killed_in_the_middle_and_started_again(folder, tmp_path):
    database = tmp_path / "killed.db"
    process = start(folder, database, sleep_s=600)
    wait_for(lambda: any(name == "slow.pdf" for _, name in log(folder)))
    wait_for(lambda: len(rows(database, "SELECT id FROM extractions")) == 3)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    worker = log(folder)[0][0]
    wait_for(lambda: not is_running(worker))
    assert rows(database, "PRAGMA integrity_check") == [("ok",)]
    assert rows(database, "PRAGMA foreign_key_check") == []
    half_written = """SELECT e.id FROM extractions AS e WHERE e.page_count <>
        (SELECT count(*) FROM pages WHERE extraction_id = e.id)"""
    assert rows(database, half_written) == []

    again = start(folder, database, sleep_s=0)
    again.communicate()
    read = [name for _, name in log(folder)]
    assert read == [*NAMES[:4], *NAMES[3:]]  # only what was being read is read twice
    assert again.returncode == 1  # every stand-in holds a page that failed
    uninterrupted = tmp_path / "uninterrupted.db"
    start(folder, uninterrupted, sleep_s=0).communicate()
    assert contents(database) == contents(uninterrupted)


def contents(database: Path) -> list[tuple[str, list[tuple]]]:
    """Rows of all tables but those that tell when and how often the program ran.

    The index of texts is left out: it keeps no texts, and cannot be listed.
    """
    tables = rows(
        database,
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_index%' "
        "AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    found = []
    for (table,) in tables:
        if table not in ("runs", "alembic_version"):
            columns = [c[1] for c in rows(database, f"PRAGMA table_info({table})")]
            kept = [
                c
                for c in columns
                if c not in ("run_id", "saved_at", "first_seen", "since", "created_at")
            ]
            found.append((table, rows(database, f"SELECT {', '.join(kept)} FROM {table}")))
    return found
