"""Repeated rows among a peer's texts: what stands under the headers of a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from bench.peer_labels import Label, Labelled
from bench.peer_pieces import Piece
from extractors.forms.definition import ColumnDefinition, FieldDefinition

MAX_LINE_PITCH = 0.75
"""Share of the usual distance of rows up to which two lines are of one entry: a line that the
print wraps stands nearer to the one above than the next row does."""
MIN_COVER = 0.5
"""Share of the row's height that an entry beside it has in common with it."""

Row = dict[str, list[Piece]]


def headers(field: FieldDefinition, labelled: Labelled) -> list[tuple[ColumnDefinition, Label]]:
    """The headers that were found, left to right."""
    found = [(column, labelled.of(field, column)) for column in field.columns]
    known = [(column, label) for column, label in found if label is not None]
    return sorted(known, key=lambda entry: entry[1].piece.bbox.x0)


def area(field: FieldDefinition, labelled: Labelled) -> list[Piece]:
    """The texts below a table's headers and above the next label."""
    heads = [label.piece for _, label in headers(field, labelled)]
    if not heads:
        return []
    start = max(head.middle for head in heads)
    ends = (x.piece.top for x in labelled.labels if x.field is not field and x.column is None)
    end = min((top for top in ends if top > start), default=float("inf"))
    return [piece for piece in labelled.rest if start < piece.top and piece.middle < end]


def rows_of(field: FieldDefinition, labelled: Labelled) -> list[Row]:
    """The rows of a table, top to bottom; texts by column.

    A row is what has an entry in the last column. A column that may be merged gives its entry
    to every row that it covers or, where only print is known, to those nearest to it; of any
    other column each line goes to the row nearest to it.
    """
    heads = headers(field, labelled)
    if not heads:
        return []
    by_column = _by_column(heads, area(field, labelled))
    last = heads[-1][0].key
    pitch = MAX_LINE_PITCH * _usual_distance(by_column[last])
    rows: list[Row] = [{last: entry} for entry in _entries(by_column[last], pitch)]
    for column, _ in heads[:-1]:
        pieces = by_column[column.key]
        if column.merged:
            entries = _entries(pieces, pitch)
            for row in rows:
                row[column.key] = _covering(row[last], entries)
        elif rows:
            for piece in pieces:
                nearest = min(rows, key=lambda row: _distance(row[last], piece))
                nearest.setdefault(column.key, []).append(piece)
    return rows


def _by_column(
    heads: Sequence[tuple[ColumnDefinition, Label]], pieces: Sequence[Piece]
) -> dict[str, list[Piece]]:
    """Texts by the header below which their middle lies."""
    edges = [
        (one.piece.bbox.x1 + other.piece.bbox.x0) / 2 for (_, one), (_, other) in pairwise(heads)
    ]
    found: dict[str, list[Piece]] = {column.key: [] for column, _ in heads}
    for piece in sorted(pieces, key=lambda p: (p.top, p.bbox.x0)):
        number = sum(piece.bbox.center[0] > edge for edge in edges)
        found[heads[number][0].key].append(piece)
    return found


def _usual_distance(pieces: Sequence[Piece]) -> float:
    """Median distance of texts one below the other on the same page, in page heights."""
    distances = [
        lower.middle - upper.middle for upper, lower in pairwise(pieces) if upper.page == lower.page
    ]
    return median(distances) if distances else 0.0


def _entries(pieces: Sequence[Piece], pitch: float) -> list[list[Piece]]:
    """Cells one by one; lines of print put together where they stand near each other."""
    entries: list[list[Piece]] = []
    for piece in pieces:
        upper = entries[-1][-1] if entries else None
        if (
            upper
            and not upper.is_cell
            and not piece.is_cell
            and piece.middle - upper.middle < pitch
        ):
            entries[-1].append(piece)
        else:
            entries.append([piece])
    return entries


def _covering(row: list[Piece], entries: list[list[Piece]]) -> list[Piece]:
    """The entry of a merged column that a row belongs to."""
    entries = [entry for entry in entries if any(piece.text.strip() for piece in entry)]
    covering = [entry for entry in entries if _cover(row, entry)]
    if covering or not entries:
        return covering[0] if covering else []
    if row[0].is_cell:  # a page break leaves the lower part of a merged cell blank
        above = [entry for entry in entries if entry[0].top <= row[0].top]
        return above[-1] if above else []
    return min(entries, key=lambda entry: abs(_middle(entry) - _middle(row)))


def _cover(row: list[Piece], entry: list[Piece]) -> bool:
    common = min(row[-1].bottom, entry[-1].bottom) - max(row[0].top, entry[0].top)
    return common >= MIN_COVER * (row[-1].bottom - row[0].top)


def _distance(row: list[Piece], piece: Piece) -> float:
    """From a text to the nearest text of a row; 0 beside a cell."""
    beside = any(entry.is_cell and entry.top <= piece.middle <= entry.bottom for entry in row)
    return 0.0 if beside else min(abs(entry.middle - piece.middle) for entry in row)


def _middle(entry: list[Piece]) -> float:
    return (entry[0].top + entry[-1].bottom) / 2
