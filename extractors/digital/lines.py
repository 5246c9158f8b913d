"""Glyphs and tick boxes into printed lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.digital.content import Box, Glyph, union_box
from extractors.digital.marks import DRAWN_CONFIDENCE, PlacedMark
from extractors.evidence import Mark, MarkState, TextLine, TextRun, Token
from extractors.geometry import BBox
from extractors.glyphs import MarkGlyph, split_marks

ENGINE = "pdf"
TEXT_CONFIDENCE = 0.999
"""The characters are the file's own; what is left is a font with a wrong map."""
LINE_OVERLAP = 0.5
"""Share of the lower of two heights that must overlap for both to stand on one line."""
WORD_GAP_EM = 0.25
"""Narrowest space that a font sets between Latin words; kerning stays well below."""
DUPLICATE_EM = 0.25
"""The same character twice within this distance is one, printed twice to look bold."""
_SPACES = frozenset(" \u3000\xa0\t")
_DROPPED = frozenset("\ufe0e\ufe0f\u200b\ufeff\x00\n\r")


@dataclass(frozen=True, slots=True)
class PageScale:
    """Size of the upright page in points, to turn boxes into fractions."""

    width: float
    height: float

    def fraction(self, box: Box) -> BBox:
        """The box as records carry it."""
        return BBox.from_pixels(
            box.x0, box.y0, box.x1, box.y1, width=self.width, height=self.height
        )


Item = Glyph | PlacedMark


def distinct(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Glyphs without those that repeat the same character at the same place."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    out = []
    for glyph in glyphs:
        reach = max(DUPLICATE_EM * glyph.em, 0.1)
        column, row = int(glyph.box.cx // reach), int(glyph.box.cy // reach)
        near = (
            other
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            for other in seen.get((glyph.text, column + i, row + j), ())
        )
        if any(
            abs(o.box.cx - glyph.box.cx) < reach and abs(o.box.cy - glyph.box.cy) < reach
            for o in near
        ):
            continue
        seen.setdefault((glyph.text, column, row), []).append(glyph)
        out.append(glyph)
    return out


def rows_of(items: Sequence[Item]) -> list[list[Item]]:
    """Items on the same printed line together, top to bottom, each line left to right."""
    rows: list[tuple[Box, list[Item]]] = []
    for item in sorted(items, key=lambda i: (i.box.cy, i.box.x0)):
        home = next(
            (k for k in range(len(rows) - 1, -1, -1) if _same_line(rows[k][0], item.box)), None
        )
        if home is None:
            rows.append((item.box, [item]))
        else:
            rows[home][1].append(item)
            rows[home] = (_band(rows[home][1]), rows[home][1])
    rows.sort(key=lambda r: r[0].cy)
    return [sorted(members, key=lambda i: i.box.x0) for _, members in rows]


def text_line(
    row: Sequence[Item], page: PageScale, *, column_gap_em: float = math.inf
) -> TextLine | None:
    """One printed line; ``None`` where it holds nothing but spaces.

    Args:
        row: Its glyphs and marks, left to right.
        page: Size of the page.
        column_gap_em: A gap this wide becomes a space between two runs, whatever stands beside
            it. Never in cells, where a label may be spread over the width.
    """
    tokens: list[Token] = []
    letters: list[tuple[str, Glyph]] = []
    for item in row:
        if isinstance(item, PlacedMark):
            tokens += _runs(letters, page)
            letters = []
            tokens.append(
                Mark(item.state, page.fraction(item.box), item.confidence, ENGINE, item.boxed)
            )
        else:
            if letters and _gap_em(letters[-1], item) > column_gap_em:
                tokens += [*_runs(letters, page), TextRun(" ", None, 1.0, ENGINE)]
                letters = []
            letters += _with_gap(letters, item)
    tokens += _runs(letters, page)
    if not tokens:
        return None
    return TextLine(tuple(tokens), page.fraction(union_box([i.box for i in _inked(row)])))


def without_edge_spaces(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """Spaces at the ends of lines dropped, but for those where the print wrapped at a space.

    Args:
        lines: Of one cell, with their paragraphs marked.
    """
    out = []
    for i, line in enumerate(lines):
        before = None if line.new_paragraph or i == 0 else lines[i - 1]
        after = lines[i + 1] if i + 1 < len(lines) and not lines[i + 1].new_paragraph else None
        start = before is not None and _wraps_words(before, line)
        end = after is not None and _wraps_words(line, after)
        last = len(line.tokens) - 1
        tokens = tuple(
            _stripped(t, left=not (i == 0 and start), right=not (i == last and end))
            for i, t in enumerate(line.tokens)
        )
        out.append(replace(line, tokens=tokens))
    return tuple(out)


def _stripped(token: Token, *, left: bool, right: bool) -> Token:
    # What has no place is the gap between two runs.
    if isinstance(token, Mark) or token.bbox is None:
        return token
    text = token.text.lstrip() if left else token.text
    return replace(token, text=text.rstrip() if right else text)


def _wraps_words(before: TextLine, after: TextLine) -> bool:
    """Whether a space at this wrap separates words; between Chinese characters it does not."""
    left, right = before.text.rstrip()[-1:], after.text.lstrip()[:1]
    return _is_latin(left or "一") or _is_latin(right or "一")


def _inked(row: Sequence[Item]) -> list[Item]:
    return [i for i in row if isinstance(i, PlacedMark) or i.text.strip()]


def _same_line(a: Box, b: Box) -> bool:
    common = min(a.y1, b.y1) - max(a.y0, b.y0)
    return common > LINE_OVERLAP * min(a.height, b.height)


def _band(members: Sequence[Item]) -> Box:
    """Height of a line: that of its tallest member, so that small print does not narrow it."""
    return max((m.box for m in members), key=lambda b: b.height)


def _with_gap(before: Sequence[tuple[str, Glyph]], glyph: Glyph) -> list[tuple[str, Glyph]]:
    """The glyph's characters, after a space where a gap shows one between Latin words."""
    text = _kept(glyph)
    added = [(c, glyph) for c in text]
    if not before or not text:
        return added
    words = _is_latin(before[-1][0]) and _is_latin(text[0])
    if words and _gap_em(before[-1], glyph) > WORD_GAP_EM:
        return [(" ", glyph), *added]
    return added


def _gap_em(before: tuple[str, Glyph], glyph: Glyph) -> float:
    """Room before a glyph in ems; none where a space is printed there."""
    last, left = before
    text = _kept(glyph)
    if not text or last in _SPACES or text[0] in _SPACES:
        return 0.0
    return (glyph.box.x0 - left.box.x1) / max(left.em, glyph.em, 1e-6)


def _kept(glyph: Glyph) -> str:
    return "".join(c for c in glyph.text if c not in _DROPPED)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _runs(letters: Sequence[tuple[str, Glyph]], page: PageScale) -> list[Token]:
    """Text runs of a stretch of characters, cut at the tick boxes that are characters."""
    text = "".join(c for c, _ in letters)
    tokens: list[Token] = []
    at = 0
    pieces = split_marks(text)
    for i, piece in enumerate(pieces):
        end = at + len(piece) if isinstance(piece, str) else _mark_end(text, at, pieces[i + 1 :])
        stretch = letters[at:end]
        at = end
        if isinstance(piece, MarkGlyph):
            box = page.fraction(union_box([g.box for _, g in stretch]))
            sure = DRAWN_CONFIDENCE if piece.state is not MarkState.UNKNOWN else 0.5
            tokens.append(Mark(piece.state, box, sure, ENGINE, piece.boxed))
        else:
            tokens += _run(stretch, page)
    return tokens


def _mark_end(text: str, at: int, rest: Sequence[str | MarkGlyph]) -> int:
    """Where the tick box that starts at ``at`` ends: brackets take several characters."""
    marks = 0
    for piece in rest:
        if isinstance(piece, str):
            return text.index(piece, at + 1 + marks) - marks
        marks += 1
    return len(text) - marks


def _run(stretch: Sequence[tuple[str, Glyph]], page: PageScale) -> list[Token]:
    inked = [i for i, (c, _) in enumerate(stretch) if c not in _SPACES]
    if not inked:
        return []
    kept = stretch[inked[0] : inked[-1] + 1]
    box = page.fraction(union_box([g.box for _, g in kept]))
    before = " " if inked[0] > 0 else ""
    after = " " if inked[-1] + 1 < len(stretch) else ""
    text = before + "".join(c for c, _ in kept) + after
    return [TextRun(text, box, TEXT_CONFIDENCE, ENGINE)]
