"""Runs of the rules in the database: written whole or not at all, and read back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text

from db.bulk import make_room, next_id, note_ids, write_rows
from db.models import AuditCount, AuditOutcomes, AuditRun
from db.models.audits import FindingDecision, FindingDeclaration, FindingRow
from db.store import Store
from extractors.errors import RequestError

COLUMNS = (
    ("id", "audit_run_id", "rule", "outcome", "severity", "message", "fingerprint"),
    ("id", "finding_id", "position", "filing_id", "declaration_id", "paths"),
)
"""Of `findings` and `finding_declarations`, as they are written."""

FINDINGS_AT_ONCE = 20_000
CACHE_KIB = 256_000
"""Of SQLite while a run is written: its indexes are written at random places."""
READ_AT_ONCE = 500
PATHS_REMEMBERED = 50_000
"""Lists of fields kept as JSON: most findings of a rule rest on the same fields."""


@dataclass(frozen=True, slots=True)
class StoredMember:
    """A declaration of a finding: number, reading, and the fields concerned."""

    number: int
    reading_id: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewFinding:
    """A finding to be written."""

    rule: str
    outcome: str
    severity: str
    message: str
    fingerprint: str
    members: tuple[StoredMember, ...]


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What a run of the rules was.

    Attributes:
        version: Of the program.
        rules: Ids, in the order of the letters of the outcomes.
        parameters: What they were run with, as JSON.
        as_of: Moment that was audited.
        started_at: When it began.
    """

    version: str
    rules: Sequence[str]
    parameters: Mapping[str, object]
    as_of: datetime | None
    started_at: datetime


@dataclass(frozen=True, slots=True)
class ReadDeclaration:
    """A declaration as findings name it."""

    number: int
    form: str
    year: int | None
    applicant: str | None
    project_name: str | None


@dataclass(frozen=True, slots=True)
class ReadEvidence:
    """A field that a finding rests on."""

    number: int
    path: str
    page: int | None
    bbox: tuple[float, float, float, float] | None


@dataclass(frozen=True, slots=True)
class ReadFinding:
    """A finding with all that it rests on, and what people decided."""

    id: int
    rule: str
    outcome: str
    severity: str
    message: str
    fingerprint: str
    decision: str
    declarations: list[ReadDeclaration] = field(default_factory=list)
    evidence: list[ReadEvidence] = field(default_factory=list)


def earlier_rules(store: Store) -> list[str]:
    """Ids of all rules that any run had, oldest first."""
    with store.session() as session:
        lists = session.scalars(select(AuditRun.rules).order_by(AuditRun.id))
        return list(dict.fromkeys(rule for rules in lists for rule in rules))


def write_run(
    store: Store,
    run: RunRecord,
    outcomes: Iterable[tuple[int, str]],
    findings: Iterable[NewFinding],
    counts: Mapping[str, Mapping[str, int]],
) -> int:
    """Writes a run, its outcomes and its findings in one transaction; its id.

    Args:
        store: Open database.
        run: What was run.
        outcomes: Reading, and one letter a rule.
        findings: In the order in which they are numbered.
        counts: Declarations by rule and outcome, rules in the order of the letters.
    """
    with store.session(writes=True) as session:
        connection = session.connection()
        kept = make_room(connection, CACHE_KIB)
        made = connection.execute(
            insert(AuditRun).values(
                version=run.version, rules=list(run.rules), parameters=dict(run.parameters),
                as_of=run.as_of, started_at=run.started_at, finished_at=datetime.now(UTC),
            )
        )  # fmt: skip
        run_id = int(made.inserted_primary_key[0])  # type: ignore[index]
        write_rows(
            connection, _table(AuditOutcomes), ("audit_run_id", "declaration_id", "outcomes"),
            ((run_id, reading, letters) for reading, letters in outcomes),
        )  # fmt: skip
        write_rows(
            connection,
            _table(AuditCount),
            ("audit_run_id", "rule", "outcome", "place", "declarations"),
            (
                (run_id, rule, outcome, place, count)
                for place, (rule, of_rule) in enumerate(counts.items())
                for outcome, count in of_rule.items()
            ),
        )
        _write_findings(connection, run_id, iter(findings))
        make_room(connection, kept)
        return run_id


def _table(model: Any) -> Table:
    table: Table = model.__table__
    return table


def _write_findings(connection: Connection, run_id: int, findings: Iterator[NewFinding]) -> None:
    tables = [_table(m) for m in (FindingRow, FindingDeclaration)]
    number, member_id = (next_id(connection, t) for t in tables)
    while part := list(islice(findings, FINDINGS_AT_ONCE)):
        rows: list[tuple[Any, ...]] = []
        members: list[tuple[Any, ...]] = []
        for f in part:
            rows.append((number, run_id, f.rule, f.outcome, f.severity, f.message, f.fingerprint))
            for order, m in enumerate(f.members):
                paths = _as_json(m.paths)
                members.append((member_id, number, order, m.number, m.reading_id, paths))
                member_id += 1
            number += 1
        for table, columns, made in zip(tables, COLUMNS, (rows, members), strict=True):
            write_rows(connection, table, columns, made)
    note_ids(connection, tables)


@lru_cache(maxsize=PATHS_REMEMBERED)
def _as_json(paths: tuple[str, ...]) -> str:
    return json.dumps(paths, ensure_ascii=False, separators=(",", ":"))


def latest_run(store: Store) -> int | None:
    """The last run of the rules."""
    with store.session() as session:
        return session.scalar(select(func.max(AuditRun.id)))


def read_findings(store: Store, run_id: int) -> Iterator[ReadFinding]:
    """The findings of a run, in the order in which they were made."""
    with store.session() as session:
        decisions = _decisions(session.connection())
        last = 0
        while True:
            rows = session.execute(
                select(FindingRow.id, FindingRow.rule, FindingRow.outcome, FindingRow.severity,
                       FindingRow.message, FindingRow.fingerprint)
                .where(FindingRow.audit_run_id == run_id, FindingRow.id > last)
                .order_by(FindingRow.id).limit(READ_AT_ONCE)
            ).all()  # fmt: skip
            if not rows:
                return
            last = rows[-1].id
            found = {r.id: ReadFinding(*r, decisions.get(r.fingerprint, "open")) for r in rows}
            _add_members(session.connection(), found)
            yield from found.values()


def _decisions(connection: Connection) -> dict[str, str]:
    rows = select(FindingDecision.fingerprint, FindingDecision.decision)
    found = connection.execute(rows.order_by(FindingDecision.id))
    return {row.fingerprint: row.decision for row in found}


MEMBERS = """
SELECT m.finding_id, m.declaration_id, CAST(m.paths AS TEXT), m.filing_id, d.form_id, d.year,
    d.applicant, d.project_name
FROM finding_declarations AS m JOIN declarations AS d ON d.id = m.declaration_id
WHERE m.finding_id BETWEEN :first AND :last ORDER BY m.finding_id, m.position
"""
# An outer join, so that SQLite begins with the evidence.
PLACES = """
SELECT e.declaration_id, e.path, v.page, v.x0, v.y0, v.x1, v.y1
FROM finding_evidence AS e
LEFT JOIN field_values AS v ON v.declaration_id = e.declaration_id AND v.path = e.path
WHERE e.finding_id BETWEEN :first AND :last
"""


def _add_members(connection: Connection, found: Mapping[int, ReadFinding]) -> None:
    """Declarations and fields of findings that follow one another."""
    bounds = {"first": min(found), "last": max(found)}
    places = {
        (reading, path): (page, None if None in box else (box[0], box[1], box[2], box[3]))
        for reading, path, page, *box in connection.execute(text(PLACES), bounds)
    }
    for finding, reading, paths, *declaration in connection.execute(text(MEMBERS), bounds):
        if finding in found:
            named = ReadDeclaration(*declaration)
            found[finding].declarations.append(named)
            found[finding].evidence.extend(
                ReadEvidence(named.number, path, *places.get((reading, path), (None, None)))
                for path in json.loads(paths)
            )


def decide(store: Store, finding: int, decision: str, *, author: str, reason: str) -> str:
    """Records what a person decided on a finding; its message.

    Raises:
        RequestError: ``finding_unknown``, or ``reason_missing`` where nobody or nothing is named.
    """
    if not author.strip() or not reason.strip():
        raise RequestError("请写明姓名和理由 / give a name and a reason", code="reason_missing")
    with store.session(writes=True) as session:
        row = session.get(FindingRow, finding)
        if row is None:
            raise RequestError(
                f"没有发现 {finding}，请看 shenbao finding list / no finding {finding}; "
                "see `shenbao finding list`",
                code="finding_unknown",
            )
        session.add(
            FindingDecision(
                fingerprint=row.fingerprint, decision=decision, author=author, reason=reason,
                decided_at=datetime.now(UTC),
            )
        )  # fmt: skip
        return row.message
