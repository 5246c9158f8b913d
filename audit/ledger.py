"""An audit of a database: rules over what stands in it, findings and ledger back into it."""

from __future__ import annotations

import gc
import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO

from sqlalchemy import Connection

from audit.catalogue import Rule, catalogue
from audit.parameters import Parameters, as_json
from audit.run import Archive, Ledger, run_rules
from audit.subject import Outline, Subject
from audit.verdict import LETTERS, Finding, Outcome
from db.audits import NewFinding, RunRecord, StoredMember, earlier_rules, write_run
from db.store import Store
from db.subjects import StoredOutline, StoredReading, stored_outlines, stored_readings

Packed = tuple[str, str, str, str, str, tuple[tuple[int, int, tuple[str, ...]], ...]]


@dataclass(frozen=True, slots=True)
class AuditResult:
    """What an audit came to.

    Attributes:
        run_id: Of the run in the database.
        rules: Ids in the ledger, those that were not run included.
        ledger: Every outcome of the rules that were run.
    """

    run_id: int
    rules: tuple[str, ...]
    ledger: Ledger

    @property
    def errors(self) -> int:
        """How many checks failed by themselves."""
        return sum(counts[Outcome.ERROR] for counts in self.ledger.counts().values())

    @property
    def not_run(self) -> tuple[str, ...]:
        """Rules of the ledger that were not run: left out today, or removed since."""
        return tuple(r for r in self.rules if r not in self.ledger.rules)


def audit(
    store: Store,
    rules: Sequence[Rule],
    parameters: Mapping[str, Parameters],
    *,
    version: str,
    forms: frozenset[str] = frozenset(),
    as_of: datetime | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> AuditResult:
    """Checks every declaration that stands, and records how each check came out.

    Args:
        store: Open database.
        rules: Rules to run.
        parameters: Settings by rule id.
        version: Of the program.
        forms: Layouts to check; all of them unless given.
        as_of: Moment whose state is to be checked; that of now unless given.
        progress: Is told how many declarations of how many are done.
    """
    started = datetime.now(UTC)
    known = [*catalogue(), *earlier_rules(store)]
    listed = tuple(dict.fromkeys([r.id for r in rules] + known))
    with TemporaryFile() as spool:
        with _snapshot(store, as_of) as connection, _no_cycles():
            archive = _archive(connection, forms, progress)
            ledger = run_rules(
                archive, rules, parameters, lambda f: marshal.dump(_packed(f), spool)
            )
        spool.seek(0)
        run = RunRecord(version, listed, as_json(parameters, ledger.rules), as_of, started)
        rest = LETTERS[Outcome.NOT_RUN] * (len(listed) - len(ledger.rules))
        outcomes = ((reading, letters + rest) for reading, letters in ledger.packed())
        run_id = write_run(store, run, outcomes, _spooled(spool))
    return AuditResult(run_id, listed, ledger)


@contextmanager
def _no_cycles() -> Iterator[None]:
    """Without the search for cycles, of which there are none among millions of values."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _snapshot(store: Store, as_of: datetime | None) -> Iterator[Connection]:
    with store.session(as_of=as_of) as session:
        yield session.connection()


def _archive(
    connection: Connection,
    forms: frozenset[str],
    progress: Callable[[int, int], None] | None,
) -> Archive:
    outlines = [o for o in stored_outlines(connection) if not forms or o.form_id in forms]

    def subjects() -> Iterable[Subject]:
        for done, reading in enumerate(stored_readings(connection, outlines), start=1):
            yield _subject(reading)
            if progress is not None and (done % 500 == 0 or done == len(outlines)):
                progress(done, len(outlines))

    return Archive(lambda: map(_outline, outlines), subjects)


def _outline(stored: StoredOutline) -> Outline:
    return Outline(
        stored.number,
        stored.reading_id,
        stored.form_id,
        stored.year,
        stored.applicant,
        stored.project_name,
        stored.activities,
        stored.is_evaluation,
        stored.also_in,
        stored.is_revised,
    )


def _subject(stored: StoredReading) -> Subject:
    outline = stored.outline
    return Subject(
        outline.number,
        outline.reading_id,
        outline.sha256,
        outline.form_id,
        outline.pages,
        stored.values,
        stored.parsed,
        stored.issues,
    )


def _packed(finding: Finding) -> Packed:
    """Plain values: findings wait in a file until all are known."""
    return (
        finding.rule,
        finding.outcome.value,
        finding.severity.value,
        finding.message,
        fingerprint(finding),
        tuple((m.number, m.reading_id, m.paths) for m in finding.members),
    )


def fingerprint(finding: Finding) -> str:
    """The same whenever the same is found of the same fields of the same declarations."""
    parts = [finding.rule, finding.message]
    parts += sorted(f"{m.number}:{','.join(m.paths)}" for m in finding.members)
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _spooled(spool: IO[bytes]) -> Iterator[NewFinding]:
    while True:
        try:
            rule, outcome, severity, message, mark, members = marshal.load(spool)
        except EOFError:
            return
        yield NewFinding(
            rule, outcome, severity, message, mark, tuple(StoredMember(*m) for m in members)
        )
