"""What a form definition may say: the schema of `forms/*.yaml`.

A layout is data. Adding a form, a spelling of a label or an option never needs Python.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Text = Annotated[str, Field(min_length=1)]


class FieldType(StrEnum):
    """How a field's text becomes a value."""

    TITLE = "title"
    YEAR = "year"
    TEXT = "text"
    LONG_TEXT = "long_text"
    AMOUNT = "amount"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    TARGET = "target"
    ROWS = "rows"


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class ColumnDefinition(_Strict):
    """One column of a field with repeated rows.

    Attributes:
        key: Name in the record.
        type: A scalar type.
        labels: Spellings of the column's header; none for a first column that holds the rows'
            names and has no header.
        merged: Whether a cell of this column may span several rows and is then repeated.
        known: Usual contents, used to join a merged cell that a page break cut in two.
        unit: Unit of amounts where the header names none: 元, 万元 or 亿元.
    """

    key: Text
    type: Annotated[FieldType, Field(strict=False)] = FieldType.TEXT
    labels: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    merged: bool = False
    known: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    unit: Literal["元", "万元", "亿元"] = "元"


class FieldDefinition(_Strict):
    """One field of a form.

    Attributes:
        key: Name in the record.
        type: How its text becomes a value.
        labels: Spellings of its label; a unit in brackets may follow any of them in print.
        required: Whether a blank value goes to a person.
        place: ``cell``: beside or below its label in the table; ``heading``: in the lines
            above the table.
        options: For choices, in print order.
        exclusive: For choices: whether exactly one option should be marked.
        columns: For rows, left to right.
        totals: For rows: labels of a printed sum row, which is not a row of its own.
        unit: Unit of an amount where its label names none.
        under: Key of the field that this one is a part of: its label stands below that label,
            or right of it, which tells labels apart that are printed several times.
        left_of: For rows: key of the rows that are printed right of these under the same
            header. Columns that stand once serve both; a single block is the right one's.
        in_column: ``rows/column``: of the cells beside the label the one in that column of
            those rows, as in a sum row.
    """

    key: Text
    type: Annotated[FieldType, Field(strict=False)]
    labels: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    required: bool = False
    place: Literal["cell", "heading"] = "cell"
    options: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    exclusive: bool = False
    columns: Annotated[tuple[ColumnDefinition, ...], Field(strict=False)] = ()
    totals: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    unit: Literal["元", "万元", "亿元"] = "元"
    under: Text | None = None
    left_of: Text | None = None
    in_column: Annotated[str, Field(pattern=r"^[^/]+/[^/]+$")] | None = None

    @model_validator(mode="after")
    def _shape_fits_type(self) -> FieldDefinition:
        if bool(self.options) != (self.type is FieldType.CHOICE):
            raise ValueError(f"field {self.key}: options belong to type choice, and only to it")
        if bool(self.columns) != (self.type is FieldType.ROWS):
            raise ValueError(f"field {self.key}: columns belong to type rows, and only to it")
        if self.totals and not self.columns:
            raise ValueError(f"field {self.key}: totals belong to type rows")
        if not self.labels and self.type not in {FieldType.TITLE, FieldType.YEAR, FieldType.ROWS}:
            raise ValueError(f"field {self.key}: labels are missing")
        if any(not c.labels for c in self.columns[1:]):
            raise ValueError(f"field {self.key}: only the first column may lack labels")
        return self


class SumDefinition(_Strict):
    """Amounts that add up where a form was filled in right.

    It helps to choose between readings that a picture supports, and never overrules the picture.

    Attributes:
        total: Key of an amount.
        parts: ``rows/column`` of amounts.
    """

    total: Text
    parts: Annotated[str, Field(pattern=r"^[^/]+/[^/]+$")]


class FormDefinition(_Strict):
    """A known layout.

    Attributes:
        id: Short name, also the file's name.
        version: Counts up when extraction by this definition changes.
        name: Full name for people.
        titles: Spellings of the printed title.
        headings: Spellings of the headings of blocks, which label no field; a unit printed in
            one holds for the amounts right of it.
        fields: In the order in which records print them.
        sums: Amounts that add up.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    version: Annotated[int, Field(ge=1)]
    name: Text
    titles: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]
    headings: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    fields: Annotated[tuple[FieldDefinition, ...], Field(min_length=1, strict=False)]
    sums: Annotated[tuple[SumDefinition, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _sums_are_of_amounts(self) -> FormDefinition:
        amounts = {f.key for f in self.fields if f.type is FieldType.AMOUNT}
        amounts |= {
            f"{f.key}/{c.key}" for f in self.fields for c in f.columns if c.type is FieldType.AMOUNT
        }
        for entry in self.sums:
            missing = {entry.total, entry.parts} - amounts
            if missing:
                raise ValueError(f"sums: no amount {', '.join(sorted(missing))}")
        return self

    @model_validator(mode="after")
    def _keys_are_unique(self) -> FormDefinition:
        keys = [f.key for f in self.fields]
        double = sorted({k for k in keys if keys.count(k) > 1})
        if double:
            raise ValueError(f"key used twice: {', '.join(double)}")
        return self

    @model_validator(mode="after")
    def _references_lead_somewhere(self) -> FormDefinition:
        places = {f.key: {c.key for c in f.columns} for f in self.fields}
        for field in self.fields:
            rows, _, column = (field.in_column or "").partition("/")
            if field.under is not None and field.under not in places:
                raise ValueError(f"field {field.key}: no field {field.under} to be under")
            if field.left_of is not None and not places.get(field.left_of):
                raise ValueError(f"field {field.key}: no rows {field.left_of} to be left of")
            if field.in_column is not None and column not in places.get(rows, ()):
                raise ValueError(f"field {field.key}: no column {field.in_column}")
        return self

    def field(self, key: str) -> FieldDefinition | None:
        """The field with a key, if there is one."""
        return next((f for f in self.fields if f.key == key), None)
