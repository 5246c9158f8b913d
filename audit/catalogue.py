"""The rules there are: each with its id, what it means, how much it matters, what it is set by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module

from audit.between.base import CrossCheck
from audit.parameters import Parameters
from audit.subject import Subject
from audit.verdict import Severity, Verdict
from extractors.errors import RequestError

Check = Callable[[Subject, Parameters], Verdict]
CrossFactory = Callable[[Parameters], CrossCheck]

GROUPS = (
    "money",
    "completeness",
    "measurability",
    "alignment",
    "between",
    "dates",
    "choices",
    "self_evaluation",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One check.

    Attributes:
        id: Stable name.
        group: What it is about.
        severity: Of its findings.
        zh: What it looks for, in Chinese.
        en: The same in English.
        check: For rules on one declaration.
        across: For rules that compare declarations.
    """

    id: str
    group: str
    severity: Severity
    zh: str
    en: str
    check: Check | None = None
    across: CrossFactory | None = None


_RULES: dict[str, Rule] = {}


def rule(severity: Severity, zh: str) -> Callable[[Check], Check]:
    """Enters a function into the catalogue: its name is the id, its docstring the English words."""

    def enter(check: Check) -> Check:
        group = check.__module__.rpartition(".")[2]
        en = (check.__doc__ or "").strip().rstrip(".")
        _RULES[check.__name__] = Rule(check.__name__, group, severity, zh, en, check)
        return check

    return enter


def across(
    rule_id: str, group: str, severity: Severity, zh: str, en: str
) -> Callable[[type[CrossCheck]], type[CrossCheck]]:
    """Enters a comparison of declarations into the catalogue."""

    def enter(check: type[CrossCheck]) -> type[CrossCheck]:
        _RULES[rule_id] = Rule(rule_id, group, severity, zh, en, across=check)
        return check

    return enter


def catalogue() -> Mapping[str, Rule]:
    """Every rule by its id, in the order of the groups."""
    for group in GROUPS:
        if group != "between":
            import_module(f"audit.rules.{group}")
    for module in ("copied", "near_text", "funding", "twice", "history"):
        import_module(f"audit.between.{module}")
    return dict(sorted(_RULES.items(), key=lambda entry: GROUPS.index(entry[1].group)))


def choose(ids: Iterable[str]) -> tuple[Rule, ...]:
    """The rules asked for; all of them where none is named.

    Raises:
        RequestError: ``rule_unknown``.
    """
    known = catalogue()
    wanted = list(dict.fromkeys(ids))
    unknown = [i for i in wanted if i not in known]
    if unknown:
        raise RequestError(
            f"没有规则 {', '.join(unknown)}；有 / no such rule; there are: {', '.join(known)}",
            code="rule_unknown",
        )
    return tuple(known[i] for i in wanted) if wanted else tuple(known.values())
