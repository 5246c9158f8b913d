"""What goes into the index, and when: with the values, in their transaction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session

from db.models import FieldValueRow, UnmatchedPairRow
from db.search.index import IndexedText, add_texts

ROWS_AT_ONCE = 5000
NOT_INDEXED = {"choice"}
"""Field types whose raw text is a tick and no text."""

STORED = (
    text("SELECT id, path, type, coalesce(value_text, raw) AS text FROM field_values ORDER BY id"),
    text("SELECT -id, label, '', value FROM unmatched_pairs ORDER BY id"),
)


def index_with(session: Session) -> None:
    """From now on every value that this session adds is found by searching."""
    event.listen(session, "after_flush", _index_new)


def index_stored(connection: Connection) -> None:
    """Fills an empty index from the values that there are."""
    for stored in STORED:
        rows = connection.execute(stored, execution_options={"yield_per": ROWS_AT_ONCE})
        for part in rows.partitions(ROWS_AT_ONCE):
            add_texts(connection, [found for row in part for found in _texts(*row)])


def _index_new(session: Session, _context: Any) -> None:
    values = [row for row in session.new if isinstance(row, FieldValueRow)]
    texts = [
        found
        for row in values
        for found in _texts(
            row.id, row.path, row.type, row.raw if row.value_text is None else row.value_text
        )
    ]
    pairs = [row for row in session.new if isinstance(row, UnmatchedPairRow)]
    texts += [found for row in pairs for found in _texts(-row.id, row.label, "", row.value)]
    if texts:
        add_texts(session.connection(), texts)


def _texts(value_id: int, path: str, kind: str, content: str | None) -> Iterator[IndexedText]:
    if content and kind not in NOT_INDEXED:
        yield IndexedText(value_id, path, content)
