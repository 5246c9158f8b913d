"""Pages without a table: a form of mere lines, a cover, a table of contents, prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from statistics import median

from extractors.evidence import Mark
from extractors.forms.colon import colon_pairs, merge_baselines
from extractors.forms.table import PlacedLine
from extractors.forms.titles import looks_like_title
from extractors.forms.unknown.aligned import aligned_pairs


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
_MAX_FORM_LINE_EMS = 32
# Prose set in large type has shorter lines, but most of them reach the right margin.
_MIN_PROSE_LINE_EMS = 20
_FULL_LINE = 0.85
# Labels with a colon or a value in line with others, and boxes, that make a form of lines.
_MIN_FORM_SIGNS = 3
# Covers carry a handful of short lines: title, office, date.
_MAX_COVER_LINES = 9
_MAX_COVER_LINE_EMS = 30
# Short lines in such a number are the cells of a table whose rulings were not seen.
_MIN_LOOSE_CELLS = 14
_MAX_CELL_EMS = 10
_PROSE_SHARE = 0.5


def classify_lines(lines: Sequence[PlacedLine]) -> SkipReason | None:
    """Why a page of lines holds no form; ``None`` where it is a form without rulings.

    Args:
        lines: All lines of the page in reading order, a single frame's included.
    """
    pieces = [p for p in lines if p.line.text.strip() or _has_mark(p)]
    texts = [p.line.text.strip() for p in pieces]
    rows = [p.line.text.strip() for p in merge_baselines(pieces)]
    if not pieces:
        return SkipReason.BLANK
    if is_contents(rows):
        return SkipReason.CONTENTS
    signs = sum(len(colon_pairs(p)) for p in merge_baselines(pieces))
    signs += len(aligned_pairs(pieces)) + sum(_has_mark(p) for p in pieces)
    widths = [_width(t) for t in texts]
    if len(rows) <= _MAX_COVER_LINES and max(widths) <= _MAX_COVER_LINE_EMS:
        return SkipReason.COVER
    full = max(_MIN_PROSE_LINE_EMS, _FULL_LINE * max(widths))
    prose = sum(w for w, t in zip(widths, texts, strict=True) if _is_prose(t, w, full=full))
    if prose > _PROSE_SHARE * sum(widths):
        return SkipReason.TEXT
    titled = any(looks_like_title(t) for t in texts)
    loose_cells = len(pieces) >= (_MIN_LOOSE_CELLS if titled else 2 * _MIN_LOOSE_CELLS)
    if signs >= _MIN_FORM_SIGNS or (loose_cells and median(widths) <= _MAX_CELL_EMS):
        return None
    return SkipReason.TEXT


def _width(text: str) -> float:
    """Printed length in full-width characters; Latin ones count half."""
    return sum(1.0 if ord(c) > 0x2000 else 0.5 for c in text)


def _is_prose(text: str, width: float, *, full: float) -> bool:
    return width >= min(full, _MAX_FORM_LINE_EMS) or bool(_SENTENCE.search(text))


def is_contents(texts: Sequence[str]) -> bool:
    """Whether lines are a table of contents: its heading, or leaders with page numbers."""
    if any(_CONTENTS_HEAD.match(t) for t in texts[:3]):
        return True
    dotted = sum(bool(_DOTTED_LINE.search(t)) for t in texts)
    return dotted >= _MIN_CONTENTS_LINES and dotted * 2 >= len(texts)


def _has_mark(placed: PlacedLine) -> bool:
    return any(isinstance(t, Mark) for t in placed.line.tokens)
