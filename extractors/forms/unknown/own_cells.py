"""Forms that print each label in the corner of the cell in which its value is to be written."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.forms.table import PlacedLine, Table, TableCell
from extractors.forms.unknown.gaps import pieces_at_gaps
from extractors.forms.unknown.inline import InlinePair, inline_pairs, with_gaps
from extractors.forms.unknown.likeness import Likeness, label_likeness
from extractors.forms.unknown.spelled import spelled

# So many labels in corners are no chance, in rows of nothing else.
_MIN_CORNERS = 3
# A cell for a label and a value is so many times as high as one line.
_ROOM = 1.8
# A label in the corner stands in the upper part of its cell; elsewhere print is centred.
_UPPER_PART = 0.42
# Room left of it, in heights of its line.
_INDENT_EM = 1.5
# Boxes are fractions of both sides of a page, which is about as wide as 1 / sqrt(2).
_SIDES = 2**0.5


def own_cells(table: Table) -> tuple[tuple[TableCell, tuple[InlinePair, ...]], ...]:
    """Cells with a label in the corner and what stands there, where the table has such cells.

    Args:
        table: The logical table.
    """
    rows = [list(table.row_cells(row)) for row in range(table.rows)]
    whole = [cells for cells in rows if len(cells) > 1 and all(map(_has_corner, cells))]
    corners = list({id(c): c for cells in whole for c in cells}.values())
    found = tuple((c, pairs) for c in corners if (pairs := _pairs(c)))
    filled = sum(any(pair.values for pair in pairs) for _, pairs in found)
    return found if filled >= _MIN_CORNERS else ()


def over_boxes(cell: TableCell) -> tuple[InlinePair, ...]:
    """A label that stands alone above lines with tick boxes, of which the next begins with one."""
    lines = spelled(cell.lines)
    if len(lines) < 2 or not lines[1].line.text.lstrip().startswith(("□", "☑")):
        return ()
    if label_likeness(lines[0].line.text) is not Likeness.SURE:
        return ()
    return (InlinePair(lines[0], lines[1:], 0, True),)


def _pairs(cell: TableCell) -> tuple[InlinePair, ...]:
    label = _label_in_corner(cell)
    inline = inline_pairs(cell.lines)
    if label is None or (inline and inline[0].starts):
        return inline
    if len(cell.lines) > 1:
        return (InlinePair(cell.lines[0], spelled(cell.lines[1:]), 0, True),)
    values = pieces_at_gaps(with_gaps(cell.lines[0]))[1:]
    return (InlinePair(label, values, 0, True),)


def _has_corner(cell: TableCell) -> bool:
    """Whether a label stands in the corner, with room for a value or a value of its own."""
    if _label_in_corner(cell) is None:
        return False
    if len(cell.lines) > 1:
        first, second = (placed.line for placed in cell.lines[:2])
        is_translation = second.text[:1].isascii() and not first.text[:1].isascii()
        return not (is_translation and second.text[:1].isalpha()) and _ends_early(cell)
    box, line = cell.parts[0].cell.bbox, cell.lines[0].line.bbox
    return box is not None and line is not None and box.height >= _ROOM * line.height


def _ends_early(cell: TableCell) -> bool:
    """Whether the first line leaves room for more words: the print did not wrap it."""
    box, line = cell.parts[0].cell.bbox, cell.lines[0].line.bbox
    if box is None or line is None:
        return False
    return (box.x1 - line.x1) / _SIDES >= _ROOM * line.height


def _label_in_corner(cell: TableCell) -> PlacedLine | None:
    lines: Sequence[PlacedLine] = cell.lines
    box = cell.parts[0].cell.bbox
    first = lines[0].line.bbox if lines else None
    if box is None or first is None or not lines[0].line.text.strip():
        return None
    indent = (first.x0 - box.x0) / _SIDES
    in_corner = first.center[1] - box.y0 < _UPPER_PART * box.height
    if not in_corner or indent > _INDENT_EM * first.height:
        return None
    pieces = pieces_at_gaps(with_gaps(lines[0]))
    if not pieces or label_likeness(pieces[0].line.text) is Likeness.NONE:
        return None
    return pieces[0]
