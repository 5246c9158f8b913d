"""Labels and values set in two columns without rulings and without colons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.forms.colon import colon_pairs, on_one_baseline
from extractors.forms.table import PlacedLine
from extractors.forms.unknown.gaps import pieces_at_gaps
from extractors.forms.unknown.likeness import Likeness, label_likeness

# Two rows may stand in line by chance; three do not.
_MIN_ROWS = 3
# Values of one column begin at one place, up to this much of the line's height: a blank half of
# a bracket, and the bearings of glyphs.
_SAME_START_EM = 0.8


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """A label and the lines of its value, the first of them beside it."""

    label: PlacedLine
    values: tuple[PlacedLine, ...]


def aligned_pairs(lines: Sequence[PlacedLine]) -> tuple[AlignedPair, ...]:
    """Labels with values that begin at one place in at least three rows.

    A second label and value in such a row belong to it, if the label surely is one.

    Args:
        lines: Lines outside tables in reading order.

    Returns:
        In print order; nothing where most of the would-be labels do not end as labels do.
    """
    rows = _rows(lines)
    beside = [(n, pair) for n, row in enumerate(rows) for pair in _beside(row)]
    in_line = {
        (n, id(pair))
        for n, pair in beside
        if sum(_in_line(pair.values[0], other.values[0]) for _, other in beside) >= _MIN_ROWS
    }
    numbers = {n for n, _ in in_line}
    found = [
        (n, pair)
        for n, pair in beside
        if (n, id(pair)) in in_line or (n in numbers and _level(pair.label) is Likeness.SURE)
    ]
    sure = sum(_level(pair.label) is Likeness.SURE for _, pair in found)
    if 2 * sure <= len(found):
        return ()
    return tuple(replace(p, values=(*p.values, *_going_on(rows, n, p))) for n, p in found)


def _rows(lines: Sequence[PlacedLine]) -> list[list[PlacedLine]]:
    """Pieces on one baseline, left to right; a row with a colon or a box is another matter."""
    rows: list[list[PlacedLine]] = []
    for placed in lines:
        if placed.line.bbox is None or not placed.line.text.strip():
            continue
        if rows and on_one_baseline(rows[-1][-1], placed):
            rows[-1].append(placed)
        else:
            rows.append([placed])
    cut = [[piece for placed in row for piece in pieces_at_gaps(placed)] for row in rows]
    return [sorted(row, key=_start) if not any(map(colon_pairs, row)) else [] for row in cut]


def _beside(row: Sequence[PlacedLine]) -> list[AlignedPair]:
    """Labels and values that alternate in one row."""
    if not row or len(row) % 2:
        return []
    pairs = [AlignedPair(row[n], (row[n + 1],)) for n in range(0, len(row), 2)]
    is_labelled = all(_level(pair.label) is not Likeness.NONE for pair in pairs)
    return pairs if is_labelled else []


def _going_on(
    rows: Sequence[Sequence[PlacedLine]], number: int, pair: AlignedPair
) -> tuple[PlacedLine, ...]:
    """Rows below that hold nothing but a line under the value."""
    more: list[PlacedLine] = []
    for row in rows[number + 1 :]:
        if len(row) != 1 or not _in_line(row[0], pair.values[0]):
            break
        more.append(row[0])
    return tuple(more)


def _in_line(first: PlacedLine, second: PlacedLine) -> bool:
    a, b = first.line.bbox, second.line.bbox
    if first.page != second.page or a is None or b is None:
        return False
    return abs(a.x0 - b.x0) <= _SAME_START_EM * min(a.height, b.height)


def _level(placed: PlacedLine) -> Likeness:
    return label_likeness(placed.line.text)


def _start(placed: PlacedLine) -> float:
    return placed.line.bbox.x0 if placed.line.bbox else 0.0
