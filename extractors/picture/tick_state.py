"""Whether a tick box is ticked, by the picture alone.

Told beside what empty boxes of the same page look like.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extractors.evidence import MarkState
from extractors.glyphs import MarkGlyph, mark_of
from extractors.ocr.port import Char
from extractors.picture.boxes import Box

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
MIN_BARE_TICKS = 2
"""So many ticks without a box, and none in a box outside seals, show how a page is ticked."""
SOLID = 0.8
"""Darkness of the centre of a box that is filled, not ticked by a stroke."""
SPECK_SPAN = 0.2
"""Ink in a box no longer than this, as a share of its size, is a speck: half a millimetre, the
width of a pen's stroke, in a box as high as text."""
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
CLEAN_STRUCK = 0.12
"""There a tick in a corner shows by a trace, and by running out of the box this far: more than a
pixel by which the raster may move the frame."""
LEAVES = 0.1
"""Ink that runs out of a box at two sides, this far beyond each at least, is of a stroke: more than
a pixel, too, and a frame that is moved is moved to one side."""
FAINT_TRACE = 0.03
FAINT_FILL = 0.015
FAINT_PRINTED = 0.05
FAINT_SPAN = 0.3
"""Such a tick leaves this much of a trace, darkens the centre by this or has as much print in it,
and is longer than any speck."""
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


@dataclass(frozen=True, slots=True)
class SeenBox:
    """A frame that is a tick box, before its state is judged.

    Attributes:
        witness: What the recognizer read inside the frame, if anything.
        is_clear: Whether the rest of its line could be read and no seal touches it, so that ink
            beside it is none of theirs.
        is_crossed: Whether ink that hangs on it is print or a tick of another line.
        is_sealed: Whether a seal lies over it, whose strokes are ink in and around it.
        is_ringed: Whether the ring of a seal that was taken off the print runs through it.
    """

    box: Box
    witness: Char | None
    is_clear: bool = True
    is_crossed: bool = False
    is_sealed: bool = False
    is_ringed: bool = False

    @property
    def is_known(self) -> bool:
        """Whether it is like others of its page, or was read as a box: no frame in a seal is."""
        return self.box.alike or glyph_of(self.witness) is not None


def glyph_of(char: Char | None) -> MarkGlyph | None:
    """The tick box or tick that was read as a character, if it was."""
    return mark_of(char.text) if char is not None else None


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
        bare_ticks: Whether a tick stands in the place of its box, so that boxes are empty.
        solid_ticks: Whether there are ticked boxes outside seals, all of them filled.
    """

    fill: float = 0.0
    trace: float = 0.0
    is_clean: bool = False
    is_known: bool = True
    dark_ticks: bool = False
    bare_ticks: bool = False
    solid_ticks: bool = False


def blank_box(seen: Sequence[SeenBox], bare_ticks: int = 0) -> Blank:
    """Darkness that the centre of an empty box has on this page, 0..1.

    In a blurred photograph the frame bleeds into the centre of every box. Most boxes of a form
    are empty, so the lower quartile is an empty one.

    Args:
        seen: All tick boxes of the page.
        bare_ticks: So many ticks were read on the page beside boxes.
    """
    if len(seen) < MIN_BOXES:
        return Blank(is_known=False)
    fills, traces = [s.box.fill for s in seen], [s.box.trace for s in seen]
    fill, trace = (float(np.quantile(values, 0.25)) for values in (fills, traces))
    inked = [s.box for s in seen if not s.is_sealed and s.box.fill - fill >= CHECKED_FILL]
    dark_ticks = bool(inked) and all(b.dark >= TICK_SHARE for b in inked)
    is_clean = max(fill, trace) <= CLEAN_TRACE
    is_bare = bare_ticks >= MIN_BARE_TICKS and not inked
    is_solid = bool(inked) and all(b.fill >= SOLID for b in inked)
    return Blank(
        fill,
        trace,
        is_clean=is_clean,
        dark_ticks=dark_ticks,
        bare_ticks=is_bare,
        solid_ticks=is_solid,
    )


def seen_state(seen: SeenBox, blank: Blank) -> MarkState | None:
    """State by the picture alone; ``None`` where it leaves a doubt.

    Args:
        seen: The box.
        blank: What `blank_box` says for its page.
    """
    box = seen.box
    ink = box.fill - blank.fill * (1 + FILL_SPREAD)
    is_solid = blank.solid_ticks and ink <= EMPTY_FILL
    if seen.is_sealed and (blank.bare_ticks or is_solid):
        return MarkState.EMPTY
    is_print = box.printed >= (SEALED_PRINTED if seen.is_sealed else PRINTED_SHARE)
    if ink >= CHECKED_FILL and box.dark >= TICK_SHARE and is_print:
        return MarkState.CHECKED
    if not seen.is_sealed and _is_lightly_ticked(seen, blank, ink):
        # Whoever puts ticks in the place of boxes leaves no trace of one in a box.
        return None if blank.bare_ticks else MarkState.CHECKED
    is_taken_off = seen.is_ringed or (
        seen.is_sealed and blank.dark_ticks and box.dark < TICK_SHARE / 2
    )
    is_pale = ink <= EMPTY_FILL or (box.bare and is_taken_off) or _is_speck(box, ink)
    if box.bare and seen.is_crossed and box.trace <= CLEAN_TRACE:
        # A tick that is drawn from its own box leaves ink in that.
        return MarkState.EMPTY
    if is_pale and box.struck < STRUCK_DOUBT and (seen.is_sealed or not _holds_rest(seen, blank)):
        return MarkState.EMPTY
    return None


def _is_speck(box: Box, ink: float) -> bool:
    """Whether all that darkens a box is a point of dirt in it."""
    return 0.0 < box.span <= SPECK_SPAN and ink - box.dark <= EMPTY_FILL


def _holds_rest(seen: SeenBox, blank: Blank) -> bool:
    """Whether a corner of a tick may reach into a box: print as dark as its frame, if little.

    A tick along the frame shows as paler print that runs out of it.
    """
    box = seen.box
    runs_out = seen.is_clear and box.struck >= CLEAN_STRUCK
    is_print = box.printed > 0.0 and (box.dark > 0.0 or runs_out)
    return _is_clipped(box, blank) or (is_print and box.trace - blank.trace >= CROSSED_TRACE)


def _is_clipped(box: Box, blank: Blank) -> bool:
    """Whether a corner of a tick shows in a box, where empty boxes hold no ink at all."""
    is_traced = box.inked and box.trace >= SHARP_TRACE
    return blank.is_clean and is_traced and box.struck >= CLEAN_STRUCK


def _is_lightly_ticked(seen: SeenBox, blank: Blank, ink: float) -> bool:
    """Whether ink that fills no part of a box is a tick: only where it can be nothing else."""
    box = seen.box
    if ink >= CHECKED_FILL and not box.dark:
        # All that darkens the centre is paler than the frame: a seal that was not found, or the
        # reverse.
        return False
    if _is_struck(seen, blank) or (blank.is_clean and _is_faintly_ticked(box)):
        return True
    if seen.is_clear and _is_clipped(box, blank):
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
    if not seen.is_clear:
        return False
    # Ink that leaves the box at two sides is of a stroke along the third.
    leaves = box.inked and min(box.struck, box.aside) >= LEAVES
    return box.struck >= STRUCK_ALONE or (leaves and box.trace >= blank.trace + STRUCK_TRACE)


def _is_faintly_ticked(box: Box) -> bool:
    """Whether there is a stroke in the box, however thin, on a page whose empty boxes are clean."""
    inked = box.fill >= FAINT_FILL or box.printed >= FAINT_PRINTED
    return inked and box.trace >= FAINT_TRACE and box.span >= FAINT_SPAN
