"""Current readings in bulk, as rules need them: values and doubts, without places on pages.

A hundred thousand declarations are millions of values. They come in ranges of readings straight
from the driver, a column only where a rule looks at it; places of what is found are looked up
afterwards, for findings alone.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from sys import intern
from typing import Any

from sqlalchemy import Connection, text

from db.models.columns import yuan_from_fen
from normalizers.records import ParsedTarget, Value

READINGS_AT_ONCE = 500
NO_CODES: dict[str, frozenset[str]] = {}

CURRENT = """
SELECT c.id, c.reading_id, c.document_id, c.sha256,
    c.form_id, c.pages, c.year, c.applicant, c.project_name
FROM current_declarations AS c ORDER BY c.reading_id
"""
ACTIVITIES = "SELECT s.declaration_id, s.position, s.name FROM subprojects AS s"
EVALUATIONS = "SELECT v.declaration_id FROM field_values AS v WHERE v.path = 'total_score'"
ALSO_IN = """
SELECT d.filing_id, e.path, e.document_id, d.link
FROM declarations AS d JOIN current_extractions AS e ON e.id = d.extraction_id
WHERE d.filing_id IN (
    SELECT t.filing_id FROM declarations AS t WHERE t.link IN ('revision', 'duplicate')
)
ORDER BY d.filing_id, e.document_id, d.id
"""
VALUES = """
SELECT v.declaration_id, v.path, v.value_text, v.value_amount, v.value_date, v.value_bool,
    v.value_int, CASE WHEN v.type = 'target' THEN nullif(CAST(v.parsed AS TEXT), '[]') END
FROM field_values AS v WHERE v.declaration_id BETWEEN {first} AND {last}{only}
ORDER BY v.declaration_id, v.position
"""
ALL = ""
COMPARED = " AND v.type <> 'choice' AND v.path NOT LIKE 'indicators/%/level1'"
"""Without what no comparison of declarations looks at: a quarter of the values."""

ISSUES = """
SELECT i.declaration_id, i.path, i.code FROM issues AS i
WHERE i.declaration_id BETWEEN :first AND :last ORDER BY i.declaration_id, i.id
"""


@dataclass(frozen=True, slots=True)
class StoredOutline:
    """Who declared what.

    Attributes:
        number: Of the declaration.
        reading_id: Reading that stands for it.
        sha256: File it was read from.
        form_id: Layout.
        pages: Pages of the file.
        year: As the reading has it.
        applicant: Likewise.
        project_name: Likewise.
        activities: Row and name of each sub-project.
        is_evaluation: Whether it has a total score.
        also_in: Other files in which the same filing was found.
        is_revised: Whether one of them says something else.
    """

    number: int
    reading_id: int
    sha256: str
    form_id: str
    pages: tuple[int, ...]
    year: int | None
    applicant: str | None
    project_name: str | None
    activities: tuple[tuple[int, str], ...]
    is_evaluation: bool
    also_in: tuple[str, ...] = ()
    is_revised: bool = False


@dataclass(frozen=True, slots=True)
class StoredReading:
    """One reading's values by path, in the order of the form, with targets and doubts."""

    outline: StoredOutline
    values: dict[str, Value]
    parsed: dict[str, tuple[ParsedTarget, ...]]
    issues: dict[str, frozenset[str]]


def stored_outlines(connection: Connection) -> list[StoredOutline]:
    """Every declaration that stands now, by reading."""
    names: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for reading, position, name in connection.execute(text(ACTIVITIES)):
        if name:
            names[reading].append((position, name))
    elsewhere = _elsewhere(connection)
    evaluations = set(connection.scalars(text(EVALUATIONS)))
    return [
        StoredOutline(
            number, reading, sha256 or "", form_id, _pages(pages), year, applicant, project,
            tuple(sorted(names.get(reading, ()))), reading in evaluations,
            *elsewhere.get((number, document), ((), False)),
        )
        for number, reading, document, sha256, form_id, pages, year, applicant, project
        in connection.execute(text(CURRENT))
    ]  # fmt: skip


def _elsewhere(connection: Connection) -> dict[tuple[int, int], tuple[tuple[str, ...], bool]]:
    """For a filing, and the file that stands for it: other files that hold it too."""
    files: dict[int, dict[int, str]] = defaultdict(dict)
    revised: set[int] = set()
    for filing, path, document, link in connection.execute(text(ALSO_IN)):
        files[filing].setdefault(document, path)
        if link == "revision":
            revised.add(filing)
    return {
        (filing, document): (tuple(p for d, p in held.items() if d != document), filing in revised)
        for filing, held in files.items()
        if len(held) > 1
        for document in held
    }


def stored_readings(
    connection: Connection, outlines: Sequence[StoredOutline], only: str = ALL
) -> Iterator[StoredReading]:
    """The readings of the outlines, in the same order.

    Args:
        connection: Open connection.
        outlines: Ascending by reading.
        only: `ALL`, or `COMPARED` for no more values than comparisons need.
    """
    for start in range(0, len(outlines), READINGS_AT_ONCE):
        part = outlines[start : start + READINGS_AT_ONCE]
        bounds = {"first": part[0].reading_id, "last": part[-1].reading_id}
        codes = _codes(connection, bounds)
        found = _fetched(connection, VALUES.format(only=only, **bounds))
        owners, paths, values, targets = _columns(found, connection.dialect.name)
        parsed: dict[int, dict[str, tuple[ParsedTarget, ...]]] = {}
        for place, quantities in targets:
            parsed.setdefault(owners[place], {})[paths[place]] = quantities
        for outline in part:
            reading = outline.reading_id
            begin = bisect_left(owners, reading)
            end = bisect_right(owners, reading, lo=begin)
            named = dict(zip(paths[begin:end], values[begin:end], strict=True))
            doubts = codes.get(reading, NO_CODES)
            yield StoredReading(outline, named, parsed.get(reading, {}), doubts)


def _columns(
    rows: Sequence[tuple[Any, ...]], dialect_name: str
) -> tuple[
    Sequence[int], Sequence[str], list[Value], Iterator[tuple[int, tuple[ParsedTarget, ...]]]
]:
    """Owners, paths and values of rows, and by place the quantities of targets.

    Most values are texts: whole columns are taken over, and only the others looked at one by one.
    """
    if not rows:
        return (), (), [], iter(())
    money = _fen if dialect_name == "sqlite" else _same
    owners, paths, texts, amounts, days, marks, wholes, targets = zip(*rows, strict=True)
    values: list[Value] = list(texts)
    for place in [p for p, plain in enumerate(texts) if plain is None]:
        if marks[place] is not None:
            values[place] = bool(marks[place])
        elif amounts[place] is not None:
            values[place] = money(amounts[place])
        elif days[place] is not None:
            values[place] = _day(days[place])
        else:
            values[place] = wholes[place]
    quantities = ((p, _targets(t)) for p, t in enumerate(targets) if t and texts[p] is not None)
    return owners, tuple(map(intern, paths)), values, quantities


def _fetched(connection: Connection, sql: str) -> list[tuple[Any, ...]]:
    """Rows as the driver gives them."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql)
        return list(cursor.fetchall())
    finally:
        cursor.close()


def _codes(connection: Connection, bounds: dict[str, int]) -> dict[int, dict[str, frozenset[str]]]:
    """Codes of doubts by reading and path."""
    found: dict[int, dict[str, frozenset[str]]] = defaultdict(dict)
    for owner, path, code in connection.execute(text(ISSUES), bounds):
        found[owner][path] = found[owner].get(path, frozenset()) | {code}
    return found


@lru_cache(maxsize=50_000)
def _targets(parsed: str) -> tuple[ParsedTarget, ...]:
    return tuple(ParsedTarget(**entry) for entry in json.loads(parsed))


def _pages(pages: Any) -> tuple[int, ...]:
    """A list on PostgreSQL, its JSON on SQLite."""
    return tuple(json.loads(pages) if isinstance(pages, str) else pages or ())


def _day(day: date | str) -> date:
    return day if isinstance(day, date) else date.fromisoformat(day)


def _fen(amount: int) -> Decimal:
    return yuan_from_fen(amount)


def _same(amount: Decimal) -> Decimal:
    return amount
