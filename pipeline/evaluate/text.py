"""When two texts count as the same, strictly and leniently.

Strict: the same characters, white space left out (print wraps anywhere). Lenient: full- and
half-width forms of punctuation, letters and digits count as one, for no reader can tell them
apart in many fonts. Nothing else is forgiven; NFKC would forgive too much (① and 1).
"""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

WIDTH_FOLD = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict(zip(map(ord, "｡｢｣､￥“”‘’"), map(ord, "。「」、¥\"\"''"), strict=True)),
}
"""Full-width ASCII (U+FF01 to U+FF5E) to ASCII; half-width CJK marks and curly quotes too."""


def compact(text: str) -> str:
    """The text without any white space."""
    return re.sub(r"\s+", "", text)


def with_paragraphs(text: str) -> str:
    """The text without white space but for one line feed between paragraphs."""
    return "\n".join(filter(None, (compact(line) for line in text.split("\n"))))


def width_folded(text: str) -> str:
    """The text with full- and half-width forms as one."""
    return text.translate(WIDTH_FOLD)


def edits(got: str, want: str) -> int:
    """Levenshtein distance in characters."""
    return Levenshtein.distance(got, want)


def same(got: object, want: object, *, fold_width: bool = False) -> bool:
    """Whether two JSON values count as the same; ``null`` and ``""`` do not."""
    if isinstance(got, str) and isinstance(want, str):
        got, want = compact(got), compact(want)
        if fold_width:
            got, want = width_folded(got), width_folded(want)
    return type(got) is type(want) and got == want
