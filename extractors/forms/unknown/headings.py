"""Headings over labels: a cell left of them, often beside several rows.

Two fields may have one name, 姓名 of the applicant and 姓名 of the agent. Which is which only the
heading beside them tells.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from extractors.forms.table import PlacedLine, Table, TableCell
from extractors.forms.unknown.likeness import Judge, Likeness


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label with a value: the cell that it stands in, and its lines."""

    cell: TableCell
    lines: tuple[PlacedLine, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and the labels under it in print order, those of further headings left out."""

    cell: TableCell
    labels: tuple[PlacedLabel, ...]


def headings(
    table: Table, labels: Sequence[PlacedLabel], used: Set[int], judge: Judge
) -> tuple[Heading, ...]:
    """Headings of a table with labels under them, top to bottom.

    Args:
        table: The logical table.
        labels: Its labels that have a value.
        used: Ids of its cells that are labels or values.
        judge: Tells how much a cell is like a label.
    """
    free = [c for c in table.cells if id(c) not in used and judge(c) is not Likeness.NONE]
    over = [c for c in free if any(_is_first(label.cell, c) for label in labels)]
    own = [PlacedLabel(c, c.lines) for c in over]
    owners: dict[int, list[PlacedLabel]] = {}
    for label in sorted((*labels, *own), key=lambda x: (x.cell.row, x.cell.col)):
        left = [c for c in over if c is not label.cell and _is_beside(c, label.cell)]
        if left:
            owner = max(left, key=lambda c: c.end_col)
            owners.setdefault(id(owner), []).append(label)
    return tuple(Heading(c, tuple(owners[id(c)])) for c in over if id(c) in owners)


def _is_beside(heading: TableCell, cell: TableCell) -> bool:
    return heading.row <= cell.row < heading.end_row and heading.end_col <= cell.col


def _is_first(cell: TableCell, heading: TableCell) -> bool:
    """Whether a label stands right beside a heading, at its top or in its row."""
    return _is_beside(heading, cell) and cell.col == heading.end_col
