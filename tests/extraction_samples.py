"""Readings made by hand that use every kind of record, value and proof."""

from datetime import date
from decimal import Decimal

from extractors.evidence import Cell, Grid, Mark, MarkState, TextLine, TextRun
from extractors.forms.definition import FieldType
from extractors.forms.raw import LabelledMark, Pair, Provenance, RawSkipped, RawUnmatched
from extractors.geometry import BBox
from normalizers.issues import Issue, IssueCode
from normalizers.records import (
    Declaration,
    Extraction,
    Failure,
    FieldValue,
    ParsedTarget,
    Unmatched,
)

BOX = BBox(0.21, 0.14, 0.88, 0.1600000001)
SHA = "ab" * 32
VERSION = "0.1.0"


def value(path, kind, raw, given, *issues, **more):
    proof = None if raw is None else Provenance(1, more.pop("bbox", BOX), "rapidocr", 0.9731)
    return FieldValue(
        path, kind, raw, given, proof, tuple(Issue.of(p, code) for p, code in issues), **more
    )


def declaration(name="河道养护", annual="1300000.50", pages=(2, 3), year=2019):
    target = ParsedTarget(">=", "85", "%", "≥85%")
    return Declaration(
        form_id="sh_2019",
        form_version=1,
        pages=pages,
        values=(
            value("title", FieldType.TITLE, "项目申报表", "项目申报表"),
            value("year", FieldType.YEAR, "（2019年）", year),
            value("applicant", FieldType.TEXT, "水务中心", "水务中心"),
            value("project_name", FieldType.TEXT, name, name),
            value("fund_use/信息化", FieldType.CHOICE, "☑", True),
            value("fund_use/其他", FieldType.CHOICE, "□", False),
            value(
                "fund_use/政府购买服务",
                FieldType.CHOICE,
                "",
                None,
                ("fund_use/政府购买服务", IssueCode.MARK_UNKNOWN),
                ("fund_use", IssueCode.EXCLUSIVE_CHOICE),
            ),
            value(
                "start_date",
                FieldType.DATE,
                "2019年1月1",
                date(2019, 1, 1),
                ("start_date", IssueCode.DATE_INCOMPLETE),
            ),
            value("end_date", FieldType.DATE, None, None, ("end_date", IssueCode.MISSING)),
            value("overview", FieldType.LONG_TEXT, "第一段\n第二段", "第一段\n第二段", bbox=None),
            value("annual_budget", FieldType.AMOUNT, "130.00005", Decimal(annual), unit="万元"),
            value("prev_budget", FieldType.AMOUNT, "1000000", Decimal(1000000), unit="元"),
            value("prev_execution", FieldType.AMOUNT, "600000", Decimal(600000), unit="元"),
            value("subprojects/0/name", FieldType.TEXT, "清淤", "清淤"),
            value("subprojects/0/amount", FieldType.AMOUNT, "1", Decimal("0.01"), unit="元"),
            value("subprojects/1/name", FieldType.TEXT, "", ""),
            value("subprojects/1/amount", FieldType.AMOUNT, "", None),
            value("indicators/0/level1", FieldType.TEXT, "产出目标", "产出目标"),
            value("indicators/0/level2", FieldType.TEXT, "数量目标", "数量目标"),
            value("indicators/0/level3", FieldType.TEXT, "完成率", "完成率"),
            value("indicators/0/target", FieldType.TARGET, "≥85%", "≥85%", parsed=(target,)),
            value("indicators/0/score", FieldType.AMOUNT, "10", Decimal(10)),
        ),
        row_keys={
            "subprojects": ("name", "amount"),
            "indicators": ("level1", "level2", "level3", "target", "score"),
            "plan": ("content",),
        },
    )


def unmatched(pages=(4,)):
    line = TextLine(
        (TextRun("单位", BOX, 0.9, "pdf"), Mark(MarkState.EMPTY, None, 0.8, "pdf")), BOX
    )
    return Unmatched(
        raw=RawUnmatched(
            title="登记表",
            pages=pages,
            pairs=(Pair("单位", "某局", 4, BOX, None, 0.75),),
            marks=(LabelledMark("是", MarkState.CHECKED, 4, BOX),),
            tables=((4, Grid(1, 1, (Cell(0, 0, 1, 1, BOX, (line,)),), BOX)),),
        ),
        values=(
            value("project_name", FieldType.TEXT, "某项目", "某项目"),
            value("year", FieldType.YEAR, "x", None, ("year", IssueCode.YEAR_INVALID)),
        ),
    )


def extraction(*records, **changes):
    given = {
        "path": "archive/甲.pdf",
        "sha256": SHA,
        "page_count": 6,
        "engine": "rapidocr",
        "extractor_version": VERSION,
        "records": records or full_records(),
        "kind": "pdf",
        "byte_size": 1234,
        "page_kinds": ("picture",) * 6,
    }
    return Extraction(**(given | changes))


def full_records():
    return (
        RawSkipped((1,), "封面 / cover"),
        declaration(),
        unmatched(),
        Failure("page_too_large", "缩小后重试 / shrink it", 5),
    )


def failed(code="file_encrypted", **changes):
    problem = Failure(code, "请先解密 / decrypt it first")
    return extraction(problem, **({"page_count": 0, "page_kinds": ()} | changes))
