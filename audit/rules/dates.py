"""Dates: their order, their year, their parts, and what is promised or cited outside of them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from audit.catalogue import rule
from audit.parameters import Parameters
from audit.subject import NotApplicable, Subject
from audit.verdict import PASSED, Severity, Verdict, failed, passed_unless
from normalizers.issues import IssueCode

_DUE = re.compile(
    r"(?<!\d)(?P<year>20\d\d)\s*[年./-]\s*"
    r"(?:(?P<month>1[0-2]|0?[1-9])(?!\d)\s*(?:[月./-]\s*(?P<day>3[01]|[12]\d|0?[1-9])?)?)?"
    r"|(?<![\d年./-])(?P<only_month>1[0-2]|0?[1-9])\s*月\s*"
    r"(?:(?P<only_day>3[01]|[12]\d|0?[1-9])\s*[日号])?"
    r"(?=份|底|末|前|之前|以前|完成|\s|$|[，。；、（）()])"
)
"""A moment that a target names; a month without a year is one of the project's year."""
_PERIOD = re.compile(r"(?:19|20)\d\d\s*年?\s*[-—–~至到]+\s*((?:19|20)\d\d)(?!\d)")


@rule(Severity.HIGH, "开始时间应早于结束时间")
def date_order(subject: Subject, _parameters: Parameters) -> Verdict:
    """The start comes before the end."""
    start, end = subject.date_at("start_date"), subject.date_at("end_date")
    if start <= end:
        return PASSED
    return failed(f"开始时间 {start} 晚于结束时间 {end}", "start_date", "end_date")


@rule(Severity.MEDIUM, "项目起止时间不在预算年度内")
def outside_fiscal_year(subject: Subject, _parameters: Parameters) -> Verdict:
    """The project's time lies outside the fiscal year."""
    year = subject.year()
    start, end = subject.date_at("start_date"), subject.date_at("end_date")
    if start.year <= year <= end.year:
        return PASSED
    return failed(
        f"项目起止为 {start} 至 {end}，预算年度为 {year}", "start_date", "end_date", "year"
    )


@rule(Severity.LOW, "日期缺少年月日之一，或年份只有两位")
def date_incomplete(subject: Subject, parameters: Parameters) -> Verdict:
    """A date lacks a part, or its year has two digits."""
    dates = [p for p in parameters.words("fields") if p in subject.values]
    if not dates:
        raise NotApplicable
    doubtful = [p for p in dates if subject.is_doubtful(p)]
    paths = [
        p for p in dates if p not in doubtful and subject.has_issue(p, IssueCode.DATE_INCOMPLETE)
    ]
    messages = [f"{p} 写得不完整，按 {subject.values[p]} 理解" for p in paths]
    return passed_unless(messages, paths, doubtful)


@rule(Severity.MEDIUM, "指标的完成时间晚于项目结束")
def late_indicator(subject: Subject, parameters: Parameters) -> Verdict:
    """An indicator is due after the project's end."""
    due: list[tuple[str, str, re.Match[str]]] = []
    doubtful: list[str] = []
    for key in parameters.words("tables"):
        for i, row in subject.rows(key).items():
            text = row.get("target", "")
            path = f"{key}/{i}/target"
            if text is None or (path in subject.issues and subject.is_doubtful(path)):
                doubtful.append(path)
            elif isinstance(text, str) and ("月" in text or "20" in text):
                due += [(path, text, m) for m in _DUE.finditer(text)]
    if "end_date" not in subject.values or not (due or doubtful):
        raise NotApplicable
    end = subject.date_at("end_date")
    year = subject.values.get("year")
    of_year = year if isinstance(year, int) and not subject.is_doubtful("year") else end.year
    late = {path: text for path, text, match in due if _earliest(match, of_year) > end}
    messages = [f"“{text}”晚于项目结束 {end}" for text in late.values()]
    return passed_unless(messages, [*late, "end_date"], doubtful)


def _earliest(match: re.Match[str], of_year: int) -> date:
    """The first day that a printed date can mean: 2020年 may be its first day."""
    year = int(match["year"] or of_year)
    month = int(match["month"] or match["only_month"] or 1)
    last = monthrange(year, month)[1]
    return date(year, month, min(int(match["day"] or match["only_day"] or 1), last))


@rule(Severity.MEDIUM, "立项依据引用的规划已经到期")
def expired_basis(subject: Subject, parameters: Parameters) -> Verdict:
    """A plan that is cited as a basis is over."""
    path = subject.first(parameters.words("fields"))
    text, year = subject.text_at(path), subject.year()
    cited = [(m[0], int(m[1])) for m in _PERIOD.finditer(text)]
    cited += [(p, int(last)) for p, last in parameters.numbers("plans").items() if p in text]
    if not cited:
        raise NotApplicable
    over = [(name, last) for name, last in dict.fromkeys(cited) if last < year]
    messages = [f"引用的“{name}”至 {last} 年已到期" for name, last in over]
    return passed_unless(messages, [path, "year"])
