"""Texts and questions as terms of an index: every two neighbouring characters are one.

Neither database splits Chinese into words, and a word list would miss names. Pairs of characters
find any text of two characters and more as a phrase, and are rare enough that common words stay
fast; one character is found as the beginning of a pair.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

CHUNK = 1000
"""Characters of a text that are indexed together; PostgreSQL numbers 16,383 places at most."""

LONGEST = 100
"""Characters of a question that the index is asked for; chunks overlap by as many."""

REMEMBERED = 10_000
"""Paths and texts whose terms are kept: most of an archive's repeat."""

CHUNKS_A_VALUE = 1 << 12
"""Numbers kept for the chunks of one value: over three million characters."""


def chunks(folded: str) -> Iterator[str]:
    """Parts of a text that overlap so far that no question falls between them."""
    for number, start in enumerate(range(0, max(len(folded), 1), CHUNK)):
        if number < CHUNKS_A_VALUE:
            yield folded[start : start + CHUNK + LONGEST]


def terms(folded: str) -> list[str]:
    """Pairs of characters in order; the last character closes them alone."""
    return [a + b for a, b in pairwise(folded)] + [folded[-1]] if folded else []


def phrase(folded: str) -> list[str]:
    """Terms that stand one behind the other wherever a question of two or more characters does."""
    return [a + b for a, b in pairwise(folded[:LONGEST])]


@lru_cache(maxsize=REMEMBERED)
def field_terms(path: str) -> tuple[str, ...]:
    """A value's field for the index: ``indicators``, ``indicators/target``, ``project_name``."""
    parts = [part for part in path.split("/") if not part.isdecimal()]
    names = ["/".join(parts[: n + 1]) for n in range(len(parts))]
    return tuple("".join(name.split()) for name in names)
