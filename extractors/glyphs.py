"""Tick boxes that reach us as characters: one list for markup, PDF text and recognized text.

Which glyph means what is a convention of Chinese office forms: a filled, ticked or crossed box
is chosen; a tick without a box is chosen too, but no outline was seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.evidence import MarkState

# Boxes with a tick, cross or filling. The private-use characters are the codes under which
# PDF writers store the boxes of the fonts Wingdings and Wingdings 2.
_BOXED_CHECKED = "☑☒⊠🗹🗷🗵✅❎■⬛◼▣◙\uf0fe\uf0fd\uf052\uf053\uf054"
_BOXED_EMPTY = "□☐▢⬜◻❏❐❑❒🔲囗\uf0a8\uf06f\uf0a3\uf02a"
_BARE_TICK = "√✓✔🗸\uf0fc\uf050"
# A cross without a box is "chosen" to some writers and "not chosen" to others.
_BARE_CROSS = "✗✘\uf0fb"

_BRACKETED = rf"[\[［【]\s*(?P<inner>[xX×{_BARE_TICK}]?)\s*[\]］】]|[（(]\s*[{_BARE_TICK}]\s*[)）]"
_GLYPH = re.compile(
    rf"(?P<bracketed>{_BRACKETED})|(?P<checked>[{_BOXED_CHECKED}])|(?P<empty>[{_BOXED_EMPTY}])"
    rf"|(?P<tick>[{_BARE_TICK}])|(?P<cross>[{_BARE_CROSS}])",
)
# 请打“√” names the tick that a person shall make; it is none itself.
_NAMED = re.compile(rf"[“\"'‘「]\s*[{_BARE_TICK}]\s*[”\"'’」]|打\s*[{_BARE_TICK}]")
_VARIATION_SELECTORS = str.maketrans("", "", "\ufe0e\ufe0f")


@dataclass(frozen=True, slots=True)
class MarkGlyph:
    """A tick box found in a text.

    Attributes:
        state: What the glyph says.
        boxed: Whether it shows an outline; ``False`` for a bare tick or cross.
    """

    state: MarkState
    boxed: bool


def split_marks(text: str) -> tuple[str | MarkGlyph, ...]:
    """Text cut at its tick boxes; a tick that an instruction names (请打“√”) is text.

    Args:
        text: One printed line.

    Returns:
        Stretches of text (never empty, otherwise unchanged) and glyphs in reading order.
    """
    text = text.translate(_VARIATION_SELECTORS)
    pieces: list[str | MarkGlyph] = []
    end = 0
    named = [range(*match.span()) for match in _NAMED.finditer(text)]
    for match in _GLYPH.finditer(text):
        if any(match.start() in span for span in named):
            continue
        if match.start() > end:
            pieces.append(text[end : match.start()])
        pieces.append(_glyph(match))
        end = match.end()
    if end < len(text):
        pieces.append(text[end:])
    return tuple(pieces)


def mark_of(text: str) -> MarkGlyph | None:
    """The tick box that a text begins with, ``None`` where it begins with anything else."""
    piece = next(iter(split_marks(text)), None)
    return piece if isinstance(piece, MarkGlyph) else None


def _glyph(match: re.Match[str]) -> MarkGlyph:
    kind = match.lastgroup if match.lastgroup != "inner" else "bracketed"
    if kind == "bracketed":
        empty = match["inner"] == ""
        return MarkGlyph(MarkState.EMPTY if empty else MarkState.CHECKED, boxed=True)
    if kind == "checked":
        return MarkGlyph(MarkState.CHECKED, boxed=True)
    if kind == "empty":
        return MarkGlyph(MarkState.EMPTY, boxed=True)
    if kind == "tick":
        return MarkGlyph(MarkState.CHECKED, boxed=False)
    return MarkGlyph(MarkState.UNKNOWN, boxed=False)
