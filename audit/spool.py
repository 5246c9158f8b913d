"""Findings that wait in a file until all are known: an archive's findings may not fit in memory."""

from __future__ import annotations

import gc
import marshal
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import IO

from audit.verdict import Finding
from db.audits import NewFinding, StoredMember

LENGTH_BYTES = 8
"""Of what stands before each finding: `marshal` reads a file piece by piece, far too slowly."""

Packed = tuple[str, str, str, str, str, tuple[tuple[int, int, tuple[str, ...]], ...]]


def lay_aside(spool: IO[bytes], finding: Finding) -> None:
    """Writes a finding behind those that wait already."""
    plain = marshal.dumps(_packed(finding))
    spool.write(len(plain).to_bytes(LENGTH_BYTES, "big") + plain)


def _packed(finding: Finding) -> Packed:
    """Plain values, quick to write."""
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


def spooled(spool: IO[bytes]) -> Iterator[NewFinding]:
    """The findings that were laid aside in a file."""
    while length := int.from_bytes(spool.read(LENGTH_BYTES), "big"):
        rule, outcome, severity, message, mark, members = marshal.loads(spool.read(length))
        yield NewFinding(
            rule, outcome, severity, message, mark, tuple(StoredMember(*m) for m in members)
        )


@contextmanager
def without_cycles() -> Iterator[None]:
    """Without the search for cycles, of which there are none among millions of values."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
