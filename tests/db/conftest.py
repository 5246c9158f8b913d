import pytest
from postgres_server import fresh_database, running_server

from db.store import RunInfo, open_store


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


@pytest.fixture
def store(url):
    with open_store(url) as opened:
        yield opened


@pytest.fixture
def run_info():
    return RunInfo("0.1.0", "rapidocr", "f" * 64, {"workers": 1})


@pytest.fixture
def run_id(store, run_info):
    return store.start_run(run_info)
