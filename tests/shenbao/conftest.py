"""A stand-in for the rooms that read files, so that commands are tested without an engine."""

import sys
from types import ModuleType

import pytest
from click.testing import CliRunner
from extraction_samples import extraction, failed

from normalizers.records import Failure
from pipeline.discovery import sha256_of


def read_stand_in(path, options):
    """Reads text files: their words say what they hold."""
    name = str(path)
    sha256 = sha256_of(path)
    if sha256 is None:
        return failed("file_unreadable", path=name, sha256="")
    content = path.read_text(encoding="utf-8")
    if "encrypted" in content:
        return failed(path=name, sha256=sha256)
    if "page fails" in content:
        return extraction(
            Failure("page_too_large", "缩小", 1), path=name, sha256=sha256, page_count=1
        )
    return extraction(path=name, sha256=sha256)


class StandInOptions:
    def __init__(self, **given):
        vars(self).update(given)


@pytest.fixture(autouse=True)
def reading_room(monkeypatch):
    """Files read, in order."""
    read = []

    def process_document(path, options):
        read.append(path)
        return read_stand_in(path, options)

    modules = {
        "options": {"Options": StandInOptions, "EXTRACTOR_VERSION": "0.1.0"},
        "document": {"process_document": process_document},
        "batch": {
            "run_batch": lambda paths, options, workers: (
                process_document(path, options) for path in paths
            )
        },
    }
    for name, members in modules.items():
        module = ModuleType(f"pipeline.{name}")
        vars(module).update(members)
        monkeypatch.setitem(sys.modules, f"pipeline.{name}", module)
    return read


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "档案"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.pdf").write_text("good", encoding="utf-8")
    (folder / "sub" / "b 空 格.pdf").write_text("good too", encoding="utf-8")
    (folder / "truth.jsonl").write_text("{}", encoding="utf-8")
    (folder / ".hidden").write_text("x", encoding="utf-8")
    return folder


@pytest.fixture
def run(tmp_path, monkeypatch):
    from shenbao.cli import main

    monkeypatch.setenv("SHENBAO_DB", f"sqlite:///{tmp_path / 'from_env.db'}")
    monkeypatch.setenv("COLUMNS", "200")
    runner = CliRunner()

    def invoke(*arguments):
        return runner.invoke(main, [str(a) for a in arguments], catch_exceptions=False)

    return invoke
