"""Declarations as rules see them, from a few printed texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from audit.subject import Subject, subject_of
from extractors.evidence import MarkState
from extractors.forms.definition import FieldDefinition, FieldType
from extractors.forms.loader import builtin_definitions
from extractors.forms.raw import RawDeclaration, RawField
from normalizers.declaration import normalize
from normalizers.issues import Issue, IssueCode
from normalizers.records import FieldValue

FORMS = {form.id: form for form in builtin_definitions()}

Printed = str | Sequence[str] | Sequence[Mapping[str, str]] | None
"""Text of a field, marked options of a choice, rows of a table; ``None``: field not found."""


def subject(
    form: str = "sh_2019",
    *,
    doubtful: Iterable[str] = (),
    unread: Iterable[str] = (),
    number: int = 1,
    **printed: Printed,
) -> Subject:
    """A declaration that prints these texts; all other fields are blank.

    Args:
        form: Layout.
        doubtful: Paths whose reading is doubtful.
        unread: Paths that could not be read.
        number: Of the declaration; also of its reading and file.
        printed: By field.
    """
    definition = FORMS[form]
    fields = [raw for field in definition.fields for raw in _raw(field, printed)]
    declaration = normalize(
        RawDeclaration(form, definition.version, (1,), tuple(fields)), definition
    )
    doubts = dict.fromkeys(doubtful, IssueCode.LOW_CONFIDENCE)
    doubts |= dict.fromkeys(unread, IssueCode.UNREADABLE)
    missing = set(doubts) - {value.path for value in declaration.values}
    assert not missing, missing
    values = tuple(_doubted(value, doubts.get(value.path)) for value in declaration.values)
    return subject_of(number, number, number, replace(declaration, values=values))


def _doubted(value: FieldValue, code: IssueCode | None) -> FieldValue:
    if code is None:
        return value
    issues = (*value.issues, Issue.of(value.path, code))
    unread = code is IssueCode.UNREADABLE
    return replace(value, issues=issues, value=None if unread else value.value)


def _raw(field: FieldDefinition, printed: Mapping[str, Printed]) -> list[RawField]:
    found = printed.get(field.key, () if field.columns or field.options else "")
    if found is None:
        return []
    if field.type is FieldType.CHOICE:
        return [
            RawField(
                f"{field.key}/{option}",
                field.type,
                option,
                None,
                mark=MarkState.CHECKED if option in found else MarkState.EMPTY,
            )
            for option in field.options
        ]
    if field.type is FieldType.ROWS:
        return [
            RawField(
                f"{field.key}/{at}/{column.key}",
                column.type,
                row.get(column.key, ""),
                None,
                unit=column.unit,
            )
            for at, row in enumerate(found)
            for column in field.columns
            if isinstance(row, Mapping)
        ]
    assert isinstance(found, str)
    return [RawField(field.key, field.type, found, None, unit=field.unit)]
