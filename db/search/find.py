"""Searching: where a text stands in the declarations that count, with page, place and snippet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from db.queries import QueryError
from db.search.folding import fold, snippet
from db.search.index import NEWEST, hits, value_of
from db.store import Store
from extractors.geometry import BBox

DEFAULT_LIMIT = 20
SPARE = 8
"""Entries looked up beyond the limit at first: a few are of readings that no longer count."""

LARGEST_BATCH = 4096

FOUND = text("""
SELECT v.id, d.id AS declaration, d.form_id, d.year, d.applicant, d.project_name, d.path AS file,
    v.path, v.page, v.x0, v.y0, v.x1, v.y1, coalesce(v.value_text, v.raw) AS text
FROM field_values AS v JOIN current_declarations AS d ON d.reading_id = v.declaration_id
WHERE v.id IN :ids
UNION ALL
SELECT v.id, NULL, NULL, NULL, NULL, u.title, e.path,
    v.path, v.page, v.x0, v.y0, v.x1, v.y1, coalesce(v.value_text, v.raw)
FROM field_values AS v JOIN unmatched AS u ON u.id = v.unmatched_id
JOIN current_extractions AS e ON e.id = u.extraction_id
WHERE v.id IN :ids
UNION ALL
SELECT -p.id, NULL, NULL, NULL, NULL, u.title, e.path,
    p.label, p.page, p.x0, p.y0, p.x1, p.y1, p.value
FROM unmatched_pairs AS p JOIN unmatched AS u ON u.id = p.unmatched_id
JOIN current_extractions AS e ON e.id = u.extraction_id
WHERE p.id IN :pairs
ORDER BY 1 DESC
""").bindparams(bindparam("ids", expanding=True), bindparam("pairs", expanding=True))


@dataclass(frozen=True, slots=True)
class Hit:
    """One value that holds the text.

    Attributes:
        declaration: Number of the declaration; ``None`` on a form nobody has defined.
        form_id: Its layout.
        year: Its year.
        applicant: Who filed it.
        project_name: Its project; the title of a form nobody has defined.
        file: Name of the scan.
        path: Field of the value; on a form nobody has defined, it may be a label.
        page: Page of the scan, from 1.
        bbox: Place on the page.
        snippet: The text around the first hit, which stands in 【】.
    """

    declaration: int | None
    form_id: str | None
    year: int | None
    applicant: str | None
    project_name: str | None
    file: str
    path: str
    page: int | None
    bbox: BBox | None
    snippet: str


def search(
    store: Store,
    wanted: str,
    *,
    limit: int = DEFAULT_LIMIT,
    fields: Sequence[str] = (),
    as_of: datetime | None = None,
) -> list[Hit]:
    """Values that hold a text, the latest first; only what stands, or stood at a moment.

    White space, punctuation, case and the width of characters do not count.

    Args:
        store: Open database.
        wanted: Text of one or more characters.
        limit: How many hits at most.
        fields: Only these fields, such as ``project_name`` or ``indicators/target``.
        as_of: Moment whose state is searched; that of now unless given.

    Raises:
        QueryError: ``search_empty`` where nothing of the text counts.
        StoreError: The database cannot be read.
    """
    folded = fold(wanted).text
    if not folded:
        raise QueryError(
            "请给出要找的文字 / give a text with letters, digits or signs to search for",
            code="search_empty",
        )
    found: list[Hit] = []
    with store.session(as_of=as_of) as session:
        for hit in _hits(session.connection(), folded, fields, limit + SPARE):
            found.append(hit)
            if len(found) == limit:
                break
    return found


def _hits(connection: Connection, wanted: str, fields: Sequence[str], batch: int) -> Iterator[Hit]:
    """Looks up entries in growing batches, so that a common word costs no more than a rare one."""
    before, batch, last = NEWEST, min(batch, LARGEST_BATCH), None
    while entries := hits(connection, wanted, fields, before=before, limit=batch):
        ids = [i for i in dict.fromkeys(map(value_of, entries)) if i != last]
        yield from _stand(connection, ids, wanted)
        if len(entries) < batch:
            return
        before, batch, last = entries[-1], min(2 * batch, LARGEST_BATCH), value_of(entries[-1])


def _stand(connection: Connection, ids: list[int], wanted: str) -> Iterator[Hit]:
    """Of these values, those that count."""
    if not ids:
        return
    asked = {"ids": [i for i in ids if i > 0], "pairs": [-i for i in ids if i < 0]}
    for row in connection.execute(FOUND, asked).all():
        shown = snippet(row.text, wanted)
        if shown is not None:
            box = None if row.x0 is None else BBox(row.x0, row.y0, row.x1, row.y1)
            yield Hit(
                row.declaration,
                row.form_id,
                row.year,
                row.applicant,
                row.project_name,
                row.file,
                row.path,
                row.page,
                box,
                shown,
            )
