"""ingest, reextract, replace and diff through the command line, on both databases."""

import json
import shutil

import pytest
from click.testing import CliRunner
from samples_at_hand import COMMITTED

from shenbao.cli import main

TEXT = (COMMITTED / "decl_text.md").read_text(encoding="utf-8")
FORM = COMMITTED.parents[1] / "forms" / "sh_2019.yaml"


@pytest.fixture
def run(url, tmp_path):
    def invoke(*arguments):
        common = ("--db", url) if arguments[0] in {"diff", "correct", "query"} else (
            "--db", url, "--archive", tmp_path / "kept", "--executor", "serial",
        )  # fmt: skip
        return CliRunner().invoke(main, [*map(str, arguments), *map(str, common)])

    return invoke


@pytest.fixture
def filed(tmp_path):
    folder = tmp_path / "filed"
    folder.mkdir()
    (folder / "old.md").write_text(TEXT, encoding="utf-8")
    return folder


def changes_of(run, number=1):
    done = run("diff", number, "--format", "json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_life_of_a_file(run, filed, tmp_path):
    assert run("ingest", filed).exit_code == 0
    words = ("--by", "张三", "--reason", "核对原件")
    assert run("correct", 1, "prev_budget", "350001.00", *words).exit_code == 0

    forms = tmp_path / "forms"
    forms.mkdir()
    changed = FORM.read_text(encoding="utf-8").replace("version: 2", "version: 3", 1)
    (forms / FORM.name).write_text(changed, encoding="utf-8")
    shutil.rmtree(filed)
    done = run("reextract", "--outdated", "--forms", forms)
    assert done.exit_code == 0, done.output
    found = changes_of(run)
    assert found["changes"] == []
    assert (found["from"]["form_version"], found["to"]["form_version"]) == (2, 3)

    new = tmp_path / "new.md"
    new.write_text(TEXT.replace("350,000", "360,000"), encoding="utf-8")
    done = run("replace", 1, new, "--forms", forms)
    assert done.exit_code == 0, done.output
    assert "1 处人工更正待复核" in done.stderr
    found = changes_of(run)
    assert [s["cause"] for s in found["history"]] == [
        "extraction",
        "correction",
        "reextraction",
        "replacement",
    ]
    (change,) = found["changes"]
    assert (change["path"], change["from"]["raw"], change["to"]["raw"]) == (
        "prev_budget",
        "350,000",
        "360,000",
    )
    assert change["to"]["value"] == "350001.00"
    assert change["corrected"]["by"] == "张三"

    nothing = run("reextract", "--outdated", "--forms", forms)
    assert nothing.exit_code == 0
    assert changes_of(run)["history"] == found["history"]
