import pytest
from postgres_server import fresh_database, running_server

from db.store import RunInfo, open_store


@pytest.fixture(scope="session")
def postgres():
    with running_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """The same tests on both databases."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / '审核.db'}"
    else:
        with fresh_database(request.getfixturevalue("postgres")) as fresh:
            yield fresh


@pytest.fixture
def store(url):
    with open_store(url) as opened:
        yield opened


@pytest.fixture
def run_info():
    return RunInfo("0.1.0", "rapidocr", "f" * 64, {"workers": 1})
