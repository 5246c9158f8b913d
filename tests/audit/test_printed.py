"""Each rule on printed texts: when it fires, when it holds its peace, when it cannot say."""

import pytest
from printed import printed
from printed_cases import CASES

from audit.catalogue import catalogue
from audit.parameters import default_parameters
from audit.run import checked
from audit.verdict import Outcome


@pytest.mark.parametrize(
    ("rule", "expected", "form", "texts"),
    CASES,
    ids=[f"{n}-{case[0]}-{case[1].value}" for n, case in enumerate(CASES)],
)
def test_case(rule, expected, form, texts):
    subject = printed(form, **texts)
    verdict = checked(catalogue()[rule], subject, default_parameters()[rule])
    assert verdict.outcome is expected, verdict
    assert set(verdict.paths) <= subject.values.keys() | {p.split("/")[0] for p in subject.values}
    if expected in (Outcome.FAIL, Outcome.INSUFFICIENT_DATA):
        assert verdict.paths


@pytest.mark.parametrize("form", ["sh_2019", "sh_2026", "mof_2015", "mof_self_eval"])
def test_a_blank_form_breaks_no_rule(form):
    subject = printed(form)
    for rule in catalogue().values():
        if rule.check is not None:
            outcome = checked(rule, subject, default_parameters()[rule.id]).outcome
            assert outcome is not Outcome.ERROR, rule.id
