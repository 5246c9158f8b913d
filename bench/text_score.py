"""Character errors of a page's text, whatever the order in which its lines were read.

Lines answer to each other by their place: those of both sides that cover one another make a
group, and a group's characters are compared as a whole. So it does not matter whether a label and
its value were read as one line or as two.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from bench.places import in_rows
from extractors.geometry import BBox
from extractors.glyphs import split_marks

MIN_COMMON_HEIGHT = 0.5
"""Share of the lower line's height that two lines of one group have in common; lines printed one
below the other touch by less."""
MIN_COMMON_WIDTH = 0.1
"""Share of the shorter line's width; neighbours in a row of print touch by less."""
LETTER_BOX = "口"
"""Stands for a tick box as often as for itself, so that it is left out on both sides."""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A piece of print and where it stands."""

    text: str
    bbox: BBox


@dataclass(frozen=True, slots=True)
class TextScore:
    """Characters of the truth, and edits that lead from what was read to it."""

    chars: int = 0
    edits: int = 0

    def __add__(self, other: TextScore) -> TextScore:
        """Both together."""
        return TextScore(self.chars + other.chars, self.edits + other.edits)

    @property
    def cer(self) -> float | None:
        """Edits per true character; may exceed 1."""
        return self.edits / self.chars if self.chars else None


def score_text(found: Sequence[PlacedText], true: Sequence[PlacedText]) -> TextScore:
    """Compares what was read on a page with what is printed there.

    Args:
        found: Lines, or pieces of lines.
        true: Lines.
    """
    score = TextScore()
    for got, want in _groups(found, true):
        text = _text(want)
        score += TextScore(len(text), Levenshtein.distance(_text(got), text))
    return score


def bare(text: str) -> str:
    """NFKC, without white space and tick boxes, which are judged by themselves."""
    kept = "".join(piece for piece in split_marks(text) if isinstance(piece, str))
    return "".join(unicodedata.normalize("NFKC", kept).split()).replace(LETTER_BOX, "")


def _text(lines: Sequence[PlacedText]) -> str:
    return "".join(bare(line.text) for line in in_rows(lines, lambda line: line.bbox))


def _groups(
    found: Sequence[PlacedText], true: Sequence[PlacedText]
) -> list[tuple[list[PlacedText], list[PlacedText]]]:
    """Lines of both sides, joined by what they cover of each other."""
    group = list(range(len(true) + len(found)))

    def root(i: int) -> int:
        while group[i] != i:
            i = group[i]
        return i

    for i, got in enumerate(found, len(true)):
        for j, want in enumerate(true):
            if _cover(got.bbox, want.bbox):
                group[root(i)] = root(j)
    groups: dict[int, tuple[list[PlacedText], list[PlacedText]]] = {}
    for i, line in enumerate((*true, *found)):
        groups.setdefault(root(i), ([], []))[i < len(true)].append(line)
    return list(groups.values())


def _cover(one: BBox, other: BBox) -> bool:
    common = one.intersection(other)
    return (
        common is not None
        and common.height >= MIN_COMMON_HEIGHT * min(one.height, other.height)
        and common.width >= MIN_COMMON_WIDTH * min(one.width, other.width)
    )
