from dataclasses import replace
from decimal import Decimal

import pytest
from databases import connected
from extraction_samples import SHA, declaration, extraction, failed, value
from sqlalchemy import text

from db.models import Base
from db.store import RunInfo, SaveOutcome, open_store
from extractors.errors import StoreError
from extractors.forms.definition import FieldType
from normalizers.records import Failure

KEY = (SHA, "0.1.0", "f" * 64, "rapidocr")


def counts(url):
    with connected(url) as connection:
        return {
            t: connection.execute(text(f"SELECT count(*) FROM {t}")).scalar()
            for t in Base.metadata.tables
        }


def rows(url, sql):
    with connected(url) as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def scalar(url, sql):
    with connected(url) as connection:
        return connection.execute(text(sql)).scalar()


def test_what_was_saved_comes_back_equal(store, run_id):
    given = extraction()
    assert store.save(given, run_id) is SaveOutcome.SAVED
    assert list(store.current_extractions()) == [given]


def test_done_is_known_by_bytes_version_definitions_and_engine(store, run_id):
    assert not store.is_done(*KEY)
    store.save(extraction(), run_id)
    assert store.is_done(*KEY)
    for i in range(4):
        assert not store.is_done(*KEY[:i], "other", *KEY[i + 1 :])


def test_the_same_bytes_twice_change_nothing(store, url, run_id):
    store.save(extraction(), run_id)
    before = counts(url)
    assert store.save(extraction(), run_id) is SaveOutcome.UNCHANGED
    assert counts(url) == before


def test_a_second_name_of_the_same_bytes_is_noted(store, url, run_id):
    store.save(extraction(), run_id)
    before = counts(url)
    assert store.save(extraction(path="乙.pdf"), run_id) is SaveOutcome.UNCHANGED
    store.note_path(SHA, "丙.pdf")
    store.note_path(SHA, "丙.pdf")
    assert counts(url) == before | {"document_paths": 3}


def test_a_newer_extractor_adds_a_reading_and_keeps_the_old(store, url, run_id, run_info):
    store.save(extraction(declaration("旧读法")), run_id)
    newer = store.start_run(replace(run_info, extractor_version="0.2.0"))
    again = extraction(declaration("新读法"), extractor_version="0.2.0")
    assert store.save(again, newer) is SaveOutcome.SAVED
    assert list(store.current_extractions()) == [again]
    assert counts(url)["declarations"] == 2
    assert scalar(url, "SELECT project_name FROM current_declarations") == "新读法"


def test_a_failure_is_tried_again_and_recorded_once(store, url, run_id, run_info):
    store.save(failed(), run_id)
    assert not store.is_done(*KEY)
    before = counts(url)
    later = store.start_run(run_info)
    assert store.save(failed(), later) is SaveOutcome.UNCHANGED
    assert counts(url) == before | {"runs": 2}
    assert store.save(extraction(), later) is SaveOutcome.SAVED
    assert list(store.current_extractions()) == [extraction()]


def test_a_later_failure_does_not_hide_a_good_reading(store, run_id, run_info):
    store.save(extraction(), run_id)
    newer = store.start_run(replace(run_info, extractor_version="0.2.0"))
    store.save(failed("timeout", extractor_version="0.2.0"), newer)
    assert list(store.current_extractions()) == [extraction()]


def test_a_file_that_cannot_be_opened_is_recorded_under_its_name(store, url, run_id):
    lost = failed("file_unreadable", sha256="", path="丢失.pdf", kind="", byte_size=None)
    assert store.save(lost, run_id) is SaveOutcome.SAVED
    assert store.save(lost, run_id) is SaveOutcome.UNCHANGED
    assert list(store.current_extractions()) == [lost]
    store.save(extraction(path="丢失.pdf"), run_id)
    assert list(store.current_extractions()) == [extraction(path="丢失.pdf")]


@pytest.mark.parametrize("amount", ["0.001", "1E+30", "NaN"])
def test_a_value_that_cannot_be_stored_exactly_saves_nothing_of_the_file(
    store, url, run_id, amount
):
    before = counts(url)
    with pytest.raises(StoreError) as caught:
        store.save(extraction(declaration(), declaration(annual=amount)), run_id)
    assert caught.value.code == "db_value"
    assert counts(url) == before


def test_bytes_that_a_run_has_tried_are_not_tried_twice_by_it(store, url, run_id):
    store.save(failed("file_empty"), run_id)
    before = counts(url)
    assert store.save(failed("file_damaged"), run_id) is SaveOutcome.UNCHANGED
    assert counts(url) == before


def test_amounts_are_exact_in_tables_and_views(store, url, run_id):
    store.save(extraction(), run_id)
    where = "FROM current_values WHERE path = 'annual_budget'"
    stored = 130000050 if store.engine.dialect.name == "sqlite" else Decimal("1300000.50")
    assert scalar(url, f"SELECT value_amount {where}") == stored
    assert str(scalar(url, f"SELECT amount_yuan {where}")) == "1300000.50"


def test_typed_tables_hold_rows_in_print_order(store, url, run_id):
    store.save(extraction(), run_id)
    assert rows(url, "SELECT name, position FROM subprojects ORDER BY id") == [("清淤", 0), ("", 1)]
    assert scalar(url, "SELECT count(*) FROM current_indicators WHERE target = '≥85%'") == 1


def test_every_page_has_an_outcome(store, url, run_id):
    store.save(extraction(), run_id)
    outcomes = ["skipped", "declaration", "declaration", "unmatched", "failed", "failed"]
    pages = rows(url, "SELECT number, outcome FROM pages ORDER BY number")
    assert pages == list(enumerate(outcomes, start=1))
    assert "page_unaccounted" in scalar(url, "SELECT reason FROM pages WHERE number = 6")


def test_an_identity_value_that_could_not_be_read_stays_empty(store, url, run_id):
    bare = replace(declaration(), values=(value("year", FieldType.YEAR, "?", None),))
    store.save(extraction(bare), run_id)
    assert scalar(url, "SELECT year IS NULL AND applicant IS NULL FROM declarations")


def test_undecodable_bytes_in_a_name_are_escaped(store, url, run_id):
    store.save(extraction(path="a\udcff.pdf"), run_id)
    assert scalar(url, "SELECT path FROM extractions") == r"a\udcff.pdf"


def test_a_document_takes_everything_with_it(store, url, run_id):
    store.save(extraction(), run_id)
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM documents"))
    left = {t: n for t, n in counts(url).items() if n and t != "form_fields"}
    assert left == {"runs": 1, "filings": 1}


def test_two_writers_both_get_through(url, run_info):
    with open_store(url) as one, open_store(url) as two:
        first, second = one.start_run(run_info), two.start_run(run_info)
        one.save(extraction(), first)
        assert two.save(extraction(), second) is SaveOutcome.UNCHANGED
        assert two.save(extraction(sha256="cd" * 32), second) is SaveOutcome.SAVED


def test_a_run_is_finished(store, url):
    run = store.start_run(RunInfo("1", "tesseract", "f"))
    assert scalar(url, "SELECT finished_at IS NULL FROM runs")
    store.finish_run(run)
    assert scalar(url, "SELECT finished_at IS NOT NULL FROM runs")


def test_pages_that_failed_are_known_later(store, run_id, run_info):
    assert store.failed_pages(SHA, run_info) == ()
    store.save(extraction(), run_id)
    assert [f.page for f in store.failed_pages(SHA, run_info)] == [5]
    assert store.failed_pages(SHA, replace(run_info, engine="tesseract")) == ()


def test_a_file_whose_pages_all_failed_is_tried_again(store, run_id, run_info):
    damaged = extraction(Failure("image_damaged", "重新扫描 / scan it again", 1), page_count=1)
    assert store.save(damaged, run_id) is SaveOutcome.SAVED
    assert not store.is_done(*KEY)
    assert store.is_known(damaged, run_info)
    assert not store.is_known(extraction(), run_info)
    assert store.save(extraction(), store.start_run(run_info)) is SaveOutcome.SAVED
    assert store.is_known(damaged, run_info)


def test_a_file_without_bytes_is_known_by_name_and_failure(store, run_id, run_info):
    gone = failed("file_missing", sha256="", kind="", byte_size=None)
    assert not store.is_known(gone, run_info)
    store.save(gone, run_id)
    assert store.is_known(gone, run_info)
    assert not store.is_known(replace(gone, path="乙.pdf"), run_info)


def test_what_a_file_is_may_be_learnt_later(store, run_id, run_info):
    store.save(failed("timeout", kind="", page_count=0), run_id)
    read = extraction()
    store.save(read, store.start_run(run_info))
    assert list(store.current_extractions()) == [read]


def test_pages_of_unknown_kind_keep_their_places(store, run_id):
    kinds = ("picture", "", "digital", "picture", "", "picture")
    given = extraction(page_kinds=kinds)
    store.save(given, run_id)
    assert list(store.current_extractions()) == [given]


@pytest.mark.parametrize("given", ["\ud800", 2**80])
def test_values_that_no_database_holds_leave_nothing_behind(store, url, run_id, given):
    before = counts(url)
    odd = value("year", FieldType.YEAR, "x", given)
    record = replace(declaration(), values=(odd,))
    with pytest.raises(StoreError) as caught:
        store.save(extraction(record), run_id)
    assert caught.value.code == "db_value"
    assert counts(url) == before
