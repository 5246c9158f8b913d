"""One field: its text by its type into a value, with every reason to look at it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from extractors.evidence import MarkState
from extractors.forms.definition import FieldType
from extractors.forms.raw import RawField
from normalizers.amounts import parse_amount
from normalizers.calibration import calibrated, curve_of
from normalizers.dates import ParsedDate, parse_date, parse_period, parse_year
from normalizers.figures import parse_number
from normalizers.issues import Issue, IssueCode
from normalizers.records import FieldValue, ParsedTarget, Value
from normalizers.supported import FEWEST, supported_amounts
from normalizers.targets import parse_target
from normalizers.text import clean_text, clean_title
from normalizers.truncation import looks_truncated
from normalizers.usable import probability_usable

MIN_CONFIDENCE = 0.95
"""Probability below which a value goes to a person: at most one in twenty of those just above is
wrong, and far fewer of all, since most are much surer."""
MIN_LONG_CONFIDENCE = 0.985
"""The same for long text, whose confidence is the expected share of right characters: a text with
more than 2 % of them wrong is of no use, and the share is known to half a percent. That it is of
use must be as likely as that a short value is right, too."""

_SET_OFF = re.compile(r"\w\w\s+\w$")
"""A character behind a word and a blank; in a name that is spaced out each stands alone."""
_NOT_COMPLETED = "日期不完整，无法补全 / date incomplete and not to be completed without guessing"

_MARKS = {MarkState.CHECKED: True, MarkState.EMPTY: False}


class PeriodEnd(Enum):
    """Which end of a period in one cell a date field means."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class _Reading:
    value: Value
    issues: tuple[IssueCode, ...] = ()
    parsed: tuple[ParsedTarget, ...] = ()
    unit: str | None = None


def normalize_field(raw: RawField, *, period_end: PeriodEnd | None = None) -> FieldValue:
    """The value of one field, option or row cell.

    Args:
        raw: As read; its type decides. Codes in ``raw.issues`` are kept.
        period_end: For a date read from a cell that holds start and end.

    Raises:
        ValueError: ``raw.issues`` holds a code that `IssueCode` does not know.
    """
    raw = _with_probability(raw)
    if raw.type is FieldType.CHOICE:
        reading = _mark(raw)
    elif raw.text is None:
        reading = _Reading(None, (IssueCode.MISSING,))
    elif period_end is not None:
        reading = _from_period(raw.text, period_end)
    else:
        reading = _READERS[raw.type](raw.text, raw.unit)
    if raw.type is FieldType.AMOUNT and reading.issues:
        reading = _with_supported(raw, reading)
    codes = [*map(IssueCode, raw.issues), *reading.issues]
    if _is_doubtful(raw) and IssueCode.MARK_UNKNOWN not in codes:
        codes.append(IssueCode.LOW_CONFIDENCE)
    return FieldValue(
        path=raw.path,
        type=raw.type,
        raw=raw.text,
        value=reading.value,
        provenance=raw.provenance,
        issues=tuple(_issue(raw.path, c, reading.value) for c in dict.fromkeys(codes)),
        parsed=reading.parsed,
        unit=reading.unit,
    )


def _issue(path: str, code: IssueCode, value: Value) -> Issue:
    if code is IssueCode.DATE_INCOMPLETE and value is None:
        return Issue(path, code, _NOT_COMPLETED)
    return Issue.of(path, code)


def _with_probability(raw: RawField) -> RawField:
    """The field with a confidence that is a probability."""
    proof = raw.provenance
    if proof is None:
        return raw
    probability = calibrated(proof.confidence, proof.engine, raw.type)
    return replace(raw, provenance=replace(proof, confidence=probability))


def _is_doubtful(raw: RawField) -> bool:
    if raw.type is FieldType.TEXT and _is_stray_sign(raw):
        return True
    if raw.provenance is None:
        return False
    confidence = raw.provenance.confidence
    if raw.type is not FieldType.LONG_TEXT:
        return confidence < MIN_CONFIDENCE
    length = len("".join((raw.text or "").split()))
    usable = probability_usable(length, confidence)
    return confidence < MIN_LONG_CONFIDENCE or usable < MIN_CONFIDENCE


def _is_stray_sign(raw: RawField) -> bool:
    """Whether a name was recognized as one letter or figure, or has a character set off behind it.

    Dirt, a rest of a stroke, a sheet's edge and a seal beside a name are read so.
    """
    text = (raw.text or "").strip()
    is_sign = len(text) == 1 and text.isascii() and text.isalnum()
    is_set_off = _SET_OFF.search(text) is not None
    proof = raw.provenance
    return (
        (is_sign or is_set_off)
        and proof is not None
        and curve_of(proof.engine, raw.type) is not None
    )


def _mark(raw: RawField) -> _Reading:
    value = None if raw.mark is None else _MARKS.get(raw.mark)
    return _Reading(value, (IssueCode.MARK_UNKNOWN,) if value is None else ())


def _title(text: str, unit: str) -> _Reading:
    return _Reading(clean_title(text))


def _text(text: str, unit: str) -> _Reading:
    value = clean_text(text)
    return _Reading(value, (IssueCode.TRUNCATED,) if looks_truncated(value) else ())


def _target(text: str, unit: str) -> _Reading:
    plain = _text(text, unit)
    return _Reading(plain.value, plain.issues, parsed=parse_target(text))


def _amount(text: str, unit: str) -> _Reading:
    amount = parse_amount(text, unit=unit)
    return _Reading(amount.value, amount.issues, unit=amount.unit)


def _number(text: str, unit: str) -> _Reading:
    number = parse_number(text)
    return _Reading(number.value, number.issues)


def _with_supported(raw: RawField, reading: _Reading) -> _Reading:
    """The one amount that a doubtful one can be by its picture, for a person to confirm.

    245.000 has a comma that lost most of its tail.
    """
    digits = sum(c.isdecimal() for c in raw.text or "")
    amounts = set(supported_amounts(raw))
    if len(amounts) != 1 or digits < FEWEST:
        return reading
    return replace(reading, value=amounts.pop(), issues=(IssueCode.SOURCES_DISAGREE,))


def _date(text: str, unit: str) -> _Reading:
    return _of_date(parse_date(text))


def _year(text: str, unit: str) -> _Reading:
    year = parse_year(text)
    return _Reading(year.value, year.issues)


def _of_date(parsed: ParsedDate) -> _Reading:
    return _Reading(parsed.value, parsed.issues)


def _from_period(text: str, end: PeriodEnd) -> _Reading:
    period = parse_period(text)
    if period is None:
        return _Reading(None, (IssueCode.DATE_INVALID,))
    return _of_date(period.start if end is PeriodEnd.START else period.end)


_READERS: dict[FieldType, Callable[[str, str], _Reading]] = {
    FieldType.TITLE: _title,
    FieldType.YEAR: _year,
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.AMOUNT: _amount,
    FieldType.NUMBER: _number,
    FieldType.DATE: _date,
    FieldType.TARGET: _target,
}
