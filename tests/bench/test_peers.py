import json
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from bench.peer_read import page_count, pictures
from bench.peer_run import PEERS, Entry, missing_because, versions
from bench.peer_table import as_markdown, error_lines
from bench.peers import main
from pipeline.evaluate import Discrepancy, Score
from samples.fonts import TYPEFACES, installed

NOWHERE = Path("nowhere/python")


def test_versions_are_those_of_the_named_interpreter():
    assert versions(Path(sys.executable))["pdfplumber"].startswith("0.")
    assert versions(NOWHERE) == {}


@pytest.mark.parametrize("peer", PEERS)
def test_a_missing_peer_is_named_with_how_to_install_it(peer):
    reason = missing_because(peer, {}, NOWHERE)
    assert reason.startswith(f"{peer} is left out: ")
    assert "pip install -e '.[peers]'" in reason


def test_a_peer_that_is_there_runs():
    assert missing_because("img2table", dict.fromkeys(PEERS["img2table"], "1"), NOWHERE) == ""


def test_pages_of_a_scan_are_read_as_they_are(tmp_path):
    path = tmp_path / "a.tif"
    frames = [Image.new("1", (20, 30), 1), Image.new("1", (20, 30), 0)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    assert page_count(path) == 2
    white, black = pictures(path)
    assert white.shape == (30, 20, 3)
    assert (int(white.min()), int(np.max(black))) == (255, 0)


def test_one_table_a_level():
    error = Discrepancy("a.pdf", "year", "short", 2019, 2020, in_review=False)
    score = Score(declarations=1, short=10, short_right=9)
    entries = [Entry("ours", level, score, (error,), 1.0) for level in ("clean", "office")]
    page = as_markdown(entries)
    assert page.count("| short fields exact | 90.00 % |") == 2
    assert page.startswith("| clean | ours |\n| --- | ---: |\n")
    assert list(error_lines(entries))[1] == "clean\tours\ta.pdf\tyear\t2019\t2020"


@pytest.mark.skipif(len(installed(TYPEFACES)) < len(TYPEFACES), reason="typefaces are missing")
def test_the_command_measures_ours_and_says_what_is_missing(tmp_path):
    arguments = ["--seeds", "2:3", "--level", "digital", "--python", str(NOWHERE)]
    arguments += ["--peer", "img2table", "--peer", "rapidocr"]
    result = CliRunner().invoke(main, [*arguments, "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert result.stderr.count("is left out") == 2
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert [entry["reader"] for entry in report["results"]] == ["shenbao"]
    assert "| short fields exact | 100.00 % |" in (tmp_path / "report.md").read_text("utf-8")
