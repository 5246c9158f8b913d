"""Figures without a unit of money: scores, weights, rates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalizers.issues import IssueCode
from normalizers.text import half_width

_PLACEHOLDERS = frozenset(("无", "/", "\\", "-", "--", "—", "——", "–", "一", "一一", "*", "N/A"))
"""What people write where nothing is to be entered. In print 一 and a dash are one stroke, and
nobody gives a score in words."""
_FIGURES = re.compile(r"(?P<number>[-−]?\d+(?:\.\d+)?)(?P<percent>%?)分?")


@dataclass(frozen=True, slots=True)
class ParsedNumber:
    """A figure as read.

    Attributes:
        value: Digits, with the percent sign where one is printed; ``""`` where nothing is
            entered; ``None`` where it cannot be read.
        issues: Why it cannot be read.
    """

    value: str | None
    issues: tuple[IssueCode, ...] = ()


def parse_number(text: str) -> ParsedNumber:
    """Reads ``10``, ``9.5分`` and ``95.2％``; never in words, never with a guess.

    Args:
        text: The field as read.
    """
    plain = "".join(half_width(text).split())
    if not plain or plain.upper() in _PLACEHOLDERS:
        return ParsedNumber("")
    match = _FIGURES.fullmatch(plain)
    if match is None:
        return ParsedNumber(None, (IssueCode.UNREADABLE,))
    return ParsedNumber(match["number"].replace("−", "-") + match["percent"])
