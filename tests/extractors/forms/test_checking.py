"""What `forms check` says of a definition beyond its schema."""

from __future__ import annotations

from pathlib import Path

import pytest

import forms
from extractors.forms.checking.check import check_file
from extractors.forms.checking.complaint import Severity

GOOD = """\
id: probe
version: 1
name: 探针表
titles:
  - 探针表
fields:
  - key: code
    type: text
    labels:
      - 代码
      - 编号
  - key: start
    type: date
    labels: [起止时间]
  - key: end
    type: date
    labels: [起止时间]
  - key: kind
    type: choice
    labels: [类别]
    options:
      - 新增项目
      - 延续项目
  - key: code_above
    type: text
    place: heading
    labels: [代码]
  - key: items
    type: rows
    labels: [明细]
    columns:
      - key: name
        labels: [名称]
        merged: true
        known: [甲类]
      - key: amount
        type: amount
        labels: [金额]
"""
ERROR, WARNING = Severity.ERROR, Severity.WARNING


def found(tmp_path: Path, *changes: tuple[str, str]) -> list[tuple[int, Severity]]:
    text = GOOD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "probe.yaml"
    path.write_text(text, encoding="utf-8")
    return [(c.line, c.severity) for c in check_file(path).complaints]


def test_a_right_definition_has_no_complaints(tmp_path: Path) -> None:
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("labels: [类别]", "labels: [编号]", (20, ERROR)),
        ("labels: [类别]", "labels: [编 号：]", (20, ERROR)),
        ("labels: [类别]", "labels: [起止时间]", (20, ERROR)),
        ("labels: [类别]", "labels: [起止时问]", None),
        ("labels: [类别]", "labels: [编号]\n    under: start", None),
        ("labels: [类别]", "labels: [（元）]", (20, ERROR)),
        ("- 编号", "- 代 码", (11, WARNING)),
        ("- 延续项目", "- 新增项日", (23, ERROR)),
        ("key: code\n", "key: 代码\n", (7, ERROR)),
        ("key: code\n", "key: Code\n", (7, ERROR)),
        ("key: amount", "key: name", (36, ERROR)),
        ("labels: [金额]", "labels: [名称（元）]", (38, ERROR)),
        ("        merged: true\n", "", (34, WARNING)),
        ("        merged: true", "        type: amount", (35, ERROR)),
        ("  - 探针表", "  - （）", (5, ERROR)),
        ("id: probe", "id: other", (1, WARNING)),
    ],
)
def test_complaints_name_line_and_severity(
    tmp_path: Path, old: str, new: str, complaint: tuple[int, Severity] | None
) -> None:
    assert found(tmp_path, (old, new)) == ([complaint] if complaint else [])


def test_all_complaints_come_at_once_the_schemas_too(tmp_path: Path) -> None:
    changes = [
        ("version: 1", "version: one"),
        ("- 延续项目", "- 新增项目"),
        ("key: end", "key: 终"),
    ]
    assert found(tmp_path, *changes) == [(2, ERROR), (15, ERROR), (23, ERROR)]


def test_a_third_date_cannot_share_the_label_of_a_period(tmp_path: Path) -> None:
    third = "  - key: third\n    type: date\n    labels: [起止时间]\n  - key: kind\n"
    assert found(tmp_path, ("  - key: kind\n", third)) == [(20, ERROR)]


def test_a_file_of_another_shape_is_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "probe.yaml"
    for text in ("", "- a\n- b\n", "fields: 3\n", "fields: [1, {labels: 2}]\ntitles: {a: b}\n"):
        path.write_text(text, encoding="utf-8")
        assert check_file(path).errors


def test_the_definitions_that_come_along_have_no_errors() -> None:
    for folder in forms.__path__:
        for path in Path(folder).glob("*.yaml"):
            assert check_file(path).errors == (), path
