"""The committed samples, from file to record: each is read once, in this process, one by one."""

import json
from functools import cache

import pytest
from click.testing import CliRunner
from samples_at_hand import COMMITTED

from extractors.errors import EngineError
from extractors.forms.loader import builtin_definitions
from extractors.ocr.tesseract import TesseractEngine
from normalizers.contract_json import to_contract
from pipeline.document import process_document
from pipeline.evaluate import evaluate
from pipeline.evaluate.evaluate import read_json_lines
from pipeline.options import Options
from shenbao.cli.main import main

TRUTH = tuple(read_json_lines(COMMITTED / "truth.jsonl"))
FILES = sorted(path.name for path in COMMITTED.iterdir() if path.suffix != ".jsonl")
LEVELS = ("clean", "office", "photo")
ARCHIVE = "archive_office.tif"
ARCHIVE_WITHOUT_FORM = [1, 2, 3, 7]
"""Cover, contents, and the pages of running text between the declarations."""
TEXT = "decl_text.md"
HIDDEN_TEXT = "decl_hidden_text.pdf"

SHORT_FLOOR = 0.9
MARKS_FLOOR = 0.9
"""A level has three declarations here, 30 short fields and 33 boxes: one character misread is
3 % of its level, so these floors only tell that reading works at all, and where it breaks. The
measure proper is `bench.accuracy`, over a suite that is large enough to have a second decimal."""


@pytest.fixture(scope="module")
def extraction_of():
    """The reading of a committed file, by its name."""
    return cache(lambda name: process_document(COMMITTED / name, Options()))


@pytest.fixture(scope="module")
def records_of(extraction_of):
    """The records of committed files as `shenbao extract` prints them."""

    def records(*names):
        extractions = [extraction_of(name) for name in names]
        return [to_contract(record, e) for e in extractions for record in e.records]

    return records


@pytest.fixture(scope="module")
def report_of(records_of):
    """What evaluation says of committed files, against their truth alone."""

    def report(*names):
        truth = [record for record in TRUTH if record["source"]["path"] in names]
        assert truth, names
        return evaluate(records_of(*names), truth, definitions=builtin_definitions())

    return report


def files_of_level(level):
    return [name for name in FILES if name.startswith("decl_") and f"_{level}." in name]


def none_missing_or_spurious(report):
    score = report.groups["all"]
    return (score.missing, score.spurious) == (0, 0)


def pages_of(records, kind):
    return [record["source"]["pages"] for record in records if record["kind"] == kind]


@pytest.mark.parametrize("name", [*files_of_level("digital"), TEXT])
def test_where_characters_are_given_every_value_agrees(name, records_of, report_of):
    assert [record["kind"] for record in records_of(name)] == ["declaration"]
    assert report_of(name).errors == ()


@pytest.mark.parametrize("name", files_of_level("digital"))
def test_a_born_digital_file_is_not_read_from_pixels(name, extraction_of):
    extraction = extraction_of(name)
    assert extraction.page_kinds == ("digital",) * extraction.page_count


@pytest.mark.parametrize("level", LEVELS)
def test_scans_give_their_declarations(level, report_of):
    report = report_of(*files_of_level(level))
    assert report.groups["all"].declarations == 3
    assert none_missing_or_spurious(report), report.errors
    shares = report.groups["all"].shares()
    assert shares["short_exact"] >= SHORT_FLOOR, report.errors
    assert shares["marks_exact"] >= MARKS_FLOOR, report.errors


def test_a_bound_archive_gives_its_declarations_and_skips_the_rest(records_of, report_of):
    records = records_of(ARCHIVE)
    wanted = [r["source"]["pages"] for r in TRUTH if r["source"]["path"] == ARCHIVE]
    assert len(wanted) == 5
    assert pages_of(records, "declaration") == wanted
    skipped = [page for pages in pages_of(records, "skipped") for page in pages]
    assert skipped == ARCHIVE_WITHOUT_FORM
    assert {record["kind"] for record in records} == {"declaration", "skipped"}
    assert all(record["reason"] for record in records if record["kind"] == "skipped")
    assert none_missing_or_spurious(report_of(ARCHIVE))


def test_a_cover_alone_is_skipped(records_of):
    assert [record["kind"] for record in records_of("cover_only.pdf")] == ["skipped"]


def test_a_hidden_text_layer_is_not_believed(extraction_of, records_of, report_of):
    assert extraction_of(HIDDEN_TEXT).page_kinds == ("picture",)
    (record,) = records_of(HIDDEN_TEXT)
    assert {proof["engine"] for proof in record["evidence"].values()} <= {"rapidocr", "picture"}
    report = report_of(HIDDEN_TEXT)
    assert none_missing_or_spurious(report)
    assert report.groups["all"].shares()["short_exact"] >= SHORT_FLOOR, report.errors


@pytest.mark.parametrize("name", FILES)
def test_all_evidence_lies_on_a_page_of_the_file(name, extraction_of, records_of):
    page_count = extraction_of(name).page_count
    for record in records_of(name):
        for path, proof in record.get("evidence", {}).items():
            assert proof["page"] in record["source"]["pages"], path
            assert 1 <= proof["page"] <= page_count, path
            if name == TEXT:
                assert proof["bbox"] is None, path
                continue
            x0, y0, x1, y1 = proof["bbox"]
            assert 0 <= x0 < x1 <= 1, (path, proof["bbox"])
            assert 0 <= y0 < y1 <= 1, (path, proof["bbox"])


@pytest.mark.parametrize("name", FILES)
def test_every_page_is_accounted_for_once(name, extraction_of, records_of):
    pages = [page for record in records_of(name) for page in record["source"]["pages"]]
    assert sorted(pages) == list(range(1, extraction_of(name).page_count + 1))


def test_the_second_engine_reads_a_scan_and_its_evidence_says_so():
    pytest.importorskip("pytesseract")
    try:
        TesseractEngine()
    except EngineError as error:
        pytest.skip(str(error))
    scan = str(COMMITTED / "decl_18_office.pdf")
    result = CliRunner().invoke(
        main, ["extract", scan, "--engine", "tesseract", "--executor", "serial"]
    )
    assert result.exit_code == 0, result.stderr
    (record,) = map(json.loads, result.stdout.splitlines())
    assert (record["kind"], record["extractor"]["engine"]) == ("declaration", "tesseract")
    engines = {proof["engine"] for proof in record["evidence"].values()}
    assert "tesseract" in engines
    assert engines <= {"tesseract", "picture"}
