import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from databases import rows_of_all_tables

from extractors.errors import StoreError


def content(database):
    connection = sqlite3.connect(database)
    dump = rows_of_all_tables(connection)
    connection.close()
    return dump


@pytest.fixture
def database(tmp_path):
    return tmp_path / "from_env.db"


def test_saves_reports_and_names_each_failure(run, archive, database):
    (archive / "locked.pdf").write_text("encrypted", encoding="utf-8")
    result = run("ingest", archive, archive / "missing.pdf")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "locked.pdf" in result.stderr
    assert "missing.pdf" in result.stderr
    summary = {
        cells[0].strip(): cells[1].strip()
        for line in result.stderr.splitlines()
        if line.startswith("│")
        for cells in [line.strip("│").split("│")]
    }
    assert summary["新入库文件 / documents saved"] == "2"
    assert summary["申报表 / declarations"] == "2"
    assert summary["file_encrypted"] == "1"
    assert database.exists()


def test_twice_changes_nothing(run, archive, database, reading_room):
    run("ingest", archive)
    before, read = content(database), len(reading_room)
    run("ingest", archive)
    assert content(database) == before
    assert len(reading_room) == read


def test_the_same_bytes_under_two_names_are_read_once(run, archive, database, reading_room):
    shutil.copy(archive / "a.pdf", archive / "copy.pdf")
    run("ingest", archive)
    assert [path.name for path in reading_room] == ["a.pdf", "b 空 格.pdf"]
    run("ingest", archive)
    connection = sqlite3.connect(database)
    paths = connection.execute("SELECT count(*) FROM document_paths").fetchone()
    connection.close()
    assert paths == (3,)


def test_another_engine_reads_again(run, archive, reading_room):
    run("ingest", archive / "a.pdf")
    run("ingest", archive / "a.pdf", "--engine", "tesseract")
    assert len(reading_room) == 2


def test_stopped_half_way_it_goes_on_where_it_ended(run, archive, monkeypatch, reading_room):
    from db.store import Store

    save = Store.save

    def save_once(self, *given):
        monkeypatch.setattr(Store, "save", breaks)
        return save(self, *given)

    def breaks(self, *given):
        raise StoreError("磁盘已满 / disk full", code="db_full")

    monkeypatch.setattr(Store, "save", save_once)
    assert run("ingest", archive).exit_code == 3
    monkeypatch.setattr(Store, "save", save)
    run("ingest", archive)
    assert [path.name for path in reading_room] == ["a.pdf", "b 空 格.pdf", "b 空 格.pdf"]


def test_a_foreign_database_ends_with_3(run, archive, database):
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE other (id)")
    connection.close()
    result = run("ingest", archive)
    assert result.exit_code == 3
    assert "db_foreign" in result.stderr


def test_query_and_export_after_ingest(run, archive, tmp_path):
    run("ingest", archive)
    extracted = run("extract", archive).stdout
    out = tmp_path / "out.jsonl"
    assert run("export", "--format", "jsonl", "-o", out).exit_code == 0
    assert out.read_text(encoding="utf-8") == extracted
    found = run("query", "declarations", "--format", "json", "--param", "year=2019").stdout
    assert [json.loads(line)["project_name"] for line in found.splitlines()] == ["河道养护"]
    links = run("query", "--sql", "SELECT link FROM declarations ORDER BY id", "--format", "csv")
    assert links.stdout.split() == ["link", "first", "duplicate"]
    table = run("query", "--sql", "SELECT count(*) AS n FROM documents").stdout
    assert "2" in table
    csv = run("query", "declarations", "--format", "csv").stdout
    assert csv.startswith("id,form_id,year")


def test_query_lists_what_can_be_asked(run):
    output = run("query").stdout
    assert "budget_by_applicant_year" in output
    assert "--param field=<text> [annual_budget]" in output


def test_reading_commands_need_a_database(run):
    result = run("query", "declarations")
    assert result.exit_code == 3
    assert "db_missing" in result.stderr


def test_names_with_undecodable_bytes_come_out_alike(run, archive, tmp_path):
    odd = Path(os.fsdecode(os.fsencode(archive) + b"/a\xff.pdf"))
    odd.write_text("odd", encoding="utf-8")
    run("ingest", odd)
    out = tmp_path / "out.jsonl"
    run("export", "--format", "jsonl", "-o", out)
    assert out.read_text(encoding="utf-8") == run("extract", odd).stdout
