import json
from datetime import date
from decimal import Decimal

from extractors.evidence import Cell, Grid, MarkState, TextLine, TextRun
from extractors.forms.definition import FieldType
from extractors.forms.raw import LabelledMark, Pair, Provenance, RawSkipped, RawUnmatched
from extractors.geometry import BBox
from normalizers.contract_json import to_contract
from normalizers.issues import MESSAGES, Issue, IssueCode
from normalizers.records import (
    Declaration,
    Extraction,
    Failure,
    FieldValue,
    ParsedTarget,
    Unmatched,
)

BOX = BBox(0.1, 0.2, 0.30001, 0.4)
PROOF = Provenance(2, BOX, "rapidocr", 0.99812)
PROOF_JSON = {"page": 2, "bbox": [0.1, 0.2, 0.3, 0.4], "confidence": 0.9981, "engine": "rapidocr"}
READING = Extraction("a.pdf", "ab" * 32, 3, "rapidocr", "0.1.0", ())
TARGET = ParsedTarget(">=", "85", "%", "≥85%")

DECLARATION = Declaration(
    "demo",
    2,
    (1, 2),
    (
        FieldValue("year", FieldType.YEAR, "2024年", 2024, PROOF),
        FieldValue("kind/新增", FieldType.CHOICE, "新增", True, PROOF),
        FieldValue(
            "kind/延续/改", FieldType.CHOICE, None, None, None,
            (Issue.of("kind/延续/改", IssueCode.MARK_UNKNOWN),),
        ),
        FieldValue("start", FieldType.DATE, "2024.1.1", date(2024, 1, 1), PROOF),
        FieldValue("budget", FieldType.AMOUNT, "5", Decimal("50000.00"), PROOF, unit="万元"),
        FieldValue("parts", FieldType.ROWS, None, None, None),
        FieldValue("goals/0/goal", FieldType.TEXT, "率", "率", PROOF),
        FieldValue("goals/0/target", FieldType.TARGET, "≥85%", "≥85%", PROOF, parsed=(TARGET,)),
        FieldValue("goals/1/goal", FieldType.TEXT, "", "", PROOF),
        FieldValue("remarks", FieldType.LONG_TEXT, "", "", PROOF),
    ),
    {"parts": ("name", "amount"), "goals": ("goal", "target")},
)  # fmt: skip


def test_declaration_as_the_contract_prints_it() -> None:
    printed = to_contract(DECLARATION, READING)
    assert list(printed) == [
        "kind", "form", "source", "values", "evidence", "review", "pairs", "marks", "extractor",
    ]  # fmt: skip
    assert printed["source"] == {"path": "a.pdf", "sha256": "ab" * 32, "pages": [1, 2]}
    parsed = [{"operator": ">=", "value": "85", "unit": "%", "text": "≥85%"}]
    values = {
        "year": 2024,
        "kind": {"新增": True, "延续/改": None},
        "start": "2024-01-01",
        "budget": "50000.00",
        "parts": [],
        "goals": [
            {"goal": "率", "target": "≥85%", "parsed": parsed},
            {"goal": "", "target": None},
        ],
        "remarks": "",
    }
    assert json.dumps(printed["values"]) == json.dumps(values)
    evidence = printed["evidence"]
    assert isinstance(evidence, dict)
    assert evidence["budget"] == {"raw": "5", **PROOF_JSON, "unit": "万元"}
    assert evidence["kind/新增"] == {"raw": "新增", **PROOF_JSON}
    assert "parts" not in evidence
    assert printed["review"] == [
        {
            "path": "kind/延续/改",
            "code": "mark_unknown",
            "message": MESSAGES[IssueCode.MARK_UNKNOWN],
        }
    ]
    assert printed["extractor"] == {"version": "0.1.0", "engine": "rapidocr", "form_version": 2}


def test_second_target_of_a_row_keeps_its_own_reading() -> None:
    values = tuple(
        FieldValue(f"goals/0/{k}", FieldType.TARGET, "≥85%", "≥85%", PROOF, parsed=(TARGET,))
        for k in ("medium", "annual")
    )
    printed = to_contract(
        Declaration("d", 1, (1,), values, {"goals": ("medium", "annual")}), READING
    )
    (row,) = printed["values"]["goals"]  # type: ignore[index]
    assert list(row) == ["medium", "annual", "parsed", "annual_parsed"]


def test_unmatched() -> None:
    cell = Cell(0, 0, 1, 2, BOX, (TextLine((TextRun("⻚", BOX, 1.0, "pdf"),), BOX),))
    raw = RawUnmatched(
        "登 记 表",
        (3,),
        (Pair("户名", "某某", 3, BOX, None, 0.5),),
        (LabelledMark("是", MarkState.EMPTY, 3, None),),
        ((3, Grid(1, 2, (cell,), BOX)),),
    )
    values = (FieldValue("project_name", FieldType.TEXT, "巡查", "巡查", PROOF),)
    printed = to_contract(Unmatched(raw, values), READING)
    box = [0.1, 0.2, 0.3, 0.4]
    assert printed["kind"] == "unmatched"
    assert printed["title"] == "登记表"
    assert printed["values"] == {"project_name": "巡查"}
    assert printed["pairs"] == [
        {"label": "户名", "value": "某某", "page": 3, "label_bbox": box, "value_bbox": None,
         "confidence": 0.5}
    ]  # fmt: skip
    assert printed["marks"] == [{"label": "是", "state": "empty", "page": 3, "bbox": None}]
    assert printed["tables"] == [
        {"page": 3, "bbox": box, "rows": 1, "cols": 2, "cells": [
            {"row": 0, "col": 0, "row_span": 1, "col_span": 2, "text": "页", "bbox": box}]}
    ]  # fmt: skip
    json.dumps(printed)


def test_skipped_and_failure() -> None:
    skipped = to_contract(RawSkipped((1,), "封面"), READING)
    assert (skipped["kind"], skipped["reason"]) == ("skipped", "封面")
    failure = to_contract(Failure("file_encrypted", "加密", None), READING)
    assert failure["error"] == {"code": "file_encrypted", "message": "加密"}
    page = to_contract(Failure("page_too_large", "过大", 2), READING)
    assert page["error"] == {"code": "page_too_large", "message": "过大", "page": 2}
    assert page["source"] == {"path": "a.pdf", "sha256": "ab" * 32, "pages": [2]}


def test_blank_cells_of_a_printed_row_are_empty_text_and_nothing_else_is() -> None:
    values = (
        FieldValue("budget", FieldType.AMOUNT, "", None, PROOF),
        FieldValue("parts/0/name", FieldType.TEXT, "", "", PROOF),
        FieldValue("parts/0/amount", FieldType.AMOUNT, "", None, PROOF),
        FieldValue("parts/0/due", FieldType.DATE, " ", None, PROOF),
        FieldValue("parts/1/amount", FieldType.AMOUNT, "/", None, PROOF),
        FieldValue("parts/1/due", FieldType.DATE, None, None, None),
    )
    row_keys = {"parts": ("name", "amount", "due")}
    printed = to_contract(Declaration("d", 1, (1,), values, row_keys), READING)
    assert printed["values"] == {
        "budget": None,
        "parts": [
            {"name": "", "amount": "", "due": ""},
            {"name": None, "amount": None, "due": None},
        ],
    }
