import json

import pytest

RECORD = {
    "kind": "declaration",
    "form": "f",
    "source": {"path": "a.pdf", "pages": [1]},
    "values": {"project_name": "河道", "year": 2019},
    "review": [],
}


@pytest.fixture
def files(tmp_path):
    wrong = RECORD | {"values": {"project_name": "河边", "year": 2019}}
    for name, record in (("truth", RECORD), ("predicted", wrong)):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    return tmp_path / "predicted.jsonl", tmp_path / "truth.jsonl"


def test_prints_shares_and_errors(run, files):
    result = run("evaluate", *files, "--errors")
    assert result.exit_code == 0
    assert "50.00 %" in result.stdout
    assert 'a.pdf\tproject_name\t"河边"\t"河道"\t未提示 silent' in result.stdout


def test_json(run, files):
    found = json.loads(run("evaluate", *files, "--json", "--errors").stdout)
    assert found["groups"]["all"]["shares"]["short_exact"] == 0.5
    assert found["errors"][0]["want"] == "河道"


def test_a_truth_without_declarations_ends_with_3(run, files):
    files[1].write_text("", encoding="utf-8")
    assert run("evaluate", *files).exit_code == 3
