"""One project declared twice for the same year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from audit.between.base import CrossCheck, CrossFinding, project_of
from audit.catalogue import across
from audit.parameters import Parameters
from audit.subject import Outline, Subject
from audit.verdict import Severity

NAMES = ("year", "applicant", "project_name")


@across(
    "declared_twice",
    "between",
    Severity.HIGH,
    "同一单位同一年度的同一项目申报了两次",
    "the same project of the same applicant is declared twice for one year",
)
class DeclaredTwice(CrossCheck):
    """By year, applicant and project."""

    def __init__(self, _parameters: Parameters) -> None:
        self._places: dict[tuple[bool, int, str], list[int]] = defaultdict(list)

    def prepare(self, outline: Outline) -> None:
        """Nothing is needed beforehand."""

    def observe(self, place: int, subject: Subject) -> None:
        """Notes who it is."""
        key = (subject.is_evaluation, subject.year(), project_of(subject))
        self._places[key].append(place)

    def finish(self) -> Iterator[CrossFinding]:
        """Names that stand on more than one declaration."""
        for (_, year, _), places in self._places.items():
            if len(places) > 1:
                yield CrossFinding(
                    f"{year} 年有 {len(places)} 张同一单位、同一项目的申报表",
                    tuple((place, NAMES) for place in places),
                    tuple(places),
                )
