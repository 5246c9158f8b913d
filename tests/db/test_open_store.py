import sqlite3

import pytest
from extraction_samples import extraction
from sqlalchemy import event

import db.engine
from db.store import open_store
from extractors.errors import StoreError


def connect(url):
    return sqlite3.connect(url.removeprefix("sqlite:///"))


def code_of(url, **options):
    with pytest.raises(StoreError) as caught:
        open_store(url, **options)
    assert caught.value.exit_code == 3
    return caught.value.code


def test_first_use_makes_the_file_with_safe_settings(url):
    with open_store(url) as store, store.engine.connect() as connection:
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    assert pragma == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": db.engine.BUSY_TIMEOUT_MS,
    }


def test_reading_commands_make_no_database(url, tmp_path):
    assert code_of(url, create=False) == "db_missing"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_database_is_not_filled_by_reading(url):
    connect(url).close()
    with connect(url) as empty:
        empty.execute("VACUUM")
    empty.close()
    assert code_of(url, create=False) == "db_missing"


@pytest.mark.parametrize(("version", "code"), [(99, "db_newer"), (0, "db_older")])
def test_other_versions_of_the_tables_are_named(url, version, code):
    open_store(url).close()
    with connect(url) as other:
        other.execute("UPDATE shenbao_schema SET version = ?", (version,))
    other.close()
    assert code_of(url) == code


def test_a_database_of_another_program_is_left_alone(url):
    with connect(url) as other:
        other.execute("CREATE TABLE invoices (id INTEGER)")
    other.close()
    assert code_of(url) == "db_foreign"


def test_a_file_that_is_no_database(url, tmp_path):
    (tmp_path / "申报.db").write_text("这不是数据库" * 100, encoding="utf-8")
    assert code_of(url) == "db_foreign"


@pytest.mark.parametrize(
    "given",
    ["shenbao.db", "", "sqlite://", "sqlite:///:memory:", "nosuch://x/y", "sqlite:////no/dir/x.db"],
)
def test_addresses_that_lead_nowhere(given):
    assert code_of(given) == "db_unreachable"


def test_passwords_are_never_shown():
    with pytest.raises(StoreError) as caught:
        open_store("nosuch://auditor:geheim@localhost/x")
    assert "geheim" not in str(caught.value)
    assert caught.value.__cause__ is None or "geheim" not in str(caught.value.__cause__)


def test_a_read_only_database_says_so(store, url, run_info):
    store.close()
    name = url.removeprefix("sqlite:///")
    address = f"sqlite:///file:{name}?mode=ro&uri=true"
    with open_store(address) as locked, pytest.raises(StoreError) as caught:
        locked.start_run(run_info)
    assert caught.value.code == "db_readonly"


def test_a_locked_database_says_so(store, url, run_id, monkeypatch):
    @event.listens_for(store.engine, "checkout")
    def hurry(connection, record, proxy):
        connection.execute("PRAGMA busy_timeout = 10")

    holder = connect(url)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError) as caught:
        store.save(extraction(), run_id)
    holder.rollback()
    holder.close()
    assert caught.value.code == "db_locked"
