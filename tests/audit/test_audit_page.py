"""The page on audits tells of every rule and parameter, as they are."""

import re

from audit.catalogue import catalogue
from audit.parameters import default_parameters
from audit.verdict import LETTERS
from bench.audit_page import PAGE, with_rules


def test_the_table_of_rules_is_that_of_the_catalogue():
    page = PAGE.read_text("utf-8")
    assert with_rules(page) == page, "run `make picture`, or `python -m bench.audit_page`"


def test_every_rule_and_parameter_is_described():
    page = PAGE.read_text("utf-8")
    for rule in catalogue():
        (line,) = re.findall(rf"^\| `{rule}` \|.*$", page.partition("<!-- /rules")[0], re.M)
        for name in default_parameters()[rule].settings:
            assert f"`{name}`" in line


def test_every_outcome_is_described_with_its_letter():
    found = re.findall(r"^\| `(\w+)` \| ([A-Z-]) \|", PAGE.read_text("utf-8"), re.M)
    assert dict(found) == {outcome.value: letter for outcome, letter in LETTERS.items()}
