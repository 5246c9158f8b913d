"""Free SQL on PostgreSQL can read, and do nothing else."""

import pytest
from databases import connected
from extraction_samples import declaration, extraction
from postgres_server import fresh_database
from sqlalchemy import text

from db.queries import QueryError, run_sql
from db.store import RunInfo, open_store


@pytest.fixture
def url(postgres):
    with fresh_database(postgres) as fresh:
        yield fresh


@pytest.fixture
def filled(url):
    with open_store(url) as store:
        store.save(extraction(declaration()), store.start_run(RunInfo("0.1.0", "rapidocr", "f")))
        yield store


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO filings (created_at) VALUES (now())",
        "WITH x AS (DELETE FROM field_values RETURNING id) SELECT * FROM x",
        "WITH x AS (UPDATE declarations SET title = 'x' RETURNING id) SELECT * FROM x",
        "SELECT * INTO copied FROM declarations",
        "SELECT id FROM declarations FOR UPDATE",
        "SELECT 1; DELETE FROM field_values",
        "SELECT E'\\'; DELETE FROM field_values; --'",
        "SELECT $$'$$; DELETE FROM field_values; SELECT $$'$$",
        "SELECT '/*'; DELETE FROM field_values; SELECT '*/'",
        "SELECT 1; COMMIT; DELETE FROM field_values",
        "COPY declarations TO PROGRAM 'touch /tmp/x'",
        "WITH x AS (SELECT 1) COPY declarations TO '/tmp/x'",
        "SELECT set_config('transaction_read_only', 'off', false)",
        "SELECT set_config('statement_timeout', '0', true)",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_catalog.pg_read_binary_file('/etc/passwd')",
        "SELECT \"pg_read_file\"('/etc/passwd')",
        "SELECT PG_READ_FILE /* */ ('/etc/passwd')",
        "SELECT U&\"\\0070g_read_file\"('/etc/passwd')",
        "SELECT U&\"!0070g_read_file\" UESCAPE '!' ('/etc/passwd')",
        "SELECT pg_ls_dir('.')",
        "SELECT lo_export(1, '/tmp/x')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT lo_create(0)",
        "SELECT nextval('filings_id_seq')",
        "SELECT setval('filings_id_seq', 99)",
        "SELECT pg_sleep(100)",
        "SELECT pg_advisory_lock(7308324466042)",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity",
        "SELECT pg_cancel_backend(1)",
        "SELECT pg_notify('a', 'b')",
        "SELECT pg_reload_conf()",
        "SELECT pg_switch_wal()",
        "SELECT pg_logical_emit_message(false, 'a', 'b')",
        "SELECT query_to_xml('DELETE FROM field_values', true, false, '')",
        "SELECT dblink('', 'DELETE FROM field_values')",
        "SELECT * FROM pg_file_write('/tmp/x', 'y', false)",
    ],
)
def test_it_cannot_write_or_leave_the_database(filled, url, sql):
    with pytest.raises(QueryError) as caught:
        run_sql(filled, sql)
    assert caught.value.code in {"query_not_reading", "query_wrong"}
    with connected(url) as connection:
        assert connection.execute(text("SELECT count(*) FROM field_values")).scalar() == 22
        assert connection.execute(text("SELECT count(*) FROM filings")).scalar() == 1


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM field_values",
        "SELECT project_name FROM current_declarations WHERE project_name LIKE '%河%'",
        "WITH d AS (SELECT * FROM declarations) SELECT max(year), lower('A;B') FROM d;",
        "SELECT to_char(now(), 'YYYY'), random(), amount_yuan FROM current_values",
        "SELECT json_agg(path) FROM current_values",
    ],
)
def test_reading_works(filled, sql):
    assert run_sql(filled, sql).rows


def test_time_is_limited(filled, monkeypatch):
    monkeypatch.setattr("db.queries.run.QUERY_TIMEOUT_S", 0.3)
    with pytest.raises(QueryError) as caught:
        run_sql(filled, "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) "
                        "SELECT count(*) FROM n")  # fmt: skip
    assert caught.value.code == "query_timeout"


def test_a_refused_statement_leaves_nothing_behind(filled):
    with pytest.raises(QueryError):
        run_sql(filled, "SELECT nothing FROM nowhere")
    assert run_sql(filled, "SELECT 1").rows == ((1,),)
