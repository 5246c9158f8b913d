"""Tick boxes that are characters of a line in the truth, against marks that were read, by place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractors.evidence import MarkState
from extractors.geometry import BBox

CHECKED, EMPTY = "☑☒√✓✔■", "□☐"
LETTER_BOX = "口"
"""Stands for a tick box as often as for itself, so that a mark there is neither right nor wrong."""
QUOTED = re.compile(r"[“\"'「]\s*[√✓✔]\s*[”\"'」]|打\s*[√✓✔]")
"""An instruction (打“√”) names the tick, it is none."""
BOXES_FOR_DIGITS = 3
"""So many empty boxes without print between them are places for characters, not to be ticked."""
MAX_ADVANCES = 3.0
"""Distance in full-width characters up to which a mark answers to a character whose place is
reckoned from those before it in the line."""
MAX_LINE_SHARE = 0.05
"""The same as share of the line's width: the error of reckoning grows with the line."""
MARGIN = 0.4
"""Share of a line's height by which a mark may stand above or below it: truth boxes are tight."""


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A tick box that was read."""

    state: MarkState
    bbox: BBox


@dataclass(frozen=True, slots=True)
class TrueMark:
    """A tick box of the truth.

    Attributes:
        state: What its glyph says; ``None`` where it cannot be told whether it is a tick box.
        x: Middle of the glyph, reckoned from the characters before it.
        reach: Distance from there up to which a mark is this one, fraction of the page width.
        line: Box around its line.
        text: Of its line.
    """

    state: MarkState | None
    x: float
    reach: float
    line: BBox
    text: str


@dataclass(frozen=True, slots=True)
class MarksScore:
    """One page, or several added up.

    Attributes:
        right: True marks found in their state.
        wrong: True marks found in another state, or in none that is sure; with that state.
        missed: True marks where none was found.
        spurious: Marks where the truth has none.
    """

    right: tuple[TrueMark, ...] = ()
    wrong: tuple[tuple[TrueMark, MarkState], ...] = ()
    missed: tuple[TrueMark, ...] = ()
    spurious: tuple[PlacedMark, ...] = ()

    def __add__(self, other: MarksScore) -> MarksScore:
        """Both together."""
        return MarksScore(
            self.right + other.right,
            self.wrong + other.wrong,
            self.missed + other.missed,
            self.spurious + other.spurious,
        )

    @property
    def total(self) -> int:
        """True marks."""
        return len(self.right) + len(self.wrong) + len(self.missed)

    @property
    def accuracy(self) -> float | None:
        """Share of the true marks that were found in their state, 0..1."""
        return len(self.right) / self.total if self.total else None


def true_marks(text: str, line: BBox) -> Iterator[TrueMark]:
    """The tick boxes of a line, left to right.

    Args:
        text: The line.
        line: Box around it.
    """
    advances = [_advance(char) for char in text]
    em = line.width / sum(advances) if text.strip() else 0.0
    quoted = {i for match in QUOTED.finditer(text) for i in range(*match.span())}
    digits = _boxes_for_digits(text)
    for i, char in enumerate(text):
        if i in quoted or char not in CHECKED + EMPTY + LETTER_BOX:
            continue
        state = MarkState.CHECKED if char in CHECKED else MarkState.EMPTY
        unclear = char == LETTER_BOX or i in digits
        x = line.x0 + em * (sum(advances[:i]) + advances[i] / 2)
        reach = max(MAX_ADVANCES * em, MAX_LINE_SHARE * line.width)
        yield TrueMark(None if unclear else state, x, reach, line, text)


def score_marks(found: Sequence[PlacedMark], true: Sequence[TrueMark]) -> MarksScore:
    """Gives each true mark the nearest mark on its line that no nearer one has.

    Where lines stand close, a mark that lies in the line itself goes before one of the next line.

    Args:
        found: Of one page.
        true: Of the same page.
    """
    near = sorted(
        (not _lies_in(mark, want.line), abs(mark.bbox.center[0] - want.x), i, j)
        for i, mark in enumerate(found)
        for j, want in enumerate(true)
        if _may_be(mark, want)
    )
    partner: dict[int, int] = {}
    for *_, i, j in near:
        if j not in partner and i not in partner.values():
            partner[j] = i
    score = MarksScore(spurious=tuple(m for i, m in enumerate(found) if i not in partner.values()))
    for j, want in enumerate(true):
        if want.state is not None:
            score += _judged(want, found[partner[j]].state if j in partner else None)
    return score


def _judged(want: TrueMark, got: MarkState | None) -> MarksScore:
    if got is None:
        return MarksScore(missed=(want,))
    return MarksScore(right=(want,)) if got is want.state else MarksScore(wrong=((want, got),))


def _may_be(mark: PlacedMark, want: TrueMark) -> bool:
    x, y = mark.bbox.center
    margin = MARGIN * want.line.height
    return want.line.y0 - margin <= y <= want.line.y1 + margin and abs(x - want.x) <= want.reach


def _lies_in(mark: PlacedMark, line: BBox) -> bool:
    return line.y0 <= mark.bbox.center[1] <= line.y1


def _advance(char: str) -> float:
    """Width of a character in full-width ones; ambiguous ones are full-width in Chinese print."""
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" or char in CHECKED + EMPTY else 0.5


def _boxes_for_digits(text: str) -> set[int]:
    found: set[int] = set()
    for boxes, run in groupby(range(len(text)), key=lambda i: text[i] in EMPTY):
        places = list(run)
        if boxes and len(places) >= BOXES_FOR_DIGITS:
            found.update(places)
    return found
