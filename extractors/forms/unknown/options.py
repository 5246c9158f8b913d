"""Tick boxes of an unknown form and the options they stand at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.forms.options import OptionPlace
from extractors.forms.placed_marks import PlacedMark, placed_marks
from extractors.forms.raw import LabelledMark
from extractors.forms.sides import Side, common_side, following_marks, leading_marks, side_of
from extractors.forms.table import PlacedLine
from extractors.forms.unknown.gaps import gaps_of

_COLONS = (":", "：")
_AROUND = " \t\xa0\u3000、；;，,。．_"
# Two options with one space between them: two characters at least on both sides,
# since letter-spaced print has a space after each one.
_BETWEEN_WORDS = re.compile(r"(?<=[^\s\d]{2})[ \xa0](?=[^\s\d]{2})")


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of one cell or line, and the texts between them.

    Attributes:
        marks: In reading order.
        places: Texts that boxes, wide gaps and paragraphs divide, by their start.
    """

    marks: tuple[PlacedMark, ...]
    places: dict[str, OptionPlace]

    @property
    def side(self) -> Side:
        """Where the boxes stand, by these lines alone."""
        return side_of(self.places, self.marks)


def boxes_of(lines: Sequence[PlacedLine]) -> Boxes:
    """Boxes and texts of some lines that belong together.

    Args:
        lines: Of one cell, or one line outside tables.
    """
    marks = tuple(placed_marks(lines))
    text = "".join(p.line.text for p in lines)
    cuts = {0, len(text), *(m.at for m in marks), *_breaks(lines)}
    edges = sorted(cuts)
    places: dict[str, OptionPlace] = {}
    for first, last in pairwise(edges):
        bare = text[first:last].strip(_AROUND)
        if bare and not bare.endswith(_COLONS):
            start = text.index(bare, first)
            places[str(start)] = OptionPlace(start, start + len(bare), bare)
    return Boxes(marks, places)


def usual_side(groups: Sequence[Boxes]) -> bool | None:
    """Whether boxes follow their options on a form; ``None`` where print does not show it."""
    return common_side(group.side for group in groups if group.marks)


def labelled_marks(boxes: Boxes, usual: bool | None) -> Iterator[LabelledMark]:
    """Each box with the option it belongs to, on the side on which the form's boxes stand.

    Args:
        boxes: Of one cell or line.
        usual: As `usual_side` gives it.
    """
    find = following_marks if _follow(boxes, usual) else leading_marks
    owner = {id(m): boxes.places[key].text for key, m in find(boxes.places, boxes.marks).items()}
    for mark in boxes.marks:
        label = owner.get(id(mark), "")
        yield LabelledMark(label, mark.mark.state, mark.page, mark.mark.bbox)


def options_of(boxes: Boxes, usual: bool | None) -> tuple[str, ...]:
    """The options in print order, one without a box of its own included.

    Args:
        boxes: Of one field.
        usual: As `usual_side` gives it.
    """
    if not boxes.marks:
        return ()
    places = sorted(boxes.places.values(), key=lambda p: p.start)
    if _follow(boxes, usual):
        return tuple(p.text for p in places if p.end <= boxes.marks[-1].at)
    return tuple(p.text for p in places if p.start >= boxes.marks[0].at)


def _follow(boxes: Boxes, usual: bool | None) -> bool:
    own = boxes.side
    return own.follows if own.is_sure or usual is None else usual


def _breaks(lines: Sequence[PlacedLine]) -> Iterator[int]:
    """Places in the joined text where one option ends for sure."""
    at = 0
    for number, placed in enumerate(lines):
        text = placed.line.text
        if number and placed.line.new_paragraph:
            yield at
        yield from (at + gap for gap in gaps_of(placed))
        yield from (at + m.end() for m in _BETWEEN_WORDS.finditer(text))
        at += len(text)
