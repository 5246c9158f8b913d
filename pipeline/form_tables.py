"""One table a layout, a row for each declaration and a column for each field.

What a spreadsheet wants to see, and what the tables of the database, one row a value, are not.
Rows of repeated fields (sub-projects, indicators) have tables of their own already.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from db.current_tables import TableRows
from db.queries import run_sql
from db.store import Store

VALUES = """
SELECT d.form_id, d.id, v.path AS field, v.amount_yuan AS amount,
    coalesce(CAST(v.value_date AS TEXT), CAST(v.value_int AS TEXT), v.value_text,
             CASE WHEN v.value_bool THEN 'true' WHEN NOT v.value_bool THEN 'false' END) AS value
FROM current_values AS v JOIN current_declarations AS d ON d.id = v.declaration_id
ORDER BY d.form_id, d.id, v.position
"""
DECLARATIONS = """
SELECT d.id, d.path AS file, d.first_page, d.last_page,
    (SELECT count(*) FROM issues AS i WHERE i.declaration_id = d.reading_id) AS to_review
FROM current_declarations AS d
"""
ROW_FIELD = r"^[^/]+/\d+/"
"""Paths of values in repeated rows."""


def form_tables(store: Store) -> Iterator[TableRows]:
    """``form_<id>`` of every layout in the database; empty cells are ``None``.

    Raises:
        StoreError: The database cannot be read.
    """
    values = _frame(store, VALUES)
    values["value"] = values["amount"].map(Decimal, na_action="ignore").fillna(values["value"])
    about = _frame(store, DECLARATIONS).set_index("id")
    single = values[~values["field"].astype(str).str.match(ROW_FIELD)]
    for form_id, of_form in single.groupby("form_id"):
        wide = of_form.pivot(index="id", columns="field", values="value")
        table = about.join(wide[of_form["field"].unique()], how="inner").reset_index()
        rows = table.astype(object).where(table.notna(), None).itertuples(index=False, name=None)
        yield TableRows(f"form_{form_id}", tuple(map(str, table.columns)), rows)


def _frame(store: Store, sql: str) -> pd.DataFrame:
    result = run_sql(store, sql)
    return pd.DataFrame(list(result.rows), columns=list(result.columns), dtype=object)
