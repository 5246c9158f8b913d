"""A declaration as rules see it: values by path, rows by table, and which of them to trust."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from normalizers.issues import IssueCode
from normalizers.records import Declaration, FieldValue

PRINTED_FAULTS = frozenset(
    {
        IssueCode.REQUIRED_BLANK,
        IssueCode.EXCLUSIVE_CHOICE,
        IssueCode.TRUNCATED,
        IssueCode.DATE_INCOMPLETE,
        IssueCode.MARK_UNKNOWN,
    }
)
"""Issues that are true of the paper: rules report them. All others say that the reading is
doubtful, and a check that rests on such a value has insufficient data."""

Row = Mapping[str, FieldValue]
"""One printed row: cells by column."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One declaration that stands.

    Attributes:
        number: Of the declaration.
        reading_id: Row of `declarations`.
        document_id: File it is in.
        form_id: Layout.
        year: As read, ``None`` if unread.
        applicant: As read.
        project_name: As read.
        values: By path, in print order.
        tables: Rows by table key, in print order.
    """

    number: int
    reading_id: int
    document_id: int
    form_id: str
    year: int | None
    applicant: str | None
    project_name: str | None
    values: Mapping[str, FieldValue]
    tables: Mapping[str, tuple[Row, ...]]

    def has(self, path: str) -> bool:
        """Whether the layout has this field at all."""
        return path in self.values

    def sure(self, path: str) -> bool:
        """Whether the field is there and its reading is not doubtful."""
        found = self.values.get(path)
        return found is not None and is_sure(found)

    def amount(self, path: str) -> Decimal | None:
        """A sure amount or number."""
        found = self._sure_value(path)
        return found if isinstance(found, Decimal) else None

    def day(self, path: str) -> date | None:
        """A sure date."""
        found = self._sure_value(path)
        return found if isinstance(found, date) else None

    def text(self, path: str) -> str | None:
        """A sure text, perhaps empty."""
        found = self._sure_value(path)
        return found if isinstance(found, str) else None

    def rows(self, table: str) -> tuple[Row, ...]:
        """Rows of a table; none where the layout has no such table."""
        return self.tables.get(table, ())

    def options(self, group: str) -> Iterator[FieldValue]:
        """Options of a choice field."""
        prefix = f"{group}/"
        return (value for path, value in self.values.items() if path.startswith(prefix))

    def _sure_value(self, path: str) -> object:
        found = self.values.get(path)
        return found.value if found is not None and is_sure(found) else None


def is_sure(value: FieldValue) -> bool:
    """Whether nothing but faults of the paper itself are noted about a value."""
    return all(issue.code in PRINTED_FAULTS for issue in value.issues)


def subject_of(number: int, reading_id: int, document_id: int, declaration: Declaration) -> Subject:
    """A declaration as rules see it.

    Args:
        number: Of the declaration.
        reading_id: Row of `declarations`.
        document_id: File it is in.
        declaration: What was read. Every table that its layout has is a table of the subject,
            perhaps without rows.
    """
    values = {value.path: value for value in declaration.values}
    rows: dict[str, dict[str, dict[str, FieldValue]]] = {
        key: defaultdict(dict) for key in declaration.row_keys
    }
    for value in declaration.values:
        table, _, cell = value.path.partition("/")
        place, _, column = cell.partition("/")
        if column and table in rows:
            rows[table][place][column] = value
    year = values.get("year")
    return Subject(
        number=number,
        reading_id=reading_id,
        document_id=document_id,
        form_id=declaration.form_id,
        year=year.value if year is not None and isinstance(year.value, int) else None,
        applicant=_text_of(values.get("applicant")),
        project_name=_text_of(values.get("project_name")),
        values=values,
        tables={key: tuple(found.values()) for key, found in rows.items()},
    )


def _text_of(value: FieldValue | None) -> str | None:
    return value.value if value is not None and isinstance(value.value, str) else None
