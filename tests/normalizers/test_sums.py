"""Sums choose between readings that the picture supports, and never overrule it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from pydantic import ValidationError

from extractors.forms.definition import (
    ColumnDefinition,
    FieldDefinition,
    FieldType,
    FormDefinition,
    SumDefinition,
)
from extractors.forms.raw import Provenance, RawDeclaration, RawField
from normalizers.declaration import normalize
from normalizers.issues import IssueCode
from normalizers.records import FieldValue

FORM = FormDefinition(
    id="demo",
    version=1,
    name="示例",
    titles=("示例表",),
    fields=(
        FieldDefinition(key="total", type=FieldType.AMOUNT, labels=("合计",)),
        FieldDefinition(
            key="parts",
            type=FieldType.ROWS,
            columns=(ColumnDefinition(key="amount", type=FieldType.AMOUNT, labels=("金额",)),),
        ),
    ),
    sums=(SumDefinition(total="total", parts="parts/amount"),),
)
DOUBTFUL = 0.6


def amount(path: str, text: str, others: dict[int, str] | None = None) -> RawField:
    seen = tuple((others or {}).get(i, "") for i in range(len(text)))
    proof = Provenance(1, None, "fake", DOUBTFUL)
    return RawField(path, FieldType.AMOUNT, text, proof, others=seen)


def values(*fields: RawField, form: FormDefinition = FORM) -> list[FieldValue]:
    return list(normalize(RawDeclaration("demo", 1, (1,), fields), form).values)


def summed(total: RawField, *parts: RawField) -> list[Decimal | None]:
    return [v.value for v in values(total, *parts)]  # type: ignore[misc]


PARTS = (amount("parts/0/amount", "300"), amount("parts/1/amount", "70"))


def test_amounts_that_add_up_are_sure_and_need_no_person() -> None:
    found = values(amount("total", "370"), *PARTS)
    assert all(v.provenance is not None and v.provenance.confidence > 0.99 for v in found)
    assert [v.issues for v in found] == [(), (), ()]


def test_the_one_reading_that_makes_them_add_up_is_taken_and_shown_to_a_person() -> None:
    found = values(amount("total", "310", {1: "47"}), *PARTS)
    assert [v.value for v in found] == [Decimal(370), Decimal(300), Decimal(70)]
    assert [i.code for i in found[0].issues] == [IssueCode.SOURCES_DISAGREE]
    assert found[0].raw == "310"


@pytest.mark.parametrize(
    ("total", "parts"),
    [
        (amount("total", "310"), PARTS),
        (amount("total", "310", {1: "4"}), PARTS),
        (
            amount("total", "310", {1: "7"}),
            (amount("parts/0/amount", "300", {0: "2"}), replace(PARTS[1], text="10")),
        ),
    ],
    ids=["no other reading", "none that fits", "adds up already elsewhere"],
)
def test_what_the_picture_does_not_support_stays_as_printed(
    total: RawField, parts: tuple[RawField, ...]
) -> None:
    read = [Decimal(f.text or "") for f in (total, *parts)]
    assert summed(total, *parts) == read


def test_two_ways_to_add_up_leave_all_as_read() -> None:
    total = amount("total", "310", {1: "7"})
    parts = (amount("parts/0/amount", "300", {1: "1"}), amount("parts/1/amount", "70", {0: "1"}))
    assert summed(total, *parts) == [310, 300, 70]


def test_a_sum_of_what_is_no_amount_is_refused() -> None:
    sums = (SumDefinition(total="total", parts="parts/name"),)
    with pytest.raises(ValidationError, match="parts/name"):
        FormDefinition.model_validate({**dict(FORM), "sums": sums})
