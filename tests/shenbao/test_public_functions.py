"""The functions for Python, in the process of the caller and with real workers."""

import json
from datetime import UTC, datetime

import bad_files
import pytest

import shenbao
from extractors.errors import RequestError


@pytest.fixture(autouse=True)
def reading_room():
    """No stand-in here: files are really read."""


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "档案"
    folder.mkdir()
    (folder / "a.md").write_bytes(bad_files.form())
    (folder / "b.md").write_bytes(bad_files.form("另一项"))
    (folder / "dot.png").write_bytes(bad_files.png((1, 1)))
    return folder


@pytest.mark.parametrize("given", [str, lambda path: path])
def test_extract_gives_what_the_command_prints(archive, run, given):
    found = shenbao.extract(given(archive))
    printed = run("extract", archive, "--executor", "serial").stdout
    assert found == [json.loads(line) for line in printed.splitlines()]
    assert [record["kind"] for record in found] == ["declaration", "declaration", "failure"]


def test_a_blank_cell_of_a_row_stays_blank_text_in_the_database_too(archive, tmp_path, run):
    rows = shenbao.extract(archive / "a.md")[0]["values"]["subprojects"]
    assert rows == [{"name": "补种", "amount": "800000.00"}, {"name": "巡护", "amount": ""}]
    database = f"sqlite:///{tmp_path / 'x.db'}"
    shenbao.ingest([archive], db=database, executor="serial")
    out = tmp_path / "out.jsonl"
    run("export", "--db", database, "--format", "jsonl", "-o", out)
    exported = json.loads(out.read_text(encoding="utf-8").splitlines()[0])
    assert exported["values"]["subprojects"] == rows


@pytest.mark.parametrize("executor", ["serial", "pool"])
def test_ingest_counts_and_does_it_once(archive, tmp_path, executor):
    database = f"sqlite:///{tmp_path / 'x.db'}"
    first = shenbao.ingest([archive], db=database, executor=executor)
    assert (first.documents, first.declarations, first.failed_files) == (2, 2, 1)
    assert [failure.code for _, failure in first.failures] == ["image_too_small"]
    assert first.known_failures == 0
    second = shenbao.ingest([archive], db=database, executor=executor)
    assert (second.documents, second.unchanged, second.failed_files) == (0, 2, 1)
    assert second.failures == first.failures
    assert second.known_failures == 1


def test_copies_of_a_file_that_fails_are_named_too(archive, tmp_path):
    (archive / "dot_again.png").write_bytes(bad_files.png((1, 1)))
    summary = shenbao.ingest([archive], db=f"sqlite:///{tmp_path / 'x.db'}", executor="serial")
    names = [path.rpartition("/")[2] for path, _ in summary.failures]
    assert names == ["dot.png", "dot_again.png"]
    assert (summary.failed_files, summary.unchanged) == (2, 0)


def test_an_unknown_executor_is_refused_before_anything_is_made(archive, tmp_path):
    with pytest.raises(ValueError, match="magic"):
        shenbao.ingest([archive], db=f"sqlite:///{tmp_path / 'x.db'}", executor="magic")
    assert not (tmp_path / "x.db").exists()


def test_a_table_for_notebooks_is_typed_and_exact(archive, tmp_path):
    database = f"sqlite:///{tmp_path / 'x.db'}"
    before = datetime.now(UTC)
    shenbao.ingest([archive], db=database, executor="serial")
    rows = shenbao.table("subprojects", db=database)
    assert [str(amount) for amount in rows["amount"].dropna()] == ["800000.00"] * 2
    assert str(rows["position"].dtype) == "Int64"
    wide = shenbao.table("form_sh_2019", db=database)
    assert list(wide["year"]) == [2021, 2021]
    assert shenbao.table("declarations", db=database, as_of=before).empty
    with pytest.raises(RequestError, match="form_sh_2019"):
        shenbao.table("nonsense", db=database)
