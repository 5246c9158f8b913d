"""Records as the JSON objects that other programs read; the shape is binding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from extractors.evidence import Grid
from extractors.forms.definition import FieldType
from extractors.forms.raw import LabelledMark, Pair, RawSkipped
from extractors.geometry import BBox
from normalizers.issues import Issue
from normalizers.records import (
    Declaration,
    Extraction,
    Failure,
    FieldValue,
    ParsedTarget,
    Record,
    Unmatched,
    Value,
)
from normalizers.text import clean_text, clean_title

_CONFIDENCE_DIGITS = 4
"""Decimals of a confidence: 1/10,000 is finer than any calibration."""

_ROW_CELL_PARTS = 3
"""Parts of the path of a row cell: ``subprojects/0/amount``."""


def to_contract(record: Record, extraction: Extraction) -> dict[str, object]:
    """One line of `extract`.

    Args:
        record: What was found.
        extraction: The reading of the file it belongs to.

    Returns:
        Object of JSON types; keys in the order of the contract, values in the definition's.
    """
    if isinstance(record, Declaration):
        return _declaration(record, extraction)
    if isinstance(record, Unmatched):
        return _unmatched(record, extraction)
    if isinstance(record, RawSkipped):
        source = _source(extraction, record.pages)
        return {"kind": "skipped", "source": source, "reason": record.reason}
    return _failure(record, extraction)


def _declaration(record: Declaration, extraction: Extraction) -> dict[str, object]:
    return {
        "kind": "declaration",
        "form": record.form_id,
        "source": _source(extraction, record.pages),
        "values": _nested(record.values, record.row_keys),
        "evidence": _evidence(record.values),
        "review": _review(record.issues),
        "pairs": [_pair(p) for p in record.extras.pairs],
        "marks": [_mark(m) for m in record.extras.marks],
        "extractor": {**_extractor(extraction), "form_version": record.form_version},
    }


def _unmatched(record: Unmatched, extraction: Extraction) -> dict[str, object]:
    raw = record.raw
    return {
        "kind": "unmatched",
        "source": _source(extraction, raw.pages),
        "title": clean_title(raw.title),
        "values": _nested(record.values, {}),
        "evidence": _evidence(record.values),
        "review": _review(i for v in record.values for i in v.issues),
        "pairs": [_pair(p) for p in raw.pairs],
        "marks": [_mark(m) for m in raw.marks],
        "tables": [_table(page, grid) for page, grid in raw.tables],
        "extractor": _extractor(extraction),
    }


def _pair(pair: Pair) -> dict[str, object]:
    return {
        "label": clean_text(pair.label),
        "value": clean_text(pair.value),
        "page": pair.page,
        "label_bbox": _box(pair.label_bbox),
        "value_bbox": _box(pair.value_bbox),
        "confidence": round(pair.confidence, _CONFIDENCE_DIGITS),
    }


def _mark(mark: LabelledMark) -> dict[str, object]:
    return {
        "label": clean_text(mark.label),
        "state": mark.state.value,
        "page": mark.page,
        "bbox": _box(mark.bbox),
    }


def _failure(record: Failure, extraction: Extraction) -> dict[str, object]:
    error: dict[str, object] = {"code": record.code, "message": record.message}
    if record.page is not None:
        error["page"] = record.page
    pages = () if record.page is None else (record.page,)
    return {"kind": "failure", "source": _source(extraction, pages), "error": error}


def _source(extraction: Extraction, pages: Iterable[int]) -> dict[str, object]:
    return {"path": extraction.path, "sha256": extraction.sha256, "pages": list(pages)}


def _extractor(extraction: Extraction) -> dict[str, object]:
    return {"version": extraction.extractor_version, "engine": extraction.engine}


def _nested(
    values: Iterable[FieldValue], row_keys: Mapping[str, tuple[str, ...]]
) -> dict[str, object]:
    """Scalars by key, options as an object, rows as a list of objects with every column."""
    nested: dict[str, object] = {}
    rows: dict[str, dict[str, dict[str, object]]] = {}
    for value in values:
        key, *rest = value.path.split("/", _ROW_CELL_PARTS - 1)
        if value.type is FieldType.CHOICE:
            options = nested.setdefault(key, {})
            if isinstance(options, dict):
                options[value.path.partition("/")[2]] = value.value
        elif value.type is FieldType.ROWS or len(rest) == _ROW_CELL_PARTS - 1:
            nested.setdefault(key, [])
            if rest:
                row = rows.setdefault(key, {}).setdefault(
                    rest[0], dict.fromkeys(row_keys.get(key, ()))
                )
                row.update(_entry(rest[1], _blank_as_text(value), row))
        else:
            nested.update(_entry(key, value, nested))
    nested.update({key: list(entries.values()) for key, entries in rows.items()})
    return {**nested, **{key: [] for key in row_keys if key not in nested}}


def _blank_as_text(cell: FieldValue) -> FieldValue:
    """A cell of a row that is printed and empty has the value ``""``, whatever its type."""
    empty = cell.value is None and cell.raw is not None and not cell.raw.strip()
    return replace(cell, value="") if empty else cell


def _entry(key: str, value: FieldValue, beside: Mapping[str, object]) -> dict[str, object]:
    """The value under its key; a target with what was read in it, under ``parsed``.

    A second target of the same row is parsed under its own name, ``<key>_parsed``.
    """
    entry: dict[str, object] = {key: _scalar(value.value)}
    if value.type is FieldType.TARGET:
        name = f"{key}_parsed" if "parsed" in beside else "parsed"
        entry[name] = [_target(t) for t in value.parsed]
    return entry


def _scalar(value: Value) -> object:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else value


def _target(target: ParsedTarget) -> dict[str, object]:
    return {
        "operator": target.operator,
        "value": target.value,
        "unit": target.unit,
        "text": target.text,
    }


def _evidence(values: Iterable[FieldValue]) -> dict[str, object]:
    """Proof by path; a field that was not found has none."""
    evidence: dict[str, object] = {}
    for value in values:
        proof = value.provenance
        if proof is None:
            continue
        entry: dict[str, object] = {
            "raw": value.raw,
            "page": proof.page,
            "bbox": _box(proof.bbox),
            "confidence": round(proof.confidence, _CONFIDENCE_DIGITS),
            "engine": proof.engine,
        }
        if value.unit not in (None, "元"):
            entry["unit"] = value.unit
        evidence[value.path] = entry
    return evidence


def _review(issues: Iterable[Issue]) -> list[dict[str, object]]:
    return [{"path": i.path, "code": i.code.value, "message": i.message} for i in issues]


def _table(page: int, grid: Grid) -> dict[str, object]:
    return {
        "page": page,
        "bbox": _box(grid.bbox),
        "rows": grid.rows,
        "cols": grid.cols,
        "cells": [
            {
                "row": c.row,
                "col": c.col,
                "row_span": c.row_span,
                "col_span": c.col_span,
                "text": clean_text(c.text),
                "bbox": _box(c.bbox),
            }
            for c in grid.cells
        ],
    }


def _box(box: BBox | None) -> list[float] | None:
    return None if box is None else box.as_list()
