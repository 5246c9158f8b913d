"""The words of an audit: how a check came out, what it rests on, what a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from audit.subject import Subject

Parameter = float | int | str | tuple[str, ...]
Parameters = Mapping[str, Parameter]
"""Values of one rule's parameters, by name."""


class Outcome(StrEnum):
    """How a check of one declaration came out."""

    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    INSUFFICIENT_DATA = "insufficient_data"
    ERROR = "error"
    NOT_RUN = "not_run"


LETTERS = {
    Outcome.PASS: "P",
    Outcome.FAIL: "F",
    Outcome.NOT_APPLICABLE: "N",
    Outcome.INSUFFICIENT_DATA: "I",
    Outcome.ERROR: "E",
    Outcome.NOT_RUN: "-",
}
"""How the ledger keeps them."""


class Severity(StrEnum):
    """How much a finding matters."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Group(StrEnum):
    """What a rule is about."""

    MONEY = "money"
    COMPLETENESS = "completeness"
    MEASURABILITY = "measurability"
    ALIGNMENT = "alignment"
    BETWEEN = "between"
    DATES = "dates"
    CHOICES = "choices"
    SELF_EVALUATION = "self_evaluation"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one rule came out on one declaration.

    Attributes:
        outcome: Of the check.
        message: For a failure: what is wrong, in Chinese, with the figures.
        paths: Fields it rests on.
        severity: Where it differs from the rule's.
    """

    outcome: Outcome
    message: str = ""
    paths: tuple[str, ...] = ()
    severity: Severity | None = None


PASS = Verdict(Outcome.PASS)
NOT_APPLICABLE = Verdict(Outcome.NOT_APPLICABLE)


def failed(message: str, *paths: str, severity: Severity | None = None) -> Verdict:
    """A finding."""
    return Verdict(Outcome.FAIL, message, paths, severity)


def insufficient(*paths: str) -> Verdict:
    """Nothing can be said, because these are unread or await review."""
    return Verdict(Outcome.INSUFFICIENT_DATA, paths=paths)


@dataclass(frozen=True, slots=True)
class Concerned:
    """A declaration that a finding speaks of, and the fields of it that the finding rests on."""

    number: int
    reading_id: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """A finding between declarations.

    Attributes:
        message: What is wrong, in Chinese.
        concerned: Declarations, the one it is reported under first.
        severity: Where it differs from the rule's.
    """

    message: str
    concerned: tuple[Concerned, ...]
    severity: Severity | None = None


class Comparison(Protocol):
    """One run of a rule between declarations: shown each of them once, asked at the end."""

    def see(self, subject: Subject) -> Outcome | None:
        """Keeps what it needs of a declaration.

        Returns:
            How the check comes out where that is known already (not applicable, insufficient
            data); ``None`` where it takes part in the comparison.
        """

    def findings(self) -> Iterable[Shared]:
        """What was found; all others that took part pass."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One check.

    Attributes:
        id: As in the ledger and on the command line.
        group: What it is about.
        severity: Of its findings, unless they say otherwise.
        zh: What it checks, in Chinese.
        en: The same in English.
        check: For a rule on one declaration.
        compare: For a rule between declarations: begins a run of it.
        parameters: Names of its parameters; their values stand in ``parameters.yaml``.
    """

    id: str
    group: Group
    severity: Severity
    zh: str
    en: str
    check: Callable[[Subject, Parameters], Verdict] | None = None
    compare: Callable[[Parameters], Comparison] | None = None
    parameters: tuple[str, ...] = field(default=())
