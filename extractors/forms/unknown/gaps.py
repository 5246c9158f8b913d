"""Printed lines cut at wide gaps: what stands apart is told apart without a ruling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors.evidence import TextRun
from extractors.forms.colon import cut_line
from extractors.forms.table import PlacedLine

# Room between two texts that no space between words takes, in heights of the line.
_WIDE_GAP_EM = 1.5
_SPACES = re.compile(r"[ \t\xa0]{2,}|[\u3000\t]+")


def gaps_of(placed: PlacedLine) -> list[int]:
    """Places in a line's text at which a wide gap ends: runs of spaces, room between its runs.

    Args:
        placed: A line; its boxes are not counted as text.
    """
    text = placed.line.text
    places = {m.end() for m in _SPACES.finditer(text)}
    places |= set(_room(placed))
    return sorted(p for p in places if text[:p].strip() and text[p:].strip())


def blanks_of(placed: PlacedLine) -> list[int]:
    """As `gaps_of`, and where the picture shows room that the text does not tell of.

    The letters of one word may be set as far apart: where most pieces are single letters, only
    the text counts.
    """
    text, at = placed.line.text, 0
    in_text = gaps_of(placed)
    places = set(in_text)
    for token in placed.line.tokens:
        if isinstance(token, TextRun):
            places |= {at + gap for gap in token.gaps}
            at += len(token.text)
    found = sorted(p for p in places if text[:p].strip() and text[p:].strip())
    pieces = [text[first:last].strip() for first, last in pairwise([0, *found, len(text)])]
    lone = sum(len(piece) == 1 for piece in pieces)
    return in_text if 2 * lone > len(pieces) else found


def pieces_at_gaps(placed: PlacedLine) -> tuple[PlacedLine, ...]:
    """The texts of a line that wide gaps divide, left to right; boxes are left out."""
    text = placed.line.text
    found = []
    for first, last in pairwise([0, *blanks_of(placed), len(text)]):
        piece = text[first:last]
        if piece.strip():
            start = first + len(piece) - len(piece.lstrip())
            found.append(cut_line(placed, start, start + len(piece.strip())))
    return tuple(found)


def _room(placed: PlacedLine) -> Iterator[int]:
    """Where the distance to the run before is wider than a space."""
    at = 0
    last: TextRun | None = None
    for token in placed.line.tokens:
        if not isinstance(token, TextRun) or not token.text.strip():
            at += len(token.text) if isinstance(token, TextRun) else 0
            continue
        if last is not None and last.bbox is not None and token.bbox is not None:
            height = min(last.bbox.height, token.bbox.height)
            # Boxes are fractions of both sides of a page, which is about as wide as 1 / sqrt(2).
            if token.bbox.x0 - last.bbox.x1 > _WIDE_GAP_EM * height:
                yield at
        at += len(token.text)
        last = token
