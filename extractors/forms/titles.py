"""Titles: of a known form, or of a form at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from extractors.forms.definition import FormDefinition
from extractors.forms.labels import bare, fold

# 15 in 100 characters may be misread in a title that is taken for certain.
CLEAR_TITLE = 0.85
# From here a title may be a garbled one, if the labels speak for the form.
GARBLED_TITLE = 0.6

_YEAR = re.compile(r"[(（\[〔]?\s*(?:\d\s*){4}\s*年\s*度?\s*[)）\]〕]?|[(（]\s*年\s*度?\s*[)）]")
_REMARK = re.compile(r"[(（\[【〔][^)）\]】〕]*[)）\]】〕]\s*$")
_LEADERS = re.compile(r"[.．·…‥\s]{4,}\d*\s*$|\s\d{1,3}\s*$")
# An office or an annex number may stand before the title proper.
_MAX_PREFIX_CHARS = 14
# The last characters name the kind of form (申报表, 自评表, 评审表): one may be misread, not two.
_KIND_CHARS = 3
_KIND_ERRORS = 1
_OTHER_KIND_CAP = 0.5
_TITLE_CHARS = (4, 45)
_TITLE_END = re.compile(r"(?:(?<!代)表|[书单卡证函册])$")
_NOT_IN_TITLE = re.compile(r"[:：，。；;！？?]|\d{5}")


def title_similarity(text: str, definition: FormDefinition) -> float:
    """Likeness of a line to a definition's title, 0..1.

    Year and bracketed remarks are left out on both sides; an office before the title is allowed;
    a title that ends in another kind of form counts as another title, and a line of a table of
    contents as none.
    """
    if _LEADERS.search(text.strip()):
        return 0.0
    printed = without_remark(text)
    return max(_similarity(printed, without_remark(title)) for title in definition.titles)


def without_remark(text: str) -> str:
    """A title without its year and without what stands in brackets behind it."""
    return _REMARK.sub("", _YEAR.sub("", text))


def best_title(text: str, definitions: Sequence[FormDefinition]) -> float:
    """Likeness to the nearest title of several definitions; 0 where there are none."""
    return max((title_similarity(text, d) for d in definitions), default=0.0)


def known_length(text: str, definition: FormDefinition) -> int:
    """Characters of the definition's title that a clear title is most like."""
    printed = without_remark(text)
    return len(max(definition.titles, key=lambda t: (_similarity(printed, t), len(t))))


def looks_like_title(text: str) -> bool:
    """Whether a line could be the title of some form."""
    line = _REMARK.sub("", re.sub(r"\s+", "", text))
    low, high = _TITLE_CHARS
    return (
        low <= len(line) <= high
        and bool(_TITLE_END.search(line))
        and not _NOT_IN_TITLE.search(line)
        and not _LEADERS.search(text.strip())
        and len(re.findall(r"[(（]", line)) == len(re.findall(r"[)）]", line))
    )


def without_year(text: str) -> tuple[str, str | None]:
    """A title and the year printed in it, ``（2019年度）``, both as read."""
    match = _YEAR.search(text)
    if match is None:
        return text, None
    return (text[: match.start()] + text[match.end() :]).strip(), match[0].strip()


def _similarity(text: str, spelling: str) -> float:
    printed, title = fold(text), fold(spelling)
    if not printed:
        return 0.0
    score = Levenshtein.normalized_similarity(printed, title)
    prefix = len(printed) - len(title)
    if 0 < prefix <= _MAX_PREFIX_CHARS:
        score = max(score, Levenshtein.normalized_similarity(printed[prefix:], title))
    # Look-alikes stay apart here: 自评表 and 目标表 are two kinds of form.
    kind = Levenshtein.distance(bare(text)[-_KIND_CHARS:], bare(spelling)[-_KIND_CHARS:])
    return score if kind <= _KIND_ERRORS else min(score, _OTHER_KIND_CAP)
