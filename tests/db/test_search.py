"""Full text on both databases: what is found, what is not, and what counts."""

import random
from dataclasses import replace

import pytest
from extraction_samples import BOX, declaration, extraction, unmatched, value

from db.queries import QueryError
from db.search import find, index
from db.search.find import search
from db.search.folding import fold, snippet
from db.search.index import NEWEST, hits
from db.write_extraction import add_extraction
from extractors.forms.definition import FieldType


@pytest.fixture
def saved(store, run_id):
    """Stores declarations, one a file, by the texts of their overview."""

    def save(*texts, name="河道养护"):
        for text in texts:
            saved.number += 1
            given = declaration(f"{name}{saved.number}")
            values = tuple(
                value("overview", FieldType.LONG_TEXT, text, text) if v.path == "overview" else v
                for v in given.values
            )
            number = saved.number
            record = replace(given, values=values)
            store.save(extraction(record, sha256=f"{number:064}", path=f"{number}.pdf"), run_id)

    saved.number = 0
    return save


def overviews(store, wanted, **more):
    hits = search(store, wanted, fields=("overview",), **more)
    return [hit.declaration for hit in hits]


@pytest.mark.parametrize(
    "wanted",
    [
        "苇",
        "修复",
        "芦苇荡",
        "修复芦苇荡两处",
        "种本地水生植物",
        "3.5万",
        "3．5 万",
        "ab",
        "B12c",
        "ａｂ１２",
        "≥85%",
        "≥ 85 ％",
        "荡两处，补",
        "荡两处 补",
        "𠮷",
        "𠮷野",
        "物第二段",
    ],
)
def test_any_part_of_a_text_is_found(store, saved, wanted):
    saved("修复芦苇荡两处，补种 3.5万株 AB12C，≥85％，𠮷野本地水生植物", "别的内容")
    saved("修复芦苇荡两处，补种3.5 万株Ab12c,≥85%，𠮷野，种本地水生植物。\n第二段")
    found = overviews(store, wanted)
    assert 3 in found
    assert 2 not in found


@pytest.mark.parametrize("wanted", ["芦荡", "荡苇", "35万", "ac", "5万万", "植物修复"])
def test_nothing_else_is_found(store, saved, wanted):
    saved("修复芦苇荡两处，补种 3.5万株 AB12C，本地水生植物")
    assert overviews(store, wanted) == []


def test_a_hit_says_where_it_stands(store, saved):
    saved("概况" * 30 + "修复芦苇荡两处" + "结尾" * 30)
    (hit,) = search(store, "芦苇荡")
    assert (hit.declaration, hit.form_id, hit.year) == (1, "sh_2019", 2019)
    assert (hit.applicant, hit.project_name, hit.file) == ("水务中心", "河道养护1", "1.pdf")
    assert (hit.path, hit.page, hit.bbox) == ("overview", 1, BOX)
    assert "修复【芦苇荡】两处" in hit.snippet
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")


def test_the_latest_comes_first_and_the_limit_holds(store, saved, monkeypatch):
    monkeypatch.setattr(find, "LARGEST_BATCH", 2)
    saved(*(["修复芦苇荡"] * 9))
    assert overviews(store, "芦苇") == list(range(9, 0, -1))
    assert overviews(store, "芦苇", limit=3) == [9, 8, 7]


def test_long_texts_are_found_to_their_end(store, saved):
    characters = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
    text = "".join(random.Random(1).sample(characters, 2500))
    saved(text)
    for start in range(0, 2480, 61):
        assert overviews(store, text[start : start + 20]) == [1], start
    assert overviews(store, text) == [1]
    assert overviews(store, text[:-1] + "啊啊") == []


def test_fields_may_be_named(store, saved):
    saved("内容")
    assert [h.path for h in search(store, "完成", fields=("indicators",))] == [
        "indicators/0/level3"
    ]
    assert search(store, "完成", fields=("indicators/target",)) == []
    assert [h.path for h in search(store, "85", fields=("indicators/0/target", "title"))] == [
        "indicators/0/target"
    ]
    assert search(store, "水务", fields=("applicant",))[0].path == "applicant"


def test_amounts_are_found_as_they_are_printed(store, saved):
    saved("内容")
    assert [hit.path for hit in search(store, "600000")] == ["prev_execution"]


def test_only_what_stands_is_found(store, run_info, run_id):
    store.save(extraction(declaration("旧名称")), run_id)
    newer = store.start_run(replace(run_info, engine="tesseract"))
    store.save(extraction(declaration("新名称")), newer)
    assert [h.project_name for h in search(store, "名称")] == ["新名称"]
    assert search(store, "旧名") == []


def test_forms_nobody_has_defined_are_found_by_their_title(store, run_id):
    store.save(extraction(unmatched()), run_id)
    (hit,) = search(store, "某项目")
    assert (hit.declaration, hit.project_name, hit.file) == (None, "登记表", "archive/甲.pdf")
    (pair,) = search(store, "某局")
    assert (pair.path, pair.page, pair.bbox, pair.snippet) == ("单位", 4, None, "【某局】")
    assert [h.path for h in search(store, "某")] == ["project_name", "单位"]
    assert search(store, "某局", fields=("project_name",)) == []


@pytest.mark.parametrize("wanted", ["", "   ", "，。、", "\n"])
def test_a_question_of_nothing_is_refused(store, wanted):
    with pytest.raises(QueryError) as caught:
        search(store, wanted)
    assert caught.value.code == "search_empty"


@pytest.mark.parametrize("wanted", ['"', "'", "a' | 'b", 'x" OR "y', "*", "NEAR(a b)", "\\", "%s"])
def test_no_question_is_taken_for_syntax(store, saved, wanted):
    saved("甲乙丙")
    if fold(wanted).text:
        assert search(store, wanted) == []


def test_any_substring_is_found(store, saved):
    """By chance: every part of every text, and by the same rule as a plain search would."""
    rng = random.Random(7)
    texts = ["".join(rng.choice("项目资金管aB1.％ ，\n") for _ in range(40)) for _ in range(12)]
    saved(*texts)
    folded = [fold(text).text for text in texts]
    for _ in range(60):
        text = rng.choice(texts)
        start = rng.randrange(len(text))
        wanted = text[start : start + rng.randrange(1, 6)]
        if fold(wanted).text:
            expected = {n for n, f in enumerate(folded, start=1) if fold(wanted).text in f}
            assert set(overviews(store, wanted, limit=99)) == expected, wanted


def test_entries_are_of_the_same_transaction(store, run_id, monkeypatch):
    def add_and_fail(*given, **more):
        add_extraction(*given, **more)
        raise RuntimeError

    monkeypatch.setattr("db.store.add_extraction", add_and_fail)
    with pytest.raises(RuntimeError):
        store.save(extraction(declaration("失败")), run_id)
    with store.engine.connect() as connection:
        assert hits(connection, "失败", (), before=NEWEST, limit=9) == []


def test_snippets_fold_as_the_index_does():
    assert snippet("ＡＢ－Ｃ", "bc") == "Ａ【Ｂ－Ｃ】"
    assert snippet("没有", "项") is None


@pytest.mark.parametrize("hit_costs", [0, 1, 10**6])
@pytest.mark.parametrize("latest", [1, 3, 40])
def test_texts_are_found_beyond_the_latest_values(store, saved, monkeypatch, latest, hit_costs):
    monkeypatch.setattr(index, "LATEST_VALUES", latest)
    monkeypatch.setattr(index, "HIT_IN_VALUES", hit_costs)
    saved("麒麟臂章", *(["修复芦苇荡"] * 4), "疏浚", "芦苇")
    assert overviews(store, "麒麟") == [1]
    assert overviews(store, "芦苇", limit=2) == [7, 5]
    assert overviews(store, "芦苇") == [7, 5, 4, 3, 2]


def test_values_are_looked_through_where_the_index_would_collect_more():
    assert index._values_to_look_through(20_000, 0, 28, 7_000_000) == 0
    assert index._values_to_look_through(20_000, 1, 28, 7_000_000) == 0
    assert index._values_to_look_through(20_000, 14, 28, 7_000_000) == 80_000
