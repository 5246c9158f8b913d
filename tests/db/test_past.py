"""The database as it stood before something was done."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from extraction_samples import declaration, extraction
from sqlalchemy import inspect, text

from db.corrections import correct, undo
from db.models import Base
from db.past import KNOWN_BY_THEN, parse_moment
from extractors.errors import RequestError

BY = {"author": "王审计", "reason": "看原件"}


def names(store, as_of=None):
    with store.session(as_of=as_of) as session:
        return (
            session.execute(text("SELECT project_name FROM current_declarations")).scalars().all()
        )


def now():
    return datetime.now(UTC)


def test_each_state_can_be_seen_again(store, run_info):
    empty = now()
    store.save(extraction(declaration("甲")), store.start_run(run_info))
    read = now()
    correct(store, 1, "project_name", "甲改", **BY)
    corrected = now()
    newer = store.start_run(replace(run_info, extractor_version="0.2.0"))
    store.save(extraction(extractor_version="0.2.0"), newer)
    withdrawn = now()
    undo(store, 1, "project_name", **BY)
    assert names(store, empty) == []
    assert names(store, read) == ["甲"]
    assert names(store, corrected) == ["甲改"]
    assert names(store, withdrawn) == ["甲改"]
    assert names(store) == ["河道养护"]


def test_readings_of_the_past_come_back_equal(store, run_info):
    given = extraction(declaration("甲"))
    store.save(given, store.start_run(run_info))
    read = now()
    correct(store, 1, "project_name", "甲改", **BY)
    assert list(store.current_extractions(read)) == [given]
    assert list(store.current_extractions(read - timedelta(days=1))) == []


def test_looking_back_leaves_nothing_behind(store, run_info):
    store.save(extraction(declaration("甲")), store.start_run(run_info))
    assert names(store, now() - timedelta(days=1)) == []
    assert names(store) == ["甲"]
    assert "filing_versions" not in inspect(store.engine).get_view_names()


def test_every_table_with_a_moment_of_its_own_is_looked_back_at():
    moments = {"first_seen", "saved_at", "since", "made_at", "created_at", "decided_at"}
    with_moment = {t.name for t in Base.metadata.tables.values() if moments & set(t.c.keys())}
    assert with_moment <= set(KNOWN_BY_THEN)


def test_a_day_is_meant_to_its_end():
    day = parse_moment("2026-03-31")
    assert parse_moment("2026-03-31T23:59:59") < day < parse_moment("2026-04-01T00:00")
    assert day.tzinfo is not None


@pytest.mark.parametrize("typed", ["gestern", "2026-13-01", ""])
def test_what_is_no_moment_is_said(typed):
    with pytest.raises(RequestError) as caught:
        parse_moment(typed)
    assert caught.value.code == "moment_invalid"
