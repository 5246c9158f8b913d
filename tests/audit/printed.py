"""Declarations as rules see them, from a few printed texts: through the real normalizers."""

from dataclasses import replace

from audit.subject import Subject
from extractors.evidence import MarkState
from extractors.forms.definition import FieldType
from extractors.forms.loader import builtin_definitions
from extractors.forms.raw import RawDeclaration, RawField
from normalizers.declaration import normalize
from normalizers.issues import Issue, IssueCode

FORMS = {form.id: form for form in builtin_definitions()}


def printed(form, doubtful=(), unread=(), **texts):
    """A declaration that prints these texts; all other fields are blank.

    Args:
        form: Layout.
        doubtful: Paths whose reading is doubtful.
        unread: Paths that could not be read.
        texts: Text of a field, marked options of a choice, rows of a table; ``None`` where the
            field was not found.
    """
    definition = FORMS[form]
    fields = [raw for field in definition.fields for raw in _raw(field, texts)]
    declaration = normalize(
        RawDeclaration(form, definition.version, (1,), tuple(fields)), definition
    )
    doubts = dict.fromkeys(doubtful, IssueCode.LOW_CONFIDENCE)
    doubts |= dict.fromkeys(unread, IssueCode.UNREADABLE)
    assert doubts.keys() <= {value.path for value in declaration.values}
    values = tuple(_doubted(value, doubts.get(value.path)) for value in declaration.values)
    return Subject.of(1, 1, "a" * 64, replace(declaration, values=values))


def _doubted(value, code):
    if code is None:
        return value
    issues = (*value.issues, Issue.of(value.path, code))
    return replace(
        value, issues=issues, value=None if code is IssueCode.UNREADABLE else value.value
    )


def _raw(field, texts):
    found = texts.get(field.key, () if field.columns or field.options else "")
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
        ]
    return [RawField(field.key, field.type, found, None, unit=field.unit)]
