"""A share of the declarations in a second process, so that a large archive takes two cores.

Comparisons need all declarations in one place; rules that look at one alone do not, so that the
first process runs these on the first declarations only, and the second one on the rest. Readings
never change once they are stored: the second process reads them by their numbers.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import make_url

from audit.catalogue import Rule, choose
from audit.parameters import Parameters
from audit.run import run_rules
from audit.spool import lay_aside, without_cycles
from audit.stored import archive_of
from db.engine import make_engine, store_errors
from db.store import Store
from db.subjects import StoredOutline

BESIDE_FROM = 5_000
"""Declarations from which a second process is worth its start."""

COMPARING_SHARE, EVEN_SHARE = 0.2, 0.5
"""Of the declarations, that the first process checks by rules on one alone: beside comparisons,
which take two thirds as long as all of those rules, and without any."""

Place = tuple[int, int, str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Beside:
    """Rules that are being run on the last declarations.

    Attributes:
        rules: Which.
        since: Place of the first of these declarations.
        spool: Where their findings are written.
        letters: Of each rule, when all is done.
    """

    rules: tuple[Rule, ...]
    since: int
    spool: Path
    letters: Future[list[bytes]]


@contextmanager
def beside(
    store: Store,
    outlines: Sequence[StoredOutline],
    rules: Sequence[Rule],
    parameters: Mapping[str, Parameters],
) -> Iterator[Beside | None]:
    """Starts a second process on the last declarations; ``None`` where it would not pay."""
    alone = tuple(r for r in rules if r.check is not None)
    if len(outlines) < BESIDE_FROM or not alone or (os.cpu_count() or 1) < 2:
        yield None
        return
    share = EVEN_SHARE if len(alone) == len(rules) else COMPARING_SHARE
    since = int(len(outlines) * share)
    places: list[Place] = [(o.number, o.reading_id, o.form_id, o.pages) for o in outlines[since:]]
    with (
        TemporaryDirectory() as folder,
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool,
    ):
        spool = Path(folder) / "findings"
        url = store.url.render_as_string(hide_password=False)
        settings = {rule.id: parameters[rule.id] for rule in alone}
        started = pool.submit(check, url, places, settings, spool)
        yield Beside(alone, since, spool, started)


def check(
    url: str, places: Sequence[Place], parameters: Mapping[str, Parameters], spool: Path
) -> list[bytes]:
    """Runs the rules that have parameters; the letters of each, findings in the spool.

    Args:
        url: Database, with its password.
        places: Number, reading, layout and pages of each declaration.
        parameters: Settings by rule id.
        spool: File for the findings.
    """
    outlines = [
        StoredOutline(number, reading, "", form, pages, None, None, None, (), False)
        for number, reading, form, pages in places
    ]
    engine = make_engine(make_url(url))
    try:
        with (
            store_errors(engine.url),
            engine.connect() as connection,
            spool.open("wb") as stream,
            without_cycles(),
        ):
            archive = archive_of(connection, outlines)
            rules = choose(parameters)
            ledger = run_rules(archive, rules, parameters, lambda f: lay_aside(stream, f))
    finally:
        engine.dispose()
    return [bytes(column) for column in ledger.letters]
