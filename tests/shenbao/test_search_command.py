import csv
import io
import json

import pytest
from click.testing import CliRunner
from extraction_samples import declaration, extraction

from db.store import RunInfo, open_store
from shenbao.cli.main import main


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('db') / 'x.db'}"
    with open_store(url) as store:
        run = store.start_run(RunInfo("0.1.0", "rapidocr", "f"))
        store.save(extraction(declaration("=芦苇荡修复")), run)
        store.save(extraction(declaration("芦苇荡二期"), sha256="cd" * 32, path="乙.pdf"), run)
    return url


def run(*words, code=0):
    result = CliRunner().invoke(main, words)
    assert result.exit_code == code, result.output
    return result


def test_hits_come_as_a_table(url):
    shown = run("search", "苇荡", "--db", url).stdout
    assert "芦【苇荡】二期" in shown
    assert shown.index("二期") < shown.index("修复")


def test_hits_come_as_json_lines_with_their_place(url):
    lines = run("search", "苇荡", "--db", url, "--format", "json", "--limit", "1").stdout
    (hit,) = map(json.loads, lines.splitlines())
    assert (hit["declaration"], hit["path"], hit["page"]) == (2, "project_name", 1)
    assert (hit["applicant"], hit["file"], hit["snippet"]) == (
        "水务中心",
        "乙.pdf",
        "芦【苇荡】二期",
    )
    assert len(hit["bbox"]) == 4


def test_hits_come_as_csv_without_formulas(url):
    text = run("search", "修复", "--db", url, "--format", "csv", "--field", "project_name").stdout
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["project_name"], row["snippet"]) == ("'=芦苇荡修复", "'=芦苇荡【修复】")


def test_the_past_is_searched(url):
    assert run("search", "苇荡", "--db", url, "--as-of", "2020-01-01").stdout.count("苇荡") == 0
    wrong = run("search", "苇荡", "--db", url, "--as-of", "昨天", code=2)
    assert "moment_invalid" in wrong.stderr


def test_a_question_of_nothing_is_wrong_usage(url):
    assert "search_empty" in run("search", "，", "--db", url, code=2).stderr


@pytest.mark.parametrize("words", [["query", "declarations"], ["query", "--sql", "SELECT 1 AS id"]])
def test_queries_of_the_past(url, words):
    shown = run(*words, "--db", url, "--as-of", "2020-01-01", "--format", "json").stdout
    assert len(shown.splitlines()) == (1 if "--sql" in words else 0)


def test_a_limit_that_is_reached_is_said(url):
    shown = run("query", "declarations", "--param", "limit=1", "--db", url)
    assert "limit=N" in shown.stderr
    assert "limit=N" not in run("query", "declarations", "--db", url).stderr


@pytest.mark.parametrize(("form", "name"), [("xlsx", "x.xlsx"), ("parquet", "p"), ("csv", "c")])
def test_exports_of_the_past_are_empty(url, tmp_path, form, name):
    out = tmp_path / name
    past = run("export", "--db", url, "--format", form, "-o", str(out), "--as-of", "2020-01-01")
    assert "wrote 0 entries" in past.stderr
    assert out.exists()
    now = run("export", "--db", url, "--format", form, "-o", str(out))
    assert "wrote 0" not in now.stderr
