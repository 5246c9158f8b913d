"""How a check comes out: the words of the ledger and of the findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How one rule came out on one declaration."""

    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    INSUFFICIENT_DATA = "insufficient_data"
    ERROR = "error"
    NOT_RUN = "not_run"


LETTERS: dict[Outcome, str] = {
    Outcome.PASS: "P",
    Outcome.FAIL: "F",
    Outcome.NOT_APPLICABLE: "N",
    Outcome.INSUFFICIENT_DATA: "I",
    Outcome.ERROR: "E",
    Outcome.NOT_RUN: "-",
}
"""Outcome → its letter in the packed ledger."""

OUTCOME_OF = {letter: outcome for outcome, letter in LETTERS.items()}


class Severity(StrEnum):
    """How much a finding matters."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of one declaration.

    Attributes:
        outcome: How it came out.
        message: What was found, in Chinese; for insufficient data, what is lacking.
        paths: Fields it rests on.
    """

    outcome: Outcome
    message: str = ""
    paths: tuple[str, ...] = ()


PASSED = Verdict(Outcome.PASS)


def failed(message: str, *paths: str) -> Verdict:
    """A finding."""
    return Verdict(Outcome.FAIL, message, paths)


def insufficient(*paths: str) -> Verdict:
    """Nothing can be said, because these are unread or await review."""
    return Verdict(Outcome.INSUFFICIENT_DATA, "栏目未读出或待核对", paths)


def passed_unless(
    messages: Sequence[str], paths: Iterable[str], doubtful: Iterable[str] = ()
) -> Verdict:
    """A finding with everything that was surely found, or a pass where nothing was.

    Args:
        messages: What was found.
        paths: Fields it rests on.
        doubtful: Fields that could not be judged: without a finding nothing can be said.
    """
    if messages:
        return failed("；".join(messages), *dict.fromkeys(paths))
    unjudged = tuple(dict.fromkeys(doubtful))
    return insufficient(*unjudged) if unjudged else PASSED


@dataclass(frozen=True, slots=True)
class Member:
    """A declaration that a finding speaks of, and the fields of it that the finding rests on.

    Attributes:
        number: Of the declaration.
        reading_id: Reading that was checked.
        paths: Fields.
    """

    number: int
    reading_id: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an auditor should look at.

    Attributes:
        rule: Id of the rule.
        outcome: ``fail``, or ``error`` where the rule itself failed.
        severity: How much it matters.
        message: In Chinese.
        members: Declarations concerned.
    """

    rule: str
    outcome: Outcome
    severity: Severity
    message: str
    members: tuple[Member, ...]
