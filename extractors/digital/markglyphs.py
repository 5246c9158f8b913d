"""Characters of symbol fonts, whose codes mean letters in any other font."""

from __future__ import annotations

import re

from extractors.glyphs import MarkGlyph, split_marks

_PRIVATE_BASE = 0xF000  # where Windows maps the codes of symbol fonts
_UNMAPPED = re.compile(r"\(cid:(\d+)\)")
# Ticks, crosses and boxes of ITC Zapf Dingbats by character code (PDF standard 14 fonts).
_ZAPF = {
    0x33: "✓",
    0x34: "✔",
    0x35: "✗",
    0x36: "✗",
    0x37: "✘",
    0x38: "✘",
    0x6E: "■",
    0x6F: "❏",
    0x70: "❐",
    0x71: "❑",
    0x72: "❒",
}


def symbol_text(text: str, font: str) -> str:
    """The character a symbol font shows; any other font's text unchanged.

    Args:
        text: As the font's own map has it.
        font: Name of the font.

    Returns:
        For Wingdings the private-use code of Windows, for Zapf Dingbats the Unicode character.
    """
    name = font.lower()
    if "wingdings" in name:
        code = _code(text)
        return chr(_PRIVATE_BASE + code) if code is not None and code < 256 else text
    if "dingbats" in name:
        code = _code(text)
        return _ZAPF.get(code, text) if code is not None else text
    return text


def mark_of(text: str) -> MarkGlyph | None:
    """The tick box that a single character shows, if it shows one."""
    pieces = split_marks(text)
    if len(pieces) == 1 and isinstance(pieces[0], MarkGlyph):
        return pieces[0]
    return None


def _code(text: str) -> int | None:
    unmapped = _UNMAPPED.fullmatch(text)
    if unmapped:
        return int(unmapped[1])
    return ord(text) if len(text) == 1 else None
