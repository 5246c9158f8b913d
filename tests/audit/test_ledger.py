"""Audits of a database, on both kinds: findings, places, the ledger, decisions."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from itertools import groupby

import pytest
from click.testing import CliRunner
from extraction_samples import declaration, extraction, value
from openpyxl import load_workbook
from sqlalchemy import select

from audit.catalogue import catalogue, choose
from audit.ledger import audit
from audit.parameters import default_parameters
from audit.verdict import Outcome
from db.audits import read_findings
from db.models import AuditOutcomes, AuditRun, FindingRow
from db.queries import run_sql
from db.store import RunInfo, open_store
from extractors.errors import RequestError
from extractors.forms.definition import FieldType
from shenbao.cli import main

INFO = RunInfo("0.1.0", "rapidocr", "f" * 64, {"workers": 1})


@pytest.fixture
def store(url):
    """Two declarations: one of them says that little of last year's budget was spent."""
    with open_store(url) as opened:
        records = (declaration(), replace(declaration("道路养护", pages=(4, 5))))
        opened.save(extraction(*records), opened.start_run(INFO))
        yield opened


def run(store, *rules, **more):
    return audit(store, choose(rules), default_parameters(), version="0.1.0", **more)


def invoke(url, *arguments):
    return CliRunner().invoke(main, [*arguments, "--db", url])


def test_findings_rest_on_fields_with_page_and_box(store):
    result = run(store)
    found = {f.rule: f for f in read_findings(store, result.run_id)}
    low = found["execution_rate"]
    assert "60.00%" in low.message
    assert [d.project_name for d in low.declarations] in (["河道养护"], ["道路养护"])
    assert [e.path for e in low.evidence] == ["prev_budget", "prev_execution"]
    assert low.evidence[0].page == 1
    assert low.evidence[0].bbox == pytest.approx((0.21, 0.14, 0.88, 0.16))
    assert result.ledger.outcome("execution_rate", 1) is Outcome.FAIL
    assert result.ledger.outcome("date_order", 1) is Outcome.INSUFFICIENT_DATA
    assert len(found["copied_indicator"].declarations) == 2


def test_evidence_is_numbered_through_the_declarations_of_a_finding(store):
    result = run(store)
    found = {f.id: f for f in read_findings(store, result.run_id)}
    rows = run_sql(store, "SELECT * FROM finding_evidence ORDER BY finding_id, position")
    assert rows.columns == ("finding_id", "position", "filing_id", "declaration_id", "path")
    for finding, listed in groupby(rows.rows, key=lambda row: row[0]):
        (places, numbers, paths) = zip(*((r[1], r[2], r[4]) for r in listed), strict=True)
        assert places == tuple(range(len(paths)))
        assert list(zip(numbers, paths, strict=True)) == [
            (e.number, e.path) for e in found.pop(finding).evidence
        ]
    assert all(f.evidence == [] for f in found.values())


def test_the_ledger_has_a_letter_for_every_rule(store):
    result = run(store)
    with store.session() as session:
        rules = session.scalars(select(AuditRun.rules)).one()
        letters = session.scalars(select(AuditOutcomes.outcomes)).all()
    assert rules == list(catalogue())
    assert [len(one) for one in letters] == [len(rules)] * 2
    assert result.not_run == ()
    assert "-" not in letters[0]


def test_a_rule_that_is_not_run_any_more_shows_in_the_ledger(store, monkeypatch):
    run(store)
    whole = catalogue()
    monkeypatch.setattr(
        "audit.ledger.catalogue",
        lambda: {i: r for i, r in whole.items() if i != "budget_growth"},
    )
    result = run(store, *(i for i in whole if i != "budget_growth"))
    assert result.not_run == ("budget_growth",)
    from db.queries import run_named

    rows = run_named(store, "audit_ledger", {}).rows
    assert {row[0]: row[-1] for row in rows}["budget_growth"] == 2
    assert {row[0]: row[-1] for row in rows}["execution_rate"] == 0


def test_a_decision_holds_for_the_same_finding_in_later_audits(store, url):
    first = run(store)
    finding = next(f for f in read_findings(store, first.run_id) if f.rule == "execution_rate")
    done = invoke(url, "finding", "dismiss", str(finding.id), "--by", "某甲", "--reason", "已核实")
    assert done.exit_code == 0, done.output
    second = run(store)
    decided = {f.rule: f.decision for f in read_findings(store, second.run_id) if f.id > finding.id}
    again = [f for f in read_findings(store, second.run_id) if f.fingerprint == finding.fingerprint]
    assert [f.decision for f in again] == ["dismissed"]
    assert decided["budget_growth"] == "open"
    listed = invoke(url, "finding", "list", "--open").output
    assert f"{again[0].id}\t" not in listed
    assert (
        invoke(url, "finding", "reopen", str(again[0].id), "--by", "乙", "--reason", "误").exit_code
        == 0
    )
    assert f"{again[0].id}\t" in invoke(url, "finding", "list", "--rule", "execution_rate").output


def test_a_finding_that_is_not_there_is_refused(store, url):
    done = invoke(url, "finding", "accept", "999", "--by", "某甲", "--reason", "属实")
    assert done.exit_code == RequestError("", code="").exit_code
    assert "finding_unknown" in done.output


def test_an_audit_of_the_past_sees_the_past(store):
    from datetime import UTC, datetime

    result = run(store, as_of=datetime(2020, 1, 1, tzinfo=UTC))
    assert len(result.ledger.numbers) == 0
    with store.session() as session:
        assert session.scalars(select(AuditRun.as_of)).one().year == 2020


@pytest.mark.parametrize("share", [0, 0.5, 1])
@pytest.mark.parametrize("rules", [(), ("execution_rate", "budget_growth")])
def test_two_processes_find_what_one_finds(store, monkeypatch, rules, share):
    def found(result):
        return sorted(f.fingerprint for f in read_findings(store, result.run_id))

    one = run(store, *rules)
    monkeypatch.setattr("audit.beside.BESIDE_FROM", 1)
    monkeypatch.setattr("audit.beside.COMPARING_SHARE", share)
    monkeypatch.setattr("audit.beside.EVEN_SHARE", share)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    two = run(store, *rules)
    assert two.ledger.counts() == one.ledger.counts()
    assert list(two.ledger.packed()) == list(one.ledger.packed())
    assert found(two) == found(one)


def test_an_audit_of_a_moment_sees_what_stood_then(store, url):
    from datetime import UTC, datetime

    from db.corrections import correct

    before = datetime.now(UTC)
    correct(store, 1, "prev_execution", "990000", author="某甲", reason="看原件")

    def failing(*more):
        done = invoke(url, "audit", "--rule", "execution_rate", "--format", "json", *more)
        return sorted(json.loads(x)["declarations"][0]["id"] for x in done.stdout.splitlines())

    assert failing() == [2]
    assert failing("--as-of", before.isoformat()) == [1, 2]


@pytest.mark.parametrize(
    ("annual", "severity", "said"), [("1300000.50", "low", "内容相同"), ("9", "medium", "内容不同")]
)
def test_one_form_in_two_files_is_declared_twice(store, annual, severity, said):
    again = declaration(annual=annual)
    store.save(extraction(again, sha256="cd" * 32, path="archive/乙.pdf"), store.start_run(INFO))
    result = run(store, "declared_twice")
    (found,) = read_findings(store, result.run_id)
    assert (found.severity, [d.number for d in found.declarations]) == (severity, [1])
    assert said in found.message
    assert ("甲.pdf" in found.message) is (severity == "medium")
    assert ("乙.pdf" in found.message) is (severity == "low")


def test_fingerprints_are_the_same_in_every_process(tmp_path):
    url = f"sqlite:///{tmp_path / 'a.db'}"
    names = ["河道清淤", "绿化养护", "路面修补", "桥梁检测", "管网疏通", "照明更换"]
    cells = {
        f"indicators/{i}/{column}": value
        for i, name in enumerate(names, start=1)
        for column, value in (("level2", "数量"), ("level3", name), ("target", f"≥{i}0处"))
    }
    records = []
    for name, pages in (("甲项目", (1, 2)), ("乙项目", (3, 4))):
        record = declaration(name, pages=pages)
        added = tuple(value(p, FieldType.TEXT, t, t) for p, t in cells.items())
        records.append(replace(record, values=(*record.values, *added)))
    with open_store(url) as store:
        store.save(extraction(*records), store.start_run(INFO))
    code = "from shenbao.cli import main; main()"
    for seed in ("1", "2", "3"):
        command = [sys.executable, "-c", code, "audit", "--rule", "copied_indicator", "--db", url]
        env = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(command, check=True, env=env, capture_output=True)
    with open_store(url) as store, store.session() as session:
        seen = set(session.scalars(select(FindingRow.fingerprint)))
        assert len(session.scalars(select(FindingRow.id)).all()) == 3
    assert len(seen) == 1


def test_only_declarations_of_a_layout_are_checked(store, url):
    mine = invoke(url, "audit", "--all", "--format", "json", "--form", "sh_2019")
    assert len({json.loads(x)["declarations"][0]["id"] for x in mine.stdout.splitlines()}) == 2
    others = invoke(url, "audit", "--all", "--format", "json", "--form", "sh_2026")
    assert (others.exit_code, others.stdout) == (0, "")


def test_json_lines_are_those_of_the_contract(store, url):
    done = invoke(url, "audit", "--format", "json", "--rule", "execution_rate")
    assert done.exit_code == 0, done.output
    first = json.loads(done.stdout.splitlines()[0])
    assert (first["rule"], first["outcome"], first["severity"]) == (
        "execution_rate",
        "fail",
        "medium",
    )
    assert first["declarations"][0].keys() == {"id", "form", "year", "applicant", "project_name"}
    assert first["evidence"][0].keys() == {"declaration", "path", "page", "bbox"}


def test_all_gives_every_outcome_once(store, url):
    done = invoke(url, "audit", "--format", "json", "--all")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    seen = {(d["id"], line["rule"]) for line in lines for d in line["declarations"]}
    assert len(seen) == 2 * len(catalogue())
    others = [(x["declarations"][0]["id"], x["rule"]) for x in lines if "finding" not in x]
    assert len(others) == len(set(others))


def test_a_parameter_counts_and_a_wrong_one_is_said(store, url):
    low = invoke(url, "audit", "--rule", "execution_rate", "--param", "execution_rate.low=50")
    assert low.stdout == ""
    wrong = invoke(url, "audit", "--param", "execution_rate.lowest=50")
    assert wrong.exit_code == RequestError("", code="").exit_code
    assert "parameter_wrong" in wrong.output


def test_table_csv_and_workbook(store, url, tmp_path):
    assert "execution_rate fail medium" in invoke(url, "audit").stdout
    table = tmp_path / "发现.csv"
    assert invoke(url, "audit", "--format", "csv", "-o", str(table)).exit_code == 0
    assert table.read_text("utf-8").startswith("finding,rule,outcome")
    assert invoke(url, "audit", "--format", "xlsx").exit_code == 2
    book = tmp_path / "发现.xlsx"
    assert invoke(url, "audit", "--format", "xlsx", "-o", str(book)).exit_code == 0
    opened = load_workbook(book)
    assert opened.sheetnames == ["findings", "ledger"]
    assert opened["ledger"].max_row == len(catalogue()) + 1


def test_a_rule_that_breaks_ends_with_code_1_and_is_in_the_ledger(store, url, monkeypatch):
    rule = catalogue()["date_order"]

    def broken(subject, parameters):
        raise ZeroDivisionError("nothing")

    monkeypatch.setitem(
        __import__("audit.catalogue", fromlist=["_RULES"])._RULES,
        "date_order",
        replace(rule, check=broken),
    )
    done = invoke(url, "audit")
    assert done.exit_code == 1
    assert "ZeroDivisionError" in done.stdout
