from __future__ import annotations

from pathlib import Path

import pytest

from extractors.errors import FormDefinitionError
from extractors.forms.loader import builtin_definitions, load_definition

GOOD = """\
id: probe
version: 1
name: 探针表
titles: [探针表]
fields:
  - key: code
    type: text
    labels: [代码]
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "probe.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_definition_is_read(tmp_path: Path) -> None:
    assert load_definition(written(tmp_path, GOOD)).fields[0].labels == ("代码",)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (GOOD.replace("type: text", "type: colour"), 7),
        (GOOD.replace("labels: [代码]", "labels: [012345]"), 8),
        (GOOD.replace("    labels: [代码]\n", ""), 6),
        (GOOD.replace("name: 探针表", "name: 探针表\nsurname: x"), 4),
        (GOOD + "  - key: code\n    type: text\n    labels: [x]\n", 1),
        (GOOD + "    totals: [合计]\n", 6),
        (GOOD.replace("titles: [探针表]", "titles: [探针表"), 5),
        ("- just\n- a list\n", 1),
    ],
)
def test_mistakes_name_file_and_line(tmp_path: Path, text: str, line: int) -> None:
    path = written(tmp_path, text)
    with pytest.raises(FormDefinitionError) as caught:
        load_definition(path)
    assert str(caught.value).startswith(f"{path}:{line}")
    assert caught.value.exit_code == 2


def test_unreadable_files_are_named(tmp_path: Path) -> None:
    path = tmp_path / "probe.yaml"
    path.write_bytes(b"id: \xff\xfe")
    for missing in (path, tmp_path / "none.yaml"):
        with pytest.raises(FormDefinitionError, match=missing.name):
            load_definition(missing)


def test_builtin_definitions_are_named_after_their_files() -> None:
    ids = [d.id for d in builtin_definitions()]
    assert "sh_2019" in ids
    assert ids == sorted(set(ids))
