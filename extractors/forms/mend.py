"""The table as it was printed, where rulings were missed or seen that are none.

Labels are told apart first, since values and rows are cut by them.
"""

from __future__ import annotations

from extractors.forms.definition import FormDefinition
from extractors.forms.header_cells import part_headers
from extractors.forms.label_cells import part_labels
from extractors.forms.row_cells import part_row_cells
from extractors.forms.table import Table
from extractors.forms.values import part_values


def mend(table: Table, definition: FormDefinition) -> Table:
    """The table with merged cells parted where labels and headers show what belongs to them."""
    table = part_headers(part_labels(table, definition), definition)
    table = part_values(table, definition)
    return part_row_cells(table, definition)
