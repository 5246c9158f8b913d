"""Tables of an unknown form: what goes on over a page break under the same columns is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.forms.columns import align_columns, same_columns
from extractors.forms.table import PlacedGrid, Table


def tables_of(grids: Sequence[PlacedGrid]) -> tuple[Table, ...]:
    """Logical tables, in print order.

    Args:
        grids: Of one form, in print order.
    """
    groups: list[list[PlacedGrid]] = []
    for placed in grids:
        last = groups[-1][-1] if groups else None
        if last is not None and last.page != placed.page and same_columns(last.grid, placed.grid):
            groups[-1].append(placed)
        else:
            groups.append([placed])
    return tuple(_stacked(group) for group in groups)


def _stacked(grids: Sequence[PlacedGrid]) -> Table:
    cells = []
    shift = 0
    for placed in align_columns(grids):
        table = Table.of_grid(placed)
        cells += [replace(cell, row=cell.row + shift) for cell in table.cells]
        shift += table.rows
    return Table.of(cells)
