"""Both kinds of database, for every test that asks for a ``url``."""

import pytest
from postgres_server import fresh_database, running_server


@pytest.fixture(scope="session")
def postgres():
    with running_server() as server:
        yield server


@pytest.fixture
def sqlite_url(tmp_path):
    return f"sqlite:///{tmp_path / '申报.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request):
    """The same tests on both databases."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
    else:
        with fresh_database(request.getfixturevalue("postgres")) as fresh:
            yield fresh
