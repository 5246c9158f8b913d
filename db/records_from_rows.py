"""Rows back into the records that were stored: the exact inverse of `rows_from_records`."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from db.models import (
    DeclarationRow,
    ExtractionRow,
    FailureRow,
    FieldValueRow,
    FilingVersion,
    SkippedRow,
    UnmatchedRow,
)
from db.rows_from_records import EXTRAS, PARSED, UNMATCHED
from extractors.forms.definition import FieldType
from extractors.forms.raw import Provenance, RawSkipped
from extractors.geometry import BBox
from normalizers.issues import Issue, IssueCode
from normalizers.records import (
    Declaration,
    Extraction,
    Failure,
    FieldValue,
    Record,
    Unmatched,
    Value,
)

STOOD_LAST = func.coalesce(
    select(func.max(FilingVersion.id))
    .where(FilingVersion.declaration_id == DeclarationRow.id)
    .scalar_subquery(),
    0,
)
"""When a reading stood last: of one form's states in a file, the latest is taken."""


def read_extraction(session: Session, row: ExtractionRow) -> Extraction:
    """The extraction as it was saved, records in their order, with people's corrections."""
    mine = row.id
    declarations = session.scalars(
        select(DeclarationRow)
        .where(DeclarationRow.extraction_id == mine)
        .order_by(STOOD_LAST, DeclarationRow.correction_id.is_(None).desc())
        .options(selectinload(DeclarationRow.values))
    )
    unmatched = session.scalars(
        select(UnmatchedRow)
        .where(UnmatchedRow.extraction_id == mine)
        .options(selectinload(UnmatchedRow.values))
    )
    skipped = session.scalars(select(SkippedRow).where(SkippedRow.extraction_id == mine))
    failures = session.scalars(select(FailureRow).where(FailureRow.extraction_id == mine))
    records: dict[int, Record] = {d.ordinal: declaration(d) for d in declarations}
    records |= {u.ordinal: _unmatched(u) for u in unmatched}
    records |= {s.ordinal: RawSkipped(tuple(s.pages), s.reason) for s in skipped}
    records |= {f.ordinal: failure(f) for f in failures}
    return Extraction(
        path=row.path,
        sha256=row.document.sha256,
        page_count=row.page_count,
        engine=row.engine_used,
        extractor_version=row.extractor_version,
        records=tuple(record for _, record in sorted(records.items())),
        kind=row.document.kind,
        byte_size=row.document.byte_size,
        page_kinds=tuple(page.kind for page in row.pages if page.kind is not None),
    )


def failure(row: FailureRow) -> Failure:
    """The failure as it was recorded."""
    return Failure(row.code, row.message, row.page)


def declaration(row: DeclarationRow) -> Declaration:
    """The declaration as it was saved."""
    return Declaration(
        form_id=row.form_id,
        form_version=row.form_version,
        pages=tuple(row.pages),
        values=_values(row.values),
        row_keys={key: tuple(columns) for key, columns in row.row_keys.items()},
        extras=EXTRAS.validate_python(row.extras),
    )


def _unmatched(row: UnmatchedRow) -> Unmatched:
    return Unmatched(raw=UNMATCHED.validate_python(row.payload), values=_values(row.values))


def _values(rows: Iterable[FieldValueRow]) -> tuple[FieldValue, ...]:
    return tuple(_value(row) for row in rows)


def _value(row: FieldValueRow) -> FieldValue:
    return FieldValue(
        path=row.path,
        type=FieldType(row.type),
        raw=row.raw,
        value=_typed(row),
        provenance=_provenance(row),
        issues=tuple(Issue(i.path, IssueCode(i.code), i.message) for i in row.issues),
        parsed=PARSED.validate_python(row.parsed),
        unit=row.unit,
    )


def _typed(row: FieldValueRow) -> Value:
    columns: tuple[Value, ...] = (
        row.value_text,
        row.value_amount,
        row.value_date,
        row.value_bool,
        row.value_int,
    )
    return next((value for value in columns if value is not None), None)


def _provenance(row: FieldValueRow) -> Provenance | None:
    if row.page is None or row.engine is None or row.confidence is None:
        return None
    corners = (row.x0, row.y0, row.x1, row.y1)
    known = [c for c in corners if c is not None]
    bbox = BBox(*known) if len(known) == len(corners) else None
    return Provenance(page=row.page, bbox=bbox, engine=row.engine, confidence=row.confidence)
