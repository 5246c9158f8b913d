"""A corrected scan keeps number, history and corrections; another project's form is refused."""

import json

import pytest
from click.testing import CliRunner
from samples_at_hand import COMMITTED
from sqlalchemy import select

from db.corrections import correct
from db.models import DeclarationRow, Document, DocumentReplacement, FilingVersion
from db.store import open_store
from shenbao import ingest
from shenbao.cli import main

TEXT = (COMMITTED / "decl_text.md").read_text(encoding="utf-8")
BUDGET, CORRECTED = "350,000", "360,000"
PROJECT, OTHER = "断头浜贯通及水生植被恢复补助", "校园操场塑胶跑道更新"


@pytest.fixture
def db(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    return f"sqlite:///{tmp_path / 'x.db'}"


@pytest.fixture
def filed(tmp_path, db):
    """A declaration in the database; writes further files."""

    def write(name, *changes):
        text = TEXT
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    ingest([write("old.md")], db=db, executor="serial")
    return write


def run(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)])


def replaced(db, *arguments):
    return run("replace", *arguments, "--db", db, "--executor", "serial")


def scalars(db, statement):
    with open_store(db) as store, store.session() as session:
        return list(session.scalars(statement))


def replacements(db):
    with open_store(db) as store, store.session() as session:
        rows = session.scalars(select(DocumentReplacement))
        return [(row.author, row.reason, row.forced) for row in rows]


def standing(db, number=1):
    """Values of the reading that stands, and how it came to."""
    with open_store(db) as store, store.session() as session:
        rows = select(FilingVersion).where(FilingVersion.filing_id == number)
        last = session.scalars(rows.order_by(FilingVersion.id.desc())).first()
        row = session.get_one(DeclarationRow, last.declaration_id)
        return last.cause, {v.path: v.value_amount or v.value_text for v in row.values}


def test_a_corrected_scan_takes_the_place_and_keeps_number_and_corrections(db, filed):
    with open_store(db) as store:
        correct(store, 1, "overview", "核实后的概况", author="张三", reason="核对")
    new = filed("new.md", (BUDGET, CORRECTED))
    done = replaced(db, 1, new, "--by", "李四", "--reason", "扫描件有误")
    assert done.exit_code == 0, done.output
    assert "old.md" in done.stderr
    cause, values = standing(db)
    assert cause == "replacement"
    assert str(values["prev_budget"]) == "360000.00"
    assert values["overview"] == "核实后的概况"
    assert replacements(db) == [("李四", "扫描件有误", False)]
    assert len(scalars(db, select(DeclarationRow.filing_id).distinct())) == 1
    printed = run("query", "declarations", "--db", db, "--format", "json").stdout.splitlines()
    assert len(printed) == 1
    assert "new.md" in printed[0]


def test_by_sha256_too_and_ingesting_the_old_file_again_changes_nothing(db, filed, tmp_path):
    (sha256,) = scalars(db, select(Document.sha256))
    assert replaced(db, sha256[:12], filed("new.md", (BUDGET, CORRECTED))).exit_code == 0
    ingest([tmp_path / "old.md"], db=db, executor="serial")
    assert run("reextract", "--all", "--executor", "serial", "--db", db).exit_code == 0
    done = run("reextract", "--document", sha256, "--executor", "serial", "--db", db)
    assert done.exit_code == 0
    assert str(standing(db)[1]["prev_budget"]) == "360000.00"


def test_another_projects_form_is_refused_by_name_unless_forced(db, filed):
    other = filed("other.md", (PROJECT, OTHER))
    refused = replaced(db, 1, other)
    assert refused.exit_code == 2
    assert PROJECT in refused.stderr
    assert OTHER in refused.stderr
    assert "--force" in refused.stderr
    assert replacements(db) == []
    assert standing(db)[0] == "extraction"
    assert replaced(db, 1, other, "--force").exit_code == 0
    cause, values = standing(db)
    assert cause == "replacement"
    assert OTHER in values["project_name"]
    assert replacements(db) == [(None, None, True)]


@pytest.mark.parametrize(
    ("old", "exit_code", "code"),
    [("99", 2, "declaration_unknown"), ("abcdef123", 2, "document_unknown")],
)
def test_what_is_not_there_is_named(db, filed, old, exit_code, code):
    done = replaced(db, old, filed("new.md", (BUDGET, CORRECTED)))
    assert done.exit_code == exit_code
    assert code in done.stderr


def test_files_that_replace_nothing_are_named(db, filed, tmp_path):
    same = replaced(db, 1, tmp_path / "old.md")
    assert (same.exit_code, "replacement_same" in same.stderr) == (2, True)
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    unread = replaced(db, 1, empty)
    assert (unread.exit_code, "file_empty" in unread.stderr) == (3, True)
    prose = tmp_path / "prose.md"
    prose.write_text("目录\n\n第一章\n", encoding="utf-8")
    formless = replaced(db, 1, prose)
    assert (formless.exit_code, "replacement_without_form" in formless.stderr) == (2, True)
    assert standing(db)[0] == "extraction"


def test_diff_shows_what_changed_and_who_corrected(db, filed):
    with open_store(db) as store:
        correct(store, 1, "prev_budget", "350001.00", author="张三", reason="核对原件")
    found = json.loads(run("diff", 1, "--format", "json", "--db", db).stdout)
    (change,) = found["changes"]
    assert (change["path"], change["kind"]) == ("prev_budget", "value")
    assert (change["from"]["value"], change["to"]["value"]) == ("350000.00", "350001.00")
    assert change["from"]["raw"] == BUDGET
    assert (change["corrected"]["by"], change["corrected"]["reason"]) == ("张三", "核对原件")
    assert [s["cause"] for s in found["history"]] == ["extraction", "correction"]

    assert replaced(db, 1, filed("new.md", ("301,000", "302,000"))).exit_code == 0
    found = json.loads(run("diff", 1, "--format", "json", "--db", db).stdout)
    assert [c["path"] for c in found["changes"]] == ["prev_execution"]
    assert (found["from"]["path"][-6:], found["to"]["path"][-6:]) == ("old.md", "new.md")
    first = found["history"][0]["reading"]
    found = json.loads(run("diff", 1, "--from", first, "--format", "json", "--db", db).stdout)
    assert {c["path"] for c in found["changes"]} == {"prev_budget", "prev_execution"}
    table = run("diff", 1, "--db", db).stdout
    assert "302000.00" in table
    assert "replacement" in table


def test_diff_of_what_is_not_there(db, filed):
    assert run("diff", 9, "--db", db).exit_code == 2
    assert run("diff", 1, "--from", 77, "--db", db).exit_code == 2
    only = run("diff", 1, "--db", db)
    assert only.exit_code == 0
    assert "只有一次读数" in only.stdout
