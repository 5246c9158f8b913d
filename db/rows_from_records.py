"""Records into rows: nothing is cleaned, rounded or left out on the way in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from db.models import (
    DeclarationRow,
    FieldValueRow,
    IndicatorRow,
    IssueRow,
    Link,
    SubprojectRow,
    UnmatchedMarkRow,
    UnmatchedPairRow,
    UnmatchedRow,
)
from extractors.forms.raw import Extras, RawUnmatched
from extractors.geometry import BBox
from normalizers.records import Declaration, FieldValue, ParsedTarget, Unmatched, Value

PARSED = TypeAdapter(tuple[ParsedTarget, ...])
UNMATCHED = TypeAdapter(RawUnmatched)
EXTRAS = TypeAdapter(Extras)

INDICATOR_TEXTS = ("level1", "level2", "level3", "target")


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where a reading belongs: columns of `DeclarationRow` that the record itself cannot know."""

    extraction_id: int
    ordinal: int
    filing_id: int
    link: Link
    identity: str | None
    correction_id: int | None = None


def declaration_row(record: Declaration, belongs: Belonging) -> DeclarationRow:
    """A declaration with all its values, issues, sub-projects and indicators."""
    row = DeclarationRow(
        extraction_id=belongs.extraction_id,
        ordinal=belongs.ordinal,
        filing_id=belongs.filing_id,
        correction_id=belongs.correction_id,
        link=belongs.link,
        identity=belongs.identity,
        saved_at=datetime.now(UTC),
        form_id=record.form_id,
        form_version=record.form_version,
        first_page=min(record.pages),
        last_page=max(record.pages),
        pages=list(record.pages),
        row_keys={key: list(columns) for key, columns in record.row_keys.items()},
        extras=EXTRAS.dump_python(record.extras, mode="json"),
        title=_identity_text(record, "title"),
        year=_identity_year(record),
        applicant=_identity_text(record, "applicant"),
        project_name=_identity_text(record, "project_name"),
    )
    row.values = _value_rows(record.values)
    row.issues = [issue for value in row.values for issue in value.issues]
    tables = _printed_rows(record)
    row.subprojects = [_subproject(i, cells) for i, cells in tables["subprojects"]]
    row.indicators = [_indicator(i, cells) for i, cells in tables["indicators"]]
    return row


def unmatched_row(record: Unmatched, ordinal: int, extraction_id: int) -> UnmatchedRow:
    """An unmatched form with its values, pairs and marks."""
    raw = record.raw
    row = UnmatchedRow(
        extraction_id=extraction_id,
        ordinal=ordinal,
        title=raw.title,
        first_page=min(raw.pages),
        last_page=max(raw.pages),
        payload=UNMATCHED.dump_python(raw, mode="json"),
    )
    row.values = _value_rows(record.values)
    row.issues = [issue for value in row.values for issue in value.issues]
    row.pairs = [
        UnmatchedPairRow(
            position=i,
            label=pair.label,
            value=pair.value,
            page=pair.page,
            confidence=pair.confidence,
            **_box(pair.value_bbox),
        )
        for i, pair in enumerate(raw.pairs)
    ]
    row.marks = [
        UnmatchedMarkRow(
            position=i, label=mark.label, state=mark.state, page=mark.page, **_box(mark.bbox)
        )
        for i, mark in enumerate(raw.marks)
    ]
    return row


def _value_rows(values: Iterable[FieldValue]) -> list[FieldValueRow]:
    return [_value_row(i, value) for i, value in enumerate(values)]


def _value_row(position: int, value: FieldValue) -> FieldValueRow:
    proof = value.provenance
    row = FieldValueRow(
        position=position,
        path=value.path,
        type=value.type,
        raw=value.raw,
        unit=value.unit,
        page=proof.page if proof else None,
        confidence=proof.confidence if proof else None,
        engine=proof.engine if proof else None,
        parsed=PARSED.dump_python(value.parsed, mode="json"),
        **_typed(value.value),
        **_box(proof.bbox if proof else None),
    )
    row.issues = [
        IssueRow(
            position=i,
            path=issue.path,
            code=issue.code,
            message=issue.message,
            raw=row.raw,
            page=row.page,
            confidence=row.confidence,
        )
        for i, issue in enumerate(value.issues)
    ]
    return row


def _typed(value: Value) -> dict[str, Any]:
    """The one column that holds the value."""
    if value is None:
        return {}
    if isinstance(value, bool):
        return {"value_bool": value}
    if isinstance(value, int):
        return {"value_int": value}
    if isinstance(value, Decimal):
        return {"value_amount": value}
    if isinstance(value, date):
        return {"value_date": value}
    return {"value_text": value}


def _box(bbox: BBox | None) -> dict[str, float]:
    return {} if bbox is None else {"x0": bbox.x0, "y0": bbox.y0, "x1": bbox.x1, "y1": bbox.y1}


def _identity_text(record: Declaration, key: str) -> str | None:
    found = record.get(key)
    return found.value if found and isinstance(found.value, str) else None


def _identity_year(record: Declaration) -> int | None:
    found = record.get("year")
    return found.value if found and isinstance(found.value, int) else None


Cells = dict[str, FieldValue]


def _printed_rows(record: Declaration) -> dict[str, list[tuple[int, Cells]]]:
    """Cells of repeated rows, by field key, then row."""
    tables: dict[str, dict[int, Cells]] = defaultdict(lambda: defaultdict(dict))
    for value in record.values:
        key, _, rest = value.path.partition("/")
        index, _, column = rest.partition("/")
        if key in record.row_keys and index.isdecimal():
            tables[key][int(index)][column] = value
    return defaultdict(list, {key: sorted(rows.items()) for key, rows in tables.items()})


def _subproject(position: int, cells: Cells) -> SubprojectRow:
    amount = cells["amount"].value if "amount" in cells else None
    return SubprojectRow(
        position=position,
        name=_cell_text(cells, "name"),
        amount=amount if isinstance(amount, Decimal) else None,
        extra=_extra(cells, ("name", "amount")),
    )


def _indicator(position: int, cells: Cells) -> IndicatorRow:
    parsed = cells["target"].parsed if "target" in cells else ()
    return IndicatorRow(
        position=position,
        **{column: _cell_text(cells, column) for column in INDICATOR_TEXTS},
        parsed=PARSED.dump_python(parsed, mode="json"),
        extra=_extra(cells, INDICATOR_TEXTS),
    )


def _cell_text(cells: Cells, column: str) -> str | None:
    value = cells[column].value if column in cells else None
    return None if value is None else str(value)


def _extra(cells: Cells, canonical: tuple[str, ...]) -> dict[str, str | bool | int | None]:
    """Columns without one of their own; amounts and dates as text."""
    others = {column: cell.value for column, cell in cells.items() if column not in canonical}
    return {
        column: str(value) if isinstance(value, Decimal | date) else value
        for column, value in others.items()
    }
