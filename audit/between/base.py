"""What a comparison of declarations is: two passes, and small summaries in between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from audit.folding import fold
from audit.parameters import Parameters
from audit.subject import Insufficient, Outline, Subject
from audit.verdict import Outcome, Severity


@dataclass(frozen=True, slots=True)
class CrossFinding:
    """Declarations that have something to do with one another.

    Attributes:
        message: In Chinese.
        members: Place in the stream, and the fields concerned, of the declarations to list.
        failing: Place of every declaration that fails by it, listed or not.
        severity: Where it differs from the rule's.
    """

    message: str
    members: tuple[tuple[int, tuple[str, ...]], ...]
    failing: tuple[int, ...]
    severity: Severity | None = None


class CrossCheck(Protocol):
    """A rule over a whole archive."""

    def __init__(self, parameters: Parameters) -> None: ...

    def prepare(self, outline: Outline) -> None:
        """First pass: who declared what."""

    def observe(self, place: int, subject: Subject) -> None:
        """Second pass: one declaration; raises `NotApplicable` or `Insufficient` as rules do.

        Args:
            place: Its number in the stream, from 0.
            subject: The declaration.
        """

    def finish(self) -> Iterator[CrossFinding]:
        """What was found."""

    def settle(self) -> Mapping[int, Outcome]:
        """Places that came out otherwise than they seemed to; asked for after `finish`."""
        return {}


def project_of(subject: Subject) -> str:
    """By what a project is known again.

    Raises:
        Insufficient: Its name or its applicant's is unread or awaits review.
    """
    applicant, name = subject.values.get("applicant"), subject.values.get("project_name")
    for path in ("applicant", "project_name"):
        if subject.is_doubtful(path):
            raise Insufficient(path)
    if not isinstance(applicant, str) or not isinstance(name, str):
        raise Insufficient("project_name")
    plain = fold(name)
    if not plain:
        raise Insufficient("project_name")
    return f"{fold(applicant)}|{plain}"


class Numbering:
    """Small numbers for texts, so that arrays hold them."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def of(self, text: str) -> int:
        """The number of a text; a new one where it is new."""
        return self._known.setdefault(text, len(self._known))
