"""Five real declarations, where they are at hand: exactly the findings that auditors expect."""

from pathlib import Path

import pytest

from audit.catalogue import choose
from audit.parameters import default_parameters
from audit.run import Archive, run_rules
from audit.subject import Subject
from audit.verdict import Outcome
from extractors.forms.loader import builtin_definitions
from extractors.forms.matching import match_pages
from extractors.markup import read_markup
from normalizers.declaration import normalize

SEEDS = Path(__file__).parent / "../../../shared/seeds/declarations-2019.md"
pytestmark = pytest.mark.skipif(not SEEDS.exists(), reason="the seeds are not at hand")

ALL = [[1], [2], [3], [4], [5]]
EXPECTED = {
    "budget_growth": [[3], [4]],
    "copied_indicator": [[1, 2, 4, 5]],
    "date_incomplete": [[1], [5]],
    "double_funding": [[1, 4], [4, 5]],
    "empty_target": ALL,
    "exclusive_choice": [[1], [2]],
    "goal_without_money": [[1], [3], [5]],
    "implausible_target": [[1], [2], [4], [5]],
    "mark_unknown": ALL,
    "one_off_with_previous_budget": ALL,
    "one_year_money": [[2], [3]],
    "quantity_without_indicator": [[1], [2], [4], [5]],
    "truncated_text": ALL,
    "vague_target": ALL,
}
"""Rule → numbers of the declarations of each finding; what is added is told in docs/audit.md."""


@pytest.fixture(scope="module")
def audited():
    definitions = builtin_definitions()
    by_id = {d.id: d for d in definitions}
    records = match_pages([read_markup(SEEDS.read_text(encoding="utf-8"))], definitions)
    subjects = [
        Subject.of(i, i, "a" * 64, normalize(r, by_id[r.form_id])) for i, r in enumerate(records, 1)
    ]
    findings = []
    ledger = run_rules(Archive.of(subjects), choose([]), default_parameters(), findings.append)
    return ledger, findings


def test_findings(audited):
    found = {}
    for finding in audited[1]:
        found.setdefault(finding.rule, []).append(sorted(m.number for m in finding.members))
    assert {rule: sorted(numbers) for rule, numbers in found.items()} == EXPECTED


def test_messages(audited):
    said = {(f.rule, min(m.number for m in f.members)): f.message for f in audited[1]}
    assert "-21.21%" in said["budget_growth", 3]
    assert "+21.05%" in said["budget_growth", 4]
    assert "十万个为什么" in said["double_funding", 1]
    assert "执行率10%" in said["copied_indicator", 1]
    assert "跨部门协调效率100%" in said["copied_indicator", 1]


@pytest.mark.parametrize("rule", ["sum_of_subprojects", "annual_within_total"])
def test_passes(audited, rule):
    assert [audited[0].outcome(rule, n) for n in range(1, 6)] == [Outcome.PASS] * 5
