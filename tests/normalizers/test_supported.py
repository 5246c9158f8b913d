"""Ambiguous amounts whose picture leaves one reading."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.forms.definition import FieldType
from extractors.forms.raw import RawField
from normalizers.fields import normalize_field
from normalizers.issues import IssueCode


@pytest.mark.parametrize(
    ("text", "others", "value", "code"),
    [
        ("245.000", ("", "", "", ",", "", "", ""), "245000.00", IssueCode.SOURCES_DISAGREE),
        ("245.000", (), None, IssueCode.AMOUNT_AMBIGUOUS),
        ("245.000", ("", "", "", ",", "", "", " "), None, IssueCode.AMOUNT_AMBIGUOUS),
        (".410,000", ("",) * 8, "410000.00", IssueCode.SOURCES_DISAGREE),
        ("300000.", ("",) * 7, "300000.00", IssueCode.SOURCES_DISAGREE),
        ("50;000.00", ("",) * 9, "50000.00", IssueCode.SOURCES_DISAGREE),
        ("70000:00", ("",) * 8, "70000.00", IssueCode.SOURCES_DISAGREE),
        ("8152800。", ("",) * 8, "8152800.00", IssueCode.SOURCES_DISAGREE),
        ("120.000", ("",) * 7, "120000.00", IssueCode.SOURCES_DISAGREE),
        ("1.234.567", ("",) * 9, "1234567.00", IssueCode.SOURCES_DISAGREE),
        ("12;34", ("",) * 5, None, IssueCode.AMOUNT_INVALID),
        ("300000.", (), None, IssueCode.AMOUNT_AMBIGUOUS),
        (".5", ("", ""), None, IssueCode.AMOUNT_INVALID),
        ("245,000", ("", "", "", ".", "", "", ""), "245000.00", None),
    ],
    ids=[
        "a comma without its tail",
        "a point for all that is seen",
        "two readings",
        "dirt before it",
        "dirt behind it",
        "dirt above a comma",
        "dirt above a point",
        "a stop behind it",
        "no yuan have three decimals",
        "two commas without their tails",
        "no groups of three",
        "printed so",
        "a fraction",
        "no doubt",
    ],
)
def test_an_ambiguous_amount_is_what_alone_its_picture_allows(
    text: str, others: tuple[str, ...], value: str | None, code: IssueCode | None
) -> None:
    found = normalize_field(RawField("total_budget", FieldType.AMOUNT, text, None, others=others))
    assert found.value == (None if value is None else Decimal(value))
    assert [i.code for i in found.issues] == ([] if code is None else [code])
