"""Command: how much the words of a line tell where recognizers hesitate.

``python -m bench.words [--lines 500] [--seed 1] [--worse 1.6] [--text FILE]`` prints pieces of
sentences in every typeface, scanned worse than most, has both models of PP-OCRv6 read them, and
looks at the places where they left two characters open. A logistic regression with the recognizers'
odds as they are gives the weight of the odds by words, for several frequencies of what is no word
(`extractors.ocr.words`), and what would be read wrong with it. Where what was read makes no word
and a character that was hardly seen makes one, it says how often either was printed. ``--text``
takes the sentences of a file instead of invented ones.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import click
import numpy as np

from bench.printed_lines import LINE, chars_at, printable, scanned, sentences
from extractors.ocr.port import Char, Reading
from extractors.ocr.rapid import recognizers
from extractors.ocr.witness import pooled
from extractors.ocr.words import commonest_word, hardly_seen, word_frequencies
from samples.fonts import TYPEFACES, installed

UNLISTED = (1e-9, 1e-8, 3e-8, 1e-7, 1e-6)
ROUNDS = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A place that was left open.

    Attributes:
        log_odds: Of the character put first against the next, as the recognizers have it.
        words: Frequencies of the commonest word that each of the two makes.
        is_first: Whether the one put first was printed; else the other was.
    """

    log_odds: float
    words: tuple[float, float]
    is_first: bool


@click.command()
@click.option("--lines", default=500, show_default=True, help="lines in each typeface")
@click.option("--seed", default=1, show_default=True)
@click.option("--worse", default=1.6, show_default=True, help="smaller print, more noise")
@click.option("--text", type=click.Path(path_type=Path, exists=True), help="sentences of a file")
def main(lines: int, seed: int, worse: float, text: Path | None) -> None:
    """Prints the fitted weights."""
    first, second = recognizers()
    words = word_frequencies()
    rng, noise = random.Random(seed), np.random.default_rng(seed)
    pieces = sentences() if text is None else sorted(set(LINE.findall(text.read_text("utf-8"))))
    places: list[Place] = []
    hidden: Counter[str] = Counter()
    count = 0
    for face in installed(TYPEFACES):
        known = printable(pieces, face)
        for line in rng.choices(known, k=lines) if known else ():
            scan = scanned(line, face, rng, noise, worse=worse)
            read = pooled(first.read(scan), second.read(scan), second.characters)
            places += _places(line, read, words)
            hidden.update(_hidden(line, read, words))
            count += len(line)
    _report(count, places)
    click.echo(f"no word, but one with what was hardly seen: {dict(hidden)}")


def _read_at(line: str, reading: Reading) -> Iterator[tuple[str, Char, list[str], int]]:
    """What was printed and read wherever one Chinese character was, all texts, and its place."""
    chars = [c for c in reading.chars if not c.text.isspace()]
    texts, inked = [c.text for c in chars], Reading(tuple(chars))
    for i, printed in enumerate(line):
        near = chars_at(i, len(line), inked)
        if len(near) == 1 and near[0].is_chinese:
            at = next(k for k, c in enumerate(chars) if c is near[0])
            yield printed, near[0], texts, at


def _places(line: str, reading: Reading, words: Mapping[str, float]) -> Iterator[Place]:
    for printed, own, texts, at in _read_at(line, reading):
        others = [(t, p) for t, p in own.others if _is_hanzi(t)]
        if others and printed in {own.text, others[0][0]}:
            other, share = others[0]
            by_words = [commonest_word(t, texts, at, words) for t in (own.text, other)]
            yield Place(
                log(own.probability / share), (by_words[0], by_words[1]), printed == own.text
            )


def _hidden(line: str, reading: Reading, words: Mapping[str, float]) -> Iterator[str]:
    """For each place where a character that was hardly seen makes a word: what was printed."""
    for printed, own, texts, at in _read_at(line, reading):
        found = hardly_seen(own, texts, at, words) if _is_hanzi(printed) else None
        if found is not None:
            yield {found[0]: "that one", own.text: "as read"}.get(printed, "another")


def _is_hanzi(text: str) -> bool:
    return Char(text, 1.0, 0.0).is_chinese


def _report(count: int, places: Sequence[Place]) -> None:
    odds = np.array([p.log_odds for p in places])
    is_first = np.array([p.is_first for p in places], np.float64)
    by_words = np.array([p.words for p in places])
    click.echo(f"{count} printed, {len(places)} left open, {int((odds < 0).sum())} not put first")
    click.echo(f"as read: {_told(odds, is_first)}")
    for unlisted in UNLISTED:
        told = np.log((by_words[:, 0] + unlisted) / (by_words[:, 1] + unlisted))
        weight = 0.0
        for _ in range(ROUNDS):
            q = 1 / (1 + np.exp(-odds - weight * told))
            weight -= float((told * (q - is_first)).sum() / (told**2 * q * (1 - q)).sum())
        click.echo(
            f"unlisted {unlisted:.0e}: weight {weight:.2f}, {_told(odds + weight * told, is_first)}"
        )


def _told(log_odds: np.ndarray, is_first: np.ndarray) -> str:
    right = np.where(is_first > 0, log_odds, -log_odds)
    loss = np.logaddexp(0.0, -right).mean()
    return f"{int((right < 0).sum())} wrong, logarithmic loss {loss:.3f}"


if __name__ == "__main__":
    main()
