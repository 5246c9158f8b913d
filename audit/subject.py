"""One declaration as rules see it: quick look-ups, and an honest word on what cannot be used.

A value that is unread, or that awaits review for a doubt, raises `Insufficient` where a rule needs
it; a field that the form does not have, or that was left blank, raises `NotApplicable`. So a rule
is written as if everything were there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from operator import itemgetter
from typing import Any

from normalizers.issues import IssueCode
from normalizers.records import Declaration, ParsedTarget, Value

DOUBTS = frozenset(
    {
        IssueCode.MISSING,
        IssueCode.UNREADABLE,
        IssueCode.LOW_CONFIDENCE,
        IssueCode.AMOUNT_INVALID,
        IssueCode.AMOUNT_AMBIGUOUS,
        IssueCode.DATE_INVALID,
        IssueCode.YEAR_INVALID,
        IssueCode.MARK_UNKNOWN,
        IssueCode.SOURCES_DISAGREE,
        IssueCode.UNASSIGNED_TEXT,
        IssueCode.INFERRED_MERGE,
        IssueCode.CORRECTION_CONTRADICTED,
        IssueCode.CORRECTION_UNPLACED,
    }
)
"""Issues after which a value is not good enough to accuse anybody with."""

NOBODY = frozenset[str]()

LAYOUTS_REMEMBERED = 2_000
"""Forms, with their numbers of rows, whose places of cells are kept; an archive has hundreds."""


class NotApplicable(Exception):  # noqa: N818 - an outcome, not a fault
    """The rule has nothing to check here."""


class Insufficient(Exception):  # noqa: N818 - an outcome, not a fault
    """A value that the rule needs is unread or awaits review.

    Attributes:
        paths: Which.
    """

    def __init__(self, *paths: str) -> None:
        super().__init__(*paths)
        self.paths = paths


Row = Mapping[str, Value]


def _divide(path: str) -> tuple[str, int, str]:
    """Table, row and column of a cell; choice, -1 and option of a tick box; else no column."""
    key, _, rest = path.partition("/")
    index, _, column = rest.partition("/")
    cell = bool(column) and index.isdecimal()
    return (key, int(index), column) if cell else (key, -1, rest)


Pick = Callable[[Sequence[Value]], Sequence[Value]]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the cells of tables and the boxes of choices are among the values of a form.

    Attributes:
        tables: Table, and of each row its number, its columns, and how to pick its values.
        groups: Choice, and path and place of each of its boxes.
    """

    tables: tuple[tuple[str, tuple[tuple[int, tuple[str, ...], Pick], ...]], ...]
    groups: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


@lru_cache(maxsize=LAYOUTS_REMEMBERED)
def _layout(paths: tuple[str, ...]) -> _Layout:
    tables: dict[str, dict[int, list[tuple[str, int]]]] = {}
    groups: dict[str, list[tuple[str, int]]] = {}
    for place, path in enumerate(paths):
        key, index, column = _divide(path)
        if index >= 0:
            tables.setdefault(key, {}).setdefault(index, []).append((column, place))
        elif column:
            groups.setdefault(key, []).append((path, place))
    return _Layout(
        tuple(
            (key, tuple((i, tuple(c for c, _ in cells), _pick(cells)) for i, cells in rows.items()))
            for key, rows in tables.items()
        ),
        tuple((key, tuple(boxes)) for key, boxes in groups.items()),
    )


def _pick(cells: Sequence[tuple[str, int]]) -> Pick:
    """Takes the values of the cells of a row, which as a rule stand together."""
    places = [place for _, place in cells]
    together = places == list(range(places[0], places[-1] + 1))
    return itemgetter(slice(places[0], places[-1] + 1)) if together else itemgetter(*places)


@dataclass(frozen=True, slots=True)
class Outline:
    """Who declared what: all that the first pass over an archive keeps of a declaration.

    Attributes:
        number: Of the declaration.
        reading_id: Reading that stands for it.
        form_id: Layout.
        year: Year, where it was read.
        applicant: As read.
        project_name: As read.
        activities: Position and name of each sub-project.
        is_evaluation: Whether it looks back on a year, rather than ahead.
        also_in: Other files in which the same form was found.
        is_revised: Whether one of them says something else.
    """

    number: int
    reading_id: int
    form_id: str
    year: int | None
    applicant: str | None
    project_name: str | None
    activities: tuple[tuple[int, str], ...] = ()
    is_evaluation: bool = False
    also_in: tuple[str, ...] = ()
    is_revised: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """A declaration to be checked.

    Attributes:
        number: Of the declaration.
        reading_id: Reading that stands for it.
        document_sha256: File it was read from.
        form_id: Layout.
        pages: Pages of the file it stands on, ascending.
        values: Value by path, in the order of the form.
        parsed: Quantities and statements of targets, by path.
        issues: Codes of the reasons to look, by path.
        kept: What rules work out of it for one another.
    """

    number: int
    reading_id: int
    document_sha256: str
    form_id: str
    pages: tuple[int, ...]
    values: Mapping[str, Value]
    parsed: Mapping[str, Sequence[ParsedTarget]]
    issues: Mapping[str, frozenset[str]]
    kept: dict[str, Any] = field(default_factory=dict, repr=False)
    _tables: dict[str, dict[int, dict[str, Value]]] = field(default_factory=dict, repr=False)
    _groups: dict[str, dict[str, Value]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        layout, values = _layout(tuple(self.values)), tuple(self.values.values())
        for key, rows in layout.tables:
            self._tables[key] = {
                index: dict(zip(columns, pick(values), strict=True))
                for index, columns, pick in rows
            }
        for key, boxes in layout.groups:
            self._groups[key] = {path: values[place] for path, place in boxes}

    @classmethod
    def of(
        cls, number: int, reading_id: int, document_sha256: str, declaration: Declaration
    ) -> Subject:
        """From a record that is whole in memory."""
        issues: dict[str, set[str]] = {}
        for issue in declaration.issues:
            issues.setdefault(issue.path, set()).add(issue.code.value)
        return cls(
            number,
            reading_id,
            document_sha256,
            declaration.form_id,
            declaration.pages,
            {v.path: v.value for v in declaration.values},
            {v.path: v.parsed for v in declaration.values if v.parsed},
            {path: frozenset(codes) for path, codes in issues.items()},
        )

    def outline(self) -> Outline:
        """What the first pass keeps."""
        year = self.values.get("year")
        names = ((i, row.get("name")) for i, row in self.rows("subprojects").items())
        return Outline(
            self.number,
            self.reading_id,
            self.form_id,
            year if isinstance(year, int) else None,
            _text_or_none(self.values.get("applicant")),
            _text_or_none(self.values.get("project_name")),
            tuple((i, n) for i, n in names if isinstance(n, str) and n),
            self.is_evaluation,
        )

    @property
    def is_evaluation(self) -> bool:
        """Whether it looks back on a year, rather than ahead."""
        return "total_score" in self.values

    def has_issue(self, path: str, code: IssueCode) -> bool:
        """Whether a value has this reason to be looked at."""
        return code.value in self.issues.get(path, NOBODY)

    def is_doubtful(self, path: str) -> bool:
        """Whether a value is not good enough to rest a finding on."""
        codes = self.issues.get(path)
        return codes is not None and not DOUBTS.isdisjoint(codes)

    def rows(self, key: str) -> Mapping[int, Row]:
        """Rows of a table by their number, in print order; empty where there are none."""
        return self._tables.get(key, {})

    def options(self, key: str) -> Mapping[str, Value]:
        """Tick boxes of a choice by their path, in the order of the form."""
        return self._groups.get(key, {})

    def all_options(self) -> Iterator[tuple[str, Value]]:
        """Path and state of every tick box."""
        return ((p, v) for group in self._groups.values() for p, v in group.items())

    def table(self, key: str) -> Mapping[int, Row]:
        """Rows of a table that a rule needs.

        Raises:
            NotApplicable: The form has no such table, or an empty one.
            Insufficient: It was not found.
        """
        found = self._tables.get(key)
        if found:
            return found
        if self.is_doubtful(key):
            raise Insufficient(key)
        raise NotApplicable

    def first(self, keys: Iterable[str]) -> str:
        """The first of several names of a field that this form has.

        Raises:
            NotApplicable: It has none.
        """
        for key in keys:
            if key in self.values:
                return key
        raise NotApplicable

    def certain(self, path: str) -> Value:
        """A value that nobody doubts; ``None`` or ``""`` where it was left blank.

        Raises:
            NotApplicable: The form does not have it.
            Insufficient: It is unread or awaits review.
        """
        if path not in self.values:
            raise NotApplicable
        if path in self.issues and self.is_doubtful(path):
            raise Insufficient(path)
        return self.values[path]

    def number_at(self, path: str) -> Decimal:
        """An amount or a number.

        Raises:
            NotApplicable: The form does not have it, or it was left blank where it may be.
            Insufficient: It is unread, awaits review, or is blank where it must not be.
        """
        value = number(self.certain(path))
        if value is None:
            raise self._blank(path)
        return value

    def date_at(self, path: str) -> date:
        """A date; raises as `number_at`."""
        value = self.certain(path)
        if not isinstance(value, date):
            raise self._blank(path)
        return value

    def year(self) -> int:
        """The year of the declaration; raises as `number_at`."""
        value = self.certain("year")
        if not isinstance(value, int):
            raise self._blank("year")
        return value

    def text_at(self, path: str) -> str:
        """A text that is not blank; raises as `number_at`."""
        value = self.certain(path)
        if not isinstance(value, str) or not value.strip():
            raise self._blank(path)
        return value

    def _blank(self, path: str) -> NotApplicable | Insufficient:
        if self.values[path] == "" or path not in self.issues:
            needed = self.has_issue(path, IssueCode.REQUIRED_BLANK)
            return Insufficient(path) if needed else NotApplicable()
        return Insufficient(path)


def number(value: Value) -> Decimal | None:
    """An amount, or a number that was kept as text."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str) and value:
        try:
            return Decimal(value.strip().rstrip("%％分").replace(",", ""))
        except InvalidOperation:
            return None
    return None


def _text_or_none(value: Value) -> str | None:
    return value if isinstance(value, str) else None
