"""What stands in a database as something to be audited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from sqlalchemy import Connection

from audit.run import Archive
from audit.subject import Outline, Subject
from db.subjects import COMPARED, StoredOutline, StoredReading, stored_readings

TOLD_EVERY = 500


def archive_of(
    connection: Connection,
    outlines: Sequence[StoredOutline],
    progress: Callable[[int, int], None] | None = None,
    *,
    whole: int | None = None,
) -> Archive:
    """The declarations of the outlines, read as they are asked for.

    Args:
        connection: Open connection.
        outlines: Who declared what.
        progress: Is told how many declarations of how many are done.
        whole: How many, the first, are read whole; all of them unless given. Of the others there
            are only the values that comparisons need.
    """

    def subjects() -> Iterable[Subject]:
        readings = chain(
            stored_readings(connection, outlines[:whole]),
            stored_readings(connection, [] if whole is None else outlines[whole:], COMPARED),
        )
        for done, reading in enumerate(readings, start=1):
            yield _subject(reading)
            if progress is not None and (done % TOLD_EVERY == 0 or done == len(outlines)):
                progress(done, len(outlines))

    return Archive(lambda: map(_outline, outlines), subjects)


def _outline(stored: StoredOutline) -> Outline:
    return Outline(
        stored.number,
        stored.reading_id,
        stored.form_id,
        stored.year,
        stored.applicant,
        stored.project_name,
        stored.activities,
        stored.is_evaluation,
        stored.also_in,
        stored.is_revised,
    )


def _subject(stored: StoredReading) -> Subject:
    outline = stored.outline
    return Subject(
        outline.number,
        outline.reading_id,
        outline.sha256,
        outline.form_id,
        outline.pages,
        stored.values,
        stored.parsed,
        stored.issues,
    )
