"""What stands in a database as something to be audited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Connection

from audit.run import Archive
from audit.subject import Outline, Subject
from db.subjects import StoredOutline, StoredReading, stored_readings

TOLD_EVERY = 500


def archive_of(
    connection: Connection,
    outlines: Sequence[StoredOutline],
    progress: Callable[[int, int], None] | None = None,
) -> Archive:
    """The declarations of the outlines, read as they are asked for."""

    def subjects() -> Iterable[Subject]:
        for done, reading in enumerate(stored_readings(connection, outlines), start=1):
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
