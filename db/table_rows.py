"""A table on its way out of the database: its columns with what they hold, its rows one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Double, Integer
from sqlalchemy.types import TypeEngine

from db.models.columns import Money, UtcDateTime


class ColumnKind(StrEnum):
    """What the cells of a column hold; each may be empty."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    AMOUNT = "amount"
    BOOLEAN = "boolean"
    DATE = "date"
    MOMENT = "moment"
    JSON = "json"


KINDS: tuple[tuple[type[TypeEngine[Any]], ColumnKind], ...] = (
    (Money, ColumnKind.AMOUNT),
    (UtcDateTime, ColumnKind.MOMENT),
    (JSON, ColumnKind.JSON),
    (Boolean, ColumnKind.BOOLEAN),
    (Date, ColumnKind.DATE),
    (Double, ColumnKind.NUMBER),
    (Integer, ColumnKind.INTEGER),
)
"""First that fits; everything else is text."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column's name, and what it holds."""

    name: str
    kind: ColumnKind


@dataclass(frozen=True, slots=True)
class TableRows:
    """One table: ``rows`` of as many values as there are ``columns``.

    Amounts are `Decimal` yuan, dates `date`, moments `datetime` with their zone, JSON lists and
    dictionaries.
    """

    name: str
    columns: tuple[TableColumn, ...]
    rows: Iterator[tuple[Any, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """Of the columns."""
        return tuple(column.name for column in self.columns)


def kind_of(column_type: TypeEngine[Any]) -> ColumnKind:
    """What a column of the database holds."""
    return next((kind for of, kind in KINDS if isinstance(column_type, of)), ColumnKind.TEXT)
