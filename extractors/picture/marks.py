"""Which frames are tick boxes, and whether they are ticked.

The picture decides; what the recognizer read at the same place is the second witness. Where the
two contradict each other the state is unknown and goes to a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from extractors.evidence import MarkState
from extractors.glyphs import MarkGlyph, mark_of
from extractors.ocr.port import Char
from extractors.picture.boxes import Box, same_size, without_touching
from extractors.picture.lookalikes import (
    BARRED_LOOKALIKES,
    EMPTY_LOOKALIKES,
    LOOKALIKES,
    TICK_LETTERS,
    is_framed,
    looks_of,
)
from extractors.picture.placed import PlacedReading

EMPTY_FILL = 0.04
CHECKED_FILL = 0.08
"""Darkness of a box's centre above that of an empty one, of full ink: below the first it is
empty, above the second ticked; between them a person looks, unless the recognizer saw it too."""
TICK_SHARE = 0.11
"""So much of the centre of a ticked box is nearly as dark as its frame: less is the blur of the
frame, a seal or what shines through."""
FILL_SPREAD = 0.3
"""The more the frames of a page bleed into their centres, the more that differs between boxes."""
MIN_BOXES = 4
"""Fewer boxes do not show what an empty one looks like."""
PRINTED_SHARE = 0.02
"""Less print than this in the centre is no tick: what is dark there was taken for a seal."""
SEALED_PRINTED = 0.08
"""Under a seal what is left of its strokes makes a few pixels of print: a thin tick makes 0.14."""
STRUCK = 0.4
STRUCK_TRACE = 0.012
"""Ink hanging on a frame and rising this share of its size beyond it is a tick, if the centre
shows a trace of it too, more than the blur of empty frames leaves there."""
STRUCK_ALONE = 0.3
"""So is ink that rises this far from a box on a line that could be read otherwise: it is no print.
A tick may only touch its box."""
STRUCK_DOUBT = 0.2
"""Ink hanging on a frame further out than this leaves a doubt, trace or not."""
CLEAN_TRACE = 0.01
"""Where the frames of a page leave less of a trace than this in empty boxes, ink in one is a tick
however thin or pale, if it makes a stroke."""
FAINT_TRACE = 0.03
FAINT_FILL = 0.015
FAINT_PRINTED = 0.05
FAINT_SPAN = 0.3
"""Such a tick leaves this much of a trace, darkens the centre by this or has as much print in it,
and is longer than any speck."""
LEGIBLE = 0.8
"""Mean probability of the characters of a line without other print over it."""
MIN_COVER = 0.8
"""A frame whose outline is not printed so much more than what lies around it, and whose ink goes
on beyond it, is a part of a logo or of a pattern, unless a box was read there too."""
CROSSED_TRACE = 0.1
"""This much ink around the centre of a box, above that of an empty one, is a stroke that crosses
it: the frame of an empty box leaves a quarter of that even in blurred photographs. With a stroke
that runs out of the frame, or a half-filled centre, it is a tick."""
FILLED_TRACE = 2 * CROSSED_TRACE
"""With twice as much, in strokes as long as a tick, it is one by itself; where nothing tells how
far frames blur, only if some of it is as dark as the frame."""
SHARP_TRACE = 0.06
TRACE_SPREAD = 3.0
"""Traces of empty boxes differ by less than this factor of their lower quartile: on a sharp page,
and a line that is clear, a stroke that runs out of the frame needs no more to be a tick."""
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


@dataclass(frozen=True, slots=True)
class SeenBox:
    """A frame that is a tick box, before its state is judged.

    Attributes:
        witness: What the recognizer read inside the frame, if anything.
        is_clear: Whether the rest of its line could be read and no seal touches it, so that ink
            beside it is none of theirs.
        is_sealed: Whether a seal lies over it, whose strokes are ink in and around it.
        is_ringed: Whether the ring of a seal that was taken off the print runs through it.
    """

    box: Box
    witness: Char | None
    is_clear: bool = True
    is_sealed: bool = False
    is_ringed: bool = False

    @property
    def is_known(self) -> bool:
        """Whether it is like others of its page, or was read as a box: no frame in a seal is."""
        return self.box.alike or _glyph(self.witness) is not None


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
        if goes_on and _glyph(witness) is None:
            continue
        seen.append(SeenBox(box, witness, placed.reading.confidence >= LEGIBLE))
    # Last, so that no frame of a character and a side of a box stands for the box itself.
    kept = without_touching([s.box for s in seen])
    return [s for s in seen if s.box in kept]


def only_alike(seen: Sequence[SeenBox]) -> list[SeenBox]:
    """The tick boxes of a page without stray frames.

    Where several boxes of one size are known, a frame of another size is one only if the
    recognizer read a box there too, or in another frame of that size: a tick hides a box from it.

    Args:
        seen: All tick boxes of the page.
    """
    if sum(s.box.alike for s in seen) < MIN_BOXES:
        return list(seen)
    read = [s.box for s in seen if _glyph(s.witness) is not None]
    return [s for s in seen if s.box.alike or any(same_size(s.box, b) for b in read)]


@dataclass(frozen=True, slots=True)
class Blank:
    """What an empty box of a page looks like.

    Attributes:
        fill: As `Box.fill`.
        trace: As `Box.trace`.
        is_clean: Whether there are boxes enough to tell that empty ones hold no ink at all.
        is_known: Whether there are boxes enough to tell what an empty one looks like.
        dark_ticks: Whether there are ticks outside seals, all of them as dark as the frames: none
            is so pale that it would be taken off with a seal.
    """

    fill: float = 0.0
    trace: float = 0.0
    is_clean: bool = False
    is_known: bool = True
    dark_ticks: bool = False


def blank_box(seen: Sequence[SeenBox]) -> Blank:
    """Darkness that the centre of an empty box has on this page, 0..1.

    In a blurred photograph the frame bleeds into the centre of every box. Most boxes of a form
    are empty, so the lower quartile is an empty one.

    Args:
        seen: All tick boxes of the page.
    """
    if len(seen) < MIN_BOXES:
        return Blank(is_known=False)
    fills, traces = [s.box.fill for s in seen], [s.box.trace for s in seen]
    fill, trace = (float(np.quantile(values, 0.25)) for values in (fills, traces))
    inked = [s.box for s in seen if not s.is_sealed and s.box.fill - fill >= CHECKED_FILL]
    dark_ticks = bool(inked) and all(b.dark >= TICK_SHARE for b in inked)
    is_clean = max(fill, trace) <= CLEAN_TRACE
    return Blank(fill, trace, is_clean=is_clean, dark_ticks=dark_ticks)


def judge(seen: SeenBox, blank: Blank) -> JudgedBox:
    """State of a box.

    Args:
        seen: The box.
        blank: What `blank_box` says for its page.
    """
    box, glyph = seen.box, _glyph(seen.witness)
    state = _seen_state(seen, blank)
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


def _seen_state(seen: SeenBox, blank: Blank) -> MarkState | None:
    """State by the picture alone; ``None`` where it leaves a doubt."""
    box = seen.box
    ink = box.fill - blank.fill * (1 + FILL_SPREAD)
    is_print = box.printed >= (SEALED_PRINTED if seen.is_sealed else PRINTED_SHARE)
    if ink >= CHECKED_FILL and box.dark >= TICK_SHARE and is_print:
        return MarkState.CHECKED
    if not seen.is_sealed and _is_lightly_ticked(seen, blank, ink):
        return MarkState.CHECKED
    is_taken_off = seen.is_ringed or (
        seen.is_sealed and blank.dark_ticks and box.dark < TICK_SHARE / 2
    )
    is_pale = ink <= EMPTY_FILL or (box.bare and is_taken_off)
    if is_pale and box.struck < STRUCK_DOUBT and (seen.is_sealed or not _holds_rest(box, blank)):
        return MarkState.EMPTY
    return None


def _holds_rest(box: Box, blank: Blank) -> bool:
    """Whether a corner of a tick may reach into a box: print as dark as its frame, if little."""
    return box.printed > 0.0 and box.dark > 0.0 and box.trace - blank.trace >= CROSSED_TRACE


def _is_lightly_ticked(seen: SeenBox, blank: Blank, ink: float) -> bool:
    """Whether ink that fills no part of a box is a tick: only where it can be nothing else."""
    box = seen.box
    if ink >= CHECKED_FILL and not box.dark:
        # All that darkens the centre is paler than the frame: a seal that was not found, or the
        # reverse.
        return False
    if _is_struck(seen, blank) or (blank.is_clean and _is_faintly_ticked(box)):
        return True
    # What hangs on the frame is print itself, and so is what of it is inside, if little.
    hangs = seen.is_clear and box.struck >= STRUCK_DOUBT
    is_print = box.inked if hangs else box.printed >= PRINTED_SHARE
    return is_print and _is_crossed(seen, blank, ink)


def _is_crossed(seen: SeenBox, blank: Blank, ink: float) -> bool:
    """Whether strokes cross the box: many, or some that run out of it or half fill its centre."""
    box = seen.box
    above = box.trace - blank.trace
    if above >= FILLED_TRACE and box.span >= FAINT_SPAN and (blank.is_known or box.dark):
        return True
    inked = ink >= CHECKED_FILL and box.dark >= TICK_SHARE / 2
    hangs = box.struck >= STRUCK_DOUBT
    if hangs and seen.is_clear and above >= max(SHARP_TRACE, TRACE_SPREAD * blank.trace):
        return True
    return above >= CROSSED_TRACE and (hangs or inked)


def _is_struck(seen: SeenBox, blank: Blank) -> bool:
    """Whether a tick runs out of the box."""
    box = seen.box
    if box.struck >= STRUCK and box.trace >= max(
        blank.trace + STRUCK_TRACE, TRACE_SPREAD * blank.trace
    ):
        return True
    return box.struck >= STRUCK_ALONE and seen.is_clear


def _is_faintly_ticked(box: Box) -> bool:
    """Whether there is a stroke in the box, however thin, on a page whose empty boxes are clean."""
    inked = box.fill >= FAINT_FILL or box.printed >= FAINT_PRINTED
    return inked and box.trace >= FAINT_TRACE and box.span >= FAINT_SPAN


def _witness(box: Box, placed: PlacedReading, em: float) -> Char | None:
    """The most probable character read inside the frame."""

    def inside(reach: float, chars: Iterable[Char]) -> list[Char]:
        low, high = box.x0 - reach * em, box.x1 + reach * em
        return [c for c in chars if low <= placed.x(c) <= high]

    chars = [c for c in placed.reading.chars if not c.text.isspace()]
    framed = (c for c in chars if c.text in EMPTY_LOOKALIKES)
    found = inside(WITNESS_REACH, chars) or inside(LOOKALIKE_REACH, framed)
    return max(found, key=lambda c: c.probability, default=None)


def _pitch(placed: PlacedReading) -> float | None:
    """Distance of the characters of a line, pixels; ``None`` where they are too few to show it."""
    centres = sorted(placed.x(c) for c in placed.reading.chars if not c.text.isspace())
    return float(np.median(np.diff(centres))) if len(centres) >= MIN_PITCHES else None


def _has_room(box: Box, placed: PlacedReading, height: float) -> bool:
    """Whether the characters read on both sides leave room for a box of its own.

    The line shows how far apart its characters stand: titles are set wide.
    """
    middle = box.center[0]
    centres = [placed.x(c) for c in placed.reading.chars if not c.text.isspace()]
    left = max((x for x in centres if x < middle), default=None)
    right = min((x for x in centres if x > middle), default=None)
    room = max(ROOM_EM * height, _pitch(placed) or 0.0) + ROOM_BOX * box.size
    share = ROOM_SIDE
    if left is None or right is None:
        share = ROOM_END if box.alike else 1.0
    # At an end of the line a box stands free, and nowhere within a character itself.
    if any(abs(x - middle) < share * room / 2 for x in (left, right) if x is not None):
        return False
    return left is None or right is None or right - left >= room


def _glyph(char: Char | None) -> MarkGlyph | None:
    return mark_of(char.text) if char is not None else None


def _is_character(witness: Char | None, box: Box, *, alone: bool) -> bool:
    """Whether the frame is a part of what was read there."""
    if witness is None or _glyph(witness) is not None or witness.text in TICK_LETTERS:
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


def _is_alone(box: Box, placed: PlacedReading) -> bool:
    """Whether nothing but the frame was read on the line: stacked labels have such lines."""
    return all(box.x0 <= placed.x(c) <= box.x1 for c in placed.reading.chars)
