"""Half- and full-width punctuation, and the room that characters take on a line of print."""

from __future__ import annotations

HALF = "(),:;!?<>"
FULL = "（），：；！？＜＞"
TO_FULL = dict(zip(HALF, FULL, strict=True))
TO_HALF = dict(zip(FULL, HALF, strict=True))

ADVANCE_DIGIT = 0.53
"""Advance of digits and Latin letters in the fonts of forms, em."""
ADVANCE_HALF = 0.36
"""Advance of half-width punctuation, em."""
ADVANCE_WIDE_HALF = 0.57
"""Advance of half-width < and >, em."""


def both_widths(text: str) -> tuple[str, str]:
    """A sign in half and in full width; ``text`` is one of `HALF` or `FULL`."""
    half = TO_HALF.get(text, text)
    return half, TO_FULL[half]


def advance(text: str) -> float:
    """Room that a character takes, em."""
    if text in "<>":
        return ADVANCE_WIDE_HALF
    if text in HALF:
        return ADVANCE_HALF
    return ADVANCE_DIGIT if text.isascii() else 1.0
