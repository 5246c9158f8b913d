import sqlite3

import pytest
from databases import connected
from extraction_samples import declaration, extraction
from postgres_server import fresh_database, password_asked_for
from sqlalchemy import event, make_url, text

import db.engine
from db.store import open_store
from extractors.errors import StoreError


def code_of(url, **options):
    with pytest.raises(StoreError) as caught:
        open_store(url, **options)
    assert caught.value.exit_code == 3
    return caught.value.code


def test_first_use_makes_the_file_with_safe_settings(sqlite_url):
    with open_store(sqlite_url) as store, store.engine.connect() as connection:
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    assert pragma == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": db.engine.BUSY_TIMEOUT_MS,
    }


def test_reading_commands_make_no_database(sqlite_url, tmp_path):
    assert code_of(sqlite_url, create=False) == "db_missing"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_database_is_not_filled_by_reading(url):
    with connected(url):
        pass
    assert code_of(url, create=False) == "db_missing"


def test_newer_tables_are_named(url):
    open_store(url).close()
    with connected(url) as other:
        other.execute(text("UPDATE alembic_version SET version_num = 'shenbao_9999'"))
    assert code_of(url) == "db_newer"


@pytest.mark.parametrize("table", ["invoices", "alembic_version"])
def test_a_database_of_another_program_is_left_alone(url, table):
    with connected(url) as other:
        other.execute(text(f"CREATE TABLE {table} (version_num TEXT)"))
        other.execute(text(f"INSERT INTO {table} VALUES ('abc')"))
        other.execute(text("CREATE TABLE more (id INTEGER)"))
    assert code_of(url) == "db_foreign"


def test_a_file_that_is_no_database(sqlite_url, tmp_path):
    (tmp_path / "申报.db").write_text("这不是数据库" * 100, encoding="utf-8")
    assert code_of(sqlite_url) == "db_foreign"


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


def test_a_read_only_database_says_so(sqlite_url, run_info):
    open_store(sqlite_url).close()
    name = sqlite_url.removeprefix("sqlite:///")
    address = f"sqlite:///file:{name}?mode=ro&uri=true"
    with open_store(address) as locked, pytest.raises(StoreError) as caught:
        locked.start_run(run_info)
    assert caught.value.code == "db_readonly"


def test_a_locked_database_says_so(sqlite_url, run_info):
    with open_store(sqlite_url) as store:
        run_id = store.start_run(run_info)

        @event.listens_for(store.engine, "checkout")
        def hurry(connection, record, proxy):
            connection.execute("PRAGMA busy_timeout = 10")

        holder = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as caught:
            store.save(extraction(), run_id)
        holder.rollback()
        holder.close()
    assert caught.value.code == "db_locked"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("postgresql://auditor:geheim@127.0.0.1:1/x", "db_unreachable"),
        ("mysql://auditor:geheim@127.0.0.1/x", "db_unreachable"),
    ],
)
def test_servers_that_do_not_answer_and_their_passwords(given, code):
    with pytest.raises(StoreError) as caught:
        open_store(given)
    assert caught.value.code == code
    assert "geheim" not in str(caught.value)


def test_a_full_disk_says_so_and_nothing_of_the_file_is_kept(sqlite_url, run_info):
    with open_store(sqlite_url) as store:
        run_id = store.start_run(run_info)

        @event.listens_for(store.engine, "checkout")
        def leave_no_room(connection, record, proxy):
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages}")

        with pytest.raises(StoreError) as caught:
            store.save(extraction(*[declaration(f"项目{n}") for n in range(50)]), run_id)
        assert caught.value.code == "db_full"
        assert list(store.current_extractions()) == []


def test_a_wrong_password_is_said_and_never_shown(postgres):
    with fresh_database(postgres) as fresh, password_asked_for(postgres, "auditor"):
        wrong = make_url(fresh).set(username="auditor", password="geheim")
        with pytest.raises(StoreError) as caught:
            open_store(wrong.render_as_string(hide_password=False))
        assert caught.value.code == "db_password"
        assert "geheim" not in str(caught.value)
        right = wrong.set(password="richtig").render_as_string(hide_password=False)
        with pytest.raises(StoreError) as caught:
            open_store(right)
        assert caught.value.code == "db_readonly"  # the account may not make tables
