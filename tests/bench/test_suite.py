import json
import shutil

import pytest

import bench.suite
from bench.suite import Part, files_of, print_suite, truth_file
from samples.fonts import TYPEFACES, installed
from samples.scan import Level

pytestmark = pytest.mark.skipif(
    len(installed(TYPEFACES)) < len(TYPEFACES), reason="typefaces of the samples are missing"
)
TEXTS = Part(Level.TEXT, (2, 3))


@pytest.fixture(scope="module")
def suite(tmp_path_factory):
    folder = tmp_path_factory.mktemp("suite")
    print_suite([TEXTS], folder, workers=1)
    return folder


def changed(suite):
    return {f.path: f.path.stat().st_mtime_ns for f in files_of(TEXTS, suite)}


def test_a_part_has_its_files_and_their_truth(suite):
    files = files_of(TEXTS, suite)
    assert [f.path.name for f in files] == ["decl_0002.md", "decl_0003.md"]
    lines = truth_file(TEXTS, suite).read_text("utf-8").splitlines()
    assert [json.loads(line)["source"]["path"] for line in lines] == [f.path.name for f in files]


def test_it_is_not_printed_twice(suite):
    before = changed(suite)
    print_suite([TEXTS], suite, workers=1)
    assert changed(suite) == before


def test_it_is_printed_anew_when_the_generator_has_changed(suite, tmp_path, monkeypatch):
    copy = tmp_path / "suite"
    shutil.copytree(suite, copy)
    before = changed(copy)
    monkeypatch.setattr(bench.suite, "generator_version", lambda: "another")
    print_suite([TEXTS], copy, workers=1)
    assert changed(copy) != before
    assert len(truth_file(TEXTS, copy).read_text("utf-8").splitlines()) == 2


def test_archives_and_single_declarations_lie_apart(tmp_path):
    bound = Part(Level.DIGITAL, (1,), bound=1)
    assert bound.name == "bound digital"
    print_suite([bound], tmp_path, workers=1)
    (archive,) = files_of(bound, tmp_path)
    assert archive.other_pages[:2] == (1, 2)
    assert len(truth_file(bound, tmp_path).read_text("utf-8").splitlines()) == 1
    assert bound.folder(tmp_path) != Part(Level.DIGITAL, (1,)).folder(tmp_path)


def test_another_layout_lies_apart(tmp_path):
    other = Part(Level.DIGITAL, (1,), form="mof_2015")
    assert other.name == "mof_2015 digital"
    print_suite([other], tmp_path, workers=1)
    assert '"form": "mof_2015"' in truth_file(other, tmp_path).read_text("utf-8")
