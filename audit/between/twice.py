"""One project declared twice for the same year: by two filings, or by one in two files."""

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
        self._also: dict[int, tuple[tuple[str, ...], bool]] = {}
        self._found: list[tuple[int, int]] = []
        self._places: dict[tuple[bool, int, str], list[int]] = defaultdict(list)

    def prepare(self, outline: Outline) -> None:
        """Notes which filings stand in several files."""
        if outline.also_in:
            self._also[outline.number] = (outline.also_in, outline.is_revised)

    def observe(self, place: int, subject: Subject) -> None:
        """Notes who it is."""
        if subject.number in self._also:
            self._found.append((place, subject.number))
        key = (subject.is_evaluation, subject.year(), project_of(subject))
        self._places[key].append(place)

    def finish(self) -> Iterator[CrossFinding]:
        """Names that stand on more than one declaration, and forms in more than one file."""
        for (_, year, _), places in self._places.items():
            if len(places) > 1:
                yield CrossFinding(
                    f"{year} 年有 {len(places)} 张同一单位、同一项目的申报表",
                    tuple((place, NAMES) for place in places),
                    tuple(places),
                )
        for place, number in self._found:
            files, is_revised = self._also[number]
            said = "内容不同" if is_revised else "内容相同"
            yield CrossFinding(
                f"同一张申报表另见于 {'、'.join(files)}，{said}",
                ((place, NAMES),),
                (place,),
                Severity.MEDIUM if is_revised else Severity.LOW,
            )
