"""Text as it is compared: what a searcher cannot know about a print does not count.

White space, punctuation, case and the width of characters are folded away; signs that carry
meaning in a target or an amount (≥, %, the decimal point) stay.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

KEPT_PUNCTUATION = "%‰."
"""The percent sign and the decimal point tell 3.5 from 35, and 85% from 85."""

OPEN_MARK, CLOSE_MARK = "【", "】"
ELLIPSIS = "…"
CONTEXT = 24
"""Characters of a snippet on either side of a hit."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text's letters, digits and signs, each with its place in the text as it stands."""

    text: str
    places: tuple[int, ...]


def fold(text: str) -> Folded:
    """Letters, digits and signs of a text, narrow and in lower case."""
    pairs = [(c, place) for place, given in enumerate(text) for c in _folded(given)]
    return Folded("".join(c for c, _ in pairs), tuple(place for _, place in pairs))


def folded_text(text: str) -> str:
    """The text of `fold` alone."""
    return "".join(map(_folded, text))


@cache
def _folded(character: str) -> str:
    """What is compared of one character; mostly one, and nothing of a space."""
    return "".join(
        plain
        for plain in unicodedata.normalize("NFKC", character).casefold()
        if unicodedata.category(plain)[0] in "LNSM" or plain in KEPT_PUNCTUATION
    )


def snippet(text: str, wanted: str) -> str | None:
    """The first hit with its surroundings, marked 【】; ``None`` where there is none.

    Args:
        text: As it stands.
        wanted: Folded already.
    """
    folded = fold(text)
    found = folded.text.find(wanted)
    if not wanted or found < 0:
        return None
    start, end = folded.places[found], folded.places[found + len(wanted) - 1] + 1
    before = text[max(0, start - CONTEXT) : start].replace("\n", " ")
    after = text[end : end + CONTEXT].replace("\n", " ")
    return (
        f"{ELLIPSIS if start > CONTEXT else ''}{before}{OPEN_MARK}"
        f"{text[start:end].replace(chr(10), ' ')}{CLOSE_MARK}{after}"
        f"{ELLIPSIS if end + CONTEXT < len(text) else ''}"
    )
