"""What two recognizers together say of a line.

Each one's probabilities are opinions on the same picture. They are pooled logarithmically (Genest
and Zidek, 1986, "Combining probability distributions", section 3): odds multiply. A character that
both are sure of becomes surer, one that they differ on less sure, and where the first hesitates
the second decides. The second one's word is only taken on letters, figures and characters that it
knows: signs are settled by their room on the page.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from extractors.ocr.port import Char, Reading
from extractors.ocr.ppocr import MIN_OTHER, OTHERS
from extractors.ocr.priors import is_gb2312_hanzi, is_rare_hanzi

LEAST = 1e-4
"""The least probability that a character has in either's eyes: both were sure and wrong at times,
in about one character in ten thousand."""
PASSED_OVER = 0.1
"""Share of the true characters of the first that the second passes over, at most; of what the
first read into dirt it passes over all but this share."""
ADDED = 0.5
"""A character that only the second one saw is as often there as not."""
USUAL_DOUBT = 0.01
"""Of a character on an office scan; so much is known of a line before it is read."""
UNKNOWN_SHIFT, UNKNOWN_SLOPE, UNKNOWN_DOUBT = 1.5, 2.2, -1.3
"""Log odds of a rare character that the second does not know, against the common one put first:
shift, slope times the first one's own, and slope times the logarithm of how unsure that is of the
rest of the line. A recognizer trained on running text hardly ever hesitates on common characters
in their words, least of all amid clear ones, so that a twentieth for a rare one is much. Fitted by
`python -m bench.rare_characters --lines 900` (mean of seeds 1 and 3), with rare characters as
frequent as in real forms."""
SEEN_BY_BOTH = 0.05
BOTH_SHIFT, BOTH_SLOPE, BOTH_DOUBT = -2.8, 0.75, -0.8
"""The same where the second sees the rare one too, with this share at least; of both log odds the
sum counts."""
DISPUTED = 0.8
"""A common character beside one of these that is at all likely is no surer: below what a short
value is accepted with."""
FRAMES = frozenset("口囗回")
"""Characters that tick boxes are read as; the picture decides on these."""


def pooled(first: Reading, second: Reading, known: Collection[str]) -> Reading:
    """The first reading with the probabilities that both together give.

    Args:
        first: Of the better recognizer; its places and its signs stay.
        second: Of the other, of the same crop.
        known: Characters that the other can read.
    """
    chars, doubts = list(first.chars), doubts_of(first)
    added = 0.0
    for i, other in _aligned(first, second):
        if i is None:
            added = max(added, other.probability if other else 0.0)
        elif other is not None:
            chars[i] = _pooled_char(chars[i], other, known, doubts[i])
        elif chars[i].text in known:
            chars[i] = _passed_over(chars[i])
    return replace(first, chars=tuple(chars), limit=min(first.limit, 1.0 - ADDED * added))


def _aligned(first: Reading, second: Reading) -> Iterator[tuple[int | None, Char | None]]:
    """Letters, figures and characters of the first, with those of the second at their place."""
    mine = [i for i, c in enumerate(first.chars) if _is_told(c.text)]
    theirs = [c for c in second.chars if _is_told(c.text)]
    a = [_folded(first.chars[i].text) for i in mine]
    b = [_folded(c.text) for c in theirs]
    for op in Levenshtein.opcodes(a, b):
        mine_here = mine[op.src_start : op.src_end]
        theirs_here = theirs[op.dest_start : op.dest_end]
        for k in range(max(len(mine_here), len(theirs_here))):
            yield (
                mine_here[k] if k < len(mine_here) else None,
                theirs_here[k] if k < len(theirs_here) else None,
            )


def _is_told(text: str) -> bool:
    return text.isalnum() and text not in FRAMES


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _pooled_char(char: Char, other: Char, known: Collection[str], doubt: float) -> Char:
    if char.text not in known:
        return char
    mine = {char.text: char.probability, **dict(char.others)}
    theirs: dict[str, float] = {}
    # The second one has no say on widths.
    for name, share in ((other.text, other.probability), *other.others):
        theirs[_folded(name)] = theirs.get(_folded(name), 0.0) + share
    seen = {_folded(name) for name in mine}
    names = [*mine, *(n for n in theirs if n not in seen)]
    told = [n for n in names if _is_told(n) and (n in known or n == char.text)]
    weights = {n: _share(mine, n) * _share(theirs, _folded(n)) for n in told}
    rare = _rare_weights(weights, mine, theirs, known, doubt)
    weights |= rare
    # What the first saw beside letters, figures and characters keeps its share.
    rest = tuple((n, p) for n, p in char.others if not _is_told(n))
    scale = (1.0 - sum(p for _, p in rest)) / sum(weights.values())
    (text, weight), *less = sorted(weights.items(), key=lambda pair: -pair[1])
    others = sorted([*rest, *((n, w * scale) for n, w in less)], key=lambda pair: -pair[1])
    kept = tuple((n, p) for n, p in others[:OTHERS] if p >= MIN_OTHER)
    is_disputed = text not in rare and any(w * scale >= MIN_OTHER for w in rare.values())
    most = DISPUTED if is_disputed else 1.0
    return replace(
        char,
        text=text,
        probability=min(weight * scale, most),
        others=kept,
        tail=_tail(char, other, known, {text, *(n for n, _ in kept)}, scale),
    )


def _tail(
    char: Char,
    other: Char,
    known: Collection[str],
    kept: Collection[str],
    scale: float,
) -> tuple[tuple[str, float], ...]:
    """Further characters that either saw, with the probability that both together give."""
    mine = {char.text: char.probability, **dict(char.others), **dict(char.tail)}
    theirs = {other.text: other.probability, **dict(other.others), **dict(other.tail)}
    names = {*mine, *theirs}.difference(kept)
    told = (n for n in names if _is_told(n) and n in known)
    both = {n: max(mine.get(n, 0.0), LEAST) * max(theirs.get(n, 0.0), LEAST) for n in told}
    return tuple(sorted(((n, w * scale) for n, w in both.items()), key=lambda pair: -pair[1]))


def doubts_of(reading: Reading) -> tuple[float, ...]:
    """How unsure a recognizer is of the Chinese characters beside each sign of a line, 0..1.

    It hesitates on the width of brackets however clear they are.
    """
    own = [1.0 - c.probability if is_gb2312_hanzi(c.text) else None for c in reading.chars]
    told = [o for o in own if o is not None]
    total, count = math.fsum(told) + USUAL_DOUBT, len(told) + 1
    return tuple(total / count if o is None else (total - o) / (count - 1) for o in own)


def _rare_weights(
    weights: Mapping[str, float],
    mine: Mapping[str, float],
    theirs: Mapping[str, float],
    known: Collection[str],
    doubt: float,
) -> dict[str, float]:
    """Weights of rare characters, by their odds against the likeliest common one.

    Only of those that the first saw and the second does not know, or sees too.
    """
    shown = [n for n in weights if not is_rare_hanzi(n)]
    if not shown:
        return {}
    common = max(shown, key=weights.__getitem__)
    found = {}
    for name in filter(is_gb2312_hanzi, mine):
        own = math.log(mine[name] / _share(mine, common))
        if name not in known:
            log_odds = UNKNOWN_SHIFT + UNKNOWN_SLOPE * own + UNKNOWN_DOUBT * math.log(doubt)
        elif is_rare_hanzi(name) and theirs.get(name, 0.0) >= SEEN_BY_BOTH:
            other = math.log(theirs[name] / max(theirs.get(_folded(common), 0.0), MIN_OTHER))
            log_odds = BOTH_SHIFT + BOTH_SLOPE * (own + other) + BOTH_DOUBT * math.log(doubt)
        else:
            continue
        found[name] = weights[common] * math.exp(log_odds)
    return found


def _share(shares: Mapping[str, float], name: str) -> float:
    """Probability of a character; what was not listed has no more than what the listed leave."""
    left = min(max(1.0 - sum(shares.values()), LEAST), MIN_OTHER)
    return max(shares.get(name, left), LEAST)


def _passed_over(char: Char) -> Char:
    """A character of which the other saw nothing, by Bayes' rule."""
    there = char.probability * PASSED_OVER
    absent = (1.0 - char.probability) * (1.0 - PASSED_OVER)
    return replace(char, probability=there / (there + absent) if there else 0.0)
