"""An audit of a database: rules over what stands in it, findings and ledger back into it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from tempfile import TemporaryFile
from typing import IO

from audit.beside import Beside, beside
from audit.catalogue import Rule, catalogue
from audit.parameters import Parameters, as_json
from audit.run import Ledger, run_rules
from audit.spool import lay_aside, spooled, without_cycles
from audit.stored import archive_of
from audit.verdict import LETTERS, Outcome
from db.audits import NewFinding, RunRecord, earlier_rules, write_run
from db.store import Store
from db.subjects import StoredOutline, stored_outlines


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
    with TemporaryFile() as spool, without_cycles(), ExitStack() as processes:
        with store.session(as_of=as_of) as session:
            connection = session.connection()
            outlines = [o for o in stored_outlines(connection) if not forms or o.form_id in forms]
            other = processes.enter_context(beside(store, outlines, rules, parameters))
            since = None if other is None else other.since
            compared = any(rule.across is not None for rule in rules)
            ledger = run_rules(
                archive_of(
                    connection, outlines if compared else outlines[:since], progress, whole=since
                ),
                rules,
                parameters,
                lambda f: lay_aside(spool, f),
                alone=since,
            )
        if other is not None:
            _join(ledger, outlines, other)
        run = RunRecord(version, listed, as_json(parameters, ledger.rules), as_of, started)
        rest = LETTERS[Outcome.NOT_RUN] * (len(listed) - len(ledger.rules))
        outcomes = ((reading, letters + rest) for reading, letters in ledger.packed())
        found = _all_findings(spool, other)
        run_id = write_run(store, run, outcomes, found, _counts(ledger, listed))
    return AuditResult(run_id, listed, ledger)


def _join(ledger: Ledger, outlines: Sequence[StoredOutline], other: Beside) -> None:
    """Adds the letters of the other process to the ledger."""
    ledger.numbers = array("q", [o.number for o in outlines])
    ledger.readings = array("q", [o.reading_id for o in outlines])
    for rule, letters in zip(other.rules, other.letters.result(), strict=True):
        ledger.letters[ledger.rules.index(rule.id)] += letters


def _counts(ledger: Ledger, listed: Sequence[str]) -> dict[str, dict[str, int]]:
    """Declarations by rule and outcome; rules that were not run have all of them there."""
    counted = ledger.counts()
    not_run = {Outcome.NOT_RUN: len(ledger.numbers)}
    return {
        rule: {outcome.value: n for outcome, n in counted.get(rule, not_run).items()}
        for rule in listed
    }


def _all_findings(spool: IO[bytes], other: Beside | None) -> Iterator[NewFinding]:
    if other is not None:
        with other.spool.open("rb") as stream:
            yield from spooled(stream)
    spool.seek(0)
    yield from spooled(spool)
