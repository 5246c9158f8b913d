"""Labels and values that share a line or a cell: before a colon, a wide gap, a box."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.evidence import TextRun
from extractors.forms.colon import ColonPair, colon_pairs, cut_line
from extractors.forms.labels import bare
from extractors.forms.table import PlacedLine
from extractors.forms.unknown.gaps import blanks_of, pieces_at_gaps
from extractors.forms.unknown.likeness import Likeness, label_likeness
from extractors.forms.unknown.spelled import spelled

_WIDE_SPACE = "  "
_BOXES = re.compile("[□☑√]")
# Of more than two texts with gaps between them several may be labels.
_LABEL_AND_VALUE = 2
# A question that boxes answer.
_QUESTION = re.compile(r"^\s*(?P<label>[^□☑√:：]{2,60}[?？])\s*(?P<value>[^□☑√?？]{0,6}[□☑].*)$")


@dataclass(frozen=True, slots=True)
class InlinePair:
    """A label and the lines of its value, of which there may be none.

    Attributes:
        label: With its place.
        values: In reading order.
        line: Number of the line that it begins in.
        starts: Whether it begins that line.
    """

    label: PlacedLine
    values: tuple[PlacedLine, ...]
    line: int
    starts: bool


def inline_pairs(lines: Sequence[PlacedLine]) -> tuple[InlinePair, ...]:
    """Labels with their values in print order.

    A value goes on in lines that the print wrapped; one that begins below its label, until
    another label comes.

    Args:
        lines: Of one cell, or lines outside tables that belong together.
    """
    found: list[InlinePair] = []
    is_open = begins_blank = False
    for number, placed in enumerate(map(with_gaps, spelled(lines))):
        pairs = list(_of_line(placed, number))
        if pairs:
            found += pairs
            begins_blank = not pairs[-1].values
            is_open = True
            continue
        is_open = is_open and (begins_blank or not placed.line.new_paragraph)
        if is_open and placed.line.text.strip():
            found[-1] = replace(found[-1], values=(*found[-1].values, placed))
    return tuple(found)


def with_gaps(placed: PlacedLine) -> PlacedLine:
    """The line with wide spaces where the picture shows room, as `blanks_of` finds it."""
    edges = [0, *blanks_of(placed), len(placed.line.text)]
    pieces = [cut_line(placed, first, last) for first, last in pairwise(edges)]
    tokens = list(pieces[0].line.tokens)
    for piece in pieces[1:]:
        tokens += [TextRun(_WIDE_SPACE, None, 1.0, placed.engine), *piece.line.tokens]
    return replace(placed, line=replace(placed.line, tokens=tuple(tokens)))


def _of_line(placed: PlacedLine, number: int) -> Iterator[InlinePair]:
    question = _QUESTION.match(placed.line.text)
    if question is not None:
        label, value = (cut_line(placed, *question.span(name)) for name in ("label", "value"))
        yield InlinePair(label, (value,), number, True)
        return
    colons = colon_pairs(placed)
    for place, pair in enumerate(colons):
        values = (pair.value_line,) if pair.value_line is not None else ()
        yield InlinePair(pair.label_line, values, number, _begins(placed, pair) and not place)
    if not colons:
        yield from _before_gaps(placed, number)


def _begins(placed: PlacedLine, pair: ColonPair) -> bool:
    return placed.line.text.lstrip().startswith(pair.label)


def _before_gaps(placed: PlacedLine, number: int) -> Iterator[InlinePair]:
    """Labels with wide gaps between them and their values."""
    pieces = pieces_at_gaps(placed)
    if any(_BOXES.search(piece.line.text) for piece in pieces):
        return
    levels = [label_likeness(piece.line.text) for piece in pieces]
    least = Likeness.SHORT if len(pieces) == _LABEL_AND_VALUE else Likeness.NONE
    place = 0
    while place + 1 < len(pieces):
        level, beside = levels[place : place + 2]
        is_label = level > beside and (level is Likeness.SURE or beside is Likeness.NONE)
        is_label = is_label and beside <= least and len(bare(pieces[place].line.text)) > 1
        if is_label:
            yield InlinePair(pieces[place], (pieces[place + 1],), number, place == 0)
        place += 2 if is_label else 1
