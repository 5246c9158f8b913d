"""How many label-value pairs of a page were found, each true pair counted once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from extractors.geometry import BBox

MAX_DISTANCE = 0.1
"""Edits per character of the longer text up to which two texts count as the same: the truth was
made with the help of a recognizer and has wrong characters of its own."""


_BOXES = str.maketrans("☒√✓✔■" + "☐口", "☑" * 5 + "□" * 2)
"""The truth has several glyphs for one state; 口 is a box as often as a letter (`marks_score`)."""


@dataclass(frozen=True, slots=True)
class FoundPair:
    """A label and its value, as read.

    Attributes:
        label: The label.
        value: The value.
        label_bbox: Place of the label, where it is known.
    """

    label: str
    value: str
    label_bbox: BBox | None = None


@dataclass(frozen=True, slots=True)
class TruePair:
    """A label and the spellings of its value, any of which is right."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairsScore:
    """One page, or several added up.

    Attributes:
        right: True pairs found.
        missed: True pairs not found.
        spurious: Found pairs that are none.
    """

    right: tuple[TruePair, ...] = ()
    missed: tuple[TruePair, ...] = ()
    spurious: tuple[FoundPair, ...] = ()

    def __add__(self, other: PairsScore) -> PairsScore:
        """Both together."""
        return PairsScore(
            self.right + other.right, self.missed + other.missed, self.spurious + other.spurious
        )

    @property
    def precision(self) -> float | None:
        """Share of the found pairs that are right, 0..1."""
        return _share(len(self.right), len(self.right) + len(self.spurious))

    @property
    def recall(self) -> float | None:
        """Share of the true pairs that were found, 0..1."""
        return _share(len(self.right), len(self.right) + len(self.missed))

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both, 0..1."""
        return _share(
            2 * len(self.right), 2 * len(self.right) + len(self.missed) + len(self.spurious)
        )


def score_pairs(found: Sequence[FoundPair], true: Sequence[TruePair]) -> PairsScore:
    """Gives each found pair at most one true pair, nearest first, and each true pair only once.

    Args:
        found: Of one page.
        true: Of the same page.
    """
    near = sorted(
        (edits, i, j)
        for i, pair in enumerate(found)
        for j, want in enumerate(true)
        if (edits := _pair_distance(pair, want)) is not None
    )
    partner: dict[int, int] = {}
    for _, i, j in near:
        if i not in partner and j not in partner.values():
            partner[i] = j
    taken = set(partner.values())
    return PairsScore(
        right=tuple(true[j] for j in sorted(taken)),
        missed=tuple(want for j, want in enumerate(true) if j not in taken),
        spurious=tuple(pair for i, pair in enumerate(found) if i not in partner),
    )


def normalized(text: str) -> str:
    """NFKC, without white space and trailing colons; one glyph for each state of a tick box."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).rstrip(":")
    return plain.translate(_BOXES)


def distance(one: str, other: str) -> float:
    """Edits per character of the longer text, 0..1, both normalized before."""
    return Levenshtein.normalized_distance(normalized(one), normalized(other))


def is_near(one: str, other: str) -> bool:
    """Whether two texts count as the same."""
    return distance(one, other) <= MAX_DISTANCE


def any_near(text: str, others: Iterable[str]) -> bool:
    """Whether a text counts as the same as any of the others."""
    return any(is_near(text, other) for other in others)


def _pair_distance(found: FoundPair, true: TruePair) -> float | None:
    label = distance(found.label, true.label)
    if label > MAX_DISTANCE:
        return None
    value = min(distance(found.value, value) for value in true.values)
    return label + value if value <= MAX_DISTANCE else None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
