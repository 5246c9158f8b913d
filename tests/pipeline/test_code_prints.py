"""Which change of code asks for reading again, and which only for understanding again."""

import ast
import shutil
from pathlib import Path

import pytest

import pipeline.code_prints
from pipeline.code_prints import parser_print, reader_print

ROOT = Path(pipeline.code_prints.__file__).parents[1]


@pytest.fixture
def rooms(tmp_path, monkeypatch):
    """A copy of the rooms that may be changed."""
    for room in ("extractors", "normalizers"):
        shutil.copytree(ROOT / room, tmp_path / room)
    monkeypatch.setattr(pipeline.code_prints, "_folder", lambda room: tmp_path / room)
    forget()
    yield tmp_path
    forget()


def forget():
    reader_print.cache_clear()
    parser_print.cache_clear()


@pytest.mark.parametrize(
    ("changed", "reads_again"),
    [
        ("extractors/picture/reading.py", True),
        ("extractors/evidence.py", True),
        ("extractors/markup/new_module.py", True),
        ("extractors/forms/matching.py", False),
        ("normalizers/amounts.py", False),
    ],
)
def test_a_change_is_seen_by_the_side_that_it_concerns(rooms, changed, reads_again):
    before = reader_print("rapidocr"), parser_print()
    with (rooms / changed).open("a", encoding="utf-8") as module:
        module.write("# changed\n")
    forget()
    assert (reader_print("rapidocr") != before[0]) is reads_again
    assert (parser_print() != before[1]) is not reads_again


def test_engines_differ():
    assert reader_print("rapidocr") != reader_print("tesseract")


def test_what_reads_pages_knows_nothing_of_forms():
    for path in (ROOT / "extractors").rglob("*.py"):
        if "forms" in path.relative_to(ROOT / "extractors").parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert not (node.module or "").startswith("extractors.forms"), path
