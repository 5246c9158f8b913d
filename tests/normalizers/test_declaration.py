from datetime import date
from decimal import Decimal

import pytest

from extractors.evidence import MarkState
from extractors.forms.definition import FieldType, FormDefinition
from extractors.forms.raw import Provenance, RawDeclaration, RawField, RawUnmatched
from extractors.geometry import BBox
from normalizers.calibration import calibrated
from normalizers.declaration import normalize, normalize_unmatched
from normalizers.fields import normalize_field
from normalizers.issues import IssueCode
from normalizers.records import Declaration

SURE = Provenance(1, BBox(0.1, 0.1, 0.5, 0.2), "pdf", 1.0)

FORM = FormDefinition.model_validate(
    {
        "id": "demo",
        "version": 3,
        "name": "示例申报表",
        "titles": ["示例申报表"],
        "fields": [
            {"key": "title", "type": "title"},
            {"key": "year", "type": "year"},
            {"key": "name", "type": "text", "labels": ["名称"], "required": True},
            {"key": "kind", "type": "choice", "labels": ["类型"], "options": ["新增", "延续"],
             "exclusive": True},
            {"key": "start", "type": "date", "labels": ["开始"]},
            {"key": "end", "type": "date", "labels": ["结束"]},
            {"key": "budget", "type": "amount", "labels": ["预算"], "required": True},
            {"key": "parts", "type": "rows", "columns": [
                {"key": "name", "labels": ["子项目"]},
                {"key": "amount", "type": "amount", "labels": ["金额"]}]},
            {"key": "goals", "type": "rows", "columns": [
                {"key": "goal", "labels": ["指标"]},
                {"key": "target", "type": "target", "labels": ["目标值"]}]},
            {"key": "remarks", "type": "long_text", "labels": ["备注"]},
        ],
    }
)  # fmt: skip

MARKS = {"kind/新增": MarkState.CHECKED, "kind/延续": MarkState.EMPTY}
TEXTS = {
    "title": "示例 申报表",
    "year": "（2024年度）",
    "name": "河道巡查",
    "start": "2024年1月1日",
    "end": "2024年12月31日",
    "budget": "715.5",
    "parts/0/name": "设备",
    "parts/0/amount": "1,000.00",
    "goals/0/goal": "巡查完成率",
    "goals/0/target": "≥95%",
    "remarks": "",
}
KINDS = {
    "title": FieldType.TITLE, "year": FieldType.YEAR, "start": FieldType.DATE,
    "end": FieldType.DATE, "budget": FieldType.AMOUNT, "amount": FieldType.AMOUNT,
    "target": FieldType.TARGET, "remarks": FieldType.LONG_TEXT,
}  # fmt: skip


SINGLE = ("kind", IssueCode.EXCLUSIVE_CHOICE)
UNKNOWN = ("kind/延续", IssueCode.MARK_UNKNOWN)


def declared(
    texts: dict[str, str | None] | None = None,
    marks: dict[str, MarkState | None] | None = None,
    provenance: Provenance = SURE,
    drop: str = "-",
) -> Declaration:
    fields = [
        RawField(p, KINDS.get(p.rpartition("/")[2], FieldType.TEXT), t, provenance if t is not None
                 else None, unit="万元" if p == "budget" else "元")
        for p, t in {**TEXTS, **(texts or {})}.items() if not p.startswith(drop)
    ]  # fmt: skip
    fields += [
        RawField(p, FieldType.CHOICE, p.partition("/")[2], provenance, mark=m)
        for p, m in {**MARKS, **(marks or {})}.items()
    ]
    return normalize(RawDeclaration("demo", 3, (1,), tuple(fields)), FORM)


def reviews(declaration: Declaration) -> list[tuple[str, IssueCode]]:
    return [(i.path, i.code) for i in declaration.issues]


def test_values_by_type_in_definition_order() -> None:
    declaration = declared()
    assert [(v.path, v.value) for v in declaration.values] == [
        ("title", "示例申报表"),
        ("year", 2024),
        ("name", "河道巡查"),
        ("kind/新增", True),
        ("kind/延续", False),
        ("start", date(2024, 1, 1)),
        ("end", date(2024, 12, 31)),
        ("budget", Decimal("7155000.00")),
        ("parts/0/name", "设备"),
        ("parts/0/amount", Decimal("1000.00")),
        ("goals/0/goal", "巡查完成率"),
        ("goals/0/target", "≥95%"),
        ("remarks", ""),
    ]
    assert reviews(declaration) == []
    budget = declaration.get("budget")
    assert budget is not None
    assert (budget.raw, budget.unit) == ("715.5", "万元")
    assert declaration.row_keys == {"parts": ("name", "amount"), "goals": ("goal", "target")}


@pytest.mark.parametrize(
    ("texts", "path", "code"),
    [
        ({"name": ""}, "name", IssueCode.REQUIRED_BLANK),
        ({"budget": ""}, "budget", IssueCode.REQUIRED_BLANK),
        ({"budget": "无"}, "budget", IssueCode.REQUIRED_BLANK),
        ({"budget": "1.234.567"}, "budget", IssueCode.AMOUNT_AMBIGUOUS),
        ({"budget": None}, "budget", IssueCode.MISSING),
        ({"remarks": None}, "remarks", IssueCode.MISSING),
        ({"start": "2024年1月"}, "start", IssueCode.DATE_INCOMPLETE),
        ({"start": "待定"}, "start", IssueCode.DATE_INVALID),
        ({"year": "二O年"}, "year", IssueCode.YEAR_INVALID),
        ({"name": "河道巡查（"}, "name", IssueCode.TRUNCATED),
        ({"parts/0/amount": "12,34"}, "parts/0/amount", IssueCode.AMOUNT_AMBIGUOUS),
    ],
)
def test_what_cannot_be_read_goes_to_review(
    texts: dict[str, str | None], path: str, code: IssueCode
) -> None:
    declaration = declared(texts)
    value = declaration.get(path)
    assert value is not None
    assert value.value in (None, "") or code is IssueCode.TRUNCATED
    assert value.raw == texts[path]
    assert reviews(declaration) == [(path, code)]


def test_date_without_a_value_does_not_claim_completion() -> None:
    (whole,) = declared({"start": "2024年1月1"}).issues
    (part,) = declared({"start": "2024年1月"}).issues
    assert whole.code is part.code is IssueCode.DATE_INCOMPLETE
    assert "已按常规补全" in whole.message
    assert "无法补全" in part.message


@pytest.mark.parametrize(
    ("first", "second", "values", "expected"),
    [
        (MarkState.EMPTY, MarkState.EMPTY, (False, False), [SINGLE]),
        (MarkState.CHECKED, MarkState.CHECKED, (True, True), [SINGLE]),
        (MarkState.CHECKED, None, (True, None), [UNKNOWN]),
        (MarkState.CHECKED, MarkState.UNKNOWN, (True, None), [UNKNOWN]),
        (MarkState.EMPTY, None, (False, None), [SINGLE, UNKNOWN]),
    ],
)
def test_marks(
    first: MarkState,
    second: MarkState | None,
    values: tuple[bool | None, ...],
    expected: list[tuple[str, IssueCode]],
) -> None:
    declaration = declared(marks={"kind/新增": first, "kind/延续": second})
    found = [v.value for v in declaration.values if v.path.startswith("kind/")]
    assert tuple(found) == values
    assert reviews(declaration) == expected


@pytest.mark.parametrize(
    ("confidence", "doubtful"),
    [(0.99, set()), (0.96, {"remarks"}), (0.94, {*TEXTS, *MARKS})],
)
def test_unsure_values_go_to_a_person(confidence: float, doubtful: set[str]) -> None:
    declaration = declared(provenance=Provenance(1, None, "fake", confidence))
    assert {i.path for i in declaration.issues} == doubtful
    assert {i.code for i in declaration.issues} <= {IssueCode.LOW_CONFIDENCE}


@pytest.mark.parametrize("engine", ["rapidocr", "pdfplumber"])
def test_confidence_is_the_probability_that_an_engine_was_right(engine: str) -> None:
    declaration = declared(provenance=Provenance(1, None, engine, 0.7))
    (budget,) = (v for v in declaration.values if v.path == "budget")
    assert budget.provenance is not None
    assert budget.provenance.confidence == calibrated(0.7, engine, FieldType.AMOUNT)
    assert (budget.provenance.confidence == 0.7) == (engine == "pdfplumber")


@pytest.mark.parametrize(
    ("text", "engine", "doubtful"),
    [
        ("0", "rapidocr", True),
        ("所", "rapidocr", False),
        ("A2", "rapidocr", False),
        ("0", "pdf", False),
        ("某区地方志编纂室 1", "rapidocr", True),
        ("某某试点经费 桥", "rapidocr", True),
        ("水 务 局", "rapidocr", False),
        ("某区地方志编纂室 1", "pdf", False),
    ],
)
def test_lone_figure_is_no_name_and_no_end_of_one_that_was_recognized(
    text: str, engine: str, doubtful: bool
) -> None:
    field = RawField("applicant", FieldType.TEXT, text, Provenance(1, None, engine, 0.999))
    codes = {i.code for i in normalize_field(field).issues}
    assert (IssueCode.LOW_CONFIDENCE in codes) == doubtful


def test_codes_of_matching_are_kept() -> None:
    raw = RawField("goals/0/goal", FieldType.TEXT, "完成率", SURE, issues=("inferred_merge",))
    declaration = normalize(RawDeclaration("demo", 3, (1,), (raw,)), FORM)
    assert ("goals/0/goal", IssueCode.INFERRED_MERGE) in reviews(declaration)


def test_nothing_matched_still_has_every_field() -> None:
    declaration = normalize(RawDeclaration("demo", 3, (1,), ()), FORM)
    assert [v.path for v in declaration.values] == [
        "title", "year", "name", "kind/新增", "kind/延续", "start", "end", "budget", "parts",
        "goals", "remarks",
    ]  # fmt: skip
    assert all(v.value is None for v in declaration.values)
    assert ("name", IssueCode.MISSING) in reviews(declaration)
    assert ("kind/新增", IssueCode.MARK_UNKNOWN) in reviews(declaration)


def test_two_dates_of_one_cell_share_its_period() -> None:
    text = "2024年1月1日至12月31日"
    declaration = declared({"start": text, "end": text})
    assert [declaration.get(p).value for p in ("start", "end")] == [  # type: ignore[union-attr]
        date(2024, 1, 1),
        date(2024, 12, 31),
    ]
    assert reviews(declaration) == []


def test_cut_column_flags_its_cells_once() -> None:
    declaration = declared(
        {
            "goals/0/goal": "河道巡查制度，严",
            "goals/1/goal": "为沿河居民环境提",
            "goals/2/goal": "完成率",
        }
    )
    assert [p for p, c in reviews(declaration) if c is IssueCode.TRUNCATED] == [
        "goals/0/goal",
        "goals/1/goal",
    ]


def test_known_fields_of_an_unknown_layout() -> None:
    fields = (RawField("budget", FieldType.AMOUNT, "5", SURE, unit="万元"),)
    unmatched = normalize_unmatched(RawUnmatched("表", (1,), (), (), (), fields))
    assert unmatched.values[0].value == Decimal("50000.00")
