"""Labels that share a cell with a value or with each other: where in its text they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from extractors.forms.definition import FieldDefinition
from extractors.forms.labels import MIN_SIMILARITY, best_similarity, fold
from extractors.forms.places import Span

# What may stand behind a label and belongs to it: its unit in brackets, a colon.
_BEHIND = re.compile(r"\s*(?:[(（\[【〔]\s*(?:亿元|万元|元)\s*[)）\]】〕]?)?\s*[:：]?")
_BEHIND_AT_END = re.compile(_BEHIND.pattern + r"\s*$")
# A label is looked for inside a text only where it is long enough not to stand there by chance.
_MIN_INNER_CHARS = 4
# One character in six may be misread where a text begins or ends with a label.
_NEAR_EXACT = 0.83


@dataclass(frozen=True, slots=True)
class LabelPlace:
    """Stretch of a text that is a label.

    Attributes:
        field: Its field.
        start: First character.
        end: Character after the last, unit and colon included.
    """

    field: FieldDefinition
    start: int
    end: int


def find_label(text: str, fields: Iterable[FieldDefinition]) -> LabelPlace | None:
    """The likest and longest label at the start, at the end or within a text that has more.

    Args:
        text: One printed line.
        fields: Whose labels are looked for.
    """
    found = [
        (score, len(spelling), -place.start, place)
        for field in fields
        for spelling in field.labels
        for score, place in _places(text, fold(spelling), field)
        if text[: place.start].strip() or text[place.end :].strip()
    ]
    return max(found, key=lambda f: f[:3])[3] if found else None


def _places(text: str, wanted: str, field: FieldDefinition) -> Iterable[tuple[float, LabelPlace]]:
    ends = _BEHIND_AT_END.search(text)
    bare = text[: ends.start()] if ends else text
    head = next((n for n in range(len(text) + 1) if len(fold(text[:n])) >= len(wanted)), None)
    tail = next((n for n in range(len(bare), -1, -1) if len(fold(bare[n:])) >= len(wanted)), None)
    if head is not None:
        yield from _near(text[:head], wanted, LabelPlace(field, 0, end_of_label(text, head)))
    if tail is not None:
        yield from _near(bare[tail:], wanted, LabelPlace(field, tail, len(text)))
    if len(wanted) >= _MIN_INNER_CHARS:
        for start in range(len(text)):
            end = start + len(wanted)
            if fold(text[start:end]) == wanted:
                yield 1.0, LabelPlace(field, start, end_of_label(text, end))


def _near(piece: str, wanted: str, place: LabelPlace) -> Iterable[tuple[float, LabelPlace]]:
    score = Levenshtein.normalized_similarity(fold(piece), wanted)
    if score >= _NEAR_EXACT:
        yield score, place


def end_of_label(text: str, end: int) -> int:
    """Where a label ends whose last letter stands before ``end``: behind its unit and colon."""
    behind = _BEHIND.match(text, end)
    return behind.end() if behind else end


def stacked(texts: Sequence[str], spellings: Sequence[Sequence[str]]) -> list[tuple[int, Span]]:
    """Which of several known words lines consist of, where they are more than one.

    Args:
        texts: Lines of a cell.
        spellings: Of each word.

    Returns:
        Number of the word and its lines ``(first, end)``, top to bottom, each word once; empty
        where the lines are rather one word, or hold anything else.
    """
    best: list[tuple[float, list[tuple[int, Span]]] | None] = [(1.0, [])]
    for end in range(1, len(texts) + 1):
        options: list[tuple[float, list[tuple[int, Span]]]] = []
        for start, before in enumerate(best):
            if before is None:
                continue
            free = [n for n in range(len(spellings)) if all(n != word for word, _ in before[1])]
            score, word = _likest("".join(texts[start:end]), spellings, free)
            if score >= MIN_SIMILARITY:
                found = [*before[1], (word, (start, end))]
                options.append((min(before[0], score), found))
        best.append(max(options, key=lambda o: (o[0], -len(o[1])), default=None))
    last = best[-1]
    whole, _ = _likest("".join(texts), spellings, range(len(spellings)))
    return last[1] if last and len(last[1]) > 1 and last[0] > whole else []


def _likest(
    text: str, spellings: Sequence[Sequence[str]], numbers: Iterable[int]
) -> tuple[float, int]:
    scored = [(best_similarity(text, spellings[n]), n) for n in numbers]
    return max(scored, key=lambda s: s[0], default=(0.0, -1))
