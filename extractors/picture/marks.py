"""Which frames are tick boxes, and whether they are ticked.

The picture decides; what the recognizer read at the same place is the second witness. Where the
two contradict each other the state is unknown and goes to a person.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.evidence import MarkState
from extractors.glyphs import MarkGlyph, split_marks
from extractors.ocr.port import Char, Reading
from extractors.picture.boxes import Box

EMPTY_FILL = 0.06
CHECKED_FILL = 0.11
"""Darkness of a box's centre, of full ink: below the first it is empty, above the second it is
ticked; specks and bleed-through stay under the first, the thinnest tick is above the second."""
LIKELY_CHARACTER = 0.5
"""A character more likely than not inside a frame makes the frame a part of it."""
SURE_LOOKALIKE = 0.85
"""The same for characters that are themselves drawn as a frame."""
SURE_GLYPH = 0.8
"""A box glyph read with this probability contradicts a picture that says otherwise."""
WITNESS_REACH = 0.15
"""A character's place is known to a sixth of its width: the stride of the recognizer."""
ROOM_EM = 0.8
ROOM_BOX = 0.7
"""Half a character on either side of a box, and most of the box itself."""
LOOKALIKES = frozenset("口囗日曰目回田四西因困囚固国图圆园圈团区凶凹网同冈円図")
"""Characters that are drawn as a frame; recognizers take ticked boxes for them."""


@dataclass(frozen=True, slots=True)
class JudgedBox:
    """A tick box with its state.

    Attributes:
        confidence: Probability that ``state`` is right, 0..1.
    """

    box: Box
    state: MarkState
    confidence: float


@dataclass(frozen=True, slots=True)
class PlacedReading:
    """A reading of a line with the place of its crop.

    Attributes:
        x0: Left edge of the crop, in the pixels of the boxes.
        x1: Right edge.
        em: Text height in the same pixels.
    """

    reading: Reading
    x0: float
    x1: float
    em: float

    def x(self, char: Char) -> float:
        """Centre of a character of the reading."""
        return self.x0 + char.x * (self.x1 - self.x0)


def judge(boxes: tuple[Box, ...], placed: PlacedReading) -> list[JudgedBox]:
    """The tick boxes among the frames of one line.

    Args:
        boxes: Frames whose centre lies on the line, left to right.
        placed: Reading of the whole line, frames included.
    """
    judged = []
    for box in boxes:
        witness = _witness(box, placed)
        if _is_character(witness) or (witness is None and not _has_room(box, placed)):
            continue
        state, confidence = _state(box, witness)
        judged.append(JudgedBox(box, state, confidence))
    return judged


def _witness(box: Box, placed: PlacedReading) -> Char | None:
    """The most probable character read inside the frame."""
    reach = WITNESS_REACH * box.size
    inside = [
        c
        for c in placed.reading.chars
        if box.x0 - reach <= placed.x(c) <= box.x1 + reach and not c.text.isspace()
    ]
    return max(inside, key=lambda c: c.probability, default=None)


def _has_room(box: Box, placed: PlacedReading) -> bool:
    """Whether the characters read on both sides leave room for a box of its own."""
    middle = box.center[0]
    centres = [placed.x(c) for c in placed.reading.chars if not c.text.isspace()]
    left = max((x for x in centres if x < middle), default=None)
    right = min((x for x in centres if x > middle), default=None)
    if left is None or right is None:
        return True
    return right - left >= ROOM_EM * placed.em + ROOM_BOX * box.size


def _glyph(char: Char | None) -> MarkGlyph | None:
    if char is None:
        return None
    piece = split_marks(char.text)[0]
    return piece if isinstance(piece, MarkGlyph) else None


def _is_character(witness: Char | None) -> bool:
    if witness is None or _glyph(witness) is not None:
        return False
    lookalike = witness.text in LOOKALIKES
    return witness.probability >= (SURE_LOOKALIKE if lookalike else LIKELY_CHARACTER)


def _state(box: Box, witness: Char | None) -> tuple[MarkState, float]:
    glyph = _glyph(witness)
    if box.fill <= EMPTY_FILL:
        seen = MarkState.EMPTY
    elif box.fill >= CHECKED_FILL:
        seen = MarkState.CHECKED
    else:
        seen = glyph.state if glyph else MarkState.UNKNOWN
    if glyph is None or witness is None:
        return seen, 0.97 if seen is not MarkState.UNKNOWN else 0.5
    if glyph.state is seen:
        return seen, 0.999
    if witness.probability >= SURE_GLYPH and box.fill < 2 * CHECKED_FILL:
        return MarkState.UNKNOWN, 0.5
    return seen, 0.95
