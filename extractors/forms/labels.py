"""Printed labels against the spellings of a definition.

A label in print carries a unit, brackets, spaces between its characters, a misread stroke. What
is compared is its bare characters with look-alikes folded, by edit distance.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from extractors.forms.definition import ColumnDefinition, FieldDefinition, FormDefinition

# Each group is read for one another by recognizers or stands for one another in the text layer
# of PDFs (CJK Radicals Supplement); all become the first. Measured misreadings of 率 and 目 are
# the commonest.
_LOOK_ALIKES = (
    "率室宰卒 目日月曰自且 末未 己已巳 人入八 千干于 土士 申甲由中 大太犬 员贝见 "
    "长⻓ 门⻔ 页⻚ 见⻅ 贝⻉ 车⻋ 风⻛ 民⺠ 青⻘ 西⻄"
)
_FOLD = str.maketrans({char: group[0] for group in _LOOK_ALIKES.split() for char in group[1:]})
_UNIT = re.compile(
    r"[(（\[【〔]\s*(?:金额)?\s*(?:单位)?\s*[:：]?\s*(?:人民币)?\s*(?P<unit>亿元|万元|元)\s*[)）\]】〕]?"
)
_REMARK = re.compile(r"[(（\[【〔][^)）\]】〕]*[)）\]】〕]")
_ENUMERATOR = re.compile(
    r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）]|[\d一二三四五六七八九十]{1,3}[、.．]|[①-⑳])\s*"
)
_NOT_LETTER = re.compile(r"[\W_]+")

# One wrong character in four is tolerated: a label of four may have one, of eight two.
MIN_SIMILARITY = 0.75
# Labels are short; a longer text is a value, and is not compared.
MAX_LABEL_CHARS = 30


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A printed text that reads like a label of a definition.

    Attributes:
        field: The field.
        column: The column for a header of repeated rows, else ``None``.
        similarity: 1 for the same characters, down to `MIN_SIMILARITY`.
        unit: Unit printed with it (元, 万元, 亿元), else ``None``.
    """

    field: FieldDefinition
    column: ColumnDefinition | None
    similarity: float
    unit: str | None


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Bare characters of a text for comparison: NFKC, no spaces, no punctuation, folded."""
    return bare(text).translate(_FOLD)


def bare(text: str) -> str:
    """A text without spaces and punctuation, NFKC; look-alikes stay apart."""
    return _NOT_LETTER.sub("", unicodedata.normalize("NFKC", text))


def printed_unit(text: str) -> str | None:
    """Unit in brackets within a label (元, 万元, 亿元), or ``None``."""
    match = _UNIT.search("".join(text.split()))
    return match["unit"] if match else None


def without_remarks(text: str) -> str:
    """A label without what stands in brackets behind or within it."""
    return _REMARK.sub("", text)


def without_unit(text: str) -> str:
    """A label in one line, without the unit in brackets behind it and without a colon."""
    return _UNIT.sub("", "".join(text.split())).rstrip(":：")


def bare_label(text: str) -> str:
    """What of a label is compared: its folded characters without its unit."""
    return fold(_UNIT.sub("", "".join(text.split())))


@lru_cache(maxsize=16384)
def similarity(printed: str, spelling: str) -> float:
    """Likeness of a printed label to a spelling, 0..1.

    Tried with and without enumerator and bracketed remarks; the best counts.
    """
    bare = _UNIT.sub("", "".join(printed.split()))
    wanted = bare_label(spelling)
    forms = {fold(bare), fold(_ENUMERATOR.sub("", bare)), fold(without_remarks(bare))}
    forms.add(fold(without_remarks(_ENUMERATOR.sub("", bare))))
    return max(Levenshtein.normalized_similarity(f, wanted) for f in forms)


def is_left_of(text: str, label: str) -> bool:
    """Whether a text is a label that lost characters, all of them even."""
    rest = iter(fold(label))
    return all(character in rest for character in fold(text))


def best_similarity(printed: str, spellings: Iterable[str]) -> float:
    """Likeness to the nearest of several spellings, 0..1; 0 where there are none."""
    return max((similarity(printed, s) for s in spellings), default=0.0)


def is_heading(text: str, definition: FormDefinition, as_label: float = 0.0) -> bool:
    """Whether a printed text is rather the heading of a block than a label.

    Args:
        text: A whole cell.
        definition: Layout whose headings are compared.
        as_label: Its likeness to a label, 0..1.
    """
    if not definition.headings or len(text) > MAX_LABEL_CHARS:
        return False
    likeness = best_similarity(text, definition.headings)
    return likeness >= MIN_SIMILARITY and likeness > as_label


def label_matches(text: str, definition: FormDefinition) -> tuple[LabelMatch, ...]:
    """Labels of a definition that a printed text may be, best first.

    Args:
        text: A whole cell or the part of it before a colon.
        definition: Layout whose field labels and column headers are compared.
    """
    text = text.strip().rstrip(":：")
    if not text or len(text) > MAX_LABEL_CHARS:
        return ()
    unit = printed_unit(text)
    found: list[LabelMatch] = []
    for field in definition.fields:
        targets: list[tuple[ColumnDefinition | None, tuple[str, ...]]] = [(None, field.labels)]
        targets += [(c, c.labels) for c in field.columns]
        for column, spellings in targets:
            score = best_similarity(text, spellings)
            if score >= MIN_SIMILARITY:
                found.append(LabelMatch(field, column, score, unit))
    return tuple(sorted(found, key=lambda m: -m.similarity))
