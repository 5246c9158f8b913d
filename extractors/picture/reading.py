"""A picture of a page into evidence: the steps in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extractors.evidence import (
    Cell,
    Grid,
    Mark,
    PageEvidence,
    PageKind,
    TextLine,
    TextRun,
    Token,
    moved,
)
from extractors.geometry import BBox, union
from extractors.glyphs import MarkGlyph, split_marks
from extractors.ocr.detector import text_detector
from extractors.ocr.port import Reading, TextEngine
from extractors.paragraphs import mark_paragraphs
from extractors.picture.boxes import Box
from extractors.picture.code_boxes import code_boxes, hold
from extractors.picture.crops import limits_of
from extractors.picture.doubtful import read_again
from extractors.picture.gaps import wide_gaps
from extractors.picture.hidden import with_touched, without_unprinted
from extractors.picture.hooked import hangs_free, reaches_line, settle_hooked
from extractors.picture.layout import CellLayout, PageLayout, TableLayout, lay_out
from extractors.picture.lines import LineBox, runs_of
from extractors.picture.marks import JudgedBox, is_of_seal, judge, only_alike, tick_boxes
from extractors.picture.order import reading_order
from extractors.picture.pieces import HALF_CHARACTER, placed_pieces
from extractors.picture.placed import PlacedReading
from extractors.picture.regions import (
    Region,
    cutter_of,
    inside,
    outside,
    read_lines,
    regions,
    settle_signs,
)
from extractors.picture.ringed import settle_ringed
from extractors.picture.seal_letters import without_seal_letters
from extractors.picture.seal_strays import without_seal_strays
from extractors.picture.sealed_amounts import with_sealed_amounts
from extractors.picture.straighten import StraightPage, straighten
from extractors.picture.tick_state import SeenBox, blank_box
from extractors.picture.ticks import count_ticks, settle_ticks, with_ticks_of
from extractors.picture.unread import with_unread

MIN_PIECE_EM = 0.2
"""Ink between two boxes narrower than this is dirt or the end of a tick, not print."""
END_REACH = 2.0
"""Distance of a box from the first or last character of its line, in sizes of the box."""
LIKELY_PRINT = 0.5
"""A lone character outside all tables is more likely there than not."""
GLYPH_CONFIDENCE = 0.9
"""Of a tick box that only the recognizer saw."""


def read_picture(
    pixels: NDArray[np.uint8], dpi: float, number: int, engine: TextEngine
) -> PageEvidence:
    """Reads one page.

    Args:
        pixels: uint8 (H, W, 3) RGB as filed.
        dpi: Its resolution.
        number: Page in the file, from 1.
        engine: Recognizes lines.
    """
    page = sealed = straighten(pixels, dpi, engine)
    layout = lay_out(page.pixels, dpi, is_bilevel=page.is_bilevel)
    unsealed = without_seal_letters(page, layout, engine)
    if unsealed is not None:
        page = unsealed
        layout = lay_out(page.pixels, dpi, is_bilevel=page.is_bilevel)
    readings = read_lines(page, layout, engine)
    seen = _tick_boxes(page, layout, readings)
    ticked = {line for line, boxes in seen.items() if boxes}
    layout, readings = read_again(page, layout, readings, ticked, engine, text_detector())
    readings = without_unprinted(readings, layout.print_mask, layout.seals, layout.em)
    cells = [region.lines for region in regions(layout)]
    readings = without_seal_strays(readings, cells, layout.seals, layout.em)
    readings = with_touched(readings, layout.seals, layout.em)
    layout, readings = with_sealed_amounts(sealed.pixels, dpi, layout, readings)
    seen = _tick_boxes(page, layout, readings)
    codes = [b for boxes in seen.values() for b in code_boxes([s.box for s in boxes])]
    known = only_alike([s for boxes in seen.values() for s in boxes if s.box not in codes])
    blank = blank_box(known, count_ticks(readings.values()))
    judged = settle_hooked(
        {
            line: [judge(box, blank) for box in boxes if box in known]
            for line, boxes in seen.items()
        },
        blank,
    )
    judged = settle_ringed(judged, known, layout.print_mask, layout.seals)
    reader = _Reader(page, layout, engine, readings, judged, codes)
    blocks: list[Grid | TextLine] = [reader.table(t) for t in layout.tables]
    blocks += reader.lines(_without_dirt(outside(layout), readings, judged))
    filed = tuple(moved(block, page.filed) for block in reading_order(blocks))
    return PageEvidence(number, PageKind.PICTURE, filed, engine.name, rotation=page.rotation)


def _without_dirt(
    region: Region,
    readings: Mapping[LineBox, Reading],
    judged: Mapping[LineBox, Sequence[JudgedBox]],
) -> Region:
    """The region without lines of one character that is likelier dirt, or a sheet's surroundings.

    Beside a line of print it would be read before it.
    """
    lines = (
        line
        for line in region.lines
        if judged.get(line)
        or len(readings[line].text.strip()) != 1
        or readings[line].confidence >= LIKELY_PRINT
    )
    return replace(region, lines=tuple(lines))


def _tick_boxes(
    page: StraightPage, layout: PageLayout, readings: Mapping[LineBox, Reading]
) -> dict[LineBox, list[SeenBox]]:
    """The tick boxes of every line of the page."""
    cutter = cutter_of(page, layout)
    seen = {}
    for region in regions(layout):
        for i, line in enumerate(region.lines):
            x0, x1 = cutter.reach(line, limits_of(region.lines, i, region.border))
            placed = PlacedReading(readings[line], x0, x1, float(line.height))
            boxes = tuple(b for b in region.boxes if _line_of(b, region.lines) is line)
            found = tick_boxes(boxes, placed, em=layout.em)
            others = [o for o in region.lines if o is not line]
            seen[line] = [
                replace(
                    s,
                    is_clear=s.is_clear
                    and is_free
                    and not sealed
                    and not reaches_line(s.box, others),
                    is_crossed=not is_free,
                    is_sealed=sealed,
                    is_ringed=_ringed(s, layout),
                )
                for s in found
                for sealed, is_free in ((_sealed(s, layout), hangs_free(s.box, others)),)
                if not (sealed and is_of_seal(s, found, placed))
            ]
    return seen


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes evidence whose boxes are fractions of the straight page.

    Paragraphs and order are judged there: on the page as filed, the box around a long sloping
    line has its middle elsewhere than that of a short one beside it.
    """

    page: StraightPage
    layout: PageLayout
    engine: TextEngine
    readings: Mapping[LineBox, Reading]
    judged: Mapping[LineBox, Sequence[JudgedBox]]
    codes: Sequence[Box]

    def table(self, table: TableLayout) -> Grid:
        lattice = table.lattice
        frame = self._box(
            LineBox(
                round(lattice.xs[0]),
                round(lattice.ys[0]),
                round(lattice.xs[-1]),
                round(lattice.ys[-1]),
            )
        )
        cells = tuple(self._cell(c) for c in table.cells)
        return Grid(len(lattice.ys) - 1, len(lattice.xs) - 1, cells, frame)

    def _cell(self, layout: CellLayout) -> Cell:
        c = layout.cell
        bbox = self._box(LineBox(round(c.x0), round(c.y0), round(c.x1) + 1, round(c.y1) + 1))
        lines = self.lines(inside(layout, self.layout.em))
        return Cell(c.row, c.col, c.row_span, c.col_span, bbox, mark_paragraphs(lines, bbox))

    def lines(self, region: Region) -> list[TextLine]:
        """The lines of one region as tokens."""
        out = []
        for i, line in enumerate(region.lines):
            judged = self.judged[line]
            limits = limits_of(region.lines, i, region.border)
            if judged and all(j.letter for j in judged):
                tokens = self._lettered(line, limits, judged)
            elif judged:
                tokens = self._between(line, limits, judged)
            else:
                tokens = self._runs(self.readings[line], line, limits)
            if tokens:
                out.append(TextLine(tuple(tokens), union(t.bbox for t in tokens)))
        return out

    def _runs(self, reading: Reading, line: LineBox, limits: LineBox) -> list[Token]:
        """Text runs of a reading, cut at tick boxes that were read as characters."""
        cutter = cutter_of(self.page, self.layout)
        reading = settle_ticks(reading, line, limits, cutter, self.engine)
        reading = with_unread(reading, line, limits, cutter, self.layout.seals)
        text = reading.text.strip()
        if not text:
            return []
        run = TextRun(text, self._box(line), reading.certainty, self.engine.name)
        placed = self._placed(reading, line, limits)
        if split_marks(text) == (text,):
            blank = len(reading.text) - len(reading.text.lstrip())
            printed = reading.chars[blank : blank + len(text)]
            gaps = wide_gaps(printed, placed, line, self.layout.print_mask, self.layout.em)
            return [replace(run, others=tuple(c.supported for c in printed), gaps=gaps)]
        tokens: list[Token] = []
        inked = self._runs_of_ink(line)
        for piece, left, right in placed_pieces(placed):
            ends = [self._beside_ink(line, inked, x) for x in (left, right)]
            place = LineBox(ends[0], line.y0, max(ends), line.y1)
            bbox = self._box(self._inked(place) or place)
            if isinstance(piece, MarkGlyph):
                if hold(self.codes, (left + right) / 2, (line.y0 + line.y1) / 2):
                    continue
                if self._is_of_other_line(place):
                    continue
                tokens.append(
                    Mark(piece.state, bbox, GLYPH_CONFIDENCE, self.engine.name, piece.boxed)
                )
            elif piece.strip():
                tokens.append(replace(run, text=piece.strip(), bbox=bbox))
        return tokens

    def _is_of_other_line(self, glyph: LineBox) -> bool:
        """Whether what was read as a box is the edge of one that stands in the next line."""
        boxes = [
            j.box
            for judged in self.judged.values()
            for j in judged
            if j.box.x0 < glyph.x1 and j.box.x1 > glyph.x0
            if j.box.y0 < glyph.y1 and j.box.y1 > glyph.y0
        ]
        cutter = cutter_of(self.page, self.layout)
        return bool(boxes) and not cutter.ink_beside(glyph, boxes).any()

    def _lettered(self, line: LineBox, limits: LineBox, judged: Sequence[JudgedBox]) -> list[Token]:
        """A line all of whose boxes may be letters: its own reading, cut at these.

        The frame of a letter is no clean cut between its neighbours.
        """
        reading = self.readings[line]
        placed = self._placed(reading, line, limits)
        tokens: list[Token] = []
        start = 0
        for j in judged:
            at = placed.nearest(j.letter, j.box.center[0])
            tokens += self._stretch(placed, line, start, at)
            tokens.append(self._mark(j))
            start = at + 1
        return tokens + self._stretch(placed, line, start, len(reading.chars))

    def _placed(self, reading: Reading, line: LineBox, limits: LineBox) -> PlacedReading:
        x0, x1 = cutter_of(self.page, self.layout).reach(line, limits)
        return PlacedReading(reading, x0, x1, line.height)

    def _stretch(self, placed: PlacedReading, line: LineBox, start: int, end: int) -> list[Token]:
        """Some characters of a reading as a run, if there is print among them."""
        chars = placed.reading.chars[start:end]
        text = "".join(c.text for c in chars)
        if not text.strip():
            return []
        half = HALF_CHARACTER * placed.em
        left = line.x0 if start == 0 else round(placed.x(chars[0]) - half)
        right = line.x1 if end == len(placed.reading.chars) else round(placed.x(chars[-1]) + half)
        box = self._box(LineBox(left, line.y0, max(left, right), line.y1))
        return [TextRun(text, box, placed.reading.certainty, self.engine.name)]

    def _mark(self, judged: JudgedBox) -> Mark:
        b = judged.box
        frame = LineBox(round(b.x0), round(b.y0), round(b.x1), round(b.y1))
        box = self._box(frame)
        return Mark(judged.state, box, judged.confidence, "picture", letter=judged.letter)

    def _between(self, line: LineBox, limits: LineBox, judged: Sequence[JudgedBox]) -> list[Token]:
        """Marks, and the print between them read piece by piece."""
        boxes = [j.box for j in judged]
        starts = [float(line.x0), *(b.x1 for b in boxes)]
        ends = [*(b.x0 for b in boxes), float(line.x1)]
        tokens: list[Token] = []
        for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
            piece = self._trimmed(
                LineBox(round(start) + 1, line.y0, round(end) - 1, line.y1), boxes
            )
            if piece is not None:
                bounds = replace(
                    limits, x0=max(limits.x0, round(start)), x1=min(limits.x1, round(end))
                )
                cutter = cutter_of(self.page, self.layout)
                reading = self.engine.read([cutter.cut_beside(piece, bounds, boxes)])[0]
                reading = with_ticks_of(
                    self._placed(self.readings[line], line, limits),
                    self._placed(reading, piece, bounds),
                )
                # What makes the line doubtful is beside all its pieces.
                reading = replace(reading, limit=min(reading.limit, self.readings[line].limit))
                tokens += self._runs(settle_signs(reading, cutter, piece, bounds), piece, bounds)
            if i < len(judged):
                tokens.append(self._mark(judged[i]))
        return tokens

    def _trimmed(self, piece: LineBox, boxes: Sequence[Box]) -> LineBox | None:
        """The piece cut down to its ink; ``None`` where there is next to none."""
        if piece.x1 - piece.x0 < MIN_PIECE_EM * self.layout.em:
            return None
        return self._inked(piece, boxes)

    def _beside_ink(self, line: LineBox, inked: Sequence[tuple[int, int]], x: float) -> int:
        """A place in a line guessed from those of characters, or the end of what it would cut."""
        at = round(min(max(x, line.x0), line.x1)) - line.x0
        for a, b in inked:
            nearer = a if at - a < b - at else b
            if a < at < b and abs(nearer - at) <= self.layout.em:
                return line.x0 + nearer
        return line.x0 + at

    def _runs_of_ink(self, piece: LineBox, boxes: Sequence[Box] = ()) -> list[tuple[int, int]]:
        """Runs of inked columns, counted from its left edge."""
        ink = cutter_of(self.page, self.layout).ink_beside(piece, boxes)
        return runs_of(np.asarray(ink.any(axis=0), np.bool_))

    def _inked(self, piece: LineBox, boxes: Sequence[Box] = ()) -> LineBox | None:
        """From its first to its last column of ink; ``None`` where there is next to none."""
        runs = self._runs_of_ink(piece, boxes)
        if not runs or sum(b - a for a, b in runs) < MIN_PIECE_EM * self.layout.em:
            return None
        return replace(piece, x0=piece.x0 + runs[0][0], x1=piece.x0 + runs[-1][1])

    def _box(self, box: LineBox) -> BBox:
        height, width = self.layout.print_mask.shape
        return BBox.from_pixels(box.x0, box.y0, box.x1, box.y1, width=width, height=height)


def _sealed(seen: SeenBox, layout: PageLayout) -> bool:
    b = seen.box
    return any(s.touches(b.x0, b.y0, b.x1, b.y1, reach=b.size) for s in layout.seals)


def _ringed(seen: SeenBox, layout: PageLayout) -> bool:
    x, y = seen.box.center
    return any(s.ring_crosses(x, y, reach=seen.box.size / 2) for s in layout.seals)


def _line_of(box: Box, lines: Sequence[LineBox]) -> LineBox | None:
    """The line that a box stands on; of lines that overlap the one in whose middle it is."""
    on = [line for line in lines if _on(line, box)] or [
        # The outline of a pale box at either end is not among the print that makes the line.
        line
        for line in lines
        if box.alike and _on(line, box, reach=END_REACH * box.size)
    ]
    return min(on, key=lambda n: abs(n.y0 + n.y1 - 2 * box.center[1]), default=None)


def _on(line: LineBox, box: Box, reach: float = 2.0) -> bool:
    x, y = box.center
    return line.y0 <= y <= line.y1 and line.x0 - reach <= x <= line.x1 + reach
