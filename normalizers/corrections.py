"""What a person typed in place of what was read: into a value, and onto a new reading.

A correction holds as long as its field is read as it was when the person saw it, or comes out as
the person said. Where a new reading says a third thing, the person's word stays and the value goes
to review; where the corrected row is found no more, the table's first cell says so.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.forms.definition import FieldType
from extractors.forms.raw import RawField
from normalizers.fields import normalize_field
from normalizers.issues import Issue, IssueCode
from normalizers.records import Declaration, FieldValue

PERSON = "person"
"""What stands as engine beside a value that a person gave."""

MARK_WORDS = {
    "true": True, "yes": True, "1": True, "是": True, "√": True, "☑": True,
    "false": False, "no": False, "0": False, "否": False, "□": False,
}  # fmt: skip
EMPTY_WORDS = frozenset({"", "null", "none"})

_STAYING_ISSUES = frozenset({IssueCode.TRUNCATED})
"""True of the print, whoever reads it."""
_GROUP_ISSUES = frozenset({IssueCode.EXCLUSIVE_CHOICE, IssueCode.REQUIRED_BLANK})


class ValueRefusedError(ValueError):
    """What was typed is no value of the field's type; the message says what would be."""


@dataclass(frozen=True, slots=True)
class HumanCorrection:
    """One correction in force.

    Attributes:
        id: Its number.
        path: Field, as it was called when the correction was made.
        row_texts: For a cell of a row: `row_texts_of` then.
        raw_seen: Text as read that the person saw.
        typed: The value as typed.
    """

    id: int
    path: str
    row_texts: str | None
    raw_seen: str | None
    typed: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A reading with people's corrections put onto it.

    Attributes:
        record: The reading.
        contradicted: Corrections that the reading says something else about.
        unplaced: Corrections whose field or row is not there.
    """

    record: Declaration
    contradicted: tuple[HumanCorrection, ...] = ()
    unplaced: tuple[HumanCorrection, ...] = ()


def typed_value(value: FieldValue, typed: str) -> FieldValue:
    """The field with what a person typed as its value; raw text and place stay.

    Raises:
        ValueRefusedError: It is no amount, date, year or mark.
    """
    if value.type is FieldType.ROWS:
        raise ValueRefusedError(
            "这是一张表，请改其中的单元格 / this is a table; correct one of its cells"
        )
    read = _mark(value, typed) if value.type is FieldType.CHOICE else _read(value, typed)
    proof = value.provenance
    kept = tuple(i for i in value.issues if i.path != value.path and i.code in _GROUP_ISSUES)
    return replace(
        value,
        value=read.value,
        parsed=read.parsed,
        unit=read.unit if read.unit else value.unit,
        provenance=replace(proof, engine=PERSON, confidence=1.0) if proof else None,
        issues=tuple(i for i in read.issues if i.code in _STAYING_ISSUES) + kept,
    )


def _mark(value: FieldValue, typed: str) -> FieldValue:
    word = typed.strip().lower()
    if word not in MARK_WORDS and word not in EMPTY_WORDS:
        raise ValueRefusedError("勾选项应为 true、false 或 null / a mark is true, false or null")
    return replace(value, value=MARK_WORDS.get(word), issues=())


def _read(value: FieldValue, typed: str) -> FieldValue:
    texts = (FieldType.TITLE, FieldType.TEXT, FieldType.LONG_TEXT, FieldType.TARGET)
    if value.type not in texts and typed.strip().lower() in EMPTY_WORDS:
        return replace(value, value=None, parsed=(), unit=None, issues=())
    read = normalize_field(RawField(value.path, value.type, typed, None))
    if read.value is None:
        expected = {
            FieldType.AMOUNT: "金额，如 1234.50（元） / an amount in yuan such as 1234.50",
            FieldType.DATE: "日期，如 2019-01-31 / a date such as 2019-01-31",
            FieldType.YEAR: "年度，如 2019 / a year such as 2019",
        }.get(value.type, "数 / a number")
        raise ValueRefusedError(f"{typed!r} 应为{expected}")
    return read


def row_texts_of(record: Declaration, path: str) -> str | None:
    """What stands in the other cells of a row, to know the row by; ``None`` for no cell of a row.

    Row numbers are left out: a row is known by what it says, never by where it stands.
    """
    key, index, column = _cell(record, path)
    if index is None:
        return None
    prefix = f"{key}/{index}/"
    others = {
        value.path.removeprefix(prefix): value.raw
        for value in record.values
        if value.path.startswith(prefix) and value.path != f"{prefix}{column}"
    }
    return json.dumps(others, ensure_ascii=False, sort_keys=True)


def with_corrections(record: Declaration, corrections: Sequence[HumanCorrection]) -> Corrected:
    """Puts corrections onto a reading, oldest first."""
    contradicted: list[HumanCorrection] = []
    unplaced: list[HumanCorrection] = []
    for correction in corrections:
        value = _place(record, correction)
        if value is None:
            unplaced.append(correction)
            record = _flagged(record, correction)
            continue
        fixed = typed_value(value, correction.typed)
        if value.raw != correction.raw_seen and value.value != fixed.value:
            contradicted.append(correction)
            issue = Issue.of(value.path, IssueCode.CORRECTION_CONTRADICTED)
            fixed = replace(fixed, issues=(*fixed.issues, issue))
        record = _with_value(record, fixed)
    return Corrected(record, tuple(contradicted), tuple(unplaced))


def _place(record: Declaration, correction: HumanCorrection) -> FieldValue | None:
    """The field that a correction means in this reading."""
    if correction.row_texts is None:
        return record.get(correction.path)
    same = record.get(correction.path)
    key, _, column = correction.path.partition("/")[0], None, correction.path.rpartition("/")[2]
    cells = [
        value
        for value in record.values
        if value.path.startswith(f"{key}/")
        and value.path.rpartition("/")[2] == column
        and row_texts_of(record, value.path) == correction.row_texts
    ]
    if same is not None and same in cells:
        return same
    return cells[0] if len(cells) == 1 else None


def _cell(record: Declaration, path: str) -> tuple[str, str | None, str]:
    key, _, rest = path.partition("/")
    index, _, column = rest.partition("/")
    if key in record.row_keys and index.isdecimal() and column:
        return key, index, column
    return key, None, ""


def _with_value(record: Declaration, fixed: FieldValue) -> Declaration:
    values = [fixed if value.path == fixed.path else value for value in record.values]
    if fixed.type is FieldType.CHOICE:
        values = _group_judged(values, fixed.path.partition("/")[0])
    return replace(record, values=tuple(values))


def _group_judged(values: list[FieldValue], group: str) -> list[FieldValue]:
    """Doubts about a whole group of options fall away where one is marked now."""
    marked = sum(v.value is True for v in values if v.path.startswith(f"{group}/"))
    if marked == 0:
        return values
    settled = {IssueCode.REQUIRED_BLANK} | ({IssueCode.EXCLUSIVE_CHOICE} if marked == 1 else set())
    return [
        replace(v, issues=tuple(i for i in v.issues if i.path != group or i.code not in settled))
        for v in values
    ]


def _flagged(record: Declaration, correction: HumanCorrection) -> Declaration:
    """The reading with a note, on the first value of the table or form, that one has no place."""
    key = correction.path.partition("/")[0]
    first = next((v for v in record.values if v.path.partition("/")[0] == key), record.values[0])
    issue = Issue.of(correction.path, IssueCode.CORRECTION_UNPLACED)
    return _with_value(record, replace(first, issues=(*first.issues, issue)))
