"""Five real declarations as OCR text, where they are at hand: from file to record."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from extractors.forms.loader import builtin_definitions
from extractors.forms.matching import match_pages
from extractors.forms.raw import RawDeclaration
from extractors.markup import read_markup
from normalizers.declaration import normalize
from normalizers.records import Declaration, Value

SEEDS = Path(__file__).parent / "../../shared/seeds/declarations-2019.md"
pytestmark = pytest.mark.skipif(not SEEDS.exists(), reason="the seeds are not at hand")

ANNUAL = [7_150_000, 4_200_000, 1_300_000, 2_300_000, 2_550_000]
PREVIOUS = [
    (6_250_000, 6_234_000),
    (4_250_000, 4_250_000),
    (1_650_000, 1_533_500),
    (1_900_000, 1_900_000),
    (2_500_000, 2_495_000),
]


@pytest.fixture(scope="module")
def declarations() -> list[Declaration]:
    definitions = builtin_definitions()
    by_id = {d.id: d for d in definitions}
    records = match_pages([read_markup(SEEDS.read_text(encoding="utf-8"))], definitions)
    assert all(isinstance(r, RawDeclaration) for r in records)
    return [normalize(r, by_id[r.form_id]) for r in records if isinstance(r, RawDeclaration)]


def value(declaration: Declaration, path: str) -> Value:
    found = declaration.get(path)
    assert found is not None, path
    return found.value


def column(declaration: Declaration, key: str, name: str) -> list[Value]:
    return [
        v.value
        for v in declaration.values
        if v.path.startswith(f"{key}/") and v.path.endswith(f"/{name}")
    ]


def test_every_sum_is_right(declarations: list[Declaration]) -> None:
    for declaration, annual, previous in zip(declarations, ANNUAL, PREVIOUS, strict=True):
        assert value(declaration, "total_budget") == annual
        assert value(declaration, "annual_budget") == annual
        assert value(declaration, "prev_budget") == previous[0]
        assert value(declaration, "prev_execution") == previous[1]
        amounts = column(declaration, "subprojects", "amount")
        assert all(isinstance(a, Decimal) for a in amounts)
        assert sum(a for a in amounts if isinstance(a, Decimal)) == annual


def test_heading_and_dates(declarations: list[Declaration]) -> None:
    for declaration in declarations:
        assert value(declaration, "title") == "上海市财政支出项目绩效目标申报表"
        assert value(declaration, "year") == 2019
        assert value(declaration, "start_date") == date(2019, 1, 1)
        assert value(declaration, "end_date") == date(2019, 12, 31)
        assert len({value(d, "applicant") for d in declarations}) == 1
        assert value(declaration, "remarks") == ""


def test_choices(declarations: list[Declaration]) -> None:
    for number, declaration in enumerate(declarations):
        assert value(declaration, "project_type/其他一次性项目") is True
        assert value(declaration, "project_type/其他经常性项目") is (number < 2)
        assert value(declaration, "project_type/结转项目") is False
        assert value(declaration, "fund_use/政府购买服务") is None
        assert value(declaration, "fund_use/资产购置类") is False
        assert value(declaration, "fund_use/其他事业专业类") is True


def test_rows(declarations: list[Declaration]) -> None:
    assert [len(column(d, "subprojects", "name")) for d in declarations] == [4, 3, 2, 4, 2]
    assert [len(column(d, "indicators", "target")) for d in declarations] == [10] * 5
    assert column(declarations[0], "indicators", "level2")[8] == ""
    parsed = declarations[2].get("indicators/2/target")
    assert parsed is not None
    assert [(t.operator, t.value, t.unit) for t in parsed.parsed] == [
        ("=", "3", "次"),
        ("~", "200", "人次"),
    ]


def test_doubts_are_named(declarations: list[Declaration]) -> None:
    codes = [{(i.path, i.code.value) for i in d.issues} for d in declarations]
    assert all(("fund_use/政府购买服务", "mark_unknown") in c for c in codes)
    exclusive = [("project_type", "exclusive_choice") in c for c in codes]
    assert exclusive == [True, True, False, False, False]
    incomplete = [("start_date", "date_incomplete") in c for c in codes]
    assert incomplete == [True, False, False, False, True]
    for number in (0, 1, 3, 4):
        assert any(code == "truncated" for _, code in codes[number])
    kinds = {code for c in codes for _, code in c}
    assert kinds == {"mark_unknown", "exclusive_choice", "date_incomplete", "truncated"}
