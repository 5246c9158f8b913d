"""Which row of one reading is which row of another: by what the rows say.

A row that was inserted, removed or moved shifts the numbers of all rows below it, so that numbers
say nothing. Rows are paired by the likeness of their cells; a column counts by how well it tells
rows apart, so that two rows under one heading are not alike for its sake.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz.distance import Indel

from normalizers.records import Declaration, FieldValue

Row = Mapping[str, FieldValue]
"""Cells by their column."""

SAME_ROW = 0.5
"""Least weighted likeness, 0..1, of rows that may be the same: a name kept or an amount kept, of
two columns, and something of the other."""


def rows_of(record: Declaration, key: str) -> list[Row]:
    """Rows of a table in print order."""
    found: dict[int, dict[str, FieldValue]] = {}
    for value in record.values:
        table, _, rest = value.path.partition("/")
        index, _, column = rest.partition("/")
        if table == key and index.isdecimal():
            found.setdefault(int(index), {})[column] = value
    return [row for _, row in sorted(found.items())]


def paired(before: Sequence[Row], after: Sequence[Row]) -> list[tuple[Row | None, Row | None]]:
    """Rows that are the same side by side, in the order of the later reading.

    Args:
        before: Rows of the earlier reading.
        after: Rows of the later one.

    Returns:
        Pairs; ``None`` beside a row that was removed (these last) or added.
    """
    match = _equal(before, after)
    weights = _weights([*before, *after])
    left = [i for i in range(len(before)) if i not in match.values()]
    right = [j for j in range(len(after)) if j not in match]
    scored = sorted(
        ((_likeness(before[i], after[j], weights), -abs(i - j), i, j) for i in left for j in right),
        reverse=True,
    )
    for score, _, i, j in scored:
        if score >= SAME_ROW and j not in match and i not in match.values():
            match[j] = i
    pairs: list[tuple[Row | None, Row | None]] = [
        (before[match[j]] if j in match else None, row) for j, row in enumerate(after)
    ]
    kept = set(match.values())
    return pairs + [(row, None) for i, row in enumerate(before) if i not in kept]


def _equal(before: Sequence[Row], after: Sequence[Row]) -> dict[int, int]:
    """Rows that say exactly the same, later number → earlier one; twins in their order."""
    waiting: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for i, row in enumerate(before):
        waiting.setdefault(_said(row), []).append(i)
    found = {}
    for j, row in enumerate(after):
        twins = waiting.get(_said(row))
        if twins:
            found[j] = twins.pop(0)
    return found


def _said(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple((column, _text(row, column)) for column in sorted(row))


def _text(row: Row, column: str) -> str:
    """A cell as it counts for likeness: its value, or the text as read where that gave none."""
    cell = row.get(column)
    if cell is None:
        return ""
    return "".join(str(cell.raw or "" if cell.value is None else cell.value).split())


def _weights(rows: Sequence[Row]) -> Mapping[str, float]:
    """How well each column tells rows apart: the share of its texts that differ."""
    columns = dict.fromkeys(column for row in rows for column in row)
    return {
        column: len({_text(row, column) for row in rows}) / max(len(rows), 1) for column in columns
    }


def _likeness(one: Row, other: Row, weights: Mapping[str, float]) -> float:
    """Weighted mean likeness of the cells that at least one of the two has, 0..1."""
    total, alike = 0.0, 0.0
    for column, weight in weights.items():
        texts = _text(one, column), _text(other, column)
        if any(texts):
            total += weight
            alike += weight * Indel.normalized_similarity(*texts)
    return alike / total if total else 0.0
