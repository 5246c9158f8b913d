"""Measurability: whether a target can be measured at all, and whether it can be meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from audit.catalogue import rule
from audit.parameters import Parameters
from audit.subject import Insufficient, NotApplicable, Subject
from audit.verdict import Severity, Verdict, passed_unless
from normalizers.records import ParsedTarget

HUNDRED = Decimal(100)


Quantity = tuple[ParsedTarget, Decimal]


@dataclass(slots=True)
class _Target:
    """A target that is filled in.

    Attributes:
        path: Of its cell.
        name: Of the indicator.
        text: As read.
        parts: Quantities and statements in it.
        quantities: Parts with a number; of a range, its upper end.
    """

    path: str
    name: str
    text: str
    parts: tuple[ParsedTarget, ...]
    quantities: tuple[Quantity, ...]


def _targets(subject: Subject, parameters: Parameters) -> list[_Target]:
    """Targets that are filled in and not in doubt; worked out once a declaration.

    Raises:
        NotApplicable: There is none.
        Insufficient: All are in doubt.
    """
    tables = parameters.words("tables")
    if subject.kept.get("targets of") != tables:
        subject.kept["targets of"] = tables
        subject.kept["targets"] = _read_targets(subject, tables)
    found, doubtful = subject.kept["targets"]
    if not found:
        raise Insufficient(*doubtful) if doubtful else NotApplicable
    known: list[_Target] = found
    return known


def _read_targets(subject: Subject, tables: tuple[str, ...]) -> tuple[list[_Target], list[str]]:
    found, doubtful = [], []
    for key in tables:
        for i, row in subject.rows(key).items():
            path = f"{key}/{i}/target"
            text = row.get("target")
            if subject.is_doubtful(path):
                doubtful.append(path)
            elif isinstance(text, str) and text.strip():
                name = f"{row.get('level2') or ''} {row.get('level3') or ''}"
                parts = tuple(subject.parsed.get(path, ()))
                found.append(_Target(path, name, text, parts, _quantities(parts)))
        if key in subject.values and subject.is_doubtful(key):
            doubtful.append(key)
    return found, doubtful


def _quantities(parts: tuple[ParsedTarget, ...]) -> tuple[Quantity, ...]:
    return tuple(_numbers(parts)) if parts else ()


def _numbers(parts: tuple[ParsedTarget, ...]) -> Iterator[Quantity]:
    for part in parts:
        if part.value is not None:
            try:
                yield part, Decimal(part.value.rpartition("..")[2])
            except InvalidOperation:
                continue


@rule(Severity.MEDIUM, "目标值含糊，没有可衡量的量")
def vague_target(subject: Subject, parameters: Parameters) -> Verdict:
    """A target is vague: nothing in it can be measured."""
    words = parameters.words("words")
    messages, paths = [], []
    for target in _targets(subject, parameters):
        if any(part.value is not None for part in target.parts):
            continue
        if any(word in target.text for word in words):
            messages.append(f"“{target.text}”无法衡量")
            paths.append(target.path)
    return passed_unless(messages, paths)


@rule(Severity.LOW, "目标值只有数，没有单位，也没有比较符")
def unit_missing(subject: Subject, parameters: Parameters) -> Verdict:
    """A target is a bare number: no unit, no comparison."""
    messages, paths = [], []
    for target in _targets(subject, parameters):
        for part, _ in target.quantities:
            if part.unit is None and part.operator in ("=", "range"):
                if not any(unit in target.name for unit in parameters.words("units_in_name")):
                    messages.append(f"“{target.text}”没有单位")
                    paths.append(target.path)
                break
    return passed_unless(messages, paths)


@rule(Severity.MEDIUM, "比率超过 100 %")
def rate_over_100(subject: Subject, parameters: Parameters) -> Verdict:
    """A rate is over 100 %."""
    messages, paths = [], []
    for target in _targets(subject, parameters):
        for part, value in target.quantities:
            if part.unit == "%" and value > HUNDRED:
                said = target.name + target.text
                if not any(word in said for word in parameters.words("may_exceed")):
                    messages.append(f"“{target.text}”超过 100%")
                    paths.append(target.path)
    return passed_unless(messages, paths)


@rule(Severity.MEDIUM, "目标值低得不可信，如满意度低于 60 %、执行率 10 %")
def implausible_target(subject: Subject, parameters: Parameters) -> Verdict:
    """A target is implausibly low."""
    lowest = parameters.numbers("lowest")
    most = max(lowest.values(), default=Decimal(0))
    messages, paths = [], []
    for target in _targets(subject, parameters):
        for part, value in target.quantities:
            if part.unit != "%" or value >= most or part.operator in ("<=", "<"):
                continue
            said = target.name + target.text
            for word, least in lowest.items():
                if word in said and value < least and "不满意" not in said:
                    messages.append(f"{word}目标“{target.text}”低于 {least}%")
                    paths.append(target.path)
                    break
    return passed_unless(messages, paths)
