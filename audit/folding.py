"""Texts that mean the same to a reader, made equal: widths, spaces and punctuation left out."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_OTHER = re.compile(r"[^0-9a-z㐀-鿿%≥≤><=+]+")


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Letters, digits, Chinese characters and comparisons alone, in plain width and lower case."""
    return _OTHER.sub("", unicodedata.normalize("NFKC", text).lower())
