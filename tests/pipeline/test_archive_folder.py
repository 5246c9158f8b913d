"""Bytes are kept whole, once, and verified; nothing is saved without them."""

import errno
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from extraction_samples import extraction

import pipeline.archive_folder
from db.store import RunInfo, open_store
from extractors.errors import InputFileError, StoreError
from pipeline.archive_folder import ArchiveFolder
from pipeline.archive_place import archive_of
from pipeline.discovery import discover, sha256_of
from pipeline.ingest import NoProgress, ingest

RUN = RunInfo("0.1.0", "rapidocr", "f" * 64, {})
WORDS = "申报表".encode()


@pytest.fixture
def archive(tmp_path):
    return ArchiveFolder(tmp_path / "x.archive")


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(WORDS)
    return path


def ingested(tmp_path, archive, *files):
    def read(paths):
        return (extraction(path=str(p), sha256=sha256_of(p) or "") for p in paths)

    with open_store(f"sqlite:///{tmp_path / 'x.db'}") as store:
        return ingest(
            files, store, RUN, readings=read, progress=NoProgress(), archive=archive
        ), list(store.current_extractions())


def test_bytes_are_kept_read_only_under_their_hash(archive, scan):
    sha256 = sha256_of(scan)
    copy = archive.keep(scan, sha256)
    assert copy == archive.folder / "files" / sha256[:2] / sha256[2:]
    assert copy.read_bytes() == WORDS
    assert stat.S_IMODE(copy.stat().st_mode) == 0o444
    assert archive.bytes_of(sha256) == WORDS
    before = copy.stat()
    archive.keep(scan, sha256)
    assert copy.stat().st_ino == before.st_ino
    assert [p.name for p in copy.parent.iterdir()] == [copy.name]


def test_a_file_that_changed_meanwhile_is_not_kept(archive, scan):
    with pytest.raises(InputFileError) as caught:
        archive.keep(scan, "0" * 64)
    assert caught.value.code == "file_changed"
    assert not archive.holds("0" * 64)
    with pytest.raises(InputFileError) as caught:
        archive.keep(scan.with_name("gone.pdf"), "0" * 64)
    assert caught.value.code == "file_changed"


def test_a_damaged_or_missing_copy_is_named_and_a_short_one_is_made_anew(archive, scan):
    sha256 = sha256_of(scan)
    with pytest.raises(StoreError) as caught:
        archive.bytes_of(sha256)
    assert caught.value.code == "archive_missing"
    copy = archive.keep(scan, sha256)
    copy.chmod(0o644)
    copy.write_bytes(WORDS[:-1])
    with pytest.raises(StoreError) as caught:
        archive.bytes_of(sha256)
    assert caught.value.code == "archive_damaged"
    assert "备份" in str(caught.value)
    archive.keep(scan, sha256)
    assert archive.bytes_of(sha256) == WORDS


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "archive_full"), (errno.EACCES, "archive_not_writable")]
)
def test_what_cannot_be_kept_is_not_saved_and_nothing_is_lost(
    tmp_path, archive, scan, monkeypatch, number, code
):
    first = tmp_path / "first.pdf"
    first.write_bytes(b"first")
    ingested(tmp_path, archive, first)

    def refuse(descriptor):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(pipeline.archive_folder.os, "fsync", refuse)
        with pytest.raises(StoreError) as caught:
            ingested(tmp_path, archive, scan)
    assert caught.value.code == code
    assert not archive.holds(sha256_of(scan))
    assert not list(archive.folder.rglob("*.partial"))
    summary, saved = ingested(tmp_path, archive, first, scan)
    assert (summary.documents, summary.unchanged, len(saved)) == (1, 1, 2)
    assert archive.bytes_of(sha256_of(scan)) == WORDS


def test_a_file_known_before_is_kept_too(tmp_path, archive, scan):
    ingested(tmp_path, None, scan)
    assert not archive.folder.exists()
    summary, _ = ingested(tmp_path, archive, scan)
    assert summary.unchanged == 1
    assert archive.bytes_of(sha256_of(scan)) == WORDS


def test_a_file_without_bytes_has_no_copy(tmp_path, archive):
    ingested(tmp_path, archive, tmp_path / "nowhere.pdf")
    assert not archive.folder.exists()


def test_a_file_that_changed_while_it_was_read_is_a_failure(tmp_path, archive, scan):
    def read(paths):
        for path in paths:
            sha256 = sha256_of(path)
            path.write_bytes(b"something else")
            yield extraction(path=str(path), sha256=sha256)

    with open_store(f"sqlite:///{tmp_path / 'x.db'}") as store:
        summary = ingest([scan], store, RUN, readings=read, progress=NoProgress(), archive=archive)
    assert [failure.code for _, failure in summary.failures] == ["file_changed"]
    assert summary.documents == 0


def test_a_folder_that_is_read_passes_over_the_archive_in_it(tmp_path, archive, scan):
    archive.keep(scan, sha256_of(scan))
    assert discover([tmp_path]) == (scan,)


@pytest.mark.parametrize(
    ("db", "chosen", "folder"),
    [
        ("sqlite:////a/申报.db", None, "/a/申报.archive"),
        ("sqlite:///x", None, "x.archive"),
        ("postgresql+psycopg://u:p@h/d", None, "shenbao.archive"),
        ("postgresql+psycopg://u:p@h/d", Path("/k"), "/k"),
        ("sqlite:////a/x.db", Path("/k"), "/k"),
    ],
)
def test_where_the_folder_is(db, chosen, folder):
    assert archive_of(db, chosen).folder == Path(folder)


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path, archive, scan):
    archive.folder.write_text("no folder", encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        ingested(tmp_path, archive, scan)
    assert (caught.value.code, caught.value.exit_code) == ("archive_not_writable", 3)
    assert "--archive" in str(caught.value)


def test_many_at_once_keep_one_whole_copy(archive, scan):
    sha256 = sha256_of(scan)
    with ThreadPoolExecutor(8) as pool:
        copies = set(pool.map(lambda _: archive.keep(scan, sha256), range(40)))
    (copy,) = copies
    assert archive.bytes_of(sha256) == WORDS
    assert list(copy.parent.iterdir()) == [copy]
