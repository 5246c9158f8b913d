"""What a form has beyond its definition: fields that a district or a later year added.

A form is known by its family; what it adds is kept as pairs of label and text, and its tick
boxes as marks, like all of a form that nobody has defined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractors.evidence import PageKind
from extractors.forms.cells import LabelCell, value_cells
from extractors.forms.colon import colon_pairs, merge_baselines
from extractors.forms.definition import FieldType, FormDefinition
from extractors.forms.headers import Header
from extractors.forms.labels import MIN_SIMILARITY, best_similarity, is_heading
from extractors.forms.pair_building import cells_pair, pair_of_colon
from extractors.forms.pairs import cell_marks
from extractors.forms.raw import Extras, Pair
from extractors.forms.rows import body_rows
from extractors.forms.table import PlacedLine, Table, TableCell
from extractors.forms.unknown.likeness import Judge, Likeness, judge_of

_BLANK_DATE = re.compile(r"[\s年月日_/\-]*")
"""A place for a date that nobody entered."""
_UNIT_LABELS = ("单位", "金额单位", "计量单位")


@dataclass(frozen=True, slots=True)
class FoundExtras:
    """Additions of a form.

    Attributes:
        extras: As the record keeps them.
        cells: Ids of the cells that they stand in, where rulings are sure: those of a picture
            may be pieces of a value that a false ruling cut.
    """

    extras: Extras
    cells: frozenset[int]


def find_extras(
    table: Table,
    lines: Sequence[PlacedLine],
    definition: FormDefinition,
    headers: Sequence[Header],
    labels: Mapping[str, LabelCell],
) -> FoundExtras:
    """Labels and texts of a form that no field of its definition takes.

    Args:
        table: The form's table.
        lines: Lines around it.
        definition: Its layout.
        headers: Its header rows.
        labels: Its labels by field.
    """
    taken = _taken(table, definition, headers, labels)
    judge = judge_of([definition])
    found = [
        p for row in range(table.rows) for p in _row_pairs(table, row, definition, judge, taken)
    ]
    sure = {
        id(cell)
        for pair in found
        for cell in pair
        if all(part.kind is not PageKind.PICTURE for part in cell.parts)
    }
    pairs = [
        *_line_pairs(lines, definition),
        *(cells_pair([label], [value]) for label, value in found),
    ]
    marks = tuple(mark for _, value in found for mark in cell_marks(value))
    return FoundExtras(Extras(tuple(pairs), marks), frozenset(sure))


def _taken(
    table: Table,
    definition: FormDefinition,
    headers: Sequence[Header],
    labels: Mapping[str, LabelCell],
) -> set[int]:
    """Ids of the cells that belong to a field, and of the headings of blocks."""
    taken = {id(c) for c in table.cells if is_heading(c.text, definition)}
    for entry in labels.values():
        taken.add(id(entry.cell))
        if entry.field.type is not FieldType.ROWS:
            taken |= {id(c) for c in value_cells(table, entry, labels, headers)}
    for header in headers:
        own = [h for h in headers if h.field == header.field]
        rows = [n for _, n in body_rows(table, own, definition, labels=labels, headers=headers)]
        for row in (*range(header.row, header.end_row), *rows):
            taken |= {id(c) for c in table.row_cells(row)}
    sums = {e.cell.row for e in labels.values() if e.field.in_column}
    return taken | {id(c) for row in sums for c in table.row_cells(row)}


def _row_pairs(
    table: Table, row: int, definition: FormDefinition, judge: Judge, taken: set[int]
) -> Iterable[tuple[TableCell, TableCell]]:
    """Free cells of a row, where labels and texts can only alternate."""
    cells = table.row_cells(row)
    for is_free, run in groupby(cells, key=lambda c: c.row == row and id(c) not in taken):
        free = list(run)
        if not is_free or len(free) % 2:
            continue
        for label, value in zip(free[::2], free[1::2], strict=True):
            if judge(label) is not Likeness.NONE and not is_heading(value.text, definition):
                yield label, value


def _line_pairs(lines: Sequence[PlacedLine], definition: FormDefinition) -> Iterable[Pair]:
    """``label：value`` around the table, filled in and of no field."""
    known = [label for f in definition.fields for label in f.labels] + list(_UNIT_LABELS)
    for placed in merge_baselines(lines):
        for pair in colon_pairs(placed):
            is_blank = _BLANK_DATE.fullmatch(pair.value)
            if not is_blank and best_similarity(pair.label, known) < MIN_SIMILARITY:
                yield pair_of_colon(pair)
