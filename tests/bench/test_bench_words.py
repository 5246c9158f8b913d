from __future__ import annotations

import re

from click.testing import CliRunner

from bench.words import main


def test_words_leave_fewer_characters_wrong() -> None:
    result = CliRunner().invoke(main, ["--lines", "60", "--worse", "1.8"])
    assert result.exit_code == 0, result.output
    read, *settled = (int(n) for n in re.findall(r"(\d+) wrong", result.output))
    assert len(settled) == 5
    assert max(settled) < read
    weights = [float(w) for w in re.findall(r"weight (-?[\d.]+)", result.output)]
    assert weights == sorted(weights)
    assert weights[0] > 0


def test_sentences_may_come_from_a_file(tmp_path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("项目实施方案已经专家论证通过，并报主管部门批准同意。" * 3, "utf-8")
    result = CliRunner().invoke(main, ["--lines", "3", "--text", str(file)])
    assert result.exit_code == 0, result.output
    assert "270 printed" in result.output
