"""What there is to read again, what replaces what, and readings: on both databases."""

from dataclasses import replace

import pytest
from extraction_samples import SHA, declaration, extraction, failed

from db.archived import archived_files, count_corrections, last_declarations
from db.corrections import correct
from db.readings import history, readings_of, words_of
from db.replacements import Said, find_replaced, save_replacement
from db.store import RunInfo
from extractors.errors import RequestError
from extractors.forms.raw import RawSkipped
from normalizers.records import Failure

OTHER_SHA = "cd" * 32
FIRST = declaration(pages=(1,))


def reading(*records, **changes):
    return extraction(*records, **({"page_count": 1, "page_kinds": ("picture",)} | changes))


@pytest.fixture
def saved(store, run_id):
    store.save(reading(FIRST), run_id)
    return store


def test_files_are_listed_with_what_read_them_last(saved):
    (file,) = archived_files(saved)
    assert (file.sha256, file.path) == (SHA, "archive/甲.pdf")
    assert (file.extractor_version, file.engine) == ("0.1.0", "rapidocr")
    assert file.options == {"workers": 1}
    assert (file.form_ids, file.is_replaced) == ({"sh_2019"}, False)
    later = saved.start_run(RunInfo("0.2.0", "tesseract", "e" * 64, {}))
    saved.save_anew(failed(), later)
    assert archived_files(saved) == [file]
    saved.save_anew(reading(FIRST), saved.start_run(RunInfo("0.2.0", "tesseract", "e" * 64, {})))
    (file,) = archived_files(saved)
    assert (file.extractor_version, file.form_ids) == ("0.2.0", {"sh_2019"})


def test_a_file_that_only_failed_is_listed_with_its_last_attempt(store, run_id):
    store.save(failed(), run_id)
    (file,) = archived_files(store)
    assert (file.sha256, file.form_ids) == (SHA, frozenset())
    assert last_declarations(store, SHA) == []


def test_the_machines_last_reading_is_without_corrections(saved):
    correct(saved, 1, "annual_budget", "5.00", author="张三", reason="核对")
    assert last_declarations(saved, SHA) == [FIRST]
    assert count_corrections(saved, [1]) == 1


def test_a_form_on_a_page_that_failed_is_not_withdrawn(saved):
    other = replace(declaration("乙"), pages=(2,))
    lost = reading(Failure("timeout", "太慢 / slow", 1), other, page_count=2)
    assert saved.save_anew(lost, run_id_of(saved)).withdrawn == ()
    gone = reading(RawSkipped((1,), "封面 / cover"), other, page_count=2)
    assert saved.save_anew(gone, run_id_of(saved)).withdrawn == (1,)
    assert [s.cause for s in history(saved, 1)] == ["extraction", "withdrawn"]


def run_id_of(store):
    return store.start_run(RunInfo("0.1.0", "rapidocr", "f" * 64, {}))


def test_a_replacement_is_saved_whole(saved):
    old = find_replaced(saved, "1")
    assert (old.sha256, set(old.standing)) == (SHA, {1})
    assert find_replaced(saved, SHA[:8]) == old
    new = reading(declaration(annual="2.00", pages=(1,)), sha256=OTHER_SHA, path="乙.pdf")
    run = run_id_of(saved)
    added = save_replacement(saved, new, run, old, {0: 1}, Said(author="李四"))
    assert [(s.filing_id, s.link, s.stands) for s in added.saved] == [(1, "replacement", True)]
    assert [file.is_replaced for file in archived_files(saved)] == [True, False]
    assert [s.cause for s in history(saved, 1)] == ["extraction", "replacement"]
    with pytest.raises(RequestError):
        find_replaced(saved, "ff00ff00")


def test_readings_and_words_of_a_declaration(saved):
    correct(saved, 1, "annual_budget", "5.00", author="张三", reason="核对")
    first, second = (s.reading_id for s in history(saved, 1))
    before, after = readings_of(saved, 1, [first, second])
    assert before.record == FIRST
    assert (before.correction_id, before.sha256) == (None, SHA)
    (word,) = words_of(saved, 1)
    assert after.correction_id == word.id
    assert (word.author, word.before, word.after) == ("张三", "1300000.50", "5.00")
    with pytest.raises(RequestError) as caught:
        readings_of(saved, 1, [99])
    assert caught.value.code == "reading_unknown"
    with pytest.raises(RequestError):
        history(saved, 2)
