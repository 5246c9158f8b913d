"""Pages without a table: a form of mere lines, a cover, a table of contents, prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from extractors.evidence import Mark, PageEvidence
from extractors.forms.colon import colon_pairs, merge_baselines
from extractors.forms.table import PlacedLine
from extractors.forms.titles import looks_like_title


class SkipReason(StrEnum):
    """Why a page holds no form."""

    BLANK = "空白页 / blank page"
    COVER = "封面 / cover"
    CONTENTS = "目录 / contents"
    TEXT = "正文，没有表格 / text without a form"


_CONTENTS_HEAD = re.compile(r"^\s*目\s*[录次]\s*$")
_DOTTED_LINE = re.compile(r"(?:[.．·…‥]\s*){4,}")
_SENTENCE = re.compile(r"[。；！？]")
# Dotted lines that make a table of contents without a heading.
_MIN_CONTENTS_LINES = 3
# A line of a form is short; longer ones, and those with sentences, are prose.
_MAX_FORM_LINE_CHARS = 36
# Labels with a colon, boxes or short lines that make a form of lines.
_MIN_FORM_SIGNS = 3
# Covers carry a handful of short lines: title, office, date.
_MAX_COVER_LINES = 9
_MAX_COVER_LINE_CHARS = 30
# Short lines in such a number are the cells of a table whose rulings were not seen.
_MIN_LOOSE_CELLS = 14
_PROSE_SHARE = 0.5


def classify_lines(page: PageEvidence, lines: Sequence[PlacedLine]) -> SkipReason | None:
    """Why a page of lines holds no form; ``None`` where it is a form without rulings.

    Args:
        page: The page.
        lines: Its lines in reading order, a single frame's included.
    """
    rows = [p for p in merge_baselines(lines) if p.line.text.strip() or _has_mark(p)]
    texts = [p.line.text.strip() for p in rows]
    if not texts:
        return SkipReason.BLANK if not page.grids else SkipReason.TEXT
    if is_contents(texts):
        return SkipReason.CONTENTS
    prose = [t for t in texts if len(t) > _MAX_FORM_LINE_CHARS or _SENTENCE.search(t)]
    signs = sum(len(colon_pairs(p)) for p in rows) + sum(_has_mark(p) for p in rows)
    is_short = len(texts) <= _MAX_COVER_LINES and max(map(len, texts)) <= _MAX_COVER_LINE_CHARS
    mostly_prose = sum(map(len, prose)) > _PROSE_SHARE * sum(map(len, texts))
    if is_short and signs <= _MAX_COVER_LINES:
        return SkipReason.COVER
    if signs >= _MIN_FORM_SIGNS and not mostly_prose:
        return None
    titled = any(looks_like_title(t) for t in texts)
    if titled and len(texts) >= _MIN_LOOSE_CELLS and not mostly_prose:
        return None
    return SkipReason.TEXT


def is_contents(texts: Sequence[str]) -> bool:
    """Whether lines are a table of contents: its heading, or leaders with page numbers."""
    if any(_CONTENTS_HEAD.match(t) for t in texts[:3]):
        return True
    dotted = sum(bool(_DOTTED_LINE.search(t)) for t in texts)
    return dotted >= _MIN_CONTENTS_LINES and dotted * 2 >= len(texts)


def _has_mark(placed: PlacedLine) -> bool:
    return any(isinstance(t, Mark) for t in placed.line.tokens)
