"""A reading cut at the tick boxes that were read as characters, each piece with its place."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.glyphs import MarkGlyph, split_marks
from extractors.picture.placed import PlacedReading

HALF_CHARACTER = 0.46
"""Half the width of a Chinese character's ink, in em; boxes are drawn about as wide."""


def placed_pieces(placed: PlacedReading) -> Iterator[tuple[str | MarkGlyph, float, float]]:
    """Stretches of text and box glyphs with their left and right ends.

    Characters have centres only: a piece ends half a character beyond its own, or half way to
    its neighbour's where that is nearer. On which side of a box its label stands is told by the
    room between such ends.

    Args:
        placed: Reading of a line, with the place of its crop.

    Yields:
        The piece and its ends, in the pixels of the crop's place.
    """
    text = placed.reading.text
    pieces = split_marks(text)
    centres = [placed.x(c) for c in placed.reading.chars]
    at = 0
    for number, piece in enumerate(pieces):
        after = pieces[number + 1] if number + 1 < len(pieces) else None
        start = text.find(piece, at) if isinstance(piece, str) else at
        if isinstance(piece, str):
            end = start + len(piece)
        elif isinstance(after, str):
            end = text.find(after, at + 1)
        else:
            end = at + 1 if after is not None else len(text)
        left = placed.x0 if start == 0 else (centres[start - 1] + centres[start]) / 2
        right = placed.x1 if end == len(text) else (centres[end - 1] + centres[end]) / 2
        half = HALF_CHARACTER * placed.em
        yield piece, max(left, centres[start] - half), min(right, centres[end - 1] + half)
        at = end
