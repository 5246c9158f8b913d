"""One table of the database as a data frame, for people who live in notebooks.

Nothing is guessed: amounts stay exact decimals, empty cells are missing, whole numbers with gaps
stay whole (pandas' nullable types).
"""

from __future__ import annotations

from datetime import datetime
from itertools import chain

import pandas as pd

from db.current_tables import current_tables
from db.store import Store
from db.table_rows import ColumnKind, TableRows
from extractors.errors import RequestError
from pipeline.export.form_tables import form_tables

DTYPES = {
    ColumnKind.TEXT: "string",
    ColumnKind.INTEGER: "Int64",
    ColumnKind.NUMBER: "Float64",
    ColumnKind.BOOLEAN: "boolean",
    ColumnKind.MOMENT: "datetime64[us, UTC]",
}
"""Amounts, dates and JSON have no pandas type that keeps them exactly; they stay objects."""


def frame(store: Store, name: str, as_of: datetime | None = None) -> pd.DataFrame:
    """A table as `shenbao export` names it, such as ``declarations`` or ``form_sh_2019``.

    Args:
        store: Open database.
        name: Of the table.
        as_of: Moment whose state is to be seen; that of now unless given.

    Raises:
        RequestError: ``table_unknown``.
        StoreError: The database cannot be read.
    """
    names = []
    for table in chain(current_tables(store, as_of), form_tables(store, as_of)):
        if table.name == name:
            return _filled(table)
        names.append(table.name)
    raise RequestError(
        f"没有表 {name} / there is no table {name}; there are: {', '.join(names)}",
        code="table_unknown",
    )


def _filled(table: TableRows) -> pd.DataFrame:
    rows = list(table.rows)
    columns = {
        column.name: pd.Series([row[i] for row in rows], dtype=DTYPES.get(column.kind, "object"))
        for i, column in enumerate(table.columns)
    }
    return pd.DataFrame(columns)
