import pytest

from db.store import RunInfo, open_store


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
