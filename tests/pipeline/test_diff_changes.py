"""Fields are compared by name, rows by what they say."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from extraction_samples import declaration, value

from extractors.forms.definition import FieldType
from normalizers.records import Declaration
from pipeline.diff.changes import ChangeKind, changes
from pipeline.diff.rows import paired, rows_of

INDICATORS = [
    ("产出目标", "数量目标", "清淤河道长度", "≥85%"),
    ("产出目标", "数量目标", "护岸维修次数", "12次"),
    ("产出目标", "质量目标", "验收合格率", "100%"),
    ("效益目标", "社会效益", "受益人口", "3万人"),
    ("效益目标", "满意度", "居民满意度", "≥90%"),
]


def with_rows(rows):
    columns = ("level1", "level2", "level3", "target")
    values = tuple(
        value(f"indicators/{i}/{column}", FieldType.TEXT, text, text)
        for i, row in enumerate(rows)
        for column, text in zip(columns, row, strict=True)
    )
    return Declaration("sh_2019", 1, (1,), values, {"indicators": columns})


def found(before, after):
    return [
        (c.kind, c.path, c.before and c.before.value, c.after and c.after.value)
        for c in changes(before, after)
    ]


def test_equal_readings_have_no_changes():
    assert changes(declaration(), declaration()) == []


def test_a_changed_field_is_named_with_both_sides():
    assert found(declaration(), declaration(annual="99.00")) == [
        (ChangeKind.VALUE, "annual_budget", Decimal("1300000.50"), Decimal("99.00"))
    ]


def test_other_characters_of_one_meaning_are_a_change_of_text():
    before = declaration()
    after = replace(
        before,
        values=tuple(
            replace(v, raw="2019 年 1 月 1") if v.path == "start_date" else v for v in before.values
        ),
    )
    assert [(c.kind, c.path) for c in changes(before, after)] == [(ChangeKind.TEXT, "start_date")]


def test_an_inserted_row_is_one_added_row():
    new = ("产出目标", "时效目标", "完工时间", "12月底前")
    before, after = with_rows(INDICATORS), with_rows([new, *INDICATORS])
    assert {(c.kind, c.path.split("/")[1]) for c in changes(before, after)} == {
        (ChangeKind.ADDED, "0")
    }
    assert {(c.kind, c.path.split("/")[1]) for c in changes(after, before)} == {
        (ChangeKind.REMOVED, "0")
    }


@pytest.mark.parametrize("seed", range(5))
def test_rows_in_another_order_are_no_change(seed):
    shuffled = random.Random(seed).sample(INDICATORS, len(INDICATORS))
    assert changes(with_rows(INDICATORS), with_rows(shuffled)) == []


def test_a_changed_cell_of_a_moved_row_is_found():
    moved = [
        INDICATORS[4],
        *INDICATORS[:2],
        ("产出目标", "质量目标", "验收合格率", "98%"),
        INDICATORS[3],
    ]
    assert found(with_rows(INDICATORS), with_rows(moved)) == [
        (ChangeKind.VALUE, "indicators/3/target", "100%", "98%")
    ]


def test_rows_under_one_heading_are_not_alike_for_its_sake():
    other = ("产出目标", "数量目标", "举办培训", "40人次")
    pairs = paired(
        rows_of(with_rows(INDICATORS[:2]), "indicators"),
        rows_of(with_rows([INDICATORS[1], other]), "indicators"),
    )
    names = [tuple(row and row["level3"].value for row in pair) for pair in pairs]
    assert names == [("护岸维修次数", "护岸维修次数"), (None, "举办培训"), ("清淤河道长度", None)]


def test_twins_are_paired_in_order_and_one_more_is_added():
    twin = INDICATORS[0]
    before, after = with_rows([twin, twin]), with_rows([twin, twin, twin])
    assert {(c.kind, c.path.split("/")[1]) for c in changes(before, after)} == {
        (ChangeKind.ADDED, "2")
    }
