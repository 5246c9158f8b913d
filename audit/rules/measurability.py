"""Measurability: whether a target can be measured at all, and whether it can be meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from audit.catalogue import rule
from audit.parameters import Parameters
from audit.subject import Insufficient, NotApplicable, Row, Subject
from audit.verdict import Severity, Verdict, passed_unless
from normalizers.quantity_words import UNITS
from normalizers.records import ParsedTarget

HUNDRED = Decimal(100)


_UNIT = "|".join(re.escape(u) for u in sorted(UNITS, key=len, reverse=True))
_NAMES_UNIT = re.compile(rf"[（(](?:单位[:：])?(?:{_UNIT})[）)]|(?:{_UNIT})数量?$")
"""A name that says its unit: 活动（次）, 培训人数."""
_OTHER_UNIT = re.compile(r"\d\s*(?!及?以|之|左右|上下|起|至|到|内)[a-zA-Z°℃㎡μ\u4e00-\u9fff]")
"""A figure with a unit after it, known or not: 38微克/立方米."""
_NAMES_ONLY = re.compile(r"[度率数量额]$|[:：]$")
"""A statement that is the name of the figure beside it: 满意度."""


@dataclass(slots=True)
class _Target:
    """A target that is filled in and not in doubt.

    Attributes:
        place: ``indicators/3``.
        row: Its cells.
        text: As read.
        parts: Its quantities and statements.
    """

    place: str
    row: Row
    text: str
    parts: tuple[ParsedTarget, ...]

    @property
    def path(self) -> str:
        return f"{self.place}/target"

    @property
    def name(self) -> str:
        return f"{self.row.get('level2') or ''} {self.row.get('level3') or ''}"

    def unsure(self, subject: Subject, *columns: str) -> list[str]:
        """Paths of those of these cells that are unread or in doubt."""
        return [
            f"{self.place}/{column}"
            for column in columns
            if column in self.row
            and (self.row[column] is None or subject.is_doubtful(f"{self.place}/{column}"))
        ]


def _targets(subject: Subject, parameters: Parameters) -> tuple[list[_Target], list[str]]:
    """Targets that are filled in and not in doubt, and paths of those in doubt; worked out once.

    Raises:
        NotApplicable: There is none.
        Insufficient: All are in doubt.
    """
    tables = parameters.words("tables")
    if subject.kept.get("targets of") != tables:
        subject.kept["targets of"] = tables
        subject.kept["targets"] = _read_targets(subject, tables)
    known: tuple[list[_Target], list[str]] = subject.kept["targets"]
    if not known[0]:
        raise Insufficient(*known[1]) if known[1] else NotApplicable
    return known


def _read_targets(subject: Subject, tables: tuple[str, ...]) -> tuple[list[_Target], list[str]]:
    found, doubtful = [], []
    for key in tables:
        for i, row in subject.rows(key).items():
            path = f"{key}/{i}/target"
            text = row.get("target", "")
            if text is None or (path in subject.issues and subject.is_doubtful(path)):
                doubtful.append(path)
            elif isinstance(text, str) and text.strip():
                parts = tuple(subject.parsed.get(path, ()))
                found.append(_Target(f"{key}/{i}", row, text, parts))
        if key in subject.values and subject.is_doubtful(key):
            doubtful.append(key)
    return found, doubtful


def _quantities(parts: Iterable[ParsedTarget]) -> Iterator[tuple[ParsedTarget, Decimal, Decimal]]:
    """Parts with a number, its lower and its upper end."""
    for part in parts:
        if part.value is not None:
            low, _, high = part.value.partition("..")
            try:
                yield part, Decimal(low), Decimal(high or low)
            except InvalidOperation:
                continue


@lru_cache(maxsize=32)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these words; not 提高 where a level follows it: 提高到 90%."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})(?![到至])")


@rule(Severity.MEDIUM, "目标值含糊，没有可衡量的量")
def vague_target(subject: Subject, parameters: Parameters) -> Verdict:
    """A target, or a statement in it, is vague: nothing in it can be measured."""
    vague = parameters.words("words")
    targets, doubtful = _targets(subject, parameters)
    messages, paths = [], []
    for target in targets:
        stated = [part.text for part in target.parts if part.value is None]
        if len(stated) < len(target.parts):
            stated = [text for text in stated if not _NAMES_ONLY.search(text)]
        elif not stated:
            stated = [target.text]
        said = [text for text in stated if any(word in text for word in vague)]
        if said:
            messages.append(f"“{'”“'.join(said)}”无法衡量")
            paths.append(target.path)
    return passed_unless(messages, paths, doubtful)


@rule(Severity.LOW, "目标值只有数，没有单位，也没有比较符")
def unit_missing(subject: Subject, parameters: Parameters) -> Verdict:
    """A target is a bare number: no unit, no comparison."""
    targets, doubtful = _targets(subject, parameters)
    messages: list[str] = []
    paths: list[str] = []
    unjudged = list(doubtful)
    for target in targets:
        if not any(_is_bare(part) for part in target.parts):
            continue
        name = str(target.row.get("level3") or "")
        unsure = target.unsure(subject, "level3")
        if unsure:
            unjudged += unsure
        elif not _NAMES_UNIT.search(name) and not any(
            unit in target.name for unit in parameters.words("units_in_name")
        ):
            messages.append(f"“{target.text}”没有单位")
            paths.append(target.path)
    return passed_unless(messages, paths, unjudged)


def _is_bare(part: ParsedTarget) -> bool:
    """Whether it is a number with nothing that says of what; 0 needs no unit."""
    return (
        part.unit is None
        and part.operator in ("=", "range")
        and part.value != "0"
        and not _OTHER_UNIT.search(part.text)
    )


@rule(Severity.MEDIUM, "目标值或完成值里的比率超过 100 %")
def rate_over_100(subject: Subject, parameters: Parameters) -> Verdict:
    """A rate, as a target or as an actual value, is over 100 %."""
    targets, doubtful = _targets(subject, parameters)
    messages: list[str] = []
    paths: list[str] = []
    unjudged = list(doubtful)
    for target in targets:
        actual = f"{target.place}/actual"
        unjudged += target.unsure(subject, "actual") if "actual" in target.row else ()
        for path, parts in (
            (target.path, target.parts),
            (actual, subject.parsed.get(actual, ())),
        ):
            over = next((part for part in parts if _is_over(part)), None)
            if over is None or path in unjudged:
                continue
            unsure = target.unsure(subject, "level2", "level3")
            if unsure:
                unjudged += unsure
            elif _is_share(f"{target.name} {target.text} {over.text}", parameters):
                messages.append(f"“{over.text}”超过 100%")
                paths.append(path)
    return passed_unless(messages, paths, unjudged)


def _is_over(part: ParsedTarget) -> bool:
    """Whether it is more than 100 %; more than 100 % is so by its sign."""
    if part.unit != "%" or part.value is None:
        return False
    return any(
        high > HUNDRED or (high == HUNDRED and part.operator == ">")
        for _, _, high in _quantities((part,))
    )


def _is_share(said: str, parameters: Parameters) -> bool:
    """Whether an indicator is a share of a whole, and not growth or a ratio of two wholes."""
    return any(word in said for word in parameters.words("rates")) and not any(
        word in said for word in parameters.words("may_exceed")
    )


@rule(Severity.MEDIUM, "目标值低得不可信，如满意度低于 60 %、执行率 10 %")
def implausible_target(subject: Subject, parameters: Parameters) -> Verdict:
    """A target is implausibly low."""
    lowest = parameters.numbers("lowest")
    most = max(lowest.values(), default=HUNDRED)
    targets, doubtful = _targets(subject, parameters)
    messages: list[str] = []
    paths: list[str] = []
    unjudged = list(doubtful)
    for target in targets:
        for part, low, _ in _quantities(target.parts):
            if part.unit != "%" or low >= most or part.operator in ("<=", "<"):
                continue
            unsure = target.unsure(subject, "level2", "level3")
            said = f"{target.name} {part.text}"
            found = next((w for w, least in lowest.items() if w in said and low < least), None)
            if unsure:
                unjudged += unsure
            elif found and not _any_of(parameters.words("exempt")).search(said):
                messages.append(f"{found}目标“{target.text}”低于 {lowest[found]}%")
                paths.append(target.path)
    return passed_unless(messages, paths, unjudged)
