"""Where in a running text the options of a choice stand, misread characters and all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extractors.forms.labels import fold

# Likeness, 0..100, from which a stretch of text is the option: one character in four misread.
_MIN_LIKENESS = 75.0


@dataclass(frozen=True, slots=True)
class OptionPlace:
    """Stretch of the text that is one option.

    Attributes:
        start: First character.
        end: Character after the last.
        text: The stretch as read.
    """

    start: int
    end: int
    text: str


def locate_options(
    text: str, options: Sequence[str], breaks: Sequence[int]
) -> dict[str, OptionPlace]:
    """Place of each option that is found, no two overlapping.

    Longer options are placed first, so that one that is part of another does not take its
    place; exact matches go before fuzzy ones.

    Args:
        text: All option texts in reading order.
        options: As the definition spells them.
        breaks: Places of tick boxes, which no option runs across.
    """
    letters, places = _letters(text)
    places_of_breaks = {sum(p < b for p in places) for b in breaks}
    free = [True] * len(letters)
    found: dict[str, OptionPlace] = {}
    for exact in (True, False):
        for option in sorted(options, key=len, reverse=True):
            if option in found:
                continue
            for first, last in _free_stretches(free, places_of_breaks):
                hit = _find(letters[first:last], fold(option), exact=exact)
                if hit is None:
                    continue
                start, end = first + hit[0], first + hit[1]
                free[start:end] = [False] * (end - start)
                stop = places[end - 1] + 1
                found[option] = OptionPlace(places[start], stop, text[places[start] : stop])
                break
    return found


def _letters(text: str) -> tuple[str, list[int]]:
    """Folded characters, and where each came from."""
    letters, places = "", []
    for place, char in enumerate(text):
        folded = fold(char)
        letters += folded
        places += [place] * len(folded)
    return letters, places


def _free_stretches(free: Sequence[bool], breaks: set[int]) -> list[tuple[int, int]]:
    stretches: list[tuple[int, int]] = []
    start: int | None = None
    for place, is_free in enumerate(free):
        if start is not None and (not is_free or place in breaks):
            stretches.append((start, place))
            start = None
        if is_free and start is None:
            start = place
    if start is not None:
        stretches.append((start, len(free)))
    return stretches


def _find(letters: str, option: str, *, exact: bool) -> tuple[int, int] | None:
    if exact:
        start = letters.find(option)
        return (start, start + len(option)) if start >= 0 else None
    if len(letters) < len(option):
        ratio = fuzz.ratio(letters, option)
        return (0, len(letters)) if ratio >= _MIN_LIKENESS else None
    hit = fuzz.partial_ratio_alignment(option, letters, score_cutoff=_MIN_LIKENESS)
    return (hit.dest_start, hit.dest_end) if hit and hit.dest_end > hit.dest_start else None
