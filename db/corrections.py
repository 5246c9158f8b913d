"""Human corrections: each a new row, and a new state of the reading beside the old one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from db.filings import check_filing, machine_reading, stand, standing_version
from db.models import Cause, Correction, DeclarationRow
from db.people import corrections_in_force
from db.records_from_rows import declaration
from db.store import Store
from extractors.errors import RequestError
from normalizers.corrections import ValueRefusedError, row_texts_of, typed_value
from normalizers.records import Declaration, FieldValue

SHOWN_FIELDS = 12
"""Names of fields listed where one is not found: enough to see how they are spelled."""


@dataclass(frozen=True, slots=True)
class CorrectionMade:
    """What a correction did: the field before and after."""

    filing_id: int
    path: str
    before: FieldValue
    after: FieldValue


def correct(
    store: Store, number: int, path: str, typed: str, *, author: str, reason: str
) -> CorrectionMade:
    """Puts a person's value in place of what stands.

    Args:
        store: Open database.
        number: Of the declaration.
        path: Field, such as ``annual_budget``, ``subprojects/0/amount``, ``project_type/结转项目``.
        typed: The value: text, an amount in yuan, an ISO date, ``true``, ``false`` or ``null``.
        author: Who says so.
        reason: Why.

    Raises:
        RequestError: ``declaration_unknown``, ``declaration_withdrawn``, ``field_unknown``,
            ``value_refused``, ``reason_missing``.
        StoreError: The database cannot be written; nothing was changed.
    """
    author, reason = _said(author, reason)
    with store.session(writes=True) as session:
        row = standing_row(session, number)
        record = declaration(row)
        value = _field(record, path)
        try:
            fixed = typed_value(value, typed)
        except ValueRefusedError as error:
            raise RequestError(f"{path}: {error}", code="value_refused") from None
        session.add(
            Correction(
                filing_id=number,
                extraction_id=row.extraction_id,
                path=path,
                row_texts=row_texts_of(record, path),
                raw_seen=value.raw,
                value_before=_text(value),
                value_after=typed,
                author=author,
                reason=reason,
                made_at=datetime.now(UTC),
            )
        )
        _stand_anew(session, row)
        return CorrectionMade(number, path, value, fixed)


def undo(store: Store, number: int, path: str, *, author: str, reason: str) -> CorrectionMade:
    """Takes the correction of a field back; what was read, or said before, stands again.

    Raises:
        RequestError: ``declaration_unknown``, ``declaration_withdrawn``, ``nothing_to_undo``,
            ``reason_missing``.
        StoreError: The database cannot be written; nothing was changed.
    """
    author, reason = _said(author, reason)
    with store.session(writes=True) as session:
        row = standing_row(session, number)
        in_force = [c for c in corrections_in_force(session, number) if c.path == path]
        if not in_force:
            raise RequestError(
                f"第 {number} 号申报表的 {path} 没有可撤销的更正 / declaration {number} has no "
                f"correction of {path} to take back",
                code="nothing_to_undo",
            )
        before = _field(declaration(row), path)
        session.add(
            Correction(
                filing_id=number,
                extraction_id=row.extraction_id,
                path=path,
                row_texts=in_force[-1].row_texts,
                raw_seen=before.raw,
                value_before=_text(before),
                author=author,
                reason=reason,
                made_at=datetime.now(UTC),
                undoes_id=in_force[-1].id,
            )
        )
        _stand_anew(session, row)
        after = _field(declaration(standing_row(session, number)), path)
        return CorrectionMade(number, path, before, after)


def standing_row(session: Session, number: int) -> DeclarationRow:
    """The reading that stands for a declaration.

    Raises:
        RequestError: ``declaration_unknown`` or ``declaration_withdrawn``.
    """
    check_filing(session, number)
    version = standing_version(session, number)
    if version is None or version.declaration_id is None:
        raise RequestError(
            f"第 {number} 号申报表在最近一次读取中已找不到 / declaration {number} was not found "
            f"when its file was read last; `shenbao diff {number}` shows what there was",
            code="declaration_withdrawn",
        )
    return session.get_one(DeclarationRow, version.declaration_id)


def _stand_anew(session: Session, row: DeclarationRow) -> None:
    """The machine's reading, with all corrections in force put onto it, stands from now on."""
    session.flush()
    machine = machine_reading(session, row)
    stand(session, machine, declaration(machine), Cause.CORRECTION, None)


def _field(record: Declaration, path: str) -> FieldValue:
    found = record.get(path)
    if found is not None:
        return found
    from rapidfuzz import process

    paths = [value.path for value in record.values]
    near = [name for name, *_ in process.extract(path, paths, limit=SHOWN_FIELDS)]
    raise RequestError(
        f"没有栏目 {path} / there is no field {path}; fields like it: {', '.join(near)}",
        code="field_unknown",
    )


def _said(author: str, reason: str) -> tuple[str, str]:
    author, reason = author.strip(), reason.strip()
    if not author or not reason:
        raise RequestError(
            "请写明更正人和理由 / say who corrects and why (--by, --reason)", code="reason_missing"
        )
    return author, reason


def _text(value: FieldValue) -> str | None:
    if value.value is None:
        return None
    return str(value.value).lower() if isinstance(value.value, bool) else str(value.value)
