"""The index of texts in the database: its rows are added with the values, and never changed.

SQLite keeps it as a virtual table of FTS5, PostgreSQL as a column ``tsvector`` under a GIN index.
Both are filled with terms that we make ourselves (`db.search.terms`), since their own splitting of
text knows no Chinese. The number of an entry is that of its value, and of the part of a long text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from db.search.folding import folded_text
from db.search.terms import CHUNKS_A_VALUE, chunks, field_terms, phrase, terms

INDEX = "search_index"

SQLITE_INDEX = f"""
CREATE VIRTUAL TABLE {INDEX} USING fts5(
    body, field, content = '', columnsize = 0, prefix = '1',
    tokenize = "ascii tokenchars '%.+<=>|~$^`_/'")
"""
"""``ascii`` takes all of Unicode above ASCII for letters, whatever the version of its tables."""

POSTGRESQL_INDEX = (
    f"CREATE TABLE {INDEX} (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
    f"CREATE INDEX ix_{INDEX}_words ON {INDEX} USING gin (words)",
)

SQLITE_INSERT = f"INSERT INTO {INDEX} (rowid, body, field) VALUES (?, ?, ?)"
POSTGRESQL_INSERT = f"INSERT INTO {INDEX} (id, words) VALUES (%s, CAST(%s AS tsvector))"

FIELD_MARK = "/"
"""Begins the terms of fields on PostgreSQL; no folded text holds it."""

SQLITE_HITS = text(
    f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH :question AND rowid < :before "
    "ORDER BY rowid DESC LIMIT :limit"
)
POSTGRESQL_HITS = text(
    f"SELECT id FROM {INDEX} WHERE words @@ CAST(:question AS tsquery) AND id < :before "
    "ORDER BY id DESC LIMIT :limit"
)
NEWEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class IndexedText:
    """A value's text, as it goes into the index."""

    value_id: int
    path: str
    text: str


def is_modelled(name: str | None, kind: str, _parents: object) -> bool:
    """Whether Alembic should hold a thing against the models: the index is no model's table."""
    return kind != "table" or not (name or "").startswith(INDEX)


def create_index(connection: Connection) -> None:
    """Makes the empty index."""
    sqlite = connection.dialect.name == "sqlite"
    for statement in (SQLITE_INDEX,) if sqlite else POSTGRESQL_INDEX:
        connection.exec_driver_sql(statement)


def drop_index(connection: Connection) -> None:
    """Takes the index away; it can be made anew from the values."""
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {INDEX}")


def add_texts(connection: Connection, texts: Iterable[IndexedText]) -> None:
    """Adds entries, in the transaction of the values."""
    sqlite = connection.dialect.name == "sqlite"
    rows: list[tuple[object, ...]] = [
        (n, " ".join(terms(part)), " ".join(fields)) if sqlite else (n, _vector(part, fields))
        for n, part, fields in _parts(texts)
    ]
    if rows:
        connection.exec_driver_sql(SQLITE_INSERT if sqlite else POSTGRESQL_INSERT, rows)


def hits(
    connection: Connection, wanted: str, fields: Sequence[str], *, before: int, limit: int
) -> list[int]:
    """Numbers of values that hold a text, latest first; of some, more than once.

    Args:
        connection: Open connection.
        wanted: Folded text of one or more characters.
        fields: Values only of these; none for all.
        before: Number below which to go on; `NEWEST` to begin.
        limit: How many entries to look up.

    Returns:
        Numbers of entries; `value_of` tells the value of each.
    """
    sqlite = connection.dialect.name == "sqlite"
    question = _sqlite_question(wanted, fields) if sqlite else _question(wanted, fields)
    found = connection.execute(
        SQLITE_HITS if sqlite else POSTGRESQL_HITS,
        {"question": question, "before": before, "limit": limit},
    )
    return list(found.scalars())


def value_of(entry: int) -> int:
    """Number of the value of an entry."""
    return entry // CHUNKS_A_VALUE


def _parts(texts: Iterable[IndexedText]) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    for one in texts:
        folded = folded_text(one.text)
        for number, part in enumerate(chunks(folded) if folded else ()):
            yield one.value_id * CHUNKS_A_VALUE + number, part, field_terms(one.path)


def _sqlite_question(wanted: str, fields: Sequence[str]) -> str:
    said = " ".join(phrase(wanted))
    body = f'body : "{said}"' if said else f'body : "{wanted}" *'
    if not fields:
        return body
    return f"({' OR '.join(f'field : {_fts(name)}' for name in fields)}) AND {body}"


def _fts(name: str) -> str:
    return '"' + field_term(name).replace('"', '""') + '"'


def _question(wanted: str, fields: Sequence[str]) -> str:
    said = " <-> ".join(_lexeme(term) for term in phrase(wanted)) or _lexeme(wanted)
    if not fields:
        return said
    return f"({' | '.join(_lexeme(FIELD_MARK + field_term(f)) for f in fields)}) & ({said})"


def field_term(name: str) -> str:
    """A field as a searcher names it, with or without the number of a row."""
    return field_terms(name)[-1] if field_terms(name) else name


def _vector(part: str, fields: tuple[str, ...]) -> str:
    placed = [f"{_lexeme(term)}:{place}" for place, term in enumerate(terms(part), start=1)]
    alone = [_lexeme(character) for character in dict.fromkeys(part)]
    named = [_lexeme(FIELD_MARK + name) for name in fields]
    return " ".join(placed + alone + named)


def _lexeme(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
