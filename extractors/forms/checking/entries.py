"""Keys, options, usual contents and titles of a definition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.forms.checking.complaint import Complaint, error, warning
from extractors.forms.checking.outline import Entry, Outline, Word
from extractors.forms.definition import FieldType
from extractors.forms.labels import fold

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
_TEXT_TYPES = frozenset({FieldType.TEXT.value, FieldType.LONG_TEXT.value})


def check_keys(outline: Outline) -> Iterator[Complaint]:
    """Complaints about keys: not a plain name, or a column's key used twice in its row."""
    for field in outline.fields:
        yield from _plain_names([field, *field.columns])
        seen: dict[str, Word] = {}
        for column in field.columns:
            first = seen.setdefault(column.key.text, column.key)
            if column.key.text and first is not column.key:
                yield error(
                    column.key.line,
                    f"列的键 {column.key.text} 已用于第 {first.line} 行 / "
                    f"column key used in line {first.line} already",
                )


def _plain_names(entries: Sequence[Entry]) -> Iterator[Complaint]:
    for entry in entries:
        key = entry.key
        if key.text and not _IDENTIFIER.fullmatch(key.text):
            yield error(
                key.line,
                f"键“{key.text}”须由小写字母、数字和 _ 组成，以字母开头 / "
                f"key must be small letters, digits and _, a letter first: {key.text!r}",
            )


def check_options(outline: Outline) -> Iterator[Complaint]:
    """Complaints about options that cannot be told from one another in print."""
    for field in outline.fields:
        seen: dict[str, Word] = {}
        for option in field.options:
            first = seen.setdefault(fold(option.text), option)
            if first is not option:
                yield error(
                    option.line,
                    f"选项“{option.text}”与第 {first.line} 行的“{first.text}”无法区分 / "
                    f"option cannot be told from “{first.text}” in line {first.line}",
                )


def check_known(outline: Outline) -> Iterator[Complaint]:
    """Complaints about usual contents where they cannot help."""
    for column in (c for f in outline.fields for c in f.columns if c.known):
        line = column.known[0].line
        if column.type and column.type not in _TEXT_TYPES:
            yield error(
                line,
                f"列 {column.key.text} 不是文字，不能有 known / "
                f"known contents belong to text, not to {column.type}",
            )
        elif not column.merged:
            yield warning(
                line,
                f"列 {column.key.text} 有 known 而无 merged: true，请确认 / "
                "known contents without merged: true; is that meant?",
            )


def check_titles(outline: Outline) -> Iterator[Complaint]:
    """Complaints about titles without a letter, which every line would be like."""
    for title in outline.titles:
        if title.text and not fold(title.text):
            yield error(title.line, f"标题“{title.text}”为空 / title has no letters")
