"""A page is read once: evidence comes back equal, or not at all."""

import zlib
from contextlib import closing
from pathlib import Path

import pytest
from samples_at_hand import COMMITTED

import pipeline.document
import pipeline.page_cache
from extractors.evidence import PageEvidence, PageKind
from extractors.files.limits import DEFAULT_LIMITS, Limits
from extractors.files.source import open_source
from pipeline.document import evidence_of, process_document
from pipeline.options import Options
from pipeline.page_cache import PageCache

SHA = "ab" * 32
BLANK = PageEvidence(1, PageKind.PICTURE, (), "rapidocr")


@pytest.fixture
def cache(tmp_path):
    return PageCache(tmp_path / "pages", "rapidocr", DEFAULT_LIMITS)


def entries(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", ["decl_12_clean.tif", "decl_12_digital.pdf", "decl_text.md"])
def test_evidence_of_every_kind_of_page_comes_back_equal(cache, name):
    with closing(open_source(COMMITTED / name)) as source:
        kind, read = evidence_of(source, 1, "rapidocr")
        cache.keep(source.sha256, read)
        found = cache.find(source.sha256, 1)
    assert found == read
    assert found.kind is kind
    assert read.blocks


def test_another_page_file_engine_limit_or_reader_is_a_miss(cache, monkeypatch):
    cache.keep(SHA, BLANK)
    assert cache.find(SHA, 1) == BLANK
    assert cache.find(SHA, 2) is None
    assert cache.find("cd" * 32, 1) is None
    assert PageCache(cache.folder, "tesseract", DEFAULT_LIMITS).find(SHA, 1) is None
    assert PageCache(cache.folder, "rapidocr", Limits(max_pages=1)).find(SHA, 1) is None
    monkeypatch.setattr(pipeline.page_cache, "reader_print", lambda engine: "other code")
    assert cache.find(SHA, 1) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda packed: packed[:-3],
        lambda packed: b"",
        lambda packed: b"junk" + packed,
        lambda packed: zlib.compress(b'{"number": 1}'),
        lambda packed: zlib.compress(b"\x80\x04K\x01."),
        lambda packed: zlib.compress(zlib.decompress(packed).replace(b'"number":1', b'"number":2')),
        lambda packed: zlib.compress(b" " * (65 << 20)),
    ],
)
def test_a_damaged_entry_is_a_miss_and_is_made_anew(cache, damage):
    cache.keep(SHA, BLANK)
    (entry,) = entries(cache.folder)
    entry.write_bytes(damage(entry.read_bytes()))
    assert cache.find(SHA, 1) is None
    cache.keep(SHA, BLANK)
    assert cache.find(SHA, 1) == BLANK


def test_a_cache_that_cannot_be_written_stops_nobody(tmp_path):
    (tmp_path / "pages").write_text("a file", encoding="utf-8")
    cache = PageCache(tmp_path / "pages", "rapidocr", DEFAULT_LIMITS)
    cache.keep(SHA, BLANK)
    assert cache.find(SHA, 1) is None


def test_a_file_read_before_is_understood_without_reading(tmp_path, monkeypatch):
    options = Options(page_cache=tmp_path / "pages")
    path = COMMITTED / "decl_12_digital.pdf"
    first = process_document(path, options)

    def read_page(page, engine):
        raise AssertionError("read again")

    monkeypatch.setattr(pipeline.document, "read_page", read_page)
    assert process_document(path, options) == first
    assert first.records
    assert not first.failures
    assert process_document(path, Options()).failures


def test_a_page_that_fails_is_tried_again(tmp_path, monkeypatch):
    options = Options(page_cache=tmp_path / "pages")
    path = COMMITTED / "decl_text.md"
    read = pipeline.document.read_page

    def fail(page, engine):
        raise MemoryError

    monkeypatch.setattr(pipeline.document, "read_page", fail)
    assert process_document(path, options).failures
    monkeypatch.setattr(pipeline.document, "read_page", read)
    assert not process_document(path, options).failures
