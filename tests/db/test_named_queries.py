"""The named queries about money over the years, and about the archive's memory."""

from dataclasses import replace
from decimal import Decimal

import pytest
from databases import connected
from extraction_samples import declaration, extraction
from sqlalchemy import text

from db.corrections import correct, undo
from db.queries import run_named


@pytest.fixture
def filled(store, run_id):
    """One project over three years, and one of another name."""
    given = [
        ("河道养护", "100.00", 2019),
        ("河道养护", "150.00", 2020),
        ("河道养护", "90.00", 2021),
    ]
    for number, (name, amount, year) in enumerate([*given, ("泵站", "7.00", 2020)], start=1):
        record = declaration(name, amount, year=year)
        store.save(extraction(record, sha256=f"{number:064}", path=f"{number}.pdf"), run_id)
    return store


def rows(store, name, **params):
    result = run_named(store, name, params)
    return [dict(zip(result.columns, row, strict=True)) for row in result.rows]


def test_department_years(filled):
    found = {r["year"]: r for r in rows(filled, "department_years", applicant="水务")}
    assert [found[y]["budget"] for y in (2019, 2020, 2021)] == [
        Decimal("100.00"),
        Decimal("157.00"),
        Decimal("90.00"),
    ]
    assert found[2019]["growth_percent"] is None
    assert float(found[2020]["growth_percent"]) == 57.0
    assert float(found[2020]["executed_percent"]) == 60.0
    assert found[2020]["projects"] == 2
    assert [r["year"] for r in rows(filled, "department_years", year=2021)] == [2021]
    assert rows(filled, "department_years", applicant="没有") == []


def test_growth(filled):
    (latest,) = rows(filled, "growth")
    assert (latest["declaration"], latest["last_year_declaration"]) == (3, 2)
    (before,) = rows(filled, "growth", year=2020)
    assert (before["budget"], before["last_year_budget"]) == (Decimal("150.00"), Decimal("100.00"))
    assert float(before["growth_percent"]) == 50.0
    assert (before["stated_last_year"], before["difference"]) == (
        Decimal("1000000.00"),
        Decimal("999900.00"),
    )
    assert rows(filled, "growth", year=2020, over=60) == []


def test_not_spent(filled):
    found = rows(filled, "not_spent", year=2020)
    assert [(r["declaration"], r["unspent"]) for r in found] == [
        (2, Decimal("400000.00")),
        (4, Decimal("400000.00")),
    ]
    assert rows(filled, "not_spent", below=50) == []
    assert len(rows(filled, "not_spent", limit=3)) == 3


def test_unmeasurable_targets(filled, store, run_id):
    assert rows(filled, "unmeasurable_targets") == []
    record = declaration("空话", year=2022)
    values = tuple(replace(v, parsed=()) if v.path.endswith("target") else v for v in record.values)
    store.save(extraction(replace(record, values=values), sha256="cc" * 32), run_id)
    (found,) = rows(filled, "unmeasurable_targets")
    assert (found["project_name"], found["level3"], found["row_number"]) == ("空话", "完成率", 1)


def test_corrections_and_history(filled):
    correct(filled, 2, "annual_budget", "151.00", author="某甲", reason="核对原件")
    correct(filled, 2, "project_name", "河道养护二期", author="某乙", reason="看错")
    undo(filled, 2, "project_name", author="某甲", reason="没错")
    newest, *_, oldest = rows(filled, "corrections")
    assert (oldest["author"], oldest["value_before"], oldest["value_after"]) == (
        "某甲",
        "150.00",
        "151.00",
    )
    assert newest["undoes"] == newest["correction"] - 1
    assert len(rows(filled, "corrections", author="某甲")) == 2
    assert rows(filled, "corrections", declaration=1) == []
    history = rows(filled, "history", declaration=2)
    assert [r["cause"] for r in history] == ["extraction", *["correction"] * 3]
    assert [r["author"] for r in history] == [None, "某甲", "某乙", "某甲"]
    assert {r["file"] for r in history} == {"2.pdf"}
    assert [r["declaration"] for r in rows(filled, "revisions", cause="correction")] == [2] * 4
    assert rows(filled, "revisions", cause="replacement") == []


def test_findings_and_the_ledger_are_of_the_last_audit(filled, url):
    with connected(url) as connection:
        moment = "'2026-01-02 03:04:05'"
        for statement in (
            *(
                "INSERT INTO audit_runs (id, version, rules, parameters, started_at, finished_at) "
                f"VALUES ({n}, '1', '[\"a\", \"b\", \"c\"]', '{{}}', {moment}, {moment})"
                for n in (1, 2)
            ),
            "INSERT INTO audit_outcomes VALUES (1, 1, 'FFF'), (2, 1, 'PFN'), (2, 2, 'PI-'), "
            "(2, 3, 'PFE')",
            "INSERT INTO audit_counts (audit_run_id, rule, outcome, place, declarations) VALUES "
            "(1, 'a', 'fail', 0, 1), (2, 'c', 'not_run', 2, 1), (2, 'c', 'error', 2, 1), "
            "(2, 'c', 'not_applicable', 2, 1), (2, 'a', 'pass', 0, 3), (2, 'b', 'fail', 1, 2), "
            "(2, 'b', 'insufficient_data', 1, 1)",
            "INSERT INTO findings (id, audit_run_id, rule, outcome, severity, message, fingerprint)"
            " VALUES (1, 1, 'b', 'fail', 'high', '旧', 'x'), "
            "(2, 2, 'b', 'fail', 'high', '甲', 'x'), (3, 2, 'b', 'fail', 'low', '乙', 'y')",
            "INSERT INTO finding_declarations "
            "(id, finding_id, position, filing_id, declaration_id, paths)"
            " VALUES (1, 2, 0, 1, 1, '[]'), (2, 3, 0, 3, 3, '[]')",
            "INSERT INTO finding_decisions (id, fingerprint, decision, author, reason, decided_at)"
            f" VALUES (1, 'x', 'accepted', '某甲', '?', {moment}), "
            f"(2, 'x', 'dismissed', '某乙', '重复', {moment})",
        ):
            connection.execute(text(statement))
    ledger = {r["rule"]: r for r in rows(filled, "audit_ledger")}
    assert list(ledger) == ["a", "b", "c"]
    assert (ledger["a"]["passed"], ledger["b"]["failed"]) == (3, 2)
    assert ledger["b"]["insufficient_data"] == 1
    last = ledger["c"]
    assert (last["not_applicable"], last["not_run"], last["errors"]) == (1, 1, 1)
    found = rows(filled, "findings")
    assert [(r["message"], r["declaration"], r["decision"], r["decided_by"]) for r in found] == [
        ("甲", 1, "dismissed", "某乙"),
        ("乙", 3, "open", None),
    ]
    assert [r["finding"] for r in rows(filled, "findings", decision="open")] == [3]
    assert [r["finding"] for r in rows(filled, "findings", severity="high", rule="b")] == [2]


def test_replaced_documents(filled, url):
    with connected(url) as connection:
        connection.execute(
            text(
                "INSERT INTO document_replacements (id, old_document_id, new_document_id, run_id, "
                "forced, author, reason, replaced_at) "
                "VALUES (1, 1, 2, 1, false, '某甲', '缺页', '2026-01-02 03:04:05')"
            )
        )
    (found,) = rows(filled, "replaced_documents")
    assert (found["old_file"], found["new_file"], found["reason"]) == ("1.pdf", "2.pdf", "缺页")


def test_the_past_is_asked_as_the_present(filled):
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    correct(filled, 1, "annual_budget", "1.00", author="某甲", reason="核对")
    sums = {}
    for moment in (now, None):
        result = run_named(filled, "budget_by_applicant_year", {}, as_of=moment)
        sums[moment] = result.rows[0][3]
    assert sums == {now: Decimal("100.00"), None: Decimal("1.00")}
