"""Command: how often a rare character stands where recognizers see a common one too.

``python -m bench.rare_characters [--lines 1200] [--seed 1] [--share 0.003]`` prints pieces of
sentences, a rare character (level two of GB 2312, which stands apart there for being rare) put
into most of them, in every typeface, blurred, noisy, some in black and white; has both models of
PP-OCRv6 read them, and looks at the places where the first saw a rare character and a common one.
Two logistic regressions (Newton's method), of places whose rare character the second does not know
and of those where it sees that too, give what `extractors.ocr.witness` makes of them. Sentences,
since recognizers know what words a common character stands in: amid characters by chance they
hesitate on common ones a hundred times as often.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import click
import numpy as np

from bench.printed_lines import chars_at, printable, scanned, sentences
from extractors.ocr.port import Reading
from extractors.ocr.ppocr import MIN_OTHER
from extractors.ocr.priors import SECOND_LEVEL
from extractors.ocr.rapid import recognizers
from extractors.ocr.witness import SEEN_BY_BOTH, doubts_of
from samples.fonts import TYPEFACES, Typeface, installed, metrics

RARE_SHARE = 0.7
"""Share of lines into which a rare character is put."""
ROUNDS = 40
COEFFICIENT = 3.0
"""Usual size of a coefficient (ridge): where few common characters are told apart by a line, it
would have no end of steepness."""
BUCKETS = (-9.0, -4.0, -3.0, -2.0, -1.0, 0.0, 9.0)


@dataclass(frozen=True, slots=True)
class Place:
    """A place where the first saw a common character and a rare one.

    Attributes:
        log_odds: Of the rare one against the common one: as the first has it, and where the
            second sees it too, the sum of both.
        by_both: Whether the second sees it; else it does not know it, and the first put the
            common one first.
        doubt: Logarithm of how unsure the first is of the rest of the line.
        is_rare: Whether the rare one was printed; else the common one was.
    """

    log_odds: float
    by_both: bool
    doubt: float
    is_rare: bool


@click.command()
@click.option("--lines", default=1200, show_default=True, help="lines in each typeface")
@click.option("--seed", default=1, show_default=True)
@click.option("--share", default=0.003, show_default=True, help="of rare characters in real forms")
def main(lines: int, seed: int, share: float) -> None:
    """Prints the counts, and the fitted lines."""
    first, second = recognizers()
    rng, noise = random.Random(seed), np.random.default_rng(seed)
    pieces = sentences()
    places: list[Place] = []
    printed = {True: 0, False: 0}
    for face in installed(TYPEFACES):
        common, rare = (_drawn(level, face, first.characters) for level in (_level(1), _level(2)))
        known = printable(pieces, face)
        for _ in range(lines):
            chars = _line(known, common, rare, rng)
            for c in chars:
                printed[c in rare] += c in rare or c in common
            scan = scanned("".join(chars), face, rng, noise)
            readings = (first.read(scan), second.read(scan))
            places += _places(chars, readings, (common, rare), second.characters)
    weights = {True: share / printed[True], False: (1 - share) / printed[False]}
    click.echo(f"printed: common {printed[False]}, rare {printed[True]}")
    for name, by_both in (("unknown to the second", False), ("seen by both", True)):
        _report(name, [p for p in places if p.by_both is by_both], weights)


def _report(name: str, places: Sequence[Place], weights: dict[bool, float]) -> None:
    for low, high in pairwise(BUCKETS):
        inside = [p.is_rare for p in places if low <= p.log_odds < high]
        rare, common = inside.count(True), inside.count(False)
        mass = (weights[True] * rare, weights[False] * common)
        click.echo(
            f"{name}, log odds {low:3.0f} to {high:3.0f}: common {common:4d}, rare {rare:4d}, "
            f"probability of the rare one {mass[0] / max(sum(mass), 1e-12):.2f}"
        )
    shift, slope, doubt = _fitted(places, weights)
    click.echo(
        f"{name}: log odds = {shift:.2f} + {slope:.2f} x those of the recognizers "
        f"{doubt:+.2f} x logarithm of the doubt of the line"
    )


def _line(
    pieces: Sequence[str], common: Sequence[str], rare: Sequence[str], rng: random.Random
) -> list[str]:
    """The characters of a line, in most of them a common one replaced by a rare one."""
    chars = list(rng.choice(pieces))
    places = [i for i, c in enumerate(chars) if c in common]
    if places and rng.random() < RARE_SHARE:
        chars[rng.choice(places)] = rng.choice(rare)
    return chars


def _level(number: int) -> list[str]:
    """Characters of a level of GB 2312 (rows 16 to 55, and 56 to 87)."""
    rows = range(0xB0, SECOND_LEVEL) if number == 1 else range(SECOND_LEVEL, 0xF8)
    cells = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    return [c for c in (b.decode("gb2312", "ignore") for b in cells) if c]


def _drawn(chars: list[str], face: Typeface, known: frozenset[str]) -> list[str]:
    return [c for c in chars if c in known and ord(c) in metrics(face).advances]


def _places(
    chars: Sequence[str],
    readings: tuple[Reading, Reading],
    levels: tuple[Sequence[str], Sequence[str]],
    known: frozenset[str],
) -> Iterator[Place]:
    doubts = doubts_of(readings[0])
    for i, printed in enumerate(chars):
        near = [chars_at(i, len(chars), r) for r in readings]
        if [len(n) for n in near] == [1, 1]:
            mine, theirs = ({n[0].text: n[0].probability, **dict(n[0].others)} for n in near)
            common, rare = (next((c for c in mine if c in level), "") for level in levels)
            if common and rare and printed in {common, rare}:
                doubt = log(doubts[readings[0].chars.index(near[0][0])])
                yield from _place(common, rare, printed, (mine, theirs), doubt, known)


def _place(
    common: str,
    rare: str,
    printed: str,
    seen: tuple[dict[str, float], dict[str, float]],
    doubt: float,
    known: frozenset[str],
) -> Iterator[Place]:
    mine, theirs = seen
    log_odds = log(mine[rare] / mine[common])
    if rare not in known:
        if mine[rare] < mine[common]:
            yield Place(log_odds, False, doubt, printed == rare)
    elif theirs.get(rare, 0.0) >= SEEN_BY_BOTH:
        log_odds += log(theirs[rare] / max(theirs.get(common, 0.0), MIN_OTHER))
        yield Place(log_odds, True, doubt, printed == rare)


def _fitted(places: Sequence[Place], weights: dict[bool, float]) -> tuple[float, ...]:
    """Shift and slopes of the weighted logistic regression, with a ridge."""
    x = np.array([[1.0, p.log_odds, p.doubt] for p in places])
    y = np.array([p.is_rare for p in places], np.float64)
    w = np.array([weights[p.is_rare] for p in places])
    w /= w.mean()
    line, ridge = np.zeros(3), np.eye(3) / COEFFICIENT**2
    for _ in range(ROUNDS):
        q = 1 / (1 + np.exp(-x @ line))
        bend = (x.T * (w * q * (1 - q))) @ x + ridge
        line -= np.linalg.solve(bend, x.T @ (w * (q - y)) + ridge @ line)
    return tuple(float(c) for c in line)


if __name__ == "__main__":
    main()
