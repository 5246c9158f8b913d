"""Cells that could hardly be read: their lines are looked for once more, by a text detector.

A row profile takes all ink for print. Seals copied in black, the print of the reverse and dirt
join lines, tear them apart or make lines of their own, and the recognizer is unsure of what it
is given then. Of the two ways to cut the cell into lines the one is kept that reads better.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.ocr.port import Crop, Reading, TextEngine
from extractors.picture.figures import figure_under_seal, may_hide_figure
from extractors.picture.layout import CellLayout, PageLayout
from extractors.picture.lines import LineBox
from extractors.picture.regions import Region, inside, read_regions
from extractors.picture.seals import Seal
from extractors.picture.signs import RINGS
from extractors.picture.straighten import STROKES, StraightPage

DOUBT = 0.8
"""A line whose letters and characters are less probable on average is doubted."""
NOISE = 0.6
"""Below this the recognizer saw nothing it knows; where the detector sees no print either, there
is none."""
DETECTOR_EM_PX = 16.0
"""Height of print for the detector: at 24 px it finds the same at twice the cost."""
PRINT = 0.3
"""Probability from which a pixel is the middle of a line (PP-OCR's default)."""
MIN_CORE_EM = 0.2
"""The marked middle of a line is about half as high as the print; less is a chance hit."""
MARGIN_EM = 0.5
"""Paper and rulings around a cell that the detector is shown."""
SAME_LINE_EM = 0.5
"""Two finds whose middles differ less than this in height belong to one line."""
SEAL_SLACK_EM = 0.5
"""A line's box is as high as a character where it holds less: its corners may lie outside."""
PRINT_EM = 1.0
"""Height of the box around a line whose middle was found."""


class Detector(Protocol):
    """Where print is, see `extractors.ocr.detector`."""

    def text_map(self, crop: Crop) -> NDArray[np.float32]:
        """Probability that a pixel lies in the middle of a line of print."""


def read_again(
    page: StraightPage,
    layout: PageLayout,
    readings: Mapping[LineBox, Reading],
    judged_apart: Collection[LineBox],
    engine: TextEngine,
    detector: Detector,
) -> tuple[PageLayout, dict[LineBox, Reading]]:
    """The page with doubtful cells cut into lines anew where that reads better.

    Args:
        page: Straight page.
        layout: Its layout.
        readings: Of all its lines.
        judged_apart: Lines with tick boxes; their cells are left alone, unless the line is noise,
            in which frames are found too.
        engine: Reads the new lines.
        detector: Finds them.
    """
    all_readings = dict(readings)
    tables = []
    for table in layout.tables:
        cells = []
        for cell in table.cells:
            new = cell
            figure = None
            if may_hide_figure(layout, cell, readings):
                found = _detected(page, layout, inside(cell, layout.em), detector, apart=True)
                figure = figure_under_seal(page, layout, cell, found, engine)
            options = any(x in judged_apart and _sureness(readings[x]) >= NOISE for x in cell.lines)
            if figure is not None:
                new, read = figure
                all_readings.update(read)
            elif is_doubtful(cell, readings) and not options:
                new, read = _better(page, layout, cell, readings, engine, detector)
                all_readings.update(read)
            cells.append(new)
        tables.append(replace(table, cells=tuple(cells)))
    return replace(layout, tables=tuple(tables)), all_readings


def is_doubtful(cell: CellLayout, readings: Mapping[LineBox, Reading]) -> bool:
    """Whether a line of the cell could hardly be read, or all its ink could not be read at all."""
    read = [readings[line] for line in cell.lines if readings[line].chars]
    return any(_sureness(r) < DOUBT for r in read) or bool(cell.lines and not read)


def _sureness(reading: Reading) -> float:
    """Mean probability of letters, digits and characters; signs are settled by their width."""
    telling = [c.probability for c in reading.chars if c.text.isalnum()]
    return sum(telling) / len(telling) if telling else reading.confidence


def _better(
    page: StraightPage,
    layout: PageLayout,
    cell: CellLayout,
    readings: Mapping[LineBox, Reading],
    engine: TextEngine,
    detector: Detector,
) -> tuple[CellLayout, dict[LineBox, Reading]]:
    region = inside(cell, layout.em)
    found = _detected(page, layout, region, detector)
    read = read_regions(page, layout, [replace(region, lines=found)], engine)
    unseen = [x for x in cell.lines if not any(_touch(x, other) for other in found)]
    old = {x: readings[x] for x in cell.lines if x not in unseen or not _is_noise(readings[x])}
    new = {**read, **{x: r for x, r in old.items() if x in unseen}}
    best = new if _gain(new.values()) > _gain(old.values()) else old
    # A blank cell is a value too: nothing that may be a figure, or that a seal lies over, goes.
    if not any(r.chars for r in best.values()):
        best = {x: readings[x] for x in cell.lines if _may_count(x, readings[x], layout)}
    best = {x: best[x] for x in sorted(best, key=lambda x: (x.y0 + x.y1, x.x0))}
    best = _without_seal_strokes(best, layout.seals, layout.em)
    return replace(cell, lines=tuple(best)), best


def _may_count(line: LineBox, reading: Reading, layout: PageLayout) -> bool:
    """Whether what was read of a cell that is blank otherwise may be its value."""
    place = (line.x0, line.y0, line.x1, line.y1)
    is_figure = any(c.text.isdecimal() or c.text in RINGS for c in reading.chars)
    return is_figure or any(seal.touches(*place, reach=0) for seal in layout.seals)


def _is_noise(reading: Reading) -> bool:
    """Whether ink in which the detector sees no print was not read as print either."""
    return _sureness(reading) < (DOUBT if _is_strokes(reading) else NOISE)


def _is_strokes(reading: Reading) -> bool:
    return all(c.text in STROKES or not c.text.isalnum() for c in reading.chars)


def _touch(line: LineBox, other: LineBox) -> bool:
    return line.x0 < other.x1 and other.x0 < line.x1 and line.y0 < other.y1 and other.y0 < line.y1


def _gain(readings: Collection[Reading]) -> tuple[int, int]:
    """How many characters were read surely on lines that were read well, then how few others.

    Of print cut in two some characters are still read surely; single strokes are surely read
    wherever there is one, and count for nothing.
    """
    printed = {id(r): [c for c in r.chars if not c.text.isspace()] for r in readings}
    good = [r for r in readings if _sureness(r) >= DOUBT and not _is_strokes(r)]
    sure = sum(c.probability >= DOUBT for r in good for c in printed[id(r)])
    return sure, sure - sum(map(len, printed.values()))


def _without_seal_strokes(
    read: Mapping[LineBox, Reading], seals: Sequence[Seal], em: float
) -> dict[LineBox, Reading]:
    """The lines of a cell without those that lie in a seal and could not be read.

    They are the seal's characters and star, most likely; as they might be print, what is left of
    the cell is no surer than they were, and goes to a person.
    """
    slack = SEAL_SLACK_EM * em
    strokes = {
        line: _sureness(reading)
        for line, reading in read.items()
        if _sureness(reading) < DOUBT and any(_is_within(line, seal, slack) for seal in seals)
    }
    rest = {line: reading for line, reading in read.items() if line not in strokes}
    if not strokes or not rest:
        return dict(read)
    most = min(strokes.values())
    return {line: replace(reading, limit=most) for line, reading in rest.items()}


def _is_within(line: LineBox, seal: Seal, slack: float) -> bool:
    corners = ((x, y) for x in (line.x0, line.x1) for y in (line.y0, line.y1))
    return all(np.hypot(x - seal.x, y - seal.y) <= seal.outer + slack for x, y in corners)


def _detected(
    page: StraightPage,
    layout: PageLayout,
    region: Region,
    detector: Detector,
    *,
    apart: bool = False,
) -> tuple[LineBox, ...]:
    """Lines of a region by the detector, working pixels, top to bottom.

    Args:
        page: Straight page.
        layout: Its layout.
        region: Where lines are looked for.
        detector: Finds them.
        apart: Whether finds at one height are left as they are, and not joined to lines.
    """
    margin, b = round(MARGIN_EM * layout.em), region.border
    height, width = layout.print_mask.shape
    x0, y0 = max(b.x0 - margin, 0), max(b.y0 - margin, 0)
    x1, y1 = min(b.x1 + margin, width), min(b.y1 + margin, height)
    rows, columns = (
        slice(round(low / layout.scale), round(high / layout.scale))
        for low, high in ((y0, y1), (x0, x1))
    )
    crop = page.pixels[rows, columns]
    zoom = DETECTOR_EM_PX / layout.em
    size = (max(round((x1 - x0) * zoom), 1), max(round((y1 - y0) * zoom), 1))
    shown = cv2.resize(crop, size, interpolation=cv2.INTER_AREA)
    probable = (detector.text_map(np.asarray(shown, np.uint8)) > PRINT).astype(np.uint8)
    cell = np.zeros_like(probable)
    cell[
        round((b.y0 - y0) * zoom) : round((b.y1 - y0) * zoom),
        round((b.x0 - x0) * zoom) : round((b.x1 - x0) * zoom),
    ] = 1
    _, _, stats, _ = cv2.connectedComponentsWithStats(probable & cell, connectivity=8)
    cores = [
        LineBox(
            round(x0 + x / zoom), round(y0 + y / zoom),
            round(x0 + (x + w) / zoom), round(y0 + (y + h) / zoom),
        )
        for x, y, w, h in stats[1:, :4].tolist()
    ]  # fmt: skip
    found = cores if apart else _on_lines(cores, layout.em)
    lines = [_around(c, layout, b) for c in found]
    return tuple(x for x in lines if x is not None)


def _on_lines(cores: list[LineBox], em: float) -> list[LineBox]:
    """Finds at one height joined, top to bottom; specks left out."""
    lines: list[LineBox] = []
    for core in sorted(cores, key=lambda c: c.y0 + c.y1):
        if core.height < MIN_CORE_EM * em:
            continue
        last = lines[-1] if lines else None
        if last and abs(core.y0 + core.y1 - last.y0 - last.y1) < 2 * SAME_LINE_EM * em:
            lines[-1] = LineBox(
                min(last.x0, core.x0), min(last.y0, core.y0),
                max(last.x1, core.x1), max(last.y1, core.y1),
            )  # fmt: skip
        else:
            lines.append(core)
    return lines


def _around(core: LineBox, layout: PageLayout, border: LineBox) -> LineBox | None:
    """The line whose middle was found, cut down to its ink; ``None`` where there is none."""
    half = max(PRINT_EM * layout.em, core.height) / 2
    middle = (core.y0 + core.y1) / 2
    y0, y1 = max(round(middle - half), border.y0), min(round(middle + half), border.y1)
    x0, x1 = (
        max(round(core.x0 - layout.em / 2), border.x0),
        min(round(core.x1 + layout.em / 2), border.x1),
    )
    columns = np.nonzero(layout.print_mask[y0:y1, x0:x1].any(axis=0))[0]
    if columns.size == 0:
        return None
    return LineBox(x0 + int(columns[0]), y0, x0 + int(columns[-1]) + 1, y1)
