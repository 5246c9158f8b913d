import json
from pathlib import Path

import pytest
from extraction_samples import extraction

from shenbao.cli.reading import in_order


def objects(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize("executor", ["serial", "pool"])
def test_prints_one_object_a_line_for_all_files_of_a_folder(run, archive, executor):
    result = run("extract", archive, "--executor", executor)
    assert result.exit_code == 1  # the sample holds a page that failed
    found = objects(result)
    assert [o["kind"] for o in found] == ["skipped", "declaration", "unmatched", "failure"] * 2
    assert found[0]["source"]["path"] == str(archive / "a.pdf")
    assert "page_too_large" in result.stderr


def test_json_is_one_array(run, archive):
    result = run("extract", archive / "a.pdf", "--format", "json")
    assert next(o["kind"] for o in json.loads(result.stdout)) == "skipped"


def test_nothing_but_failures_ends_with_3(run, archive):
    result = run("extract", archive / "missing.pdf")
    assert result.exit_code == 3
    assert objects(result)[0]["error"]["code"] == "file_unreadable"
    assert "missing.pdf" in result.stderr


def test_an_empty_folder_ends_with_3(run, tmp_path):
    assert run("extract", tmp_path).exit_code == 3


def test_touches_no_database(run, archive, tmp_path):
    run("extract", archive)
    assert not (tmp_path / "from_env.db").exists()


def test_readings_are_printed_in_the_order_of_their_files():
    files = [Path(name) for name in "abcd"]
    finished = [extraction(path=name) for name in "cabd"]
    assert [e.path for e in in_order(files, finished)] == list("abcd")
