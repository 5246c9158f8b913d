"""Options and their tick boxes: which box belongs to which option.

The cells are read as one sequence of texts and boxes. Whether the box stands before or after
its option is decided once; an option that has no box next to it on that side has none at all,
whatever box its neighbour has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.evidence import TextLine, TextRun
from extractors.forms.definition import FieldDefinition
from extractors.forms.options import OptionPlace, locate_options
from extractors.forms.placed_marks import PlacedMark, placed_marks
from extractors.forms.provenance import lines_provenance
from extractors.forms.raw import Provenance, RawField
from extractors.forms.sides import Side, common_side, following_marks, leading_marks, side_of
from extractors.forms.table import PlacedLine, TableCell


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice with its options and boxes found.

    Attributes:
        cells: All cells with its options, in reading order; none where they were not found.
        places: Options that were found.
        marks: Boxes in reading order.
        side: Where its boxes stand, by its own cells.
        issues: Codes for every option.
    """

    field: FieldDefinition
    cells: tuple[TableCell, ...]
    places: Mapping[str, OptionPlace]
    marks: tuple[PlacedMark, ...]
    side: Side
    issues: tuple[str, ...]

    @property
    def lines(self) -> list[PlacedLine]:
        """Its lines of print, in reading order."""
        return [line for cell in self.cells for line in cell.lines]


def find_choice(
    field: FieldDefinition, cells: Sequence[TableCell], *, issues: tuple[str, ...] = ()
) -> Choice:
    """The options and boxes of a choice.

    Args:
        field: Of type choice.
        cells: As `Choice.cells`.
        issues: As `Choice.issues`, without those of the cells.
    """
    lines = [line for cell in cells for line in cell.lines]
    marks = tuple(placed_marks(lines))
    text = "".join(line.line.text for line in lines)
    places = locate_options(text, field.options, [m.at for m in marks])
    doubts = tuple(dict.fromkeys((*issues, *(code for cell in cells for code in cell.doubts))))
    return Choice(field, tuple(cells), places, marks, side_of(places, marks), doubts)


def choice_fields(choices: Sequence[Choice]) -> dict[str, tuple[RawField, ...]]:
    """One raw field for each option of each choice of a form, in the definition's order.

    Args:
        choices: All of one form.

    Returns:
        By the key of the choice.
    """
    usual = common_side(c.side for c in choices)
    return {c.field.key: tuple(_option_fields(c, usual)) for c in choices}


def _option_fields(choice: Choice, usual: bool | None) -> Iterator[RawField]:
    own = choice.side
    follows = own.follows if own.is_sure or usual is None else usual
    marks = (following_marks if follows else leading_marks)(choice.places, choice.marks)
    lines = choice.lines
    for option in choice.field.options:
        place = choice.places.get(option)
        raw = _option_field(choice.field, option, place, marks.get(option), lines)
        yield replace(raw, issues=choice.issues)


def _option_field(
    field: FieldDefinition,
    option: str,
    place: OptionPlace | None,
    mark: PlacedMark | None,
    lines: Sequence[PlacedLine],
) -> RawField:
    path = f"{field.key}/{option}"
    if place is None:
        return RawField(path, field.type, None, None)
    pieces = list(_cut(lines, place))
    proof = lines_provenance(pieces)
    if mark is None:
        return RawField(path, field.type, place.text, proof)
    found = mark.mark
    proof = Provenance(mark.page, found.bbox, found.engine, found.confidence)
    return RawField(path, field.type, place.text, proof, mark=found.state)


def _cut(lines: Sequence[PlacedLine], place: OptionPlace) -> Iterator[PlacedLine]:
    """The runs that hold an option's characters, line by line."""
    at = 0
    for placed in lines:
        runs: list[TextRun] = []
        for token in placed.line.tokens:
            if isinstance(token, TextRun):
                if at < place.end and at + len(token.text) > place.start:
                    runs.append(token)
                at += len(token.text)
        if runs:
            yield replace(placed, line=TextLine(tuple(runs), placed.line.bbox))
