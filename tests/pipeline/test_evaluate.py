import copy
import json

import pytest

from extractors.errors import InputFileError
from extractors.forms.definition import FormDefinition
from pipeline.evaluate import evaluate
from pipeline.evaluate.evaluate import read_json_lines
from pipeline.evaluate.text import same, width_folded

LONG = "为提升河道水质，开展清淤、疏浚和绿化养护，" * 5


def declaration(path="a.pdf", name="河道养护", pages=(1,), **values):
    return {
        "kind": "declaration",
        "form": "f",
        "source": {"path": path, "pages": list(pages)},
        "values": {
            "project_name": name,
            "year": 2019,
            "budget": "100.00",
            "end_date": None,
            "use": {"甲": True, "乙": False, "丙": None},
            "overview": f"{LONG}\n{LONG}",
            "indicators": [
                {"level1": "产出", "target": "≥85%", "parsed": [1]},
                {"level1": "效果", "target": "3次"},
            ],
        }
        | values,
        "review": [],
    }


def total(predicted, truth=None, **options):
    report = evaluate(predicted, [declaration()] if truth is None else truth, **options)
    return report, report.groups["all"]


def changed(change, review=()):
    record = copy.deepcopy(declaration())
    change(record["values"])
    record["review"] = [{"path": path, "code": "x", "message": "y"} for path in review]
    return record


def test_a_perfect_extraction():
    report, score = total([declaration("/elsewhere/a.pdf")])
    assert report.errors == ()
    shares = score.shares()
    assert {v for k, v in shares.items() if "exact" in k or "f1" in k or "perfect" in k} == {1.0}
    assert (shares["long_cer"], shares["silent_errors"], shares["in_review"]) == (0, 0, 0)
    assert (score.short, score.marks, score.long_chars) == (4, 3, 2 * len(LONG))


def put(key, value):
    return lambda values: values.update({key: value})


@pytest.mark.parametrize(
    ("change", "path", "group"),
    [
        (put("project_name", "河道养沪"), "project_name", "short"),
        (put("budget", None), "budget", "short"),
        (put("budget", "100.0"), "budget", "short"),
        (put("year", "2019"), "year", "short"),
        (put("end_date", ""), "end_date", "short"),
        (lambda v: v.pop("project_name"), "project_name", "short"),
        (lambda v: v["use"].update(丙=False), "use/丙", "mark"),
        (lambda v: v["use"].pop("乙"), "use/乙", "mark"),
        (lambda v: v["use"].update(丁=True), "use/丁", "mark"),
        (lambda v: v["indicators"][1].update(target="8次"), "indicators/1/target", "row"),
        (lambda v: v["indicators"].pop(), "indicators/1", "row"),
        (lambda v: v["indicators"].append({"level1": "", "target": ""}), "indicators/2", "row"),
        (put("overview", f"{LONG}{LONG}"), "overview", "long"),
        (put("overview", None), "overview", "long"),
    ],
)
@pytest.mark.parametrize("reviewed", [False, True])
def test_each_wrong_value_is_listed_and_silent_unless_in_review(change, path, group, reviewed):
    record = changed(change, [path] if reviewed else ())
    report, score = total([record])
    assert [(e.path, e.group, e.in_review) for e in report.errors] == [(path, group, reviewed)]
    assert (score.wrong, score.silent, score.perfect) == (1, int(not reviewed), 0)


def test_review_of_a_whole_speaks_for_its_parts():
    record = changed(lambda v: v["use"].update(甲=False, 乙=True), ["use"])
    _, score = total([record])
    assert (score.marks_right, score.silent, score.values_in_review) == (1, 0, 3)


def test_white_space_never_counts_and_paragraphs_count_apart():
    wrapped = changed(lambda v: v.update(project_name="河道 养护", overview=f"{LONG} {LONG}"))
    _, score = total([wrapped])
    assert (score.short_right, score.long_edits, score.paragraph_edits) == (4, 0, 1)


def test_width_of_characters_is_forgiven_in_the_second_column_only():
    text = f"{LONG}\n{LONG}".replace("，", ",")
    narrow = changed(lambda v: (v.update(overview=text), v["indicators"][0].update(target="≥85％")))
    _, score = total([narrow])
    assert score.rows["indicators"].f1() == 0.5
    assert score.rows["indicators"].f1(folded=True) == 1.0
    assert score.long_edits == 20
    assert score.long_edits_folded == 0
    assert (score.perfect, score.perfect_folded) == (0, 1)


def test_a_lost_row_does_not_spoil_the_others():
    rows = [{"name": f"子项目{i}", "amount": f"{i}.00"} for i in range(5)]
    truth = declaration(subprojects=rows)
    report, score = total([declaration(subprojects=rows[:2] + rows[3:])], [truth])
    assert score.rows["subprojects"].f1() == pytest.approx(8 / 9)
    assert [(e.path, e.want) for e in report.errors] == [("subprojects/2", rows[2])]


def test_a_missing_declaration_counts_all_its_fields_as_wrong():
    report, score = total([{"kind": "failure", "source": {"path": "a.pdf"}}])
    assert (score.missing, score.short_right, score.marks_right) == (1, 0, 0)
    assert score.long_edits == score.long_chars
    assert [(e.group, e.want) for e in report.errors] == [("declaration", [1])]
    assert score.shares()["perfect"] == 0


def test_even_where_null_would_be_right_a_missing_declaration_is_wrong():
    truth = declaration()
    truth["values"] = {"end_date": None}
    assert total([], [truth])[1].short_right == 0


def test_declarations_of_a_file_answer_in_page_order():
    truth = [declaration(name="甲", pages=(2, 3)), declaration(name="乙", pages=(4,))]
    _, score = total([truth[1], truth[0]], truth)
    assert score.perfect == 2


def test_where_numbers_differ_likeness_decides():
    truth = [declaration(name=n, pages=(i,), budget=f"{i}.00") for i, n in enumerate("甲乙丙")]
    _, score = total([truth[2], truth[1]], truth)
    assert (score.missing, score.perfect) == (1, 2)
    report, score = total([*truth, declaration(name="多", pages=(9,))], truth)
    assert (score.spurious, score.perfect) == (1, 3)
    assert [(e.group, e.got) for e in report.errors] == [("declaration", [9])]


def test_a_declaration_out_of_a_page_without_one_is_spurious():
    truth = [declaration(), {"kind": "skipped", "source": {"path": "cover.pdf", "pages": [1]}}]
    _, score = total([declaration(), declaration("cover.pdf"), declaration("other.pdf")], truth)
    assert (score.perfect, score.spurious) == (1, 1)


def test_another_form_is_an_error():
    record = declaration()
    record["form"] = "g"
    report, score = total([record])
    assert ([e.group for e in report.errors], score.perfect) == (["form"], 0)


def test_groups_are_the_folders_in_which_the_truth_differs():
    levels = ("clean", "office", "photo")
    truth = [declaration(f"suite/{level}/a.pdf") for level in levels]
    wrong = declaration("/out/office/a.pdf", name="错")
    report, score = total([declaration("/out/clean/a.pdf"), wrong], truth)
    assert list(report.groups) == ["clean", "office", "photo", "all"]
    assert [report.groups[level].perfect for level in levels] == [1, 0, 0]
    assert (score.declarations, report.groups["photo"].missing) == (3, 1)


def test_files_in_one_folder_are_one_group():
    truth = [declaration("x/a.pdf"), declaration("x/b.pdf")]
    assert list(total([], truth)[0].groups) == ["all"]


def test_a_name_that_fits_several_truths_is_an_error():
    with pytest.raises(InputFileError) as caught:
        total([declaration()], [declaration("clean/a.pdf"), declaration("office/a.pdf")])
    assert caught.value.code == "evaluate_ambiguous"


def test_long_text_is_what_the_definition_says():
    fields = [
        {"key": "project_name", "type": "long_text", "labels": ["项目名称"]},
        {"key": "overview", "type": "text", "labels": ["概况"]},
    ]
    form = FormDefinition.model_validate(
        {"id": "f", "version": 1, "name": "表", "titles": ["表"], "fields": fields}
    )
    _, score = total([declaration()], definitions=[form])
    assert (score.short, score.long_chars) == (4, len("河道养护"))


def test_report_as_json_is_json():
    report, _ = total([declaration()])
    assert json.loads(json.dumps(report.to_json()))["groups"]["all"]["shares"]["perfect"] == 1.0


@pytest.mark.parametrize(
    ("got", "want", "strict", "lenient"),
    [
        ("（一）：", "(一):", False, True),
        ("甲，乙", "甲、乙", False, False),
        ("①", "1", False, False),
        ("85％", "85%", False, True),
        (True, 1, False, False),
        (None, "", False, False),
        ("a b", "ab", True, True),
    ],
)
def test_sameness(got, want, strict, lenient):
    assert same(got, want) is strict
    assert same(got, want, fold_width=True) is lenient


def test_width_folding_reaches_both_ends_of_full_width_ascii():
    assert width_folded("！～") == "!~"


@pytest.mark.parametrize("content", ['{"kind": ', "[1]", "3"])
def test_broken_lines_are_named(tmp_path, content):
    (tmp_path / "x.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(InputFileError) as caught:
        list(read_json_lines(tmp_path / "x.jsonl"))
    assert caught.value.code == "evaluate_format"


def test_arrays_and_marked_files_are_read(tmp_path):
    (tmp_path / "x.json").write_text('\ufeff[\n{"a": 1},\n{"a": 2}]', encoding="utf-8")
    assert list(read_json_lines(tmp_path / "x.json")) == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize("record", [{"kind": "declaration"}, {"source": {}}, {"source": None}])
def test_records_without_a_source_are_refused(record):
    with pytest.raises(InputFileError):
        evaluate([], [record])
