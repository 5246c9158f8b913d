"""What words say of characters that a picture leaves in doubt.

A recognizer judges shapes: it reads 候乌 as soon as 候鸟, which alone is a word. The odds that it
gives to the characters of a place are multiplied by those of the words that each would make with
its neighbours (a log-linear model, as in Och and Ney, 2002, "Discriminative training and maximum
entropy models for statistical machine translation"). Only what the picture supports is chosen
from, save where what was read makes no word and a character that was hardly seen makes a common
one: it is put, and is unsure.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace

from wordfreq import get_frequency_dict

from extractors.ocr.port import Char, Reading
from extractors.ocr.witness import FRAMES

HARDLY = 1e-4
COMMON = 1e-6
LIKELIER, AS_READ = 0.48, 0.14
"""A character that makes no word is wrong more often than not where another, seen with the first
probability at least, makes one of the second frequency: of 207 such places in `python -m
bench.words` the other was printed in 99, what was read in 28."""
LENGTHS = (2, 3, 4)
"""Characters of the words that are looked for."""
WORD_WEIGHT = 0.6
"""Exponent of the odds by words against those by the picture, fitted by `python -m bench.words`."""
UNLISTED = 3e-8
"""Frequency of what is no word: three times that of the rarest words listed."""


@functools.cache
def word_frequencies() -> Mapping[str, float]:
    """Share of each word in Chinese text, 1e-8 to 0.1; 330,000 words of up to twenty characters.

    Of `wordfreq`, which counted books, subtitles, news and the web (Speer, 2022).
    """
    frequencies: Mapping[str, float] = get_frequency_dict("zh", "large")
    return frequencies


def settle_by_words(reading: Reading, words: Mapping[str, float]) -> Reading:
    """The reading with doubtful characters as words make them likely.

    Args:
        reading: Of one line.
        words: Their frequencies, 0..1.
    """
    printed = [i for i, c in enumerate(reading.chars) if not c.text.isspace()]
    texts = [reading.chars[i].text for i in printed]
    chars = list(reading.chars)
    for at, i in enumerate(printed):
        chars[i] = _settled(chars[i], texts, at, words)
    return replace(reading, chars=tuple(chars))


def _settled(char: Char, texts: Sequence[str], at: int, words: Mapping[str, float]) -> Char:
    if char.text in FRAMES or not _is_chinese(char.text):
        return char
    likeliest = _by_odds(char, texts, at, words)
    hidden = hardly_seen(char, texts, at, words) if likeliest.text == char.text else None
    if hidden is None:
        return likeliest
    text, share = hidden
    left = ((char.text, AS_READ), *(o for o in char.others if o[0] != text))
    return replace(char, text=text, probability=max(share, LIKELIER), others=left)


def _by_odds(char: Char, texts: Sequence[str], at: int, words: Mapping[str, float]) -> Char:
    """The likeliest of the characters that the picture supports."""
    seen = ((char.text, char.probability), *char.others)
    shares = {text: share for text, share in seen if _is_chinese(text)}
    if len(shares) < 2:
        return char
    weights = {
        text: share * (commonest_word(text, texts, at, words) + UNLISTED) ** WORD_WEIGHT
        for text, share in shares.items()
    }
    scale = sum(shares.values()) / sum(weights.values())
    (text, weight), *less = sorted(weights.items(), key=lambda pair: -pair[1])
    rest = [(name, share) for name, share in char.others if name not in shares]
    others = sorted([*rest, *((n, w * scale) for n, w in less)], key=lambda pair: -pair[1])
    return replace(char, text=text, probability=weight * scale, others=tuple(others))


def hardly_seen(
    char: Char, texts: Sequence[str], at: int, words: Mapping[str, float]
) -> tuple[str, float] | None:
    """The likeliest character that makes a common word where the one that was read makes none.

    Args:
        char: As both recognizers give it.
        texts: All of its line, without spaces.
        at: Its place among them.
        words: Their frequencies.

    Returns:
        The character with its probability in the picture; ``None`` where there is none.
    """
    if commonest_word(char.text, texts, at, words) > 0.0:
        return None
    makes_word = (
        (text, share)
        for text, share in (*char.others, *char.tail)
        if share >= HARDLY
        and _is_chinese(text)
        and commonest_word(text, texts, at, words) >= COMMON
    )
    return next(makes_word, None)


def _is_chinese(text: str) -> bool:
    return Char(text, 1.0, 0.0).is_chinese


def commonest_word(text: str, texts: Sequence[str], at: int, words: Mapping[str, float]) -> float:
    """Frequency of the commonest word that a character makes with its neighbours.

    Args:
        text: The character.
        texts: All of its line, without spaces.
        at: Its place among them, where another may stand.
        words: Their frequencies.

    Returns:
        0 where it makes none.
    """
    line = [*texts[:at], text, *texts[at + 1 :]]
    spans = (
        line[start : start + length]
        for length in LENGTHS
        for start in range(max(0, at - length + 1), min(at, len(line) - length) + 1)
    )
    return max((words.get("".join(span), 0.0) for span in spans), default=0.0)
