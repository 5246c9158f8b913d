import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.accuracy import main
from bench.measure import PageScore, judge_pages
from bench.suite import SuiteFile
from samples.fonts import TYPEFACES, installed


def record(kind, pages, path="a.pdf"):
    return {"kind": kind, "source": {"path": f"/somewhere/{path}", "pages": pages}}


def truth(pages, path="a.pdf"):
    return {"kind": "declaration", "source": {"path": path, "pages": pages}}


ARCHIVE = (SuiteFile(Path("/suite/a.pdf"), 6, (1, 2)),)
WANTED = [truth([3, 4]), truth([5, 6])]


@pytest.mark.parametrize(
    ("records", "score"),
    [
        ([("skipped", [1, 2]), ("declaration", [3, 4]), ("declaration", [5, 6])], (2, 2, 2, 2)),
        ([("skipped", [1]), ("declaration", [2, 3, 4]), ("declaration", [5, 6])], (2, 1, 2, 1)),
        ([("unmatched", [1, 2]), ("declaration", [3, 4, 5, 6])], (2, 0, 2, 0)),
        ([("failure", None)], (2, 0, 2, 0)),
    ],
)
def test_forms_on_their_pages_and_pages_without_a_form(records, score):
    found = [record(kind, pages) for kind, pages in records]
    assert judge_pages(found, WANTED, ARCHIVE) == PageScore(*score)


@pytest.mark.skipif(len(installed(TYPEFACES)) < len(TYPEFACES), reason="typefaces are missing")
def test_the_command_writes_table_report_records_and_errors(tmp_path):
    arguments = ["--seeds", "2:3", "--levels", "digital,text", "--workers", "1"]
    result = CliRunner().invoke(main, [*arguments, "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert list(report["parts"]) == ["digital", "text"]
    assert report["parts"]["digital"]["counts"]["declarations"] == 1
    assert report["parts"]["digital"]["finding"]["forms_right"] == 1
    assert (tmp_path / "digital.jsonl").read_text("utf-8").startswith('{"kind"')
    table = (tmp_path / "report.md").read_text("utf-8").splitlines()
    assert table[0] == "|  | digital | text |"
    assert any(line.startswith("| short fields exact | 100.00 %") for line in table)
    assert (tmp_path / "errors.txt").read_text("utf-8").startswith("level\tfile\tpath\tgot\twant")
