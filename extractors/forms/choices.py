"""Options and their tick boxes: which box belongs to which option.

The cells are read as one sequence of texts and boxes. Whether the box stands before or after
its option is decided once for the field; an option that has no box next to it on that side has
none at all, whatever box its neighbour has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from extractors.evidence import Mark, MarkState, TextLine, TextRun
from extractors.forms.definition import FieldDefinition
from extractors.forms.options import OptionPlace, locate_options
from extractors.forms.provenance import lines_provenance
from extractors.forms.raw import Provenance, RawField
from extractors.forms.table import PlacedLine, TableCell
from extractors.geometry import BBox

# A box is nearer to its own option than to the neighbour by this factor, where print shows it.
_CLEARLY_NEARER = 1.5


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A tick box, its page and its place in the sequence.

    Attributes:
        page: Page in the file.
        mark: The box.
        at: Number of characters of text before it.
        gap_before: Distance to the text on its left, fraction of the page width, if known.
        gap_after: Distance to the text on its right, if known.
    """

    page: int
    mark: Mark
    at: int
    gap_before: float | None
    gap_after: float | None


def choice_fields(
    field: FieldDefinition, cells: Sequence[TableCell], *, issues: tuple[str, ...] = ()
) -> tuple[RawField, ...]:
    """One raw field for each option of a choice, in the definition's order.

    Args:
        field: Of type choice.
        cells: All cells with its options, in reading order; none where they were not found.
        issues: Codes for every option.
    """
    lines = [line for cell in cells for line in cell.lines]
    text = "".join(line.line.text for line in lines)
    marks = list(_marks(lines))
    places = locate_options(text, field.options, [m.at for m in marks])
    chosen = _assign(places, marks)
    doubts = tuple(dict.fromkeys((*issues, *(code for cell in cells for code in cell.doubts))))
    found = (
        _option_field(field, option, places.get(option), chosen.get(option), lines)
        for option in field.options
    )
    return tuple(replace(raw, issues=doubts) for raw in found)


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


def _marks(lines: Sequence[PlacedLine]) -> Iterator[PlacedMark]:
    """Boxes in reading order; a bare tick right beside an empty box ticks that box."""
    found: list[PlacedMark] = []
    at = 0
    for placed in lines:
        tokens = placed.line.tokens
        for number, token in enumerate(tokens):
            if isinstance(token, TextRun):
                at += len(token.text)
                continue
            before, after = _gaps(tokens, number)
            mark = PlacedMark(placed.page, token, at, before, after)
            last = found[-1] if found else None
            if last is not None and last.at == at and last.mark.boxed != token.boxed:
                found[-1] = _ticked_box(last, mark)
            else:
                found.append(mark)
    yield from found


def _ticked_box(first: PlacedMark, second: PlacedMark) -> PlacedMark:
    box, tick = (first, second) if first.mark.boxed else (second, first)
    states = {box.mark.state, tick.mark.state}
    state = MarkState.CHECKED if MarkState.CHECKED in states else box.mark.state
    sure = min(box.mark.confidence, tick.mark.confidence)
    return replace(
        box,
        mark=replace(box.mark, state=state, confidence=sure),
        gap_before=first.gap_before,
        gap_after=second.gap_after,
    )


def _gaps(tokens: Sequence[TextRun | Mark], number: int) -> tuple[float | None, float | None]:
    """Distances of a box to its neighbours in the line; without geometry in characters."""
    before = tokens[number - 1] if number else None
    after = tokens[number + 1] if number + 1 < len(tokens) else None
    return _gap(tokens[number].bbox, before, tail=True), _gap(
        tokens[number].bbox, after, tail=False
    )


def _gap(box: BBox | None, beside: TextRun | Mark | None, *, tail: bool) -> float | None:
    """Distance to a neighbour's ink: what lies between the boxes, and the spaces within it."""
    if beside is None:
        return None
    spaces, count = 0, 1
    if isinstance(beside, TextRun):
        bare = beside.text.rstrip() if tail else beside.text.lstrip()
        spaces, count = len(beside.text) - len(bare), max(len(beside.text), 1)
    if box is None or beside.bbox is None:
        return float(spaces)
    between = box.x0 - beside.bbox.x1 if tail else beside.bbox.x0 - box.x1
    return max(between, 0.0) + spaces * beside.bbox.width / count


def _assign(
    places: Mapping[str, OptionPlace], marks: Sequence[PlacedMark]
) -> dict[str, PlacedMark]:
    ordered = sorted(places.items(), key=lambda p: p[1].start)
    following: dict[str, PlacedMark] = {}
    leading: dict[str, PlacedMark] = {}
    for number, (option, place) in enumerate(ordered):
        next_start = ordered[number + 1][1].start if number + 1 < len(ordered) else None
        last_end = ordered[number - 1][1].end if number else 0
        after = [
            m for m in marks if m.at >= place.end and (next_start is None or m.at <= next_start)
        ]
        before = [m for m in marks if last_end <= m.at <= place.start]
        if after:
            following[option] = after[0]
        if before:
            leading[option] = before[-1]
    return following if _box_follows(len(following) - len(leading), len(places), marks) else leading


def _box_follows(surplus: int, option_count: int, marks: Sequence[PlacedMark]) -> bool:
    """Whether boxes stand after their options.

    Where every option has a box, the side that leaves none over is right. Where boxes are
    missing, the gaps of print know better than the count.

    Args:
        surplus: Options with a box after them, less options with a box before them.
        option_count: Options that were found.
        marks: All boxes.
    """
    if surplus and len(marks) == option_count:
        return surplus > 0
    nearer = [
        (m.gap_before, m.gap_after)
        for m in marks
        if m.gap_before is not None and m.gap_after is not None
    ]
    if nearer:
        before, after = median(b for b, _ in nearer), median(a for _, a in nearer)
        if max(before, after) > _CLEARLY_NEARER * min(before, after):
            return before < after
    ends = sum(m.gap_after is None for m in marks) - sum(m.gap_before is None for m in marks)
    return (surplus or ends) > 0


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
