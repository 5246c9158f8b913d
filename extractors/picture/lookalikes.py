"""Characters that tick boxes and ticks are read as."""

from __future__ import annotations

from extractors.glyphs import mark_of
from extractors.picture.boxes import Box

EMPTY_LOOKALIKES = frozenset("口囗")
"""Drawn as an empty frame."""
WORN_LOOKALIKES = frozenset("二匚コ亠冖厂")
"""What is left of a box that lost sides may be read as one of these."""
TICK_LETTERS = frozenset("Vv√")
"""What a tick is read as."""
LOOKALIKES = frozenset("口囗日曰目回田四西因困囚固国图圆园圈团区凶凹网同冈円図")
"""Characters that are drawn as a frame; recognizers take ticked boxes for them."""
BARRED_LOOKALIKES = frozenset("日曰目四西皿")
"""Of these, those whose frame is filled by strokes along its sides: nobody ticks a box so."""

FIRST_PICTOGRAPH = "\U0001f000"
"""From here on Unicode has pictures (📕, 🖤) and no characters that Chinese forms are printed in;
recognizers know them, and read them for boxes that are filled or scribbled on."""


def looks_of(box: Box) -> frozenset[str]:
    """What an empty box of this kind may be read as."""
    return EMPTY_LOOKALIKES | WORN_LOOKALIKES if box.is_worn else EMPTY_LOOKALIKES


def is_framed(text: str) -> bool:
    """Whether a tick box may be read as this: a box glyph, a character like one, a blank."""
    return text.isspace() or text in LOOKALIKES or mark_of(text) is not None


def is_pictograph(text: str) -> bool:
    """Whether a recognizer's character is a picture that no form is printed with."""
    return FIRST_PICTOGRAPH <= text < "\U00020000"
