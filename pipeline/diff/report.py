"""What changed between two readings of a declaration, with who said so, as JSON and for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.readings import PersonsWord, Reading, Standing, history, readings_of, words_of
from db.store import Store
from extractors.errors import RequestError
from normalizers.corrections import PERSON
from normalizers.records import FieldValue
from pipeline.diff.changes import Change, changes


@dataclass(frozen=True, slots=True)
class Difference:
    """A change, and whose it is.

    Attributes:
        change: What changed.
        word: The correction behind it; ``None`` where the machine read it so.
    """

    change: Change
    word: PersonsWord | None


@dataclass(frozen=True, slots=True)
class Diff:
    """Two readings of a declaration side by side.

    Attributes:
        number: The declaration.
        before: The earlier reading; ``None`` where there is only one.
        after: The later reading.
        history: What stood when, oldest first.
        differences: All that changed.
    """

    number: int
    before: Reading | None
    after: Reading
    history: tuple[Standing, ...]
    differences: tuple[Difference, ...]

    def to_json(self) -> dict[str, object]:
        """Object of JSON types."""
        return {
            "declaration": self.number,
            "from": None if self.before is None else _reading(self.before),
            "to": _reading(self.after),
            "history": [
                {"reading": s.reading_id, "cause": s.cause, "since": s.since.isoformat()}
                for s in self.history
            ],
            "changes": [_difference(difference) for difference in self.differences],
        }


def diff(store: Store, number: int, *, before: int | None = None, after: int | None = None) -> Diff:
    """Compares two readings of a declaration.

    Args:
        store: Open database.
        number: The declaration.
        before: Earlier reading; the one that stood before ``after`` unless given.
        after: Later reading; the one that stood last unless given.

    Raises:
        RequestError: ``declaration_unknown``, ``reading_unknown``.
    """
    stood = history(store, number)
    ids = list(dict.fromkeys(s.reading_id for s in stood if s.reading_id is not None))
    if after is None:
        if not ids:
            raise RequestError(
                f"第 {number} 号申报表没有读数 / declaration {number} has no reading",
                code="reading_unknown",
            )
        after = _last(stood)
    if before is None:
        earlier = [i for i in _before(stood, after) if i != after]
        before = earlier[-1] if earlier else None
    wanted = [after] if before is None else [before, after]
    found = readings_of(store, number, wanted)
    later, first = found[-1], found[0] if before is not None else None
    words = words_of(store, number)
    differing = [] if first is None else changes(first.record, later.record)
    differences = tuple(Difference(c, _word(c, later, words)) for c in differing)
    return Diff(number, first, later, tuple(stood), differences)


def _last(stood: list[Standing]) -> int:
    return [s.reading_id for s in stood if s.reading_id is not None][-1]


def _before(stood: list[Standing], reading: int) -> list[int]:
    """Readings that stood before a reading stood last; all, where it never stood."""
    ids = [s.reading_id for s in stood]
    end = len(ids) - 1 - ids[::-1].index(reading) if reading in ids else len(ids)
    return [i for i in ids[:end] if i is not None]


def _word(change: Change, later: Reading, words: list[PersonsWord]) -> PersonsWord | None:
    """The last correction of a field up to the later reading, where a person is behind a side."""
    sides = (change.after, change.before)
    if not any(_is_persons(side) for side in sides):
        return None
    last = later.correction_id
    paths = {side.path for side in sides if side is not None}
    said = [w for w in words if w.path in paths and (last is None or w.id <= last)]
    return said[-1] if said else None


def _is_persons(value: FieldValue | None) -> bool:
    return bool(value and value.provenance and value.provenance.engine == PERSON)


def shown(value: FieldValue | None) -> str | bool | int | None:
    """A value as JSON and people see it: amounts and dates as text."""
    if value is None:
        return None
    if isinstance(value.value, Decimal | date):
        return str(value.value)
    return value.value


def _reading(reading: Reading) -> dict[str, object]:
    return {
        "reading": reading.id,
        "path": reading.path,
        "sha256": reading.sha256,
        "pages": list(reading.record.pages),
        "form": reading.record.form_id,
        "form_version": reading.record.form_version,
        "extractor_version": reading.extractor_version,
        "link": reading.link,
        "correction": reading.correction_id,
        "saved_at": reading.saved_at.isoformat(),
    }


def _difference(difference: Difference) -> dict[str, object]:
    change, word = difference.change, difference.word
    return {
        "path": change.path,
        "kind": change.kind.value,
        "from": _side(change.before),
        "to": _side(change.after),
        "corrected": None
        if word is None
        else {
            "correction": word.id,
            "by": word.author,
            "reason": word.reason,
            "at": word.made_at.isoformat(),
            "from": word.before,
            "to": word.after,
            "undoes": word.undoes_id,
        },
    }


def _side(value: FieldValue | None) -> dict[str, object] | None:
    if value is None:
        return None
    proof = value.provenance
    return {
        "path": value.path,
        "raw": value.raw,
        "value": shown(value),
        "page": proof.page if proof else None,
        "bbox": proof.bbox.as_list() if proof and proof.bbox else None,
        "engine": proof.engine if proof else None,
        "confidence": round(proof.confidence, 4) if proof else None,
    }
