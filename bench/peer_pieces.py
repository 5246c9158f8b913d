"""What a peer gives of a page: texts with their places, cells of tables or lines of print.

Peers run in an environment of their own, so pieces travel as JSON lines, one line a file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.geometry import BBox


@dataclass(frozen=True, slots=True)
class Piece:
    """A text and where it stands.

    Attributes:
        text: As the peer gives it.
        page: From 1.
        bbox: Place on the page.
        is_cell: Whether the place is that of a table cell, and not just of print.
    """

    text: str
    page: int
    bbox: BBox
    is_cell: bool = False

    @property
    def top(self) -> float:
        """Upper edge in page heights from the top of the first page."""
        return self.page - 1 + self.bbox.y0

    @property
    def bottom(self) -> float:
        """Lower edge, in the same measure."""
        return self.page - 1 + self.bbox.y1

    @property
    def middle(self) -> float:
        """Middle of both."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class PeerFile:
    """One file as a peer read it.

    Attributes:
        name: File.
        pages: Pages in it.
        seconds: Processor time it took, without loading the peer.
        pieces: All texts.
    """

    name: str
    pages: int
    seconds: float
    pieces: tuple[Piece, ...]


def as_line(file: PeerFile) -> str:
    """The file as one line of JSON."""
    pieces = [[p.text, p.page, list(_edges(p.bbox)), p.is_cell] for p in file.pieces]
    return json.dumps([file.name, file.pages, file.seconds, pieces], ensure_ascii=False)


def from_line(line: str) -> PeerFile:
    """The file that `as_line` wrote."""
    name, pages, seconds, pieces = json.loads(line)
    read = (Piece(text, page, BBox(*edges), is_cell) for text, page, edges, is_cell in pieces)
    return PeerFile(name, pages, seconds, tuple(read))


def outside(lines: Sequence[Piece], cells: Sequence[Piece]) -> list[Piece]:
    """The lines whose middle lies in no cell."""
    return [
        line for line in lines if not any(cell.bbox.contains(*line.bbox.center) for cell in cells)
    ]


def _edges(box: BBox) -> tuple[float, float, float, float]:
    return float(box.x0), float(box.y0), float(box.x1), float(box.y1)
