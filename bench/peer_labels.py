"""The labels among a peer's texts, and which of the other texts stand beside or below each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bench.peer_pieces import Piece
from extractors.forms.definition import ColumnDefinition, FieldDefinition, FormDefinition
from extractors.forms.labels import MAX_LABEL_CHARS, label_matches
from extractors.geometry import union

PAGE_NUMBER = re.compile(r"^\W*第?\s*\d+\s*页|^\W*\d+\W*$")
"""What stands at the foot of a page; a lone number is one only there."""
FOOT = 0.93
"""Share of the page's height below which page numbers stand."""
SURE_LABEL = 0.9
"""Likeness from which a text is a label even where another one is the likest: a repeated header."""
MIN_BESIDE = 0.5
"""Share of the lower one's height that a label and its value have in common."""
MAX_WRAP_GAP = 0.8
"""Distance in line heights between the two lines of a label that the print wraps."""
SLACK = 0.01
"""Of the page's width, by which boxes of print may run into one another."""


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label.

    Attributes:
        field: What it names.
        column: The column it heads, for repeated rows.
        piece: Where it stands.
        likeness: To the definition's spelling, 0..1.
        unit: Unit printed with it.
    """

    field: FieldDefinition
    column: ColumnDefinition | None
    piece: Piece
    likeness: float
    unit: str | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """The texts of a form sorted out.

    Attributes:
        labels: The likest one for each field and column.
        rest: Texts that are no labels.
    """

    labels: tuple[Label, ...]
    rest: tuple[Piece, ...]

    def of(self, field: FieldDefinition, column: ColumnDefinition | None = None) -> Label | None:
        """The label of a field or column."""
        return next((x for x in self.labels if (x.field, x.column) == (field, column)), None)


def sort_out(pieces: Sequence[Piece], definition: FormDefinition) -> Labelled:
    """Tells labels from other texts; page numbers go."""
    printed = [piece for piece in pieces if not _is_page_number(piece)]
    wrapped = _with_wrapped_labels(printed, definition)
    best: dict[tuple[str, str], Label] = {}
    sure: set[int] = set()
    for piece in wrapped:
        for label in _labels(piece, definition):
            key = (label.field.key, label.column.key if label.column else "")
            if key not in best or label.likeness > best[key].likeness:
                best[key] = label
            if label.likeness >= SURE_LABEL:
                sure.add(id(piece))
    taken = {id(label.piece) for label in best.values()} | sure
    rest = tuple(piece for piece in wrapped if id(piece) not in taken)
    return Labelled(tuple(best.values()), rest)


def beside_or_below(labelled: Labelled, pieces: Sequence[Piece]) -> dict[int, list[Piece]]:
    """Texts by the `id` of the label's piece they belong to, in reading order.

    A text belongs to the nearest label at its left; failing that to the nearest one above.

    Args:
        labelled: Of the form.
        pieces: Texts to be given to its labels.
    """
    labels = [label.piece for label in labelled.labels if label.column is None]
    found: dict[int, list[Piece]] = defaultdict(list)
    for piece in sorted(pieces, key=lambda p: (p.top, p.bbox.x0)):
        left = [x for x in labels if x.bbox.x1 <= piece.bbox.x0 + SLACK and not _is_late(x, piece)]
        above = [x for x in labels if x.bottom <= piece.top and _share_width(x, piece)]
        if left or above:
            nearest = min(left or above, key=lambda x: (_gap(x, piece), piece.bbox.x0 - x.bbox.x1))
            found[id(nearest)].append(piece)
    return found


def _labels(piece: Piece, definition: FormDefinition) -> Iterator[Label]:
    matches = label_matches(piece.text, definition)
    for match in matches:
        if match.similarity == matches[0].similarity:
            yield Label(match.field, match.column, piece, match.similarity, match.unit)


def _with_wrapped_labels(pieces: Sequence[Piece], definition: FormDefinition) -> list[Piece]:
    """Lines whose print one below the other reads more like a label, joined."""
    joined: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: (p.top, p.bbox.x0)):
        upper = next((i for i, other in enumerate(joined) if _wraps(other, piece)), None)
        if upper is not None:
            both = _joined(joined[upper], piece)
            parts = (joined[upper].text, piece.text)
            if _likeness(both.text, definition) > max(_likeness(p, definition) for p in parts):
                joined[upper] = both
                continue
        joined.append(piece)
    return joined


def _wraps(upper: Piece, lower: Piece) -> bool:
    """Whether two lines of print may be one label."""
    if upper.is_cell or lower.is_cell or upper.page != lower.page:
        return False
    height = lower.bbox.height
    near = -height / 2 <= lower.top - upper.bottom <= MAX_WRAP_GAP * height
    short = len(upper.text) + len(lower.text) <= MAX_LABEL_CHARS
    return near and short and _share_width(upper, lower)


def _joined(upper: Piece, lower: Piece) -> Piece:
    box = union((upper.bbox, lower.bbox)) or upper.bbox
    return replace(upper, text=upper.text + lower.text, bbox=box)


def _likeness(text: str, definition: FormDefinition) -> float:
    return max((match.similarity for match in label_matches(text, definition)), default=0.0)


def _is_page_number(piece: Piece) -> bool:
    return piece.bbox.y0 > FOOT and bool(PAGE_NUMBER.search(piece.text))


def _is_late(label: Piece, piece: Piece) -> bool:
    """Whether a label stands wholly below a cell, so that the cell cannot be its value."""
    return piece.is_cell and label.top >= piece.bottom


def _gap(label: Piece, piece: Piece) -> float:
    """Distance in height; 0 where the two stand beside each other."""
    common = min(label.bottom, piece.bottom) - max(label.top, piece.top)
    lower = min(label.bbox.height, piece.bbox.height)
    return 0.0 if common >= MIN_BESIDE * lower else max(abs(label.middle - piece.middle), 0.0)


def _share_width(one: Piece, other: Piece) -> bool:
    return min(one.bbox.x1, other.bbox.x1) > max(one.bbox.x0, other.bbox.x0)
