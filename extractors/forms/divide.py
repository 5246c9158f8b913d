"""One cell cut into several where a ruling between them was not seen.

Lines and tokens go by their centres. What cannot be told apart is never given out twice: it
stays with one piece, or with none, and every piece is doubted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from math import isinf

from extractors.evidence import TextLine, TextRun, Token
from extractors.forms.places import Places, Span, nearest_range
from extractors.forms.table import LOW_CONFIDENCE, CellPart, PlacedLine, TableCell
from extractors.geometry import BBox, union

# A token that reaches over a ruling by more than this share of its height belongs to both
# sides; less is the overhang of a box drawn around print.
_OVERHANG = 0.5

CutRun = Callable[[TextRun, Sequence[float]], Sequence[TextRun] | None]


def divide_rows(cell: TableCell, bands: Sequence[Span], places: Places) -> list[TableCell] | None:
    """Pieces of a cell over bands of its rows, each with the lines that stand beside the band.

    Args:
        cell: At least two rows high.
        bands: First row and first row below of each piece; together they tile the cell's rows.
        places: Of the table.

    Returns:
        One doubted piece for each band; ``None`` where lines have no place on the page.
    """
    if any(p.line.bbox is None for p in cell.lines):
        return None
    parts: list[list[CellPart]] = [[] for _ in bands]
    for part in cell.parts:
        ranges = places.row_ranges(part.page, bands)
        if _lacks_ruling(ranges):
            return None
        lines: list[list[TextLine]] = [[] for _ in bands]
        for line in part.cell.lines:
            number = _band_of(line, part.page, ranges, places)
            if number is None:
                return None
            lines[number].append(line)
        for number, limits in enumerate(ranges):
            if limits is not None:
                box = _between_rows(part.cell.bbox, limits, part.page, places)
                inner = replace(part.cell, bbox=box, lines=_first_is_new(lines[number]))
                parts[number].append(replace(part, cell=inner))
    return [
        replace(doubted(cell), row=first, row_span=end - first, parts=tuple(own))
        for (first, end), own in zip(bands, parts, strict=True)
    ]


def divide_columns(
    cell: TableCell, bands: Sequence[Span], places: Places, cut: CutRun
) -> list[TableCell] | None:
    """Pieces of a cell over bands of its columns, each with the tokens that stand in the band.

    Args:
        cell: At least two columns wide.
        bands: First column and first column after it of each piece; they tile the cell.
        places: Of the table.
        cut: Cuts a run that reaches over rulings, given their places, into one for each band
            that it touches; ``None`` where that cannot be done.

    Returns:
        One doubted piece for each band; ``None`` where a token cannot be cut or has no place.
    """
    parts: list[list[CellPart]] = [[] for _ in bands]
    for part in cell.parts:
        edges = [places.col_edge(part.page, first) for first, _ in bands[1:]]
        known = [x for x in edges if x is not None]
        if len(known) < len(edges):
            return None
        lines: list[list[TextLine]] = [[] for _ in bands]
        for line in part.cell.lines:
            tokens = _tokens_by_band(line, part.page, known, places, cut)
            if tokens is None:
                return None
            for number, own in enumerate(tokens):
                if own:
                    lines[number].append(_line_of(own, line))
        for number, own_lines in enumerate(lines):
            box = _between_columns(part.cell.bbox, known, number, part.page, places)
            inner = replace(part.cell, bbox=box, lines=_first_is_new(own_lines))
            parts[number].append(replace(part, cell=inner))
    return [
        replace(doubted(cell), col=first, col_span=end - first, parts=tuple(own))
        for (first, end), own in zip(bands, parts, strict=True)
    ]


def cut_at_spaces(run: TextRun, edges: Sequence[float]) -> Sequence[TextRun] | None:
    """A run over several columns cut at its gaps, if there is just one for each ruling."""
    words = run.text.split()
    if len(words) != len(edges) + 1 or run.bbox is None:
        return None
    sides = [run.bbox.x0, *edges, run.bbox.x1]
    return [
        replace(run, text=word, bbox=replace(run.bbox, x0=sides[n], x1=sides[n + 1]), gaps=())
        for n, word in enumerate(words)
    ]


def doubted(cell: TableCell) -> TableCell:
    """The same cell, to be looked at by a person."""
    return replace(cell, doubts=tuple(dict.fromkeys((*cell.doubts, LOW_CONFIDENCE))))


def unread(cell: TableCell) -> TableCell:
    """The same cell, whose text is not known to be its own."""
    return replace(doubted(cell), is_unread=True)


def blanked(cell: TableCell) -> TableCell:
    """The same cell without its print, which stands with another piece."""
    parts = tuple(replace(p, cell=replace(p.cell, lines=())) for p in cell.parts)
    return replace(unread(cell), parts=parts)


def with_lines(cell: TableCell, lines: Sequence[PlacedLine]) -> TableCell:
    """The cell with some of its lines only, each in the part of its page, doubted."""
    parts = tuple(
        replace(
            p,
            cell=replace(
                p.cell, lines=_first_is_new([own.line for own in lines if own.page == p.page])
            ),
        )
        for p in cell.parts
    )
    return replace(doubted(cell), parts=parts)


def over_rows(cell: TableCell, bands: Sequence[Span]) -> list[TableCell]:
    """The cell as it is, on each of several bands of rows."""
    return [replace(cell, row=first, row_span=end - first) for first, end in bands]


def over_columns(cell: TableCell, bands: Sequence[Span]) -> list[TableCell]:
    """The cell as it is, on each of several bands of columns."""
    return [replace(cell, col=first, col_span=end - first) for first, end in bands]


def _lacks_ruling(ranges: Sequence[tuple[float, float] | None]) -> bool:
    """Whether the edge between two bands of one page is not known."""
    return any(
        a is not None and b is not None and (isinf(a[1]) or isinf(b[0]))
        for a, b in pairwise(ranges)
    )


def _band_of(
    line: TextLine, page: int, ranges: Sequence[tuple[float, float] | None], places: Places
) -> int | None:
    if line.bbox is None:
        return None
    return nearest_range(places.level(page, line.bbox).center[1], ranges)


def _tokens_by_band(
    line: TextLine, page: int, edges: Sequence[float], places: Places, cut: CutRun
) -> list[list[Token]] | None:
    found: list[list[Token]] = [[] for _ in range(len(edges) + 1)]
    for token in line.tokens:
        if token.bbox is None:
            return None
        box = places.level(page, token.bbox)
        slack = _OVERHANG * box.height
        crossed = [n for n, x in enumerate(edges) if box.x0 + slack < x < box.x1 - slack]
        first = sum(x <= (box.x0 + slack if crossed else box.center[0]) for x in edges)
        if not crossed:
            found[first].append(token)
            continue
        pieces = cut(token, [edges[n] for n in crossed]) if isinstance(token, TextRun) else None
        if pieces is None:
            return None
        for number, piece in enumerate(pieces):
            found[first + number].append(piece)
    return found


def _line_of(tokens: Sequence[Token], line: TextLine) -> TextLine:
    return replace(line, tokens=tuple(tokens), bbox=union(t.bbox for t in tokens))


def _first_is_new(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    return (replace(lines[0], new_paragraph=True), *lines[1:]) if lines else ()


def _between_rows(
    box: BBox | None, limits: tuple[float, float], page: int, places: Places
) -> BBox | None:
    """The part of a cell's box between two rulings, sloped as the page is."""
    if box is None:
        return None
    shift = box.center[1] - places.level(page, box).center[1]
    y0 = min(max(limits[0] + shift, box.y0), box.y1)
    return replace(box, y0=y0, y1=max(min(limits[1] + shift, box.y1), y0))


def _between_columns(
    box: BBox | None, edges: Sequence[float], number: int, page: int, places: Places
) -> BBox | None:
    if box is None:
        return None
    shift = box.center[0] - places.level(page, box).center[0]
    x0 = edges[number - 1] + shift if number else box.x0
    x1 = edges[number] + shift if number < len(edges) else box.x1
    x0 = min(max(x0, box.x0), box.x1)
    return replace(box, x0=x0, x1=max(min(x1, box.x1), x0))
