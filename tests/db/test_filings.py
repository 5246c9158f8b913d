"""Which filing a form belongs to, and which reading of it stands."""

from dataclasses import replace

import pytest
from databases import connected
from extraction_samples import declaration, extraction, failed
from sqlalchemy import text

from extractors.forms.raw import RawSkipped
from normalizers.issues import Issue, IssueCode

OTHER = "cd" * 32


def standing(url):
    """Number → (reading, project, cause) of what stands."""
    with connected(url) as connection:
        found = connection.execute(
            text("SELECT id, reading_id, project_name, cause FROM current_declarations ORDER BY id")
        )
        return {row.id: tuple(row)[1:] for row in found}


def links(url):
    with connected(url) as connection:
        found = connection.execute(text("SELECT filing_id, link FROM declarations ORDER BY id"))
        return [tuple(row) for row in found]


@pytest.fixture
def save(store, run_info):
    """Saves declarations as a reading of a file by some version of the extractor."""

    def saved(*records, version="0.1.0", **changes):
        run = store.start_run(replace(run_info, extractor_version=version))
        given = extraction(*records, extractor_version=version, **changes)
        return store.save(given, run)

    return saved


def test_a_file_read_anew_is_the_same_filings(save, url):
    save(declaration("甲", pages=(1, 2)), declaration("乙", pages=(3,)))
    save(declaration("乙", pages=(3,)), declaration("甲改", pages=(1, 2)), version="0.2.0")
    assert standing(url) == {1: (4, "甲改", "reextraction"), 2: (3, "乙", "reextraction")}


def test_names_go_before_pages(save, url):
    save(declaration("甲", pages=(1,)), declaration("乙", pages=(2,)))
    save(declaration("甲", pages=(2,)), declaration("乙", pages=(1,)), version="0.2.0")
    assert {n: name for n, (_, name, _) in standing(url).items()} == {1: "甲", 2: "乙"}


def test_what_is_found_no_longer_is_withdrawn_and_may_come_back(save, url):
    save(declaration("甲", pages=(1,)), declaration("乙", pages=(2,)))
    save(declaration("甲", pages=(1,)), RawSkipped((2,), "空白页"), version="0.2.0", page_count=2)
    assert list(standing(url)) == [1]
    save(declaration("甲", pages=(1,)), declaration("乙", pages=(2,)), version="0.3.0")
    assert list(standing(url)) == [1, 2]


def test_a_failed_reading_withdraws_nothing(save, store, url, run_info):
    save(declaration("甲"))
    newer = store.start_run(replace(run_info, extractor_version="0.2.0"))
    store.save(failed(extractor_version="0.2.0"), newer)
    assert list(standing(url)) == [1]


def test_the_same_names_in_another_file_are_a_revision_that_stands(save, url):
    save(declaration("河 道（养护）", annual="1.00"))
    save(declaration("河道(养护)", annual="2.00"), sha256=OTHER)
    assert links(url) == [(1, "first"), (1, "revision")]
    assert standing(url) == {1: (2, "河道(养护)", "revision")}


def test_the_same_content_in_another_file_is_a_duplicate_that_changes_nothing(save, url):
    save(declaration("甲"))
    save(declaration("甲", pages=(1,)), sha256=OTHER)
    assert links(url) == [(1, "first"), (1, "duplicate")]
    assert standing(url) == {1: (1, "甲", "extraction")}


def test_an_earlier_file_read_anew_does_not_displace_its_revision(save, url):
    save(declaration("甲", annual="1.00"))
    save(declaration("甲", annual="2.00"), sha256=OTHER)
    save(declaration("甲", annual="1.00"), version="0.2.0")
    assert standing(url)[1][0] == 2


@pytest.mark.parametrize("key", ["year", "applicant", "project_name"])
def test_a_doubtful_name_links_nothing(save, url, key):
    record = declaration("甲")
    doubt = (Issue.of(key, IssueCode.LOW_CONFIDENCE),)
    values = tuple(replace(v, issues=doubt) if v.path == key else v for v in record.values)
    save(record)
    save(replace(record, values=values), sha256=OTHER)
    assert links(url) == [(1, "first"), (2, "first")]


@pytest.mark.parametrize("other", [{"name": "乙"}, {"year": 2020}])
def test_another_name_or_year_is_another_filing(save, url, other):
    save(declaration("甲"))
    save(declaration(**({"name": "甲"} | other)), sha256=OTHER)
    assert list(standing(url)) == [1, 2]


def test_two_forms_of_the_same_names_in_one_file_stay_two(save, url):
    save(declaration("甲", pages=(1,)), declaration("甲", pages=(2,)))
    assert list(standing(url)) == [1, 2]
