"""By what a filing is known again in another file: form, year, applicant and project, by name."""

from __future__ import annotations

import unicodedata

from normalizers.records import Declaration, FieldValue

IDENTITY_FIELDS = ("year", "applicant", "project_name")


def identity_of(record: Declaration) -> str | None:
    """Form, year, applicant and project as one text; ``None`` where any is missing or doubtful.

    Spaces, punctuation and the width of characters are left out: two scans of one form rarely
    agree on them. A name that awaits review links nothing.
    """
    parts = [record.form_id]
    for key in IDENTITY_FIELDS:
        found = record.get(key)
        if found is None or found.issues or found.value in (None, ""):
            return None
        parts.append(bare(str(found.value)))
    return "|".join(parts) if all(parts) else None


def bare(text: str) -> str:
    """Letters, digits and Chinese characters alone, in their plain width and lower case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in plain if c.isalnum())


def same_values(one: Declaration, other: Declaration) -> bool:
    """Whether two readings say the same, wherever on the page it stands."""
    return _said(one) == _said(other)


def _said(record: Declaration) -> list[tuple[str, object]]:
    return [(value.path, _plain(value)) for value in record.values]


def _plain(value: FieldValue) -> object:
    return bare(value.value) if isinstance(value.value, str) else value.value
