"""Which change of code asks for reading again, and which only for understanding again."""

import ast
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import pipeline.code_prints
from pipeline.code_prints import READING_LIBRARIES, parser_print, reader_print

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


def test_every_library_that_reads_pages_is_in_the_print():
    own = {"extractors", *sys.stdlib_module_names}
    used = {name.split(".")[0] for _, name in imports_of_readers()} - own
    printed = {name.casefold() for name in READING_LIBRARIES}
    brought_by = packages_distributions()
    assert {n for n in used if printed.isdisjoint(d.casefold() for d in brought_by[n])} == set()


def test_what_reads_pages_knows_nothing_of_forms():
    for path, name in imports_of_readers():
        assert not name.startswith("extractors.forms"), path


def imports_of_readers() -> Iterator[tuple[Path, str]]:
    """Modules that the code between a file and its evidence imports, with the importing file."""
    for path in (ROOT / "extractors").rglob("*.py"):
        if "forms" in path.relative_to(ROOT / "extractors").parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                yield path, node.module or ""
            elif isinstance(node, ast.Import):
                yield from ((path, alias.name) for alias in node.names)
