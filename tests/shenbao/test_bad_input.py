"""Everything that can be wrong with files, through the command and the real workers."""

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import bad_files
import pytest
from databases import rows_of_all_tables

ODD_NAMES = {
    "newline": b"line\nbreak.md",
    "emoji": "\N{SNAKE}表\N{PARTY POPPER}.md".encode(),
    "undecodable": b"\xff\xfe\x80.md",
    "escape": b"\x1b[31mred.md",
    "quotes": b"a'b\"c;--%s{0}.md",
}
FAILS = {
    "locked.pdf": (
        bad_files.prose_pdf(owner_password="o", user_password="u"),
        ("pdf_encrypted", None, "password"),
    ),
    "half.pdf": (bad_files.prose_pdf()[:900], ("pdf_damaged", None, "again")),
    "no_pages.pdf": (bad_files.plain_pdf(), ("pdf_no_pages", None, "export")),
    "nothing.pdf": (b"", ("file_empty", None, "0 bytes")),
    "zip.pdf": (b"PK\x03\x04\x00\x00\xff\xff", ("not_supported", None, "convert")),
    "dot.png": (bad_files.png((1, 1)), ("image_too_small", 1, "200 dpi")),
    "huge.pdf": (
        bad_files.plain_pdf(bad_files.HUGE_PT, 595),
        ("page_too_large", 1, "paper size"),
    ),
    "bomb.png": (bad_files.bomb_png(), ("page_too_large", 1, "export")),
    "half.png": (bad_files.png((800, 800))[:100], ("image_damaged", 1, "scan")),
    "second_page.tif": (bad_files.tiff_with_broken_second_page(), ("image_damaged", 2, "scan")),
    "middle_page.pdf": (bad_files.pdf_with_broken_page(2), ("page_failed", 2, "scan")),
    "content.pdf": (bad_files.pdf_with_broken_content(3), ("page_failed", 3, "scan")),
    "scan.pdf": (bad_files.pdf_with_broken_scan(), ("page_failed", 1, "scan")),
    "pipe.pdf": (None, ("file_unreadable", None, "broken link")),
    "gone.pdf": (None, ("file_unreadable", None, "broken link")),
    "itself.pdf": (None, ("file_unreadable", None, "broken link")),
    "socket.pdf": (None, ("file_unreadable", None, "broken link")),
}
READ = {
    "other_form.pdf": (bad_files.other_form_pdf(), ["unmatched"]),
    "prose.txt": ("第一章 总则。\n本办法自发布之日起施行。\n".encode(), ["skipped"]),
    "open_to_read.pdf": (bad_files.prose_pdf(1, owner_password="o"), ["skipped"]),
    "second_page.tif": (None, ["declaration", "failure"]),
    "middle_page.pdf": (None, ["skipped", "failure", "skipped"]),
    "content.pdf": (None, ["skipped", "failure"]),
    "huge.pdf": (None, ["failure", "skipped"]),
}


@dataclass(frozen=True)
class Ingested:
    folder: Path
    first: subprocess.CompletedProcess
    second: subprocess.CompletedProcess
    dump: tuple[tuple[object, ...], ...]
    dump_after: tuple[tuple[object, ...], ...]
    records: dict[str, list[dict]]

    def errors(self, name: str) -> list[str]:
        return [line for line in self.first.stderr.splitlines() if f"/{name}" in line]


def shenbao(*arguments: object, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "shenbao", *map(str, arguments)],
        capture_output=True, text=True, timeout=240, check=False, env=os.environ | environment,
    )  # fmt: skip


def dump_of(database: Path) -> tuple[tuple[object, ...], ...]:
    connection = sqlite3.connect(database)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    dump = tuple(rows_of_all_tables(connection))
    connection.close()
    return dump


@pytest.fixture(scope="module")
def ingested(tmp_path_factory) -> Ingested:
    folder = tmp_path_factory.mktemp("档 案")
    for name, (content, _) in {**READ, **FAILS}.items():
        if content is not None:
            (folder / name).write_bytes(content)
    for number, name in enumerate(ODD_NAMES.values()):
        (folder / os.fsdecode(name)).write_bytes(bad_files.form(f"项目{number}"))
    bad_files.make_entries_that_are_no_files(folder)
    database = folder.parent / f"{folder.name}.db"
    url = f"sqlite:///{database}"
    first = shenbao("ingest", folder, "--db", url, "--workers", 2)
    dump = dump_of(database)
    second = shenbao("ingest", folder, "--db", url, "--workers", 2)
    out = folder.parent / "out.jsonl"
    shenbao("export", "--db", url, "--format", "jsonl", "-o", out)
    records: dict[str, list[dict]] = {}
    for record in map(json.loads, out.read_text(encoding="utf-8").splitlines()):
        records.setdefault(Path(record["source"]["path"]).name, []).append(record)
    return Ingested(folder, first, second, dump, dump_of(database), records)


def test_the_batch_goes_on_and_ends_with_1(ingested):
    assert ingested.first.returncode == 1
    assert "Traceback" not in ingested.first.stderr
    assert len(ingested.records) == len({**READ, **FAILS}) + len(ODD_NAMES)


@pytest.mark.parametrize("name", FAILS)
def test_each_failure_names_file_page_and_what_to_do(ingested, name):
    code, page, advice = FAILS[name][1]
    (line,) = ingested.errors(name)
    assert line.startswith("失败 / failed: ")
    assert line.endswith(f"[{code}]")
    assert (f"{name}, page {page}:" if page else f"{name}: ") in line
    assert advice in line
    assert any("\u4e00" <= c <= "\u9fff" for c in line.split(f"/{name}")[1])
    failures = [r for r in ingested.records[name] if r["kind"] == "failure"]
    assert [(f["error"]["code"], f["error"].get("page")) for f in failures] == [(code, page)]


@pytest.mark.parametrize("name", READ)
def test_what_can_be_read_is_read(ingested, name):
    assert [record["kind"] for record in ingested.records[name]] == READ[name][1]


def test_pages_keep_their_numbers_beside_a_broken_one(ingested):
    pages = [record["source"]["pages"] for record in ingested.records["middle_page.pdf"]]
    assert pages == [[1], [2], [3]]
    assert ingested.records["second_page.tif"][0]["source"]["pages"] == [1]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_do_no_harm(ingested, name):
    shown = os.fsdecode(ODD_NAMES[name]).encode("utf-8", "backslashreplace").decode()
    (record,) = ingested.records[shown]
    assert record["kind"] == "declaration"
    assert record["values"]["project_name"] == f"项目{list(ODD_NAMES).index(name)}"


def test_twice_changes_nothing_and_names_the_same_failures(ingested):
    assert ingested.dump_after == ingested.dump
    assert ingested.second.returncode == 1
    failures = [
        sorted(line for line in run.stderr.splitlines() if line.startswith("失败"))
        for run in (ingested.first, ingested.second)
    ]
    assert failures[0] == failures[1]
    assert len(failures[0]) == len(FAILS)


@pytest.mark.parametrize("executor", ["serial", "pool"])
def test_a_file_of_which_nothing_can_be_read_ends_with_3(tmp_path, executor):
    (tmp_path / "line\nbreak.png").write_bytes(bad_files.png((1, 1)))
    result = shenbao("extract", tmp_path, "--executor", executor)
    assert result.returncode == 3
    (line,) = result.stderr.splitlines()
    assert "line\\nbreak.png, page 1: " in line
    assert json.loads(result.stdout)["error"]["code"] == "image_too_small"


def test_a_file_and_a_folder_that_are_not_there(tmp_path):
    result = shenbao("ingest", tmp_path / ("x" * 300), "--db", f"sqlite:///{tmp_path / 'x.db'}")
    assert result.returncode == 3
    assert "[file_unreadable]" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("executor", ["serial", "pool"])
def test_a_missing_engine_ends_with_3_and_saves_no_failures(tmp_path, executor):
    (tmp_path / "a.png").write_bytes(bad_files.png((400, 600)))
    (tmp_path / "b.png").write_bytes(bad_files.png((400, 601)))
    database = tmp_path / "x.db"
    result = shenbao(
        "ingest", tmp_path, "--engine", "tesseract", "--executor", executor,
        "--db", f"sqlite:///{database}", PATH=str(tmp_path),
    )  # fmt: skip
    assert result.returncode == 3
    assert "[engine_missing]" in result.stderr
    assert "apt-get install" in result.stderr
    assert "Traceback" not in result.stderr
    assert not any(row[0] == "documents" for row in dump_of(database))
