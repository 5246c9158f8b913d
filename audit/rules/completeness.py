"""Completeness: what is blank, cut off or not there."""

from __future__ import annotations

from audit.catalogue import rule
from audit.parameters import Parameters
from audit.subject import Insufficient, NotApplicable, Subject
from audit.verdict import PASSED, Severity, Verdict, failed, passed_unless
from normalizers.issues import IssueCode


@rule(Severity.MEDIUM, "必填栏为空，或只填了“无”“/”“待填”之类")
def required_blank(subject: Subject, parameters: Parameters) -> Verdict:
    """A required field is blank, or holds a placeholder."""
    blank = [p for p in subject.issues if subject.has_issue(p, IssueCode.REQUIRED_BLANK)]
    words = frozenset(parameters.words("placeholders"))
    may = frozenset(parameters.words("may_say_nothing"))
    filled = [
        path
        for path, value in subject.values.items()
        if isinstance(value, str)
        and value.strip() in words
        and path.rpartition("/")[2] not in may
        and not subject.is_doubtful(path)
    ]
    messages = [f"必填栏 {p} 为空" for p in blank]
    messages += [f"{p} 只填了“{subject.values[p]}”" for p in filled]
    if not messages:
        unread = [p for p in subject.issues if subject.has_issue(p, IssueCode.UNREADABLE)]
        if unread:
            raise Insufficient(*unread)
    return passed_unless(messages, blank + filled)


@rule(Severity.LOW, "某个二级指标下没有填写指标和目标值")
def empty_target(subject: Subject, parameters: Parameters) -> Verdict:
    """A second-level indicator has no target."""
    messages: list[str] = []
    paths: list[str] = []
    doubtful: list[str] = []
    for key in _tables(subject, parameters):
        for i, row in subject.rows(key).items():
            path = f"{key}/{i}/target"
            value = row.get("target")
            if value is None:
                doubtful.append(path)
            elif not str(value).strip():
                name = row.get("level2") or row.get("level1") or f"第 {i + 1} 行"
                messages.append(f"“{name}”没有目标值")
                paths.append(path)
    if doubtful and not messages:
        raise Insufficient(*doubtful)
    return passed_unless(messages, paths)


def _tables(subject: Subject, parameters: Parameters) -> list[str]:
    present = [key for key in parameters.words("tables") if subject.rows(key)]
    if not present:
        for key in parameters.words("tables"):
            if key in subject.values:
                subject.table(key)
        raise NotApplicable
    return present


@rule(Severity.LOW, "文字在印刷处被截断")
def truncated_text(subject: Subject, _parameters: Parameters) -> Verdict:
    """Text is cut off by the print."""
    paths = [p for p in subject.issues if subject.has_issue(p, IssueCode.TRUNCATED)]
    if paths:
        return failed(f"{len(paths)} 处文字被截断：{'、'.join(paths)}", *paths)
    unread = [p for p in subject.issues if subject.has_issue(p, IssueCode.UNREADABLE)]
    if unread:
        raise Insufficient(*unread)
    return PASSED


@rule(Severity.HIGH, "缺页：页码不连续，或表末栏目整段缺失")
def missing_pages(subject: Subject, parameters: Parameters) -> Verdict:
    """Pages are missing: a gap in their numbers, or the end of the form."""
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
    lost: list[str] = []
    for path in reversed(fields):
        if not subject.has_issue(path, IssueCode.MISSING):
            break
        lost.append(path)
    if len(lost) >= parameters.whole("missing_at_end"):
        return failed(
            f"表末 {len(lost)} 个栏目都没有：{'、'.join(reversed(lost))}", *reversed(lost)
        )
    return PASSED
