"""What a check has to say about one line of a definition."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a definition can be used in spite of a complaint."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing to correct.

    Attributes:
        line: In the file, from 1.
        severity: An error makes the definition wrong, a warning may be meant.
        message: Chinese and English, for people.
    """

    line: int
    severity: Severity
    message: str


def error(line: int, message: str) -> Complaint:
    """A complaint that makes the definition wrong."""
    return Complaint(line, Severity.ERROR, message)


def warning(line: int, message: str) -> Complaint:
    """A complaint about what may be meant."""
    return Complaint(line, Severity.WARNING, message)
