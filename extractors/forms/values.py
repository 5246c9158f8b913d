"""Value cells beside several labels: the ruling between their rows was not seen."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from extractors.forms.cells import LabelCell, find_labels
from extractors.forms.definition import FormDefinition
from extractors.forms.divide import divide_rows, over_rows, unread
from extractors.forms.headers import Header, find_headers
from extractors.forms.places import Places, Span
from extractors.forms.table import Table, TableCell


def part_values(table: Table, definition: FormDefinition) -> Table:
    """The table with each value cell that lies beside several labels cut at their rows.

    Each piece has the lines beside its label. Where lines have no place on a page no piece
    gives a value: a text is never handed to two fields. All pieces are doubted.
    """
    headers = find_headers(table, definition)
    labels = find_labels(table, definition, headers)
    places = Places.of(table)
    cells: list[TableCell] = []
    for cell in table.cells:
        bands = _bands(table, cell, labels, headers)
        if len(bands) < 2:
            cells.append(cell)
            continue
        cells += divide_rows(cell, bands, places) or over_rows(unread(cell), bands)
    return Table.of(cells) if len(cells) > len(table.cells) else table


def _bands(
    table: Table, cell: TableCell, labels: Mapping[str, LabelCell], headers: tuple[Header, ...]
) -> list[Span]:
    """Rows of a cell by the label that stands left of them; rows without one go on."""
    known = {id(entry.cell): entry.cell for entry in labels.values()}
    header_cells = {id(column.cell) for h in headers for column in h.columns}
    if cell.row_span < 2 or id(cell) in known or id(cell) in header_cells:
        return [(cell.row, cell.end_row)]
    starts: list[int] = []
    owner: TableCell | None = None
    for row in range(cell.row, cell.end_row):
        label = _label_left(table, row, cell.col, known)
        if label is not None and label is not owner:
            if owner is not None:
                starts.append(row)
            owner = label
    edges = [cell.row, *starts, cell.end_row]
    return list(pairwise(edges))


def _label_left(
    table: Table, row: int, col: int, known: Mapping[int, TableCell]
) -> TableCell | None:
    """The nearest label left of a place in its row."""
    for left in range(col - 1, -1, -1):
        cell = table.at(row, left)
        if cell is not None and id(cell) in known:
            return known[id(cell)]
    return None
