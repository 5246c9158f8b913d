"""What differs between two readings, field by field and row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from normalizers.records import Declaration, FieldValue
from pipeline.diff.rows import Row, paired, rows_of


class ChangeKind(StrEnum):
    """In what a field differs."""

    VALUE = "value"
    TEXT = "text"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One field that is not what it was.

    Attributes:
        kind: ``value``: it says something else; ``text``: it was read in other characters that
            mean the same; ``added`` and ``removed``: only one reading has it.
        before: As it was.
        after: As it is.
    """

    kind: ChangeKind
    before: FieldValue | None
    after: FieldValue | None

    @property
    def path(self) -> str:
        """The field, as the later reading calls it if it has it."""
        found = self.after or self.before
        return found.path if found else ""


def changes(before: Declaration, after: Declaration) -> list[Change]:
    """All that differs, in the order of the later reading.

    Fields are compared by their names, rows with the row that says the same.
    """
    tables = list(dict.fromkeys([*after.row_keys, *before.row_keys]))
    single = _single_changes(before, after, frozenset(tables))
    rows = [
        change
        for key in tables
        for pair in paired(rows_of(before, key), rows_of(after, key))
        for change in _row_changes(*pair)
    ]
    return [*single, *rows]


def _single_changes(
    before: Declaration, after: Declaration, tables: frozenset[str]
) -> Iterator[Change]:
    earlier = {v.path: v for v in before.values if _is_single(v, tables)}
    later = {v.path: v for v in after.values if _is_single(v, tables)}
    for path in dict.fromkeys([*later, *earlier]):
        yield from _compared(earlier.get(path), later.get(path))


def _is_single(value: FieldValue, tables: frozenset[str]) -> bool:
    return value.path.partition("/")[0] not in tables


def _row_changes(before: Row | None, after: Row | None) -> Iterator[Change]:
    columns = dict.fromkeys([*(after or {}), *(before or {})])
    for column in columns:
        yield from _compared((before or {}).get(column), (after or {}).get(column))


def _compared(before: FieldValue | None, after: FieldValue | None) -> Iterator[Change]:
    if before is None or after is None:
        yield Change(ChangeKind.ADDED if before is None else ChangeKind.REMOVED, before, after)
    elif before.value != after.value:
        yield Change(ChangeKind.VALUE, before, after)
    elif before.raw != after.raw:
        yield Change(ChangeKind.TEXT, before, after)
