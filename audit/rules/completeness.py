"""Completeness: what is blank, cut off or not there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from audit.catalogue import rule
from audit.parameters import Parameters
from audit.subject import NOBODY, Insufficient, NotApplicable, Row, Subject
from audit.verdict import PASSED, Severity, Verdict, failed, passed_unless
from normalizers.issues import IssueCode
from normalizers.records import Value


@lru_cache(maxsize=8)
def _gap_in(words: tuple[str, ...]) -> re.Pattern[str]:
    """A gap of a template, not within a Latin word: 培训XX人次."""
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, words))})(?![A-Za-z])")


@rule(Severity.MEDIUM, "必填栏为空，或只填了“无”“/”“待填”之类，或留有“XX”未填")
def required_blank(subject: Subject, parameters: Parameters) -> Verdict:
    """A required field is blank, holds a placeholder, or keeps a gap of its template."""
    blank = [p for p in subject.issues if subject.has_issue(p, IssueCode.REQUIRED_BLANK)]
    found = {path: f"必填栏 {path} 为空" for path in blank} | _unfilled(subject, parameters)
    doubtful = [path for path in found if subject.is_doubtful(path)]
    sure = {path: message for path, message in found.items() if path not in doubtful}
    for path in parameters.words("fields") if subject.issues else ():
        if subject.values.get(path, "") is None and subject.is_doubtful(path):
            doubtful.append(path)
    return passed_unless(tuple(sure.values()), sure, doubtful)


def _unfilled(subject: Subject, parameters: Parameters) -> dict[str, str]:
    """Fields that hold only a placeholder, or a gap of the template, and how to say so."""
    words = frozenset(parameters.words("placeholders"))
    may = parameters.words("may_say_nothing")
    gaps = parameters.words("gaps")
    gap = _gap_in(gaps)
    found: dict[str, str] = {}
    for path, value in subject.values.items():
        if not isinstance(value, str) or "/" in path or path in may:
            continue
        if value.strip() in words:
            found[path] = f"{path} 只填了“{value}”"
        elif any(word in value for word in gaps) and (match := gap.search(value)) is not None:
            found[path] = f"{path} 留有“{match[0]}”未填"
    return found


@rule(Severity.LOW, "某类二级指标没有目标值，某个指标没有目标值，或缺少数量指标")
def empty_target(subject: Subject, parameters: Parameters) -> Verdict:
    """A kind of indicators, or an indicator, has no target; or there is none of a needed kind."""
    words = frozenset(("", *parameters.words("placeholders")))
    messages: list[str] = []
    paths: list[str] = []
    doubtful: list[str] = []
    for key in _tables(subject, parameters):
        rows = [_row(subject, key, i, row, words) for i, row in subject.rows(key).items()]
        if key == "indicators":
            _absent_kinds(rows, parameters.words("required"), messages, paths, doubtful)
        if any(row.is_empty is not False for row in rows):
            _empty_rows(rows, messages, paths, doubtful)
            _empty_kinds(rows, messages, paths, doubtful)
    return passed_unless(messages, paths, doubtful)


_LEVELS = ("level1", "level2")
_COLUMNS = (*_LEVELS, "level3", "target")


@dataclass(slots=True)
class _Row:
    """A row of indicators.

    Attributes:
        place: ``indicators/3``.
        level1: First level, ``""`` where blank, a placeholder or in doubt.
        level2: Second level, so too.
        name: Third level, ``""`` where blank or a placeholder, ``None`` where in doubt.
        is_empty: Whether it has no target; ``None`` where that is in doubt.
        doubtful_levels: Paths of the first two levels, where in doubt.
    """

    place: str
    level1: str
    level2: str
    name: str | None
    is_empty: bool | None
    doubtful_levels: tuple[str, ...]


def _row(subject: Subject, key: str, number: int, row: Row, words: frozenset[str]) -> _Row:
    place = f"{key}/{number}"
    get = row.get
    said = (get("level1", ""), get("level2", ""), get("level3", ""), get("target", ""))
    doubts = _doubts(subject, place, said) if subject.issues or None in said else NOBODY
    plain = ["" if not isinstance(v, str) or v in words or v.strip() in words else v for v in said]
    if not doubts:
        empty = not plain[3] and "target" in row
        return _Row(place, plain[0], plain[1], plain[2], empty, ())
    level1, level2, name, _ = (
        "" if c in doubts else text for c, text in zip(_COLUMNS, plain, strict=True)
    )
    is_empty = None if "target" in doubts else not plain[3] and "target" in row
    unsure = tuple(f"{place}/{column}" for column in _LEVELS if column in doubts)
    return _Row(place, level1, level2, None if "level3" in doubts else name, is_empty, unsure)


def _doubts(subject: Subject, place: str, said: Sequence[Value]) -> frozenset[str]:
    """Columns that are unread or in doubt."""
    return frozenset(
        column
        for column, value in zip(_COLUMNS, said, strict=True)
        if value is None or subject.is_doubtful(f"{place}/{column}")
    )


def _empty_rows(
    rows: list[_Row], messages: list[str], paths: list[str], doubtful: list[str]
) -> None:
    """Notes indicators that are named and have no target."""
    for row in rows:
        if row.is_empty is None:
            doubtful.append(f"{row.place}/target")
        elif row.is_empty and row.name is None:
            doubtful.append(f"{row.place}/level3")
        elif row.is_empty and row.name:
            messages.append(f"指标“{row.name}”没有目标值")
            paths += [f"{row.place}/level3", f"{row.place}/target"]


def _empty_kinds(
    rows: list[_Row], messages: list[str], paths: list[str], doubtful: list[str]
) -> None:
    """Notes second levels, or first ones without any, none of whose rows has a target."""
    unsure = [p for row in rows if not row.is_empty for p in row.doubtful_levels]
    kinds: dict[tuple[str, str], list[_Row]] = {}
    for row in rows:
        if not row.doubtful_levels:
            kinds.setdefault((row.level1, row.level2), []).append(row)
            if row.level2:
                kinds.setdefault((row.level1, ""), []).append(row)
    for (level1, level2), members in kinds.items():
        is_kind = bool(level2 or (level1 and not any(row.level2 for row in members)))
        if is_kind and all(row.is_empty for row in members):
            if unsure:
                doubtful += unsure
                continue
            messages.append(f"“{level2 or level1}”没有目标值")
            paths += [f"{row.place}/target" for row in members]


def _absent_kinds(
    rows: list[_Row],
    required: tuple[str, ...],
    messages: list[str],
    paths: list[str],
    doubtful: list[str],
) -> None:
    """Notes second levels that a table must have and has not; of a table without any, nothing."""
    named = [row for row in rows if row.level2]
    if not named:
        return
    for word in required:
        if any(word in row.level2 for row in named):
            continue
        unsure = [p for row in rows for p in row.doubtful_levels if p.endswith("level2")]
        if unsure:
            doubtful += unsure
        else:
            messages.append(f"没有{word}类指标")
            paths.append(f"{named[0].place}/level2")


def _tables(subject: Subject, parameters: Parameters) -> list[str]:
    present = [key for key in parameters.words("tables") if subject.rows(key)]
    if not present:
        for key in parameters.words("tables"):
            if key in subject.values:
                subject.table(key)
        raise NotApplicable
    return present


@rule(Severity.LOW, "文字在印刷处被截断")
def truncated_text(subject: Subject, parameters: Parameters) -> Verdict:
    """Text is cut off by the print."""
    if not subject.issues:
        return PASSED
    cut: list[str] = []
    doubtful: list[str] = []
    figures = parameters.words("figures")
    for path, value in subject.values.items():
        if path not in subject.issues:
            continue
        if subject.is_doubtful(path):
            last = path.rpartition("/")[2]
            unread = value is None and not any(word in last for word in figures)
            if isinstance(value, str) or (unread and not _is_option(subject, path)):
                doubtful.append(path)
        elif subject.has_issue(path, IssueCode.TRUNCATED):
            cut.append(path)
    messages = [f"{len(cut)} 处文字被截断：{'、'.join(cut)}"] if cut else []
    return passed_unless(messages, cut, doubtful)


def _is_option(subject: Subject, path: str) -> bool:
    return path in subject.options(path.partition("/")[0])


@rule(Severity.HIGH, "缺页：页码不连续，或表首、表末栏目整段缺失")
def missing_pages(subject: Subject, parameters: Parameters) -> Verdict:
    """Pages are missing: a gap in their numbers, or the beginning or end of the form."""
    if not subject.pages:
        raise Insufficient
    first, last = subject.pages[0], subject.pages[-1]
    gap = sorted(set(range(first, last + 1)) - set(subject.pages))
    if gap:
        return failed(
            f"申报表在第 {first} 至 {last} 页，其中第 {'、'.join(map(str, gap))} 页不属于它"
        )
    if not subject.issues:
        return PASSED
    fields = [p for p in subject.values if "/" not in p or p.split("/")[1] == "0"]
    start, end = _missing(subject, fields), _missing(subject, reversed(fields))
    if len(start) == len(fields):
        raise Insufficient(*start)
    for lost, where, least in (
        (start, "表首", parameters.whole("missing_at_start")),
        (end[::-1], "表末", parameters.whole("missing_at_end")),
    ):
        if len(lost) >= least:
            return failed(f"{where} {len(lost)} 个栏目都没有：{'、'.join(lost)}", *lost)
    tables = parameters.words("tables")
    doubtful = [p for p in tables if subject.has_issue(p, IssueCode.MISSING)]
    return passed_unless((), (), doubtful)


def _missing(subject: Subject, fields: Iterable[str]) -> list[str]:
    """Those at the beginning of a list that were not found at all."""
    return list(takewhile(lambda p: subject.has_issue(p, IssueCode.MISSING), fields))
