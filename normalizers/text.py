"""Text as printed into text as stored: only code points and white space change, never wording."""

from __future__ import annotations

import re
import unicodedata

from normalizers.radicals import RADICALS

_COMPATIBILITY_BLOCKS = (
    (0x2F00, 0x2FDF),  # Kangxi Radicals
    (0xF900, 0xFAFF),  # CJK Compatibility Ideographs
    (0x2F800, 0x2FA1F),  # CJK Compatibility Ideographs Supplement
)
"""Blocks whose characters are other code points for plain ones; NFKC is applied to these alone,
because elsewhere it would change the wording (full-width punctuation, ㎡, ①)."""

_LIGATURES = {"⸺": "——", "⸻": "———"}
"""Long dashes that fonts join from em dashes (U+2E3A, U+2E3B), back as they were typed."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_LINE_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")


def plain_characters(text: str) -> str:
    """Radicals, compatibility ideographs and ligatures as plain characters; all else unchanged."""
    return "".join(_plain(c) for c in text)


def _plain(character: str) -> str:
    mended = RADICALS.get(character) or _LIGATURES.get(character)
    if mended:
        return mended
    code = ord(character)
    if any(first <= code <= last for first, last in _COMPATIBILITY_BLOCKS):
        return unicodedata.normalize("NFKC", character)
    return character


def clean_text(text: str) -> str:
    r"""Text as records carry it.

    Radicals become plain characters, invisible characters go, runs of white space become one
    space, paragraphs (``\n``) are trimmed and blank ones dropped. Spaces between words stay:
    they part the entries of cells such as ``3次 约200人次``. Idempotent.
    """
    unified = _LINE_BREAKS.sub("\n", _INVISIBLE.sub("", plain_characters(text)))
    paragraphs = (_SPACES.sub(" ", p).strip() for p in unified.split("\n"))
    return "\n".join(p for p in paragraphs if p)


def clean_title(text: str) -> str:
    """A title without any white space: print spaces and breaks titles at will."""
    return "".join(clean_text(text).split())


def half_width_character(character: str) -> str:
    """NFKC of one character, for reading numbers; one may become several (㎡ → m2)."""
    return unicodedata.normalize("NFKC", character)


def half_width(text: str) -> str:
    """NFKC of the cleaned text, for reading numbers and dates; never stored as a value."""
    return unicodedata.normalize("NFKC", clean_text(text))
