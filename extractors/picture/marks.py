"""Which frames are tick boxes, and whether they are ticked.

The picture decides; what the recognizer read at the same place is the second witness. Where the
two contradict each other the state is unknown and goes to a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.evidence import MarkState
from extractors.ocr.port import Char
from extractors.ocr.strays import STOPS
from extractors.picture.boxes import Box, same_size, without_touching
from extractors.picture.lookalikes import (
    BARRED_LOOKALIKES,
    EMPTY_LOOKALIKES,
    LOOKALIKES,
    TICK_LETTERS,
    is_framed,
    is_pictograph,
    looks_of,
)
from extractors.picture.placed import PlacedReading
from extractors.picture.tick_state import (
    MIN_BOXES,
    STRUCK_DOUBT,
    Blank,
    SeenBox,
    glyph_of,
    seen_state,
)

LEGIBLE = 0.8
"""Mean probability of the characters of a line without other print over it."""
MIN_COVER = 0.8
"""A frame whose outline is not printed so much more than what lies around it, and whose ink goes
on beyond it, is a part of a logo or of a pattern, unless a box was read there too, or it stands
level with empty ones of its size."""
FAR_BOXES = 4.0
"""No box stands so many times its size from its label."""
LEVEL = 0.3
"""Boxes of one line stand level to within this share of their size."""
SEEN = 0.97
"""Probability of a state that the picture alone decides on."""
SURE_FILL = 0.25
"""Nobody fills so much of a box without meaning it."""
LIKELY_CHARACTER = 0.5
"""A character more likely than not inside a frame makes the frame a part of it, be it unsure
which character."""
SURE_LOOKALIKE = 0.85
"""The same for characters that are themselves drawn as a frame."""
SURE_GLYPH = 0.8
"""A box glyph read with this probability contradicts a picture that says otherwise."""
LONE_LOOKALIKE = 0.3
"""A tick box stands beside its label; a frame alone on its line (目 in a stacked label) is print
if it was read as a character at all, unless an empty box looks the same."""
WITNESS_REACH = 0.15
"""A character's place is known to a sixth of its width: the stride of the recognizer."""
LOOKALIKE_REACH = 0.5
"""One that is drawn as a frame is looked for further out, by half a frame: at the ends of a line
places are less sure, and there is hardly a second frame beside it."""
MIN_OF_LINE = 0.42
"""A tick box is about half as high as its line at least; smaller frames are parts of characters
in large or bold print."""
ROOM_EM = 0.8
ROOM_BOX = 0.7
"""Half a character on either side of a box, and most of the box itself."""
ROOM_SIDE = 0.6
"""Between two characters this share of half the room is on either side: signs stand nearer."""
ROOM_END = 0.87
"""At an end of the line, of a box like others: the places of the first and the last character are
less sure, and such a box is hardly a part of one."""
MIN_PITCHES = 5
"""Fewer characters do not show how wide a line is set."""


@dataclass(frozen=True, slots=True)
class JudgedBox:
    """A tick box with its state.

    Attributes:
        confidence: Probability that ``state`` is right, 0..1.
        letter: As `extractors.evidence.Mark.letter`.
    """

    box: Box
    state: MarkState
    confidence: float
    letter: str = ""


def tick_boxes(boxes: tuple[Box, ...], placed: PlacedReading, *, em: float) -> list[SeenBox]:
    """The tick boxes among the frames of one line.

    Args:
        boxes: Frames whose centre lies on the line, left to right.
        placed: Reading of the whole line, frames included.
        em: Text height of the page.
    """
    seen = []
    pitch = _pitch(placed)
    # A tick that runs out of its box makes the line higher than its print.
    height = min(placed.em, max(pitch or 0.0, em))
    for box in sorted(boxes, key=lambda b: b.x0):
        if box.size < MIN_OF_LINE * height:
            continue
        witness = _witness(box, placed, min(box.size, height))
        plain_square = box.alike and witness is not None and witness.text in looks_of(box)
        if not plain_square and _is_character(witness, box, alone=_is_alone(box, placed)):
            continue
        if witness is None and not _has_room(box, placed, height if pitch else placed.em):
            continue
        goes_on = box.cover < MIN_COVER and box.struck >= STRUCK_DOUBT
        if goes_on and glyph_of(witness) is None and not _is_level_with_empty(box, boxes):
            continue
        seen.append(SeenBox(box, witness, placed.reading.confidence >= LEGIBLE))
    # Last, so that no frame of a character and a side of a box stands for the box itself.
    kept = without_touching([s.box for s in seen])
    return [s for s in seen if s.box in kept]


def is_of_seal(seen: SeenBox, others: Sequence[SeenBox], placed: PlacedReading) -> bool:
    """Whether a frame in a seal is made of its strokes, or of print that they touch.

    A box of the page's size needs its whole outline, and stands level with its neighbours and
    beside print.

    Args:
        seen: The frame.
        others: Frames on the same line.
        placed: Reading of the line.
    """
    if glyph_of(seen.witness) is not None:
        return False
    if not seen.is_known or seen.box.cover < MIN_COVER:
        return True
    x, y = seen.box.center
    apart = [abs(placed.x(c) - x) for c in placed.reading.chars if not c.text.isspace()]
    if apart and min(apart) > FAR_BOXES * seen.box.size:
        return True
    beside = [o.box for o in others if o is not seen and glyph_of(o.witness) is not None]
    aside = (abs(b.center[1] - y) for b in beside)
    return bool(beside) and min(aside) > LEVEL * seen.box.size


def only_alike(seen: Sequence[SeenBox]) -> list[SeenBox]:
    """The tick boxes of a page without stray frames.

    Where several boxes of one size are known, a frame of another size is one only if the
    recognizer read a box there too, or in another frame of that size: a tick hides a box from it.

    Args:
        seen: All tick boxes of the page.
    """
    if sum(s.box.alike for s in seen) < MIN_BOXES:
        return list(seen)
    read = [s.box for s in seen if glyph_of(s.witness) is not None]
    return [s for s in seen if s.box.alike or any(same_size(s.box, b) for b in read)]


def judge(seen: SeenBox, blank: Blank) -> JudgedBox:
    """State of a box.

    Args:
        seen: The box.
        blank: What `blank_box` says for its page.
    """
    box, glyph = seen.box, glyph_of(seen.witness)
    state = seen_state(seen, blank)
    if state is None:
        state = glyph.state if glyph else MarkState.UNKNOWN
    if glyph is None or seen.witness is None:
        letter = _letter(seen.witness)
        if letter and state is MarkState.CHECKED:
            state = MarkState.UNKNOWN
        return JudgedBox(box, state, 0.5 if state is MarkState.UNKNOWN else SEEN, letter)
    if glyph.state is state:
        return JudgedBox(box, state, 0.999)
    if seen.witness.probability >= SURE_GLYPH and box.fill < SURE_FILL:
        return JudgedBox(box, MarkState.UNKNOWN, 0.5)
    return JudgedBox(box, state, 0.95)


def _letter(witness: Char | None) -> str:
    """What was read in the frame, if it is a character that looks like an empty box."""
    if witness is None or witness.text not in EMPTY_LOOKALIKES:
        return ""
    return witness.text if witness.probability >= SURE_LOOKALIKE else ""


def _witness(box: Box, placed: PlacedReading, em: float) -> Char | None:
    """The most probable character read inside the frame."""

    def inside(reach: float, chars: Iterable[Char]) -> list[Char]:
        low, high = box.x0 - reach * em, box.x1 + reach * em
        return [c for c in chars if low <= placed.x(c) <= high]

    chars = [c for c in placed.reading.chars if not c.text.isspace()]
    framed = (c for c in chars if c.text in EMPTY_LOOKALIKES)
    found = inside(WITNESS_REACH, chars) or inside(LOOKALIKE_REACH, framed)
    return max(found, key=lambda c: c.probability, default=None)


def _distances(placed: PlacedReading) -> NDArray[np.float64]:
    """From each character of a line to the next, pixels, float64 (N - 1,)."""
    centres = sorted(placed.x(c) for c in placed.reading.chars if not c.text.isspace())
    return np.diff(np.array(centres, np.float64))


def _pitch(placed: PlacedReading) -> float | None:
    """Distance of the characters of a line, pixels; ``None`` where they are too few to show it."""
    distances = _distances(placed)
    return float(np.median(distances)) if len(distances) >= MIN_PITCHES - 1 else None


def _closest(placed: PlacedReading) -> float:
    """How far apart the characters of a short line stand at least, pixels, at most its height."""
    distances = _distances(placed)
    return min(float(distances.min()), placed.em) if len(distances) > 1 else 0.0


def _has_room(box: Box, placed: PlacedReading, height: float) -> bool:
    """Whether the characters read on both sides leave room for a box of its own.

    The line shows how far apart its characters stand: titles are set wide.
    """
    middle = box.center[0]
    centres = [placed.x(c) for c in placed.reading.chars if not c.text.isspace()]
    left = max((x for x in centres if x < middle), default=None)
    right = min((x for x in centres if x > middle), default=None)
    apart = max(ROOM_EM * height, _pitch(placed) or _closest(placed))
    room = apart + ROOM_BOX * box.size
    share = ROOM_SIDE
    if left is None or right is None:
        share = ROOM_END if box.alike else 1.0
    # At an end of the line a box stands free, and nowhere within a character itself.
    if any(abs(x - middle) < share * room / 2 for x in (left, right) if x is not None):
        return False
    return left is None or right is None or right - left >= room


def _is_character(witness: Char | None, box: Box, *, alone: bool) -> bool:
    """Whether the frame is a part of what was read there; no box fits into a stop."""
    if witness is None or glyph_of(witness) is not None or witness.text in TICK_LETTERS:
        return False
    if is_pictograph(witness.text) or (box.alike and witness.text in STOPS):
        return False
    if witness.text not in LOOKALIKES:
        frames = sum(p for text, p in witness.others if is_framed(text))
        others = sum(p for _, p in witness.others) - frames
        return witness.probability + others >= LIKELY_CHARACTER
    if alone and witness.text not in EMPTY_LOOKALIKES:
        return witness.probability >= LONE_LOOKALIKE
    if witness.text in BARRED_LOOKALIKES and not box.alike:
        return witness.probability >= LIKELY_CHARACTER
    return witness.probability >= SURE_LOOKALIKE


def _is_level_with_empty(box: Box, others: Sequence[Box]) -> bool:
    """Whether a box of the page's size stands level with an empty one: no pattern does."""
    empty = (o for o in others if o.alike and not o.inked)
    level = (abs(o.center[1] - box.center[1]) <= LEVEL * box.size for o in empty)
    return box.alike and any(level)


def _is_alone(box: Box, placed: PlacedReading) -> bool:
    """Whether nothing but the frame was read on the line: stacked labels have such lines."""
    return all(box.x0 <= placed.x(c) <= box.x1 for c in placed.reading.chars)
