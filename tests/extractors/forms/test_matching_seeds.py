"""Five real declarations as OCR text, where they are at hand, against facts checked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.evidence import MarkState
from extractors.forms.loader import builtin_definitions
from extractors.forms.matching import match_pages
from extractors.forms.raw import RawDeclaration
from extractors.markup import read_markup

SEEDS = Path(__file__).parents[3] / "../shared/seeds/declarations-2019.md"
pytestmark = pytest.mark.skipif(not SEEDS.exists(), reason="the seeds are not at hand")

# total, annual, previous budget, previous execution; sub-project amounts
MONEY = [
    (("7150000", "7150000", "6250000", "6234000"), ("3800000", "1650000", "900000", "800000")),
    (("4200000", "4200000", "4250000", "4250000"), ("1500000", "300000", "2400000")),
    (("1300000", "1300000", "1650000", "1533500"), ("1000000", "300000")),
    (("2300000", "2300000", "1900000", "1900000"), ("600000", "500000", "1000000", "200000")),
    (("2550000", "2550000", "2500000", "2495000"), ("2000000", "550000")),
]
STARTS = [
    "2019 年 1 月 1",
    "2019年1月1日",
    "2019 年 01 月 01 日",
    "2019年 1 月 1 日",
    "19 年 1 月 1",
]


@pytest.fixture(scope="module")
def declarations() -> list[RawDeclaration]:
    page = read_markup(SEEDS.read_text(encoding="utf-8"))
    records = match_pages([page], builtin_definitions())
    assert all(isinstance(r, RawDeclaration) for r in records)
    return [r for r in records if isinstance(r, RawDeclaration)]


def texts(declaration: RawDeclaration, prefix: str, suffix: str = "") -> list[str | None]:
    paths = [f for f in declaration.fields if f.path.startswith(prefix)]
    return [f.text for f in paths if f.path.endswith(suffix)]


def test_there_are_exactly_five(declarations: list[RawDeclaration]) -> None:
    assert [(d.form_id, d.pages) for d in declarations] == [("sh_2019", (1,))] * 5


def test_nothing_is_missing_or_inferred(declarations: list[RawDeclaration]) -> None:
    for declaration in declarations:
        assert all(f.text is not None for f in declaration.fields)
        assert all(not f.issues for f in declaration.fields)
        assert texts(declaration, "remarks") == [""]
        assert texts(declaration, "year") == ["(2019年)"]


@pytest.mark.parametrize("number", range(5))
def test_money(declarations: list[RawDeclaration], number: int) -> None:
    declaration = declarations[number]
    single = ("total_budget", "annual_budget", "prev_budget", "prev_execution")
    amounts = tuple(t for key in single for t in texts(declaration, key))
    assert (amounts, tuple(texts(declaration, "subprojects", "amount"))) == MONEY[number]
    assert all(texts(declaration, "subprojects", "name"))


def test_dates_are_as_printed(declarations: list[RawDeclaration]) -> None:
    assert [texts(d, "start_date")[0] for d in declarations] == STARTS
    assert texts(declarations[0], "end_date") == ["结束日期： 2019年 12 月 31 日"]


@pytest.mark.parametrize("number", range(5))
def test_marks(declarations: list[RawDeclaration], number: int) -> None:
    marks = {f.path: f.mark for f in declarations[number].fields if f.type == "choice"}
    checked = {path for path, state in marks.items() if state is MarkState.CHECKED}
    both = {"project_type/其他经常性项目"} if number < 2 else set()
    assert checked == {"project_type/其他一次性项目", "fund_use/其他事业专业类", *both}
    assert [path for path, state in marks.items() if state is None] == ["fund_use/政府购买服务"]
    assert len(marks) == 11


@pytest.mark.parametrize("number", range(5))
def test_indicators(declarations: list[RawDeclaration], number: int) -> None:
    level1 = texts(declarations[number], "indicators", "level1")
    spans = {"投入和管理目标": 2, "产出目标": 3, "效果目标": 3, "影响力目标": 2}
    assert level1 == [name for name, count in spans.items() for _ in range(count)]
    level2 = texts(declarations[number], "indicators", "level2")
    assert [i for i, text in enumerate(level2) if not text] == ([8] if number == 0 else [])
    assert len(texts(declarations[number], "indicators", "target")) == 10


def test_traps(declarations: list[RawDeclaration]) -> None:
    third = declarations[2]
    assert texts(third, "indicators/2/level3") == ["活动次数 参与人员"]
    assert texts(third, "indicators/2/target") == ["3次 约200人次"]
    assert texts(third, "indicators/1/level2") == ["项目管理"]
    assert texts(declarations[0], "necessity")[0].endswith("对上")  # type: ignore[union-attr]
    safeguards = texts(declarations[1], "safeguards")[0]
    assert safeguards is not None
    assert safeguards.count("\n") == 2
