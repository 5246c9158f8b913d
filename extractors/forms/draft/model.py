"""A drafted definition: what a definition holds, and what a person should check of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from extractors.forms.definition import FieldType


class Note(StrEnum):
    """What a person should look at; Chinese and English, as the file says it."""

    NAME_KEY = "请起键名 / give it a key"
    CHECK_TYPE = "请核对类型 / check the type"
    CHECK_LABEL = "标签不一定是标签 / may be no label"
    PERIOD = "起止两个日期同用一个标签 / both ends of a period under one label"
    PRINTED_AGAIN = (
        "同一标签还印在别处，只取第一处 / the label is printed again, the first one counts"
    )
    MORE_IN_CELL = "同格还有别的标签，未列入 / the cell holds further labels, left out"
    CHECK_OPTIONS = "请核对选项 / check the options"
    ROW_NAMES = "各行首格没有列名，未列入 / the first cells of the rows have no header, left out"
    CHECK_UNIT = "单位取自左侧标题，请核对 / unit of the label of its group, check it"
    ONE_ROW = "样本只有一行，若可多行请改为 rows / one row here; make it rows if there may be more"
    CHECK_COLUMNS = "请核对各列 / check the columns"


@dataclass(frozen=True, slots=True)
class DraftColumn:
    """A column of repeated rows.

    Attributes:
        key: Known from another layout, or numbered.
        type: As guessed.
        label: As printed, without its unit.
        merged: Whether any of its cells spans rows.
        known: What its merged cells hold, in print order.
        unit: Of amounts, where the label of all rows names it and the header does not.
    """

    key: str
    type: FieldType
    label: str
    merged: bool = False
    known: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class DraftField:
    """A field.

    Attributes:
        key: Known from another layout, or numbered.
        type: As guessed.
        label: As printed, without its unit; blank for a title, a year or rows without one.
        page: Where the sample has it, from 1.
        place: ``cell`` or ``heading``.
        options: Of a choice, in print order.
        columns: Of rows.
        totals: Labels of printed sum rows.
        notes: What to check.
        unit: Of an amount, where the label of its group names it and its own does not.
    """

    key: str
    type: FieldType
    label: str
    page: int
    place: str = "cell"
    options: tuple[str, ...] = ()
    columns: tuple[DraftColumn, ...] = ()
    totals: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class DraftForm:
    """A whole layout.

    Attributes:
        title: As printed, without year and remarks; ``""`` where none was found.
        fields: In print order.
        pages: Pages of the sample it was drafted from.
        headings: Labels of groups of fields.
    """

    title: str
    fields: tuple[DraftField, ...]
    pages: tuple[int, ...]
    headings: tuple[str, ...] = ()
