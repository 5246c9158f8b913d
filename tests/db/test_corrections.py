"""A person's word stays, over new readings too, and can be taken back."""

from dataclasses import replace
from decimal import Decimal

import pytest
from databases import connected
from extraction_samples import declaration, extraction, value
from sqlalchemy import text

from db.corrections import correct, undo
from db.readings import words_of
from extractors.errors import RequestError
from extractors.forms.definition import FieldType
from normalizers.issues import IssueCode

BY = {"author": "王审计", "reason": "看原件"}


def now(store, path, number=1):
    """The record's value that stands."""
    record = next(
        r for e in store.current_extractions() for r in e.records if hasattr(r, "row_keys")
    )
    return record.get(path)


def shown(url, path):
    with connected(url) as connection:
        return connection.execute(
            text("SELECT amount_yuan, value_text, engine FROM current_values WHERE path = :path"),
            {"path": path},
        ).one()


def with_value(record, new):
    return replace(record, values=tuple(new if v.path == new.path else v for v in record.values))


@pytest.fixture
def filled(store, run_id):
    store.save(extraction(declaration()), run_id)
    return store


@pytest.fixture
def reread(filled, run_info):
    def saved(record):
        run = filled.start_run(replace(run_info, extractor_version="0.2.0"))
        filled.save(extraction(record, extractor_version="0.2.0"), run)

    return saved


def test_a_correction_shows_everywhere_and_keeps_what_was_read(filled, url):
    made = correct(filled, 1, "annual_budget", "1,300,000.60", **BY)
    assert (made.before.value, made.after.value) == (Decimal("1300000.50"), Decimal("1300000.60"))
    found = now(filled, "annual_budget")
    assert (found.value, found.raw) == (Decimal("1300000.60"), "130.00005")
    assert (found.provenance.engine, found.provenance.confidence) == ("person", 1.0)
    assert [str(v) for v in shown(url, "annual_budget")] == ["1300000.60", "None", "person"]
    with connected(url) as connection:
        readings = connection.execute(text("SELECT count(*) FROM declarations")).scalar()
    assert readings == 2
    (kept,) = words_of(filled, 1)
    assert (kept.author, kept.reason, kept.before) == ("王审计", "看原件", "1300000.50")


def test_rows_names_and_marks_are_corrected_in_their_tables(filled, url):
    correct(filled, 1, "subprojects/1/amount", "5", **BY)
    correct(filled, 1, "project_name", "河道养护二期", **BY)
    correct(filled, 1, "fund_use/信息化", "false", **BY)
    correct(filled, 1, "fund_use/政府购买服务", "true", **BY)
    with connected(url) as connection:
        names = connection.execute(text("SELECT project_name FROM current_declarations")).scalar()
        amounts = connection.execute(
            text("SELECT amount_yuan FROM current_subprojects ORDER BY position")
        ).all()
        doubts = connection.execute(
            text("SELECT path FROM current_issues WHERE path LIKE 'fund_use%'")
        ).all()
    assert names == "河道养护二期"
    assert [str(a) for (a,) in amounts] == ["0.01", "5.00"]
    assert doubts == []


def test_undo_is_one_more_row_and_brings_back_what_stood(filled):
    correct(filled, 1, "annual_budget", "7", **BY)
    correct(filled, 1, "applicant", "水务局", **BY)
    undo(filled, 1, "annual_budget", **BY)
    assert now(filled, "annual_budget").value == Decimal("1300000.50")
    assert now(filled, "applicant").value == "水务局"
    undo(filled, 1, "applicant", **BY)
    assert now(filled, "applicant").value == "水务中心"
    assert now(filled, "applicant").provenance.engine == "rapidocr"
    assert [c.undoes_id for c in words_of(filled, 1)] == [None, None, 1, 2]


def test_a_correction_stays_in_force_while_the_field_reads_the_same(filled, reread):
    correct(filled, 1, "annual_budget", "7", **BY)
    reread(declaration())
    assert now(filled, "annual_budget").value == 7
    assert now(filled, "annual_budget").issues == ()


def test_a_reading_that_comes_to_the_same_settles_it(filled, reread):
    correct(filled, 1, "annual_budget", "7", **BY)
    new = value("annual_budget", FieldType.AMOUNT, "7元", Decimal(7))
    reread(with_value(declaration(), new))
    assert (now(filled, "annual_budget").value, now(filled, "annual_budget").issues) == (7, ())


def test_a_reading_that_contradicts_goes_to_review_and_the_word_stays(filled, reread):
    correct(filled, 1, "annual_budget", "7", **BY)
    new = value("annual_budget", FieldType.AMOUNT, "8元", Decimal(8))
    reread(with_value(declaration(), new))
    found = now(filled, "annual_budget")
    assert (found.value, found.raw) == (7, "8元")
    assert [i.code for i in found.issues] == [IssueCode.CORRECTION_CONTRADICTED]


def test_a_corrected_row_is_found_by_what_it_says(filled, reread):
    correct(filled, 1, "subprojects/0/amount", "9", **BY)
    record = declaration()
    moved = {"subprojects/0": "subprojects/1", "subprojects/1": "subprojects/0"}
    values = tuple(
        replace(v, path=moved[v.path[:13]] + v.path[13:]) if v.path[:13] in moved else v
        for v in record.values
    )
    reread(replace(record, values=values))
    assert now(filled, "subprojects/1/amount").value == 9
    assert now(filled, "subprojects/0/amount").value is None


def test_a_corrected_row_that_is_gone_is_said(filled, reread):
    correct(filled, 1, "subprojects/0/amount", "9", **BY)
    gone = value("subprojects/0/name", FieldType.TEXT, "别的", "别的")
    reread(with_value(declaration(), gone))
    codes = [i.code for v in now_record(filled).values for i in v.issues]
    assert IssueCode.CORRECTION_UNPLACED in codes
    assert now(filled, "subprojects/0/amount").value == Decimal("0.01")


def now_record(store):
    return next(r for e in store.current_extractions() for r in e.records)


@pytest.mark.parametrize(
    ("number", "path", "typed", "code"),
    [
        (99, "annual_budget", "1", "declaration_unknown"),
        (1, "anual_budget", "1", "field_unknown"),
        (1, "annual_budget", "很多", "value_refused"),
        (1, "start_date", "明年", "value_refused"),
        (1, "year", "二", "value_refused"),
        (1, "fund_use/信息化", "也许", "value_refused"),
    ],
)
def test_what_cannot_be_corrected_changes_nothing(filled, number, path, typed, code):
    with pytest.raises(RequestError) as caught:
        correct(filled, number, path, typed, **BY)
    assert (caught.value.code, caught.value.exit_code) == (code, 2)
    assert words_of(filled, 1) == []


def test_a_field_that_is_not_there_names_those_like_it(filled):
    with pytest.raises(RequestError, match="annual_budget"):
        correct(filled, 1, "anual_budget", "1", **BY)


@pytest.mark.parametrize("said", [{"author": " ", "reason": "x"}, {"author": "x", "reason": ""}])
def test_who_and_why_must_be_said(filled, said):
    with pytest.raises(RequestError) as caught:
        correct(filled, 1, "annual_budget", "1", **said)
    assert caught.value.code == "reason_missing"


def test_nothing_to_undo(filled):
    with pytest.raises(RequestError) as caught:
        undo(filled, 1, "annual_budget", **BY)
    assert caught.value.code == "nothing_to_undo"
