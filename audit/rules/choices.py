"""Choices: tick boxes that contradict one another, the money, or the eye."""

from __future__ import annotations

from audit.catalogue import rule
from audit.parameters import Parameters
from audit.subject import Insufficient, NotApplicable, Subject
from audit.verdict import PASSED, Severity, Verdict, failed, passed_unless
from normalizers.issues import IssueCode


def _options(subject: Subject, group: str) -> dict[str, bool | None]:
    return {p: v for p, v in subject.options(group).items() if v is None or isinstance(v, bool)}


@rule(Severity.MEDIUM, "单选项没有勾选或勾选了几个")
def exclusive_choice(subject: Subject, parameters: Parameters) -> Verdict:
    """An exclusive choice has no mark, or several."""
    messages: list[str] = []
    paths: list[str] = []
    unread: list[str] = []
    found = False
    for group in parameters.words("groups"):
        options = _options(subject, group)
        if not options:
            continue
        found = True
        marked = [p for p, v in options.items() if v is True]
        unclear = [p for p, v in options.items() if v is None or subject.is_doubtful(p)]
        sure = [p for p in marked if p not in unclear]
        if len(sure) > 1:
            messages.append(f"同时勾选了 {'、'.join(p.partition('/')[2] for p in sure)}")
            paths += sure
        elif unclear:
            unread += unclear
        elif not marked:
            messages.append(f"{group} 没有勾选")
            paths += options
    if not found:
        raise NotApplicable
    if unread and not messages:
        raise Insufficient(*unread)
    return passed_unless(messages, paths)


@rule(Severity.MEDIUM, "一次性项目却有上年预算")
def one_off_with_previous_budget(subject: Subject, parameters: Parameters) -> Verdict:
    """A one-off project has a previous-year budget."""
    words = parameters.words("words")
    previous = subject.number_at("prev_budget")
    unread: list[str] = []
    for name in parameters.words("names"):
        said = subject.values.get(name)
        if isinstance(said, str) and any(w in said for w in words):
            subject.certain(name)
            return _with_previous(name, said, previous)
        options = {p: v for p, v in _options(subject, name).items() if any(w in p for w in words)}
        for path, value in options.items():
            if value is None or subject.is_doubtful(path):
                unread.append(path)
            elif value:
                return _with_previous(path, path.partition("/")[2], previous)
    if unread:
        raise Insufficient(*unread)
    raise NotApplicable


def _with_previous(path: str, name: str, previous: object) -> Verdict:
    if not previous:
        return PASSED
    return failed(f"勾选“{name}”，上年却有预算 {previous:,.2f} 元", path, "prev_budget")


@rule(Severity.LOW, "没有方框，或看不清是否勾选")
def mark_unknown(subject: Subject, _parameters: Parameters) -> Verdict:
    """No box, or no telling whether it is ticked."""
    paths = [
        p
        for p in subject.issues
        if subject.has_issue(p, IssueCode.MARK_UNKNOWN) and subject.values.get(p) is None
    ]
    if paths:
        names = "、".join(p.partition("/")[2] for p in paths)
        return failed(f"{names}：没有方框，或看不清是否勾选", *paths)
    options = [p for p, v in subject.all_options() if isinstance(v, bool)]
    if not options:
        raise NotApplicable
    doubtful = [p for p in options if subject.is_doubtful(p)]
    if doubtful:
        raise Insufficient(*doubtful)
    return PASSED
