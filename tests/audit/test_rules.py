"""Each rule fires, holds its peace, and admits what it cannot judge."""

import re
from decimal import Decimal

import pytest
from audit_subjects import ABSENT, LONG, evaluation, subject
from cases import CASES, OTHER

from audit.between.exact import LaidAside
from audit.catalogue import Rule, catalogue, choose
from audit.parameters import default_parameters, with_settings
from audit.run import Archive, run_rules
from audit.verdict import Outcome, Severity
from extractors.errors import RequestError

D = Decimal
EXPECTED = (Outcome.FAIL, Outcome.PASS, Outcome.INSUFFICIENT_DATA)


def run(subjects, rules, *settings):
    findings = []
    parameters = with_settings(default_parameters(), settings)
    ledger = run_rules(Archive.of(subjects), choose(rules), parameters, findings.append)
    return ledger, findings


def outcome(rule, subjects, *settings):
    ledger, _ = run(subjects, [rule], *settings)
    return ledger.outcome(rule, subjects[-1].number)


def test_every_rule_has_its_three_cases_and_no_other():
    assert CASES.keys() == catalogue().keys()
    assert all(len(three) == len(EXPECTED) for three in CASES.values())


def test_a_choice_that_is_surely_wrong_counts_beside_one_that_is_unclear():
    both = subject(
        project_type__结转项目=True,
        fund_use__政策补贴类=None,
        issues={"fund_use/政策补贴类": "mark_unknown"},
    )
    parameters = with_settings(
        default_parameters(), ["exclusive_choice.groups=fund_use,project_type"]
    )
    findings = []
    run_rules(Archive.of([both]), choose(["exclusive_choice"]), parameters, findings.append)
    assert [set(f.members[0].paths) for f in findings] == [
        {"project_type/结转项目", "project_type/其他经常性项目"}
    ]


def test_a_one_off_project_is_known_by_the_option_that_is_clear():
    case = subject(
        project_type__一次性调查=None,
        project_type__其他一次性项目=True,
        issues={"project_type/一次性调查": "mark_unknown"},
    )
    assert outcome("one_off_with_previous_budget", [case]) is Outcome.FAIL


def test_a_row_is_shared_by_two_projects_at_least():
    with pytest.raises(RequestError, match="at least 2"):
        with_settings(default_parameters(), ["copied_indicator.projects=1"])


def test_every_rule_has_parameters_and_no_other():
    assert default_parameters().keys() == catalogue().keys()


@pytest.mark.parametrize(
    ("rule", "place"), [(rule, place) for rule in CASES for place in range(len(EXPECTED))]
)
def test_case(rule, place):
    assert outcome(rule, CASES[rule][place]) is EXPECTED[place]


@pytest.mark.parametrize("rule", CASES)
def test_a_finding_says_in_chinese_what_it_rests_on(rule):
    subjects = CASES[rule][0]
    _, findings = run(subjects, [rule])
    assert findings
    for finding in findings:
        assert finding.rule == rule
        assert any("一" <= c <= "鿿" for c in finding.message)
        by_number = {s.number: s for s in subjects}
        for member in finding.members:
            if rule != "missing_pages":
                assert member.paths
            assert set(member.paths) <= by_number[member.number].values.keys()


@pytest.mark.parametrize("rule", CASES)
def test_an_empty_form_is_no_finding(rule):
    empty = subject(base={}, pages=(1,))
    assert outcome(rule, [empty]) in {
        Outcome.NOT_APPLICABLE, Outcome.PASS, Outcome.INSUFFICIENT_DATA
    }  # fmt: skip


@pytest.mark.parametrize(
    ("setting", "changes", "expected"),
    [
        ("budget_growth.up=5", {}, Outcome.FAIL),
        ("budget_growth.up=6", {}, Outcome.PASS),
        ("execution_rate.low=95", {}, Outcome.FAIL),
        ("sum_of_subprojects.tolerance=10", {"annual_budget": D(110)}, Outcome.PASS),
        ("vague_target.words=就近,居民", {"indicators__0__target": "就近"}, Outcome.FAIL),
        ("vague_target.words=就近", {"indicators__0__target": "有所提升"}, Outcome.PASS),
    ],
)
def test_settings_count(setting, changes, expected):
    assert outcome(setting.partition(".")[0], [subject(**changes)], setting) is expected


@pytest.mark.parametrize("wrong", ["budget_growth.up", "nothing.up=1", "budget_growth.up=NaN"])
def test_a_wrong_setting_is_refused(wrong):
    with pytest.raises(RequestError):
        with_settings(default_parameters(), [wrong])


def test_a_rule_that_is_not_there_is_refused():
    with pytest.raises(RequestError, match="no_such"):
        choose(["no_such"])


def test_a_blank_previous_budget_is_not_applicable():
    assert outcome("budget_growth", [subject(prev_budget=None)]) is Outcome.NOT_APPLICABLE
    assert outcome("budget_growth", [subject(prev_budget=ABSENT)]) is Outcome.NOT_APPLICABLE


def test_a_rule_that_breaks_is_an_error_and_the_rest_goes_on():
    def broken(subject, parameters):
        raise ZeroDivisionError("nothing")

    rules = [Rule("broken", "money", Severity.LOW, "坏", "broken", broken), *choose(["date_order"])]
    findings = []
    parameters = {**default_parameters(), "broken": default_parameters()["date_order"]}
    ledger = run_rules(Archive.of([subject()]), rules, parameters, findings.append)
    assert ledger.outcome("broken", 1) is Outcome.ERROR
    assert ledger.outcome("date_order", 1) is Outcome.PASS
    assert [(f.rule, f.outcome) for f in findings] == [("broken", Outcome.ERROR)]


@pytest.mark.parametrize(
    ("actual", "score", "expected"),
    [
        ("3%", 40, Outcome.PASS),
        ("5%", 40, Outcome.PASS),
        ("10%", 20, Outcome.PASS),
        ("10%", 40, Outcome.FAIL),
        ("3%", 20, Outcome.FAIL),
    ],
)
def test_less_is_better_for_targets_of_at_most(actual, score, expected):
    case = evaluation(indicators__1__actual=actual, indicators__1__score=D(score))
    assert outcome("score_arithmetic", [case]) is expected


def test_a_target_of_at_most_is_lowered_by_more():
    declared = subject(1, indicators__0__level3="投诉率", indicators__0__target="≤5%")
    assert outcome("target_lowered", [declared, evaluation(2)]) is Outcome.PASS
    raised = evaluation(2, indicators__1__target="≤8%")
    assert outcome("target_lowered", [declared, raised]) is Outcome.FAIL


def test_rows_of_the_same_project_in_another_year_are_not_copied():
    years = [subject(1, year=2018), subject(2)]
    assert outcome("copied_indicator", years) is Outcome.PASS


def test_a_goal_copied_by_the_same_project_from_last_year_matters_less():
    goals = [subject(1, year=2018, annual_goal=LONG), subject(2, annual_goal=LONG)]
    _, findings = run(goals, ["near_duplicate_text"])
    assert [f.severity for f in findings] == [Severity.LOW]
    others = [subject(1, annual_goal=LONG), subject(2, **OTHER, annual_goal=LONG)]
    _, findings = run(others, ["near_duplicate_text"])
    assert [f.severity for f in findings] == [Severity.MEDIUM]


@pytest.mark.parametrize("cut", [0, 10, 40, 80])
def test_the_share_of_two_texts_is_that_of_their_stretches(cut):
    texts = LaidAside()
    both = (LONG, LONG[cut:] + "又一段全然不同的话，写在后面。" * 3)
    for one in both:
        texts.add(one)
    mine, theirs = ({t[i : i + 5] for i in range(len(t) - 4)} for t in both)
    assert texts.share(0, 1) == pytest.approx(len(mine & theirs) / len(mine | theirs))


def test_texts_count_from_the_similarity_that_is_asked_for():
    both = [subject(1, overview=LONG), subject(2, **OTHER, overview=LONG + LONG[60:20:-1])]
    share = run(both, ["near_duplicate_text"], "near_duplicate_text.similarity=1")[1]
    assert share
    percent = int(re.search(r"占 (\d+)%", share[0].message)[1])
    below, above = (f"near_duplicate_text.similarity={percent + d}" for d in (-1, 1))
    assert outcome("near_duplicate_text", both, below) is Outcome.FAIL
    assert outcome("near_duplicate_text", both, above) is Outcome.PASS


@pytest.mark.parametrize("code", ["correction_contradicted", "correction_unplaced"])
def test_a_value_on_which_people_and_reading_differ_accuses_nobody(code):
    doubted = subject(annual_budget=D(110), issues={"annual_budget": code})
    assert outcome("sum_of_subprojects", [doubted]) is Outcome.INSUFFICIENT_DATA


FUNDED = subject(1, subprojects__0__name="《百姓健康讲堂》节目播出")


def test_an_activity_may_be_claimed_by_an_indicator():
    claimed = subject(2, **OTHER, indicators__0__target="《百姓健康讲堂》播出12期")
    _, findings = run([FUNDED, claimed], ["double_funding"])
    (paths,) = {m.paths for f in findings for m in f.members if m.number == 2}
    assert paths == ("indicators/0/target",)


@pytest.mark.parametrize("path", ["annual_goal", "indicators/0/target"])
def test_a_doubtful_text_claims_no_activity(path):
    changes = {path.replace("/", "__"): "办好《百姓健康讲堂》12期"}
    claimed = subject(2, **OTHER, **changes)
    doubted = subject(2, **OTHER, **changes, issues={path: "low_confidence"})
    assert outcome("double_funding", [FUNDED, claimed]) is Outcome.FAIL
    assert outcome("double_funding", [FUNDED, doubted]) is Outcome.INSUFFICIENT_DATA


def test_a_doubtful_text_is_no_copy():
    doubted = subject(2, **OTHER, overview=LONG, issues={"overview": "low_confidence"})
    both = [subject(1, overview=LONG), doubted]
    assert outcome("near_duplicate_text", both) is Outcome.INSUFFICIENT_DATA


@pytest.mark.parametrize(
    ("rule", "changes", "path"),
    [
        ("copied_indicator", {"indicators__1__level3": "讲座好评"}, "indicators/0/target"),
        ("near_duplicate_text", {"overview": LONG[::-1], "annual_goal": LONG}, "annual_goal"),
    ],
)
def test_a_part_that_cannot_be_compared_is_no_pass(rule, changes, path):
    apart = {"indicators__0__level3": "义诊场次", "indicators__1__target": "≥95%"}
    both = [subject(1, **apart), subject(2, **OTHER, **changes, issues={path: "low_confidence"})]
    assert outcome(rule, both) is Outcome.INSUFFICIENT_DATA


def test_an_activity_in_many_projects_is_general():
    subjects = [
        subject(i, project_name=f"项目{i}", subprojects__0__name="《百姓健康讲堂》节目")
        for i in range(1, 9)
    ]
    assert outcome("double_funding", subjects) is Outcome.PASS
    assert outcome("double_funding", subjects, "double_funding.projects=8") is Outcome.FAIL
