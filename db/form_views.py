"""One view a layout, with one column a field, so that any SQL tool reads declarations as a table.

A view is made from the fields that values of its layout really have, whatever definition they
were read with. Cells are looked up one by one through the index on declaration and path: a query
pays only for the rows and columns that it asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from operator import attrgetter

IDENTIFIER_BYTES = 63
"""PostgreSQL cuts longer names."""

DIGEST_LENGTH = 8
FIELDS_A_VIEW = 1500
"""PostgreSQL allows 1,664 columns in a result, SQLite 2,000."""

PREFIX = "form_"

ABOUT = (
    ("id", "d.id"),
    ("file", "d.path"),
    ("first_page", "d.first_page"),
    ("last_page", "d.last_page"),
    ("to_review", "(SELECT count(*) FROM issues AS i WHERE i.declaration_id = d.reading_id)"),
)
IDENTITY = ("title", "year", "applicant", "project_name")
"""Fields that stand in the row of the declaration too, where they are indexed."""

COLUMNS = {"date": "value_date", "year": "value_int", "choice": "value_bool"}
"""Field type → column that holds its values; all other types but amounts are text."""

MIXED = """coalesce(v.value_text, CAST(v.value_date AS TEXT), CAST(v.value_int AS TEXT),
        CAST(v.value_bool AS TEXT), CAST({amount} AS TEXT))"""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a layout.

    Attributes:
        form_id: The layout.
        path: ``annual_budget``, ``project_type/结转项目``.
        types: What it is by the definitions that its values were read with; usually one.
    """

    form_id: str
    path: str
    types: frozenset[str]


@dataclass(frozen=True, slots=True)
class FormView:
    """A view's name, its columns, and the SELECT that it stands for."""

    name: str
    columns: tuple[str, ...]
    select: str


def form_views(fields: Iterable[FormField], dialect_name: str) -> Iterator[FormView]:
    """The views of all layouts.

    Args:
        fields: Those of a layout together, in the order of its columns; cells of repeated rows
            have tables of their own and are left out.
        dialect_name: ``sqlite`` or ``postgresql``.
    """
    single = (field for field in fields if not is_row_cell(field.path))
    for form_id, of_form in groupby(single, attrgetter("form_id")):
        columns = list(of_form)
        for number, start in enumerate(range(0, len(columns), FIELDS_A_VIEW), start=1):
            name = identifier(f"{PREFIX}{form_id}" + ("" if number == 1 else f"_{number}"))
            part = columns[start : start + FIELDS_A_VIEW]
            yield _view(name, form_id, part, dialect_name)


def is_row_cell(path: str) -> bool:
    """Whether a value stands in a repeated row, such as ``subprojects/0/amount``."""
    key, *more = path.split("/")
    return bool(key) and len(more) > 1 and more[0].isdecimal()


def identifier(name: str) -> str:
    """A name of at most 63 bytes; a longer one ends in a digest of the whole, always the same."""
    encoded = name.encode()
    if len(encoded) <= IDENTIFIER_BYTES:
        return name
    kept = encoded[: IDENTIFIER_BYTES - DIGEST_LENGTH - 1].decode("utf-8", "ignore")
    return f"{kept}~{_digest(name)}"


def quoted(name: str) -> str:
    """An identifier in SQL, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def column_names(paths: Iterable[str]) -> list[str]:
    """Names of columns: the paths; one that is taken, whatever its case, gets a digest."""
    taken = {name for name, _ in ABOUT}
    names = []
    for path in paths:
        name = identifier(path)
        if name.lower() in taken:
            name = identifier(f"{name}~{_digest(path)}")
        taken.add(name.lower())
        names.append(name)
    return names


def _digest(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:DIGEST_LENGTH]


def _view(name: str, form_id: str, fields: list[FormField], dialect_name: str) -> FormView:
    names = column_names(field.path for field in fields)
    about = [f"{expression} AS {quoted(alias)}" for alias, expression in ABOUT]
    cells = [
        f"{_cell(field, dialect_name)} AS {quoted(alias)}"
        for field, alias in zip(fields, names, strict=True)
    ]
    listed = ",\n    ".join(about + cells)
    select = (
        f"SELECT {listed}\nFROM current_declarations AS d\nWHERE d.form_id = {_literal(form_id)}"
    )
    return FormView(name, (*(alias for alias, _ in ABOUT), *names), select)


def _cell(field: FormField, dialect_name: str) -> str:
    if field.path in IDENTITY:
        return f"d.{field.path}"
    amount = "v.value_amount / 100.0" if dialect_name == "sqlite" else "v.value_amount"
    if len(field.types) > 1:
        value = MIXED.format(amount=amount)
    elif field.types == {"amount"}:
        value = amount
    else:
        value = f"v.{COLUMNS.get(next(iter(field.types), ''), 'value_text')}"
    return (
        f"(SELECT {value} FROM field_values AS v WHERE v.declaration_id = d.reading_id "
        f"AND v.path = {_literal(field.path)} ORDER BY v.position LIMIT 1)"
    )


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
