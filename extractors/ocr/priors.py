"""How often a character is printed in forms of the mainland, against how often recognizers see it.

A recognizer's probabilities carry the shares of its training data, in which traditional Chinese
is as common as simplified. In a form of the mainland it is not; the probabilities are taken to
the shares that hold there by Bayes' rule (Saerens, Latinne and Decaestecker, 2002, "Adjusting
the outputs of a classifier to new a priori probabilities", equation 2). A picture that surely
shows a traditional character still gives one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import opencc
from numpy.typing import NDArray

TRADITIONAL_SHARE = 1e-3
"""Prior of a traditional form over that in training. Simplified characters are the law for public
papers (国家通用语言文字法, 2000, articles 9 and 17); what is left stands in names and titles."""

FIRST_HANZI, LAST_HANZI = "一", "龥"
"""Bounds of the first Chinese characters of Unicode, which hold all of GB 2312."""
SECOND_LEVEL = 0xD8
"""First byte of its rows 56 and on."""


def prior_ratios(alphabet: Sequence[str]) -> NDArray[np.float32]:
    """Factor for the probability of each class of a recognizer.

    Args:
        alphabet: Text of each class.

    Returns:
        float32 (len(alphabet),): `TRADITIONAL_SHARE` for characters that have a simplified form
        and that GB 2312 does not hold, 1 for all others.
    """
    # No character holds a line feed, so that one call converts all of them.
    simplified = opencc.OpenCC("t2s").convert("\n".join(alphabet)).split("\n")
    ratios = [
        TRADITIONAL_SHARE if simple != own and not _in_gb2312(own) else 1.0
        for own, simple in zip(alphabet, simplified, strict=True)
    ]
    return np.array(ratios, np.float32)


def adjusted(steps: NDArray[np.float32], ratios: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probabilities (T, C) under other shares of the classes; each row sums to 1 again."""
    weighted = steps * ratios
    weighted /= weighted.sum(axis=1, keepdims=True)
    return weighted


def is_rare_hanzi(text: str) -> bool:
    """Whether it is of the second level of GB 2312, whose characters stand apart for being rare."""
    return is_gb2312_hanzi(text) and text.encode("gb2312")[0] >= SECOND_LEVEL


def is_gb2312_hanzi(text: str) -> bool:
    """Whether it is a Chinese character of GB 2312, common or rare."""
    return FIRST_HANZI <= text <= LAST_HANZI and _in_gb2312(text)


def _in_gb2312(text: str) -> bool:
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
