"""One file, page by page: what goes wrong on a page stays there."""

import pytest
from PIL import Image

import pipeline.document
from extractors.errors import EngineError, FormDefinitionError, InputFileError
from extractors.evidence import PageEvidence, PageKind
from normalizers.records import Failure
from pipeline.discovery import sha256_of
from pipeline.document import process_document
from pipeline.options import Options

PAGES = 3


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "scan.tif"
    page = Image.new("1", (400, 600), 1)
    page.save(path, save_all=True, append_images=[page] * (PAGES - 1))
    return path


@pytest.fixture
def at_page_2(monkeypatch):
    """Makes reading page 2 raise an error; the others are blank."""

    def arrange(error):
        def read_page(page, engine):
            assert engine == "rapidocr"
            if page.number == 2:
                raise error
            return PageEvidence(page.number, PageKind.PICTURE, (), engine)

        monkeypatch.setattr(pipeline.document, "read_page", read_page)

    return arrange


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputFileError("坏页 / bad page", code="page_failed"), "page_failed"),
        (MemoryError(), "out_of_memory"),
        (ZeroDivisionError("division"), "internal_error"),
        (RecursionError(), "internal_error"),
        (EngineError("失败 / failed", code="engine_failed"), "engine_failed"),
    ],
)
def test_a_page_that_fails_is_named_and_the_others_are_read(scan, at_page_2, error, code):
    at_page_2(error)
    extraction = process_document(scan, Options())
    (failure,) = extraction.failures
    assert (failure.code, failure.page) == (code, 2)
    if code == "internal_error":
        assert type(error).__name__ in failure.message
    pages = {page for r in extraction.records if r is not failure for page in r.pages}
    assert pages == {1, 3}
    assert extraction.page_kinds == ("picture",) * PAGES
    assert not extraction.is_failed


def test_a_missing_engine_concerns_all_files(scan, at_page_2):
    at_page_2(EngineError("没有 / none", code="engine_missing"))
    with pytest.raises(EngineError):
        process_document(scan, Options())


def test_what_fails_after_the_pages_fails_the_file(scan, at_page_2, monkeypatch):
    at_page_2(MemoryError())

    def match_pages(pages, definitions):
        raise KeyError("x")

    monkeypatch.setattr(pipeline.document, "match_pages", match_pages)
    extraction = process_document(scan, Options())
    assert [(r.code, r.page) for r in extraction.records] == [("internal_error", None)]
    assert extraction.is_failed
    assert extraction.sha256 == sha256_of(scan)
    assert extraction.byte_size == scan.stat().st_size


def test_lost_pages_are_not_tried_again(scan, at_page_2):
    at_page_2(AssertionError("tried"))
    begun = []
    lost = {2: Failure("worker_died", "…", 2)}
    extraction = process_document(scan, Options(), lost=lost, at_page=begun.append)
    assert begun == [1, 3, None]
    assert extraction.failures == (lost[2],)
    assert extraction.page_kinds == ("picture", "", "picture")


def test_a_file_without_bytes_has_no_hash(tmp_path):
    extraction = process_document(tmp_path / "nowhere.pdf", Options())
    assert (extraction.sha256, extraction.byte_size) == ("", None)
    assert [r.code for r in extraction.records] == ["file_missing"]


def test_a_wrong_definition_concerns_all_files(scan, tmp_path):
    (tmp_path / "forms").mkdir()
    with pytest.raises(FormDefinitionError):
        process_document(scan, Options(forms_dir=tmp_path / "forms"))
