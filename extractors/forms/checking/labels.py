"""Labels of a definition that cannot be told from one another in print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.forms.checking.complaint import Complaint, error, warning
from extractors.forms.checking.outline import Entry, Outline, Word
from extractors.forms.definition import FieldType
from extractors.forms.labels import bare_label

# The two ends of a period, which may be printed in one cell under one label.
_ENDS_OF_A_PERIOD = 2


def check_labels(outline: Outline) -> Iterator[Complaint]:
    """Complaints about labels: alike in one place, or blank once spaces and marks are gone.

    Places are the lines above the table, its cells, and the header of each repeated field.
    """
    places: dict[str, list[Entry]] = {}
    for field in outline.fields:
        places.setdefault(field.place, []).append(field)
        yield from _alike(field.columns)
    for fields in places.values():
        yield from _alike(fields)


def _alike(entries: Sequence[Entry]) -> Iterator[Complaint]:
    seen: dict[tuple[str, tuple[str, str]], tuple[Word, Entry]] = {}
    sharing: dict[str, int] = {}
    for entry in entries:
        for label in entry.labels:
            bare = bare_label(label.text)
            if not bare:
                yield error(
                    label.line,
                    f"标签“{label.text}”没有可认的字 / label has no letters: {label.text!r}",
                )
                continue
            first, owner = seen.setdefault((bare, entry.within), (label, entry))
            if first is label:
                continue
            if owner is entry:
                yield _said_twice(first, label)
                continue
            sharing[bare] = sharing.get(bare, 1) + 1
            if not _is_period(owner, entry, sharing[bare]):
                yield _not_told_apart(first, label, owner)


def _is_period(first: Entry, second: Entry, count: int) -> bool:
    kinds = {first.type, second.type}
    return kinds == {FieldType.DATE.value} and count <= _ENDS_OF_A_PERIOD


def _said_twice(first: Word, label: Word) -> Complaint:
    return warning(
        label.line,
        f"标签“{label.text}”与第 {first.line} 行的“{first.text}”认起来相同，可删去一个 / "
        f"label reads the same as that of line {first.line}; one of them will do",
    )


def _not_told_apart(first: Word, label: Word, owner: Entry) -> Complaint:
    return error(
        label.line,
        f"标签“{label.text}”与第 {first.line} 行栏目 {owner.key.text} 的“{first.text}”无法区分 / "
        f"label cannot be told from “{first.text}” of {owner.key.text} in line {first.line}",
    )
