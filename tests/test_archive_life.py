"""The life of one archive, by its commands: nothing is lost, and each state can be shown again."""

import json
import shutil
import time
from datetime import UTC, datetime
from importlib import resources

import pytest
from click.testing import CliRunner
from samples_at_hand import COMMITTED

from shenbao.cli import main

BY = ("--by", "王审计", "--reason", "看原件")
SCANS = ("decl_12_digital.pdf", "decl_18_digital.pdf", "decl_31_digital.pdf")
RESCAN = "decl_31_clean.tif"


class Archive:
    """An archive and what is asked of it."""

    def __init__(self, folder, url):
        self.folder, self.url = folder, url
        self.moments = {}

    def run(self, *arguments, code=0):
        result = CliRunner().invoke(main, [*map(str, arguments), "--db", self.url])
        assert result.exit_code == code, result.output + str(result.exception)
        return result.stdout

    def read(self, command, *arguments, code=0):
        place = ("--archive", self.folder / "kept", "--executor", "serial")
        return self.run(command, *arguments, *place, code=code)

    def query(self, name, *arguments):
        given = self.run("query", name, "--format", "json", *arguments)
        return [json.loads(line) for line in given.splitlines()]

    def sql(self, sql, *arguments):
        given = self.run("query", "--sql", sql, "--format", "json", *arguments)
        return [json.loads(line) for line in given.splitlines()]

    def value(self, number, path, *arguments):
        found = self.sql(
            "SELECT amount_yuan, value_text, value_bool, engine FROM current_values "
            f"WHERE declaration_id = {number} AND path = '{path}'",
            *arguments,
        )
        return found[0] if found else None

    def audited(self, number, rule, *arguments):
        """Findings of a rule on a declaration."""
        lines = self.run("audit", "--format", "json", *arguments).splitlines()
        findings = [json.loads(line) for line in lines]
        assert all(f["outcome"] == "fail" for f in findings)
        return [
            f
            for f in findings
            if f["rule"] == rule and number in [d["id"] for d in f["declarations"]]
        ]

    def exported(self, *arguments):
        out = self.folder / f"{time.monotonic_ns()}.jsonl"
        self.run("export", "--format", "jsonl", "-o", out, *arguments)
        return out.read_text(encoding="utf-8")

    def remember(self, name):
        """The state of now under a name, with the moment at which it stood."""
        self.moments[name] = (datetime.now(UTC).isoformat(), self.exported())
        time.sleep(0.001)


@pytest.fixture
def archive(tmp_path, url):
    scans = tmp_path / "scans"
    scans.mkdir()
    for name in SCANS:
        shutil.copy(COMMITTED / name, scans)
    return Archive(tmp_path, url)


@pytest.fixture
def changed_layouts(tmp_path):
    """The home form a version on: without 备注."""
    layouts = tmp_path / "layouts"
    layouts.mkdir()
    text = resources.files("forms").joinpath("sh_2019.yaml").read_text(encoding="utf-8")
    remarks = "  - key: remarks\n    type: long_text\n    labels: [备注]\n"
    assert remarks in text
    changed = text.replace("version: 2", "version: 3").replace(remarks, "")
    (layouts / "sh_2019.yaml").write_text(changed, encoding="utf-8")
    return layouts


def test_the_whole_life_of_an_archive(archive, changed_layouts):
    archive.read("ingest", archive.folder / "scans")
    shutil.rmtree(archive.folder / "scans")  # its bytes are kept
    archive.remember("ingested")
    numbers = [row["id"] for row in archive.query("declarations")]
    assert numbers == [1, 2, 3]
    read = archive.value(3, "annual_budget")

    archive.run("correct", 3, "annual_budget", "1234567.80", *BY)
    archive.run("correct", 1, "subprojects/0/name", "改名的子项目", *BY)
    archive.run("correct", 2, "project_type/结转项目", "true", *BY)
    archive.remember("corrected")
    assert archive.value(3, "annual_budget")["engine"] == "person"
    (wrong_sum,) = archive.audited(3, "sum_of_subprojects")
    assert {e["path"] for e in wrong_sum["evidence"]} > {"annual_budget"}
    archive.run("finding", "accept", wrong_sum["finding"], *BY)
    assert archive.audited(3, "sum_of_subprojects", "--as-of", archive.moments["ingested"][0]) == []

    archive.read("replace", 3, COMMITTED / RESCAN)
    archive.remember("replaced")
    standing = archive.sql("SELECT id, cause, path FROM current_declarations ORDER BY id")
    assert [row["cause"] for row in standing] == ["correction", "correction", "replacement"]
    assert standing[2]["path"].endswith(RESCAN)
    assert archive.value(3, "annual_budget")["amount_yuan"] == "1234567.80"

    archive.read("reextract", "--outdated", "--forms", changed_layouts)
    archive.remember("read again")
    versions = archive.sql("SELECT id, form_version FROM current_declarations ORDER BY id")
    assert versions == [{"id": n, "form_version": 3} for n in numbers]
    assert archive.value(1, "subprojects/0/name")["value_text"] == "改名的子项目"
    assert archive.value(2, "project_type/结转项目")["value_bool"]

    (again,) = archive.audited(3, "sum_of_subprojects")
    assert (again["decision"], again["message"]) == ("accepted", wrong_sum["message"])

    changed = json.loads(archive.run("diff", 3, "--format", "json"))
    assert ("remarks", "removed") in {(c["path"], c["kind"]) for c in changed["changes"]}

    archive.run("correct", 3, "annual_budget", "--undo", *BY)
    assert archive.value(3, "annual_budget")["amount_yuan"] == read["amount_yuan"]
    assert archive.audited(3, "sum_of_subprojects") == []
    assert json.loads(archive.run("search", "改名的子项目", "--format", "json"))["declaration"] == 1

    for moment, state in archive.moments.values():
        assert archive.exported("--as-of", moment) == state
    ingested, corrected = archive.moments["ingested"][0], archive.moments["corrected"][0]
    assert archive.value(3, "annual_budget", "--as-of", ingested) == read
    assert archive.value(3, "annual_budget", "--as-of", corrected)["engine"] == "person"
    assert archive.run("search", "改名的子项目", "--format", "json", "--as-of", ingested) == ""
    everything_stays(archive)


def everything_stays(archive):
    """All readings, all corrections with their reasons, all bytes."""
    (kept,) = archive.sql(
        "SELECT (SELECT count(*) FROM documents) AS documents, "
        "(SELECT count(*) FROM extractions) AS extractions, "
        "(SELECT count(*) FROM corrections) AS corrections, "
        "(SELECT count(*) FROM filings) AS filings, "
        "(SELECT count(*) FROM audit_runs) AS audits"
    )
    assert kept == {"documents": 4, "extractions": 7, "corrections": 4, "filings": 3, "audits": 4}
    assert len(archive.query("corrections")) == 4
    assert len(archive.query("replaced_documents")) == 1
    files = [p for p in (archive.folder / "kept").rglob("*") if p.is_file() and "files" in p.parts]
    assert len(files) == 4
    history = archive.query("history", "--param", "declaration=3")
    assert [row["cause"] for row in history][:2] == ["extraction", "correction"]
