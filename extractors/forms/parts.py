"""Labels that are printed several times: whose part they are, by where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.forms.table import TableCell


def is_part_of(cell: TableCell, whole: TableCell, others: Sequence[TableCell]) -> bool:
    """Whether a label stands among the parts of another: 财政拨款 below 年度资金总额.

    Below it in its columns, or right of it in its rows, with no label of another field between.

    Args:
        cell: Label of a part, perhaps.
        whole: Label of the whole.
        others: Label cells of the fields that are no parts.
    """
    if _is_below(cell, whole):
        between = (o for o in others if _is_below(o, whole) and _is_below(cell, o))
    elif _is_right_of(cell, whole):
        between = (o for o in others if _is_right_of(o, whole) and _is_right_of(cell, o))
    else:
        return False
    return not any(between)


def _is_below(lower: TableCell, upper: TableCell) -> bool:
    return lower.row >= upper.end_row and lower.col < upper.end_col and upper.col < lower.end_col


def _is_right_of(right: TableCell, left: TableCell) -> bool:
    return right.col >= left.end_col and right.row < left.end_row and left.row < right.end_row
