"""The index of texts in the database: its rows are added with the values, and never changed.

SQLite keeps it as a virtual table of FTS5, PostgreSQL as a column ``tsvector`` under a GIN index.
Both are filled with terms that we make ourselves (`db.search.terms`), since their own splitting of
text knows no Chinese. The number of an entry is that of its value, and of the part of a long text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, text

from db.search.folding import folded_text
from db.search.terms import CHUNKS_A_VALUE, REMEMBERED, chunks, field_terms, phrase, terms

INDEX = "search_index"

SQLITE_INDEX = f"""
CREATE VIRTUAL TABLE {INDEX} USING fts5(
    body, field, content = '', columnsize = 0, prefix = '1',
    tokenize = "ascii tokenchars '%.+<=>|~$^`_/'")
"""
"""``ascii`` takes all of Unicode above ASCII for letters, whatever the version of its tables."""

POSTGRESQL_GIN = f"CREATE INDEX ix_{INDEX}_words ON {INDEX} USING gin (words)"
POSTGRESQL_INDEX = (
    f"CREATE TABLE {INDEX} (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
    POSTGRESQL_GIN,
)

SQLITE_INSERT = f"INSERT INTO {INDEX} (rowid, body, field) VALUES (?, ?, ?)"
POSTGRESQL_INSERT = f"INSERT INTO {INDEX} (id, words) VALUES (%s, CAST(%s AS tsvector))"

FIELD_MARK = "/"
"""Begins the terms of fields on PostgreSQL; no folded text holds it."""

SQLITE_HITS = text(
    f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH :question AND rowid < :before "
    "ORDER BY rowid DESC LIMIT :limit"
)
LATEST_VALUES = 20_000
"""Values whose entries PostgreSQL looks through one by one, some 6 ms, before it asks its index."""
HIT_IN_VALUES = 40
"""A hit of the index costs as much as so many values one by one: it lies on a page of its own."""

POSTGRESQL_LATEST = text(
    f"SELECT id FROM {INDEX} WHERE words @@ CAST(:question AS tsquery) AND id < :before "
    "AND id >= :floor ORDER BY id DESC LIMIT :limit"
)
POSTGRESQL_ALL = text(
    f"WITH found AS MATERIALIZED (SELECT id FROM {INDEX} "
    "WHERE words @@ CAST(:question AS tsquery) AND id + 0 < :before) "
    "SELECT id FROM found ORDER BY id DESC LIMIT :limit"
)
NEWEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class IndexedText:
    """A text as it goes into the index.

    Attributes:
        value_id: Number of the value; below 0 that of a pair of a form nobody has defined.
        path: Field of the value; label of the pair.
        text: What it says.
    """

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
    body = _sqlite_body if sqlite else _postgresql_body
    rows = [(number, *body(part, fields)) for number, part, fields in _parts(texts)]
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
    if connection.dialect.name == "postgresql":
        return _postgresql_hits(connection, _question(wanted, fields), before, limit)
    found = connection.execute(
        SQLITE_HITS,
        {"question": _sqlite_question(wanted, fields), "before": before, "limit": limit},
    )
    return list(found.scalars())


def _postgresql_hits(connection: Connection, question: str, before: int, limit: int) -> list[int]:
    """Common texts stand among the latest entries, rare ones are found by the index.

    The index alone would collect all entries of a common text before it sorts them, and the
    server cannot tell which is which: it knows no frequencies of phrases. How often a text stands
    among the latest entries tells which way is shorter.
    """
    newest: int | None = connection.scalar(text(f"SELECT max(id) FROM {INDEX}"))
    top = min(before, (newest or 0) + 1)
    asked = {"question": question, "before": top, "limit": limit}
    connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
    values = LATEST_VALUES
    while values:
        floor = max(top - values * CHUNKS_A_VALUE, 0) or -NEWEST
        found = list(connection.execute(POSTGRESQL_LATEST, asked | {"floor": floor}).scalars())
        if len(found) == limit or floor < 0:
            return found
        values = _values_to_look_through(values, len(found), limit, top // CHUNKS_A_VALUE)
    connection.exec_driver_sql("SET LOCAL enable_bitmapscan = on")
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    return list(connection.execute(POSTGRESQL_ALL, asked).scalars())


def _values_to_look_through(seen: int, found: int, wanted: int, total: int) -> int:
    """In how many values the wanted hits surely stand; 0 where the index costs less.

    Args:
        seen: Values looked through.
        found: Hits in them.
        wanted: Hits needed.
        total: Values there are.
    """
    if not found:
        return 0
    needed = seen * wanted // found
    return 2 * needed if needed < HIT_IN_VALUES * found * total // seen else 0


def value_of(entry: int) -> int:
    """Number of the value of an entry, or below 0 that of a pair."""
    return entry // CHUNKS_A_VALUE if entry > 0 else -(-entry // CHUNKS_A_VALUE)


def _parts(texts: Iterable[IndexedText]) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    for one in texts:
        for number, part in enumerate(_folded_parts(one.text)):
            place = number if one.value_id > 0 else -number
            yield one.value_id * CHUNKS_A_VALUE + place, part, field_terms(one.path)


@lru_cache(maxsize=REMEMBERED)
def _folded_parts(content: str) -> tuple[str, ...]:
    folded = folded_text(content)
    return tuple(chunks(folded)) if folded else ()


def _sqlite_body(part: str, fields: tuple[str, ...]) -> tuple[str, ...]:
    return _sqlite_terms(part), " ".join(fields)


@lru_cache(maxsize=REMEMBERED)
def _sqlite_terms(part: str) -> str:
    return " ".join(terms(part))


def _postgresql_body(part: str, fields: tuple[str, ...]) -> tuple[str, ...]:
    return (" ".join([_vector(part), *(_lexeme(FIELD_MARK + name) for name in fields)]),)


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


@lru_cache(maxsize=REMEMBERED)
def _vector(part: str) -> str:
    placed = [f"{_lexeme(term)}:{place}" for place, term in enumerate(terms(part), start=1)]
    return " ".join(placed + [_lexeme(character) for character in dict.fromkeys(part)])


def _lexeme(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
