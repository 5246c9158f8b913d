"""A project beside what it declared itself: last year's budget, this year's targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from audit.between.base import CrossCheck, CrossFinding, project_of
from audit.catalogue import across
from audit.folding import fold
from audit.parameters import Parameters
from audit.rules.self_evaluation import AT_MOST, single
from audit.subject import Insufficient, NotApplicable, Outline, Subject, number
from audit.verdict import Outcome, Severity

Key = tuple[str, int]


@across(
    "previous_year_mismatch",
    "money",
    Severity.HIGH,
    "所填上年预算与上年申报表的当年预算不符",
    "the previous-year figure is not what the project declared last year",
)
class PreviousYearMismatch(CrossCheck):
    """Annual budgets by project and year."""

    def __init__(self, parameters: Parameters) -> None:
        self._tolerance = parameters.number("tolerance")
        self._annual: dict[Key, list[tuple[int, Decimal | None]]] = {}
        self._previous: list[tuple[int, Key, Decimal]] = []
        self._settled: dict[int, Outcome] = {}

    def prepare(self, outline: Outline) -> None:
        """Nothing is needed beforehand."""

    def observe(self, place: int, subject: Subject) -> None:
        """Notes this year's budget, and what is said of last year's."""
        if "prev_budget" not in subject.values and "annual_budget" not in subject.values:
            raise NotApplicable
        key = (project_of(subject), subject.year())
        if "annual_budget" in subject.values:
            doubtful = subject.is_doubtful("annual_budget")
            amount = None if doubtful else number(subject.values["annual_budget"])
            self._annual.setdefault(key, []).append((place, amount))
        self._previous.append((place, (key[0], key[1] - 1), subject.number_at("prev_budget")))

    def finish(self) -> Iterator[CrossFinding]:
        """Compares each with the year before."""
        for place, key, previous in self._previous:
            declared = self._annual.get(key)
            if declared is None:
                self._settled[place] = Outcome.NOT_APPLICABLE
            elif any(amount is None for _, amount in declared):
                self._settled[place] = Outcome.INSUFFICIENT_DATA
            elif all(abs((a or 0) - previous) > self._tolerance for _, a in declared):
                earlier, amount = declared[0]
                yield CrossFinding(
                    f"所填上年预算 {previous:,.2f} 元，{key[1]} 年申报表的当年预算为 "
                    f"{amount:,.2f} 元",
                    ((place, ("prev_budget",)), (earlier, ("annual_budget",))),
                    (place,),
                )

    def settle(self) -> Mapping[int, Outcome]:
        """Declarations whose last year is not there, or in doubt."""
        return self._settled


Target = tuple[str, Decimal, str | None]


@across(
    "target_lowered",
    "self_evaluation",
    Severity.HIGH,
    "自评表的目标值比申报表低",
    "the self-evaluation's target is lower than what was declared",
)
class TargetLowered(CrossCheck):
    """Targets of the projects that have a self-evaluation."""

    def __init__(self, parameters: Parameters) -> None:
        self._tolerance = parameters.number("tolerance") / 100
        self._evaluated: set[Key] = set()
        self._declared: dict[Key, tuple[int, dict[str, tuple[int, Target]], bool]] = {}
        self._evaluations: list[tuple[int, Key, dict[str, tuple[int, Target]]]] = []
        self._settled: dict[int, Outcome] = {}

    def prepare(self, outline: Outline) -> None:
        """Notes which projects have one."""
        if outline.is_evaluation and outline.year and outline.applicant and outline.project_name:
            name = f"{fold(outline.applicant)}|{fold(outline.project_name)}"
            self._evaluated.add((name, outline.year))

    def observe(self, place: int, subject: Subject) -> None:
        """Notes the targets of a self-evaluation, or of what it looks back on."""
        if not subject.is_evaluation and not self._evaluated:
            raise NotApplicable
        key = (project_of(subject), subject.year())
        if not subject.is_evaluation:
            if key in self._evaluated:
                targets, doubtful = _targets(subject)
                self._declared[key] = (place, targets, bool(doubtful))
            raise NotApplicable
        subject.table("indicators")
        targets, doubtful = _targets(subject)
        if doubtful:
            raise Insufficient(*doubtful)
        self._evaluations.append((place, key, targets))

    def finish(self) -> Iterator[CrossFinding]:
        """Compares row by row, by the indicator's name."""
        for place, key, targets in self._evaluations:
            if key not in self._declared:
                self._settled[place] = Outcome.NOT_APPLICABLE
                continue
            earlier, declared, doubtful = self._declared[key]
            both = [name for name in targets if name in declared]
            if not both:
                lacking = Outcome.INSUFFICIENT_DATA if doubtful else Outcome.NOT_APPLICABLE
                self._settled[place] = lacking
            lowered = [
                n for n in both if self._is_lower(targets[n][1], declared[n][1])
            ]  # fmt: skip
            if lowered:
                said = "；".join(
                    f"{n}：申报 {declared[n][1][1]}，自评 {targets[n][1][1]}" for n in lowered
                )
                yield CrossFinding(
                    f"自评表的目标值低于申报表：{said}",
                    (
                        (place, tuple(f"indicators/{targets[n][0]}/target" for n in lowered)),
                        (earlier, tuple(f"indicators/{declared[n][0]}/target" for n in lowered)),
                    ),
                    (place,),
                )

    def _is_lower(self, now: Target, then: Target) -> bool:
        """Easier to reach: less of at least so much, more of at most so much."""
        if now[2] != then[2]:
            return False
        if then[0] in AT_MOST:
            return now[1] > then[1] * (1 + self._tolerance)
        return now[1] < then[1] * (1 - self._tolerance)

    def settle(self) -> Mapping[int, Outcome]:
        """Self-evaluations without a declaration to compare with."""
        return self._settled


def _targets(subject: Subject) -> tuple[dict[str, tuple[int, Target]], list[str]]:
    """Row and number of each indicator that has one, by its folded name; and what is in doubt."""
    found: dict[str, tuple[int, Target]] = {}
    doubtful: list[str] = []
    for i, row in subject.rows("indicators").items():
        path = f"indicators/{i}/target"
        if subject.is_doubtful(path):
            doubtful.append(path)
            continue
        target = single(tuple(subject.parsed.get(path, ())))
        name = row.get("level3")
        if target is not None and isinstance(name, str) and fold(name):
            found.setdefault(fold(name), (i, target))
    return found, doubtful
