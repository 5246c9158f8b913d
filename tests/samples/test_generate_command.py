import json

import pytest
from click.testing import CliRunner

from samples.committed import COMMITTED, SEEDS, SHORT
from samples.declaration import lay_out
from samples.generate import chosen_seeds, main
from samples.streams import generator_for

LARGEST_FILE, LARGEST_SET = 700_000, 2_500_000


def test_halves_share_no_seed():
    tune, measure = chosen_seeds("0:9", "tune"), chosen_seeds("0:9", "measure")
    assert tune == [0, 2, 4, 6, 8]
    assert measure == [1, 3, 5, 7]


@pytest.mark.parametrize("seeds", ["3", "a:b", "-1:4"])
def test_wrong_ranges_are_refused(seeds, tmp_path):
    result = CliRunner().invoke(main, ["--out", str(tmp_path), "--seeds", seeds])
    assert result.exit_code == 2
    assert "0:30" in result.output


def test_a_second_run_gives_the_same_truth(tmp_path):
    arguments = ["--out", str(tmp_path), "--seeds", "2:3", "--levels", "digital,text"]
    truths = []
    for _ in range(2):
        assert CliRunner().invoke(main, arguments).exit_code == 0
        truths.append((tmp_path / "digital/truth.jsonl").read_text("utf-8"))
    assert truths[0] == truths[1]
    record = json.loads(truths[0])
    assert record["kind"] == "declaration"
    assert (tmp_path / "digital" / record["source"]["path"]).exists()
    assert (tmp_path / "text/decl_0002.md").exists()
    register = json.loads((tmp_path / "register.jsonl").read_text("utf-8").splitlines()[0])
    assert register["rotation"] in {0, 90, 180, 270}


def test_another_layout_has_its_own_truth(tmp_path):
    arguments = ["--out", str(tmp_path), "--seeds", "2:3", "--form", "sh_2026"]
    assert CliRunner().invoke(main, [*arguments, "--levels", "digital"]).exit_code == 0
    record = json.loads((tmp_path / "digital/truth.jsonl").read_text("utf-8"))
    assert record["form"] == "sh_2026"


@pytest.mark.parametrize("more", [["--bound", "2"], ["--levels", "text"]])
def test_archives_and_text_of_another_layout_are_refused(more, tmp_path):
    arguments = ["--out", str(tmp_path), "--seeds", "2:3", "--form", "sh_2026", *more]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "--form" in result.output


def test_committed_files_are_small_registered_and_true():
    files = sorted(COMMITTED.iterdir())
    assert all(f.stat().st_size < LARGEST_FILE for f in files)
    assert sum(f.stat().st_size for f in files) < LARGEST_SET
    register = (COMMITTED.parent / "README.md").read_text("utf-8")
    assert [f.name for f in files if f"`{f.name}`" not in register] == []
    truths = [json.loads(x) for x in (COMMITTED / "truth.jsonl").read_text("utf-8").splitlines()]
    assert {t["source"]["path"] for t in truths} <= {f.name for f in files}


@pytest.mark.parametrize("seed", SEEDS)
def test_committed_truth_is_what_the_generator_says_today(seed):
    lines = (COMMITTED / "truth.jsonl").read_text("utf-8").splitlines()
    name = f"decl_{seed:02d}_digital.pdf"
    committed = next(r for r in map(json.loads, lines) if r["source"]["path"] == name)
    assert lay_out(generator_for(seed, "committed"), SHORT).values == committed["values"]
