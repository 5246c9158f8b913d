from dataclasses import replace
from decimal import Decimal

import pytest
from databases import connected
from extraction_samples import declaration, extraction, failed, full_records
from sqlalchemy import text

import db.queries.run
from db.queries import QueryError, named_queries, run_named, run_sql
from db.store import open_store
from extractors.errors import StoreError
from extractors.forms.raw import RawSkipped


@pytest.fixture
def filled(store, run_id):
    records = (*full_records(), declaration("泵站", "0.99", (6,), 2020))
    store.save(extraction(*records), run_id)
    store.save(failed(sha256="cd" * 32, path="坏.pdf"), run_id)
    store.save(failed("file_unreadable", sha256="", path="无.pdf"), run_id)
    return store


def rows(store, name, **params):
    result = run_named(store, name, params)
    return [dict(zip(result.columns, row, strict=True)) for row in result.rows]


@pytest.mark.parametrize("name", list(named_queries()))
def test_every_query_runs_on_an_empty_database_and_describes_itself(store, name):
    query = named_queries()[name]
    assert query.zh
    assert query.en
    result = run_named(store, name, {})
    assert result.rows == ()
    assert set(query.amounts) <= set(result.columns)
    assert set(query.parameters) == set(text(query.sql)._bindparams)


def test_declarations(filled):
    found = rows(filled, "declarations")
    assert [(r["project_name"], r["year"], r["to_review"]) for r in found] == [
        ("河道养护", 2019, 4),
        ("泵站", 2020, 4),
    ]
    assert [r["year"] for r in rows(filled, "declarations", year="2020")] == [2020]
    assert rows(filled, "declarations", applicant="没有") == []


def test_values_to_review(filled):
    found = rows(filled, "values_to_review", code="exclusive_choice", declaration=1)
    assert [(r["field"], r["page"]) for r in found] == [("fund_use", 1)]


def test_money_comes_in_exact_yuan(filled):
    totals = rows(filled, "budget_by_applicant_year")
    assert [r["total"] for r in totals] == [Decimal("1300000.50"), Decimal("0.99")]
    first = rows(filled, "subproject_totals")[0]
    assert first["difference"] == Decimal("-1300000.49")
    assert first["without_amount"] == 1


@pytest.mark.parametrize(("below", "count"), [(None, 2), ("60", 0), ("60.5", 2)])
def test_previous_execution(filled, below, count):
    found = rows(filled, "previous_execution", below=below)
    assert [r["rate_percent"] for r in found] == [60.0] * count


def test_copied_indicators(filled):
    assert [r["declarations"] for r in rows(filled, "copied_indicators", year=0)] == [2]
    assert rows(filled, "copied_indicators", year=0, at_least=3) == []


def test_pages_and_failures(filled):
    assert [(r["page"], r["reason"]) for r in rows(filled, "skipped_pages")] == [
        (1, "封面 / cover")
    ]
    assert {(r["path"], r["code"]) for r in rows(filled, "failures")} == {
        ("archive/甲.pdf", "page_too_large"),
        ("坏.pdf", "file_encrypted"),
        ("无.pdf", "file_unreadable"),
    }
    assert [r["pairs"] for r in rows(filled, "unmatched_forms")] == [1]


def test_only_the_current_reading_counts(filled, run_info):
    newer = filled.start_run(replace(run_info, engine="tesseract"))
    filled.save(extraction(RawSkipped((1, 4, 5, 6), "封面"), declaration("重读")), newer)
    assert [r["project_name"] for r in rows(filled, "declarations")] == ["重读"]
    assert [r["projects"] for r in rows(filled, "budget_by_applicant_year")] == [1]


@pytest.mark.parametrize(
    ("name", "params", "code"),
    [
        ("nonsense", {}, "query_unknown"),
        ("declarations", {"yaer": "2019"}, "query_parameter"),
        ("declarations", {"year": "二〇一九"}, "query_parameter"),
    ],
)
def test_wrong_questions_say_what_there_is(store, name, params, code):
    with pytest.raises(QueryError) as caught:
        run_named(store, name, params)
    assert (caught.value.code, caught.value.exit_code) == (code, 2)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT project_name FROM declarations ORDER BY id LIMIT 1",
        "-- 注释; 分号\nSELECT project_name FROM declarations ORDER BY id LIMIT 1 ; ",
        "WITH d AS (SELECT * FROM declarations) SELECT project_name FROM d ORDER BY id LIMIT 1",
        "select project_name from declarations where project_name <> ';%:x' order by id limit 1",
    ],
)
def test_free_queries(filled, sql):
    result = run_sql(filled, sql)
    assert (result.columns, result.rows) == (("project_name",), (("河道养护",),))


@pytest.mark.parametrize(
    "sql",
    [
        "",
        ";",
        "DELETE FROM declarations",
        "SELECT 1; DELETE FROM declarations",
        "WITH d AS (SELECT 1) DELETE FROM declarations",
        "WITH d AS (SELECT 1) INSERT INTO runs (id) SELECT 1",
        "PRAGMA query_only = OFF",
        "ATTACH DATABASE '/tmp/other.db' AS other",
        "SELECT load_extension('x')",
        "SELECT * FROM pragma_table_info('runs')",
        "VACUUM INTO '/tmp/copy.db'",
    ],
)
def test_whatever_is_no_reading_is_refused(filled, url, sql):
    with pytest.raises(QueryError) as caught:
        run_sql(filled, sql)
    sqlite_only = url.startswith("postgresql") and ("pragma" in sql or "load_ext" in sql)
    assert caught.value.code == ("query_wrong" if sqlite_only else "query_not_reading")
    with connected(url) as connection:
        assert connection.execute(text("SELECT count(*) FROM declarations")).scalar() == 2


@pytest.mark.parametrize(
    "sql", ["SELECT nothing FROM nowhere", "SELECT FROM", "SELECT :x", "SELECT 'a"]
)
def test_wrong_sql_is_said_to_be_wrong(store, sql):
    with pytest.raises(QueryError) as caught:
        run_sql(store, sql)
    assert caught.value.code == "query_wrong"


def test_an_endless_query_is_stopped(store, monkeypatch):
    monkeypatch.setattr(db.queries.run, "QUERY_TIMEOUT_S", 0.2)
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT count(*) FROM n"
    with pytest.raises(QueryError) as caught:
        run_sql(store, endless)
    assert caught.value.code == "query_timeout"


def test_a_database_that_vanished_is_the_stores_fault(sqlite_url, tmp_path):
    store = open_store(sqlite_url)
    store.close()
    (tmp_path / "申报.db").unlink()
    with pytest.raises(StoreError) as caught:
        run_sql(store, "SELECT 1 FROM documents")
    assert caught.value.code == "db_unreachable"
