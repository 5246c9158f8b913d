"""A drawn page into evidence, with an engine that counts characters instead of reading them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import pytest
from drawn_pages import BODY_PT, Paper, sides
from numpy.typing import NDArray

from extractors.evidence import Cell, Mark, TextLine, TextRun
from extractors.ocr.port import Char, Crop, Reading
from extractors.picture.reading import read_picture

DPI = 150.0
PROSE = "项目总预算合计数量指标绩效目标资金构成情况填报说明单位负责人"


class CountingEngine:
    """Reads as many characters as fit into a crop, all the same."""

    name = "counting"

    def read(self, crops: Sequence[Crop]) -> list[Reading]:
        """One Chinese character per height of print."""
        em = BODY_PT / 72 * DPI
        counts = [round((c.shape[1] - 0.5 * em) / em) if c.size else 0 for c in crops]
        return [Reading(tuple(Char("字", 0.99, (i + 0.5) / n) for i in range(n))) for n in counts]


def turned(pixels: NDArray[np.uint8], degrees: float) -> NDArray[np.uint8]:
    height, width = pixels.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    out = cv2.warpAffine(pixels, matrix, (width, height), borderValue=(255,))
    return np.repeat(np.asarray(out, np.uint8)[:, :, None], 3, axis=2)


def only_cell(paper: Paper, degrees: float) -> Cell:
    page = read_picture(turned(paper.pixels, degrees), paper.dpi, 1, CountingEngine())
    (grid,) = page.grids
    return max(grid.cells, key=lambda c: len(c.lines))


@pytest.mark.parametrize("degrees", [-2.0, 0.0, 2.0])
def test_slope_of_the_sheet_makes_no_paragraphs(degrees: float) -> None:
    paper = Paper(500, 240, DPI)
    for side in sides([60, 120, 395], [40, 130, 200], [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 2)]):
        paper.rule(side)
    paper.write("项目概况", 66, 80)
    for i, count in enumerate((25, 2, 25, 2)):
        paper.write(PROSE[:count], 125, 50 + 18 * i)
    cell = only_cell(paper, degrees)
    assert [len(line.text) for line in cell.lines] == [25, 2, 25, 2]
    assert [line.new_paragraph for line in cell.lines] == [True, False, True, False]


def test_boxes_are_those_of_the_page_as_filed() -> None:
    paper = Paper(500, 240, DPI)
    for side in sides([60, 120, 395], [40, 130, 200], [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 2)]):
        paper.rule(side)
    paper.write(PROSE[:20], 125, 50)
    flat, sloping = only_cell(paper, 0.0), only_cell(paper, 2.0)
    assert flat.lines[0].bbox is not None
    assert sloping.lines[0].bbox is not None
    assert flat.lines[0].bbox.y0 == pytest.approx(50 / 240, abs=0.01)
    # Twenty characters that slope by two degrees need seven points more of height.
    rise = np.tan(np.deg2rad(2.0)) * 20 * BODY_PT / 240
    grown = sloping.lines[0].bbox.height - flat.lines[0].bbox.height
    assert grown == pytest.approx(rise, rel=0.4)


class HesitatingEngine(CountingEngine):
    """Reads with a space before the line and another character that may be meant."""

    def read(self, crops: Sequence[Crop]) -> list[Reading]:
        """As the counting one."""
        others = (("学", 0.3), ("宇", 0.01))
        return [
            Reading((Char(" ", 0.9, 0.0), *(replace(c, others=others) for c in reading.chars)))
            for reading in super().read(crops)
        ]


def test_run_tells_what_else_the_picture_supports() -> None:
    paper = Paper(500, 240, DPI)
    for side in sides([60, 120, 395], [40, 130, 200], [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 2)]):
        paper.rule(side)
    paper.write(PROSE[:5], 125, 50)
    page = read_picture(turned(paper.pixels, 0.0), paper.dpi, 1, HesitatingEngine())
    (run,) = [t for c in page.grids[0].cells for line in c.lines for t in line.tokens]
    assert isinstance(run, TextRun)
    assert (run.text, run.others) == ("字" * 5, ("学",) * 5)


class BoxEngine(CountingEngine):
    """Sees 口 as the third character of every line that is long enough."""

    def read(self, crops: Sequence[Crop]) -> list[Reading]:
        """As its base, the third character surely 口."""
        out = []
        for reading in super().read(crops):
            chars = list(reading.chars)
            if len(chars) > 4:
                chars[2] = replace(chars[2], text="口", probability=0.99)
            out.append(Reading(tuple(chars)))
        return out


def test_line_with_a_letter_like_a_box_keeps_its_own_reading() -> None:
    """The box may be 口: what was read of the whole line is not read again beside a frame."""
    paper = Paper(500, 240, DPI)
    for side in sides([60, 120, 395], [40, 130, 200], [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 2)]):
        paper.rule(side)
    for y in (50.0, 80.0):
        paper.write("对应", 125, y)
        for side in sides([147.5, 155.5], [y + 1, y + 9], [(0, 0, 1, 1)]):
            paper.rule(side)
        paper.write("单位来函", 158, y)
    page = read_picture(turned(paper.pixels, 0.0), paper.dpi, 1, BoxEngine())
    lines = [line for c in page.grids[0].cells for line in c.lines]
    assert [line.letters for line in lines] == ["字字口字字字字"] * 2
    assert [line.text for line in lines] == ["字" * 6] * 2


class EdgeEngine(CountingEngine):
    """Sees a □ at the left end of every crop of several characters."""

    def read(self, crops: Sequence[Crop]) -> list[Reading]:
        """As its base, but for the first character."""
        return [
            Reading((replace(r.chars[0], text="□"), *r.chars[1:])) if len(r.chars) > 2 else r
            for r in super().read(crops)
        ]


def test_edge_of_a_box_in_the_line_above_it_is_no_second_box() -> None:
    paper = Paper(500, 240, DPI)
    for side in sides([60, 120, 395], [40, 130, 200], [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 2)]):
        paper.rule(side)
    for top in (48.0, 88.0):
        paper.write("对私", 142, top)
        paper.write("单位", 142, top + 14)
        for side in sides([125, 133], [top + 8.5, top + 16.5], [(0, 0, 1, 1)]):
            paper.rule(side)
    page = read_picture(turned(paper.pixels, 0.0), paper.dpi, 1, EdgeEngine())
    lines = [line for c in page.grids[0].cells for line in c.lines]
    marks = [t for line in lines for t in line.tokens if isinstance(t, Mark)]
    assert len(lines) == 4
    assert len(marks) == 2


class EarlyEngine(CountingEngine):
    """Reads a tick between two words, and places the word behind it a character early."""

    def read(self, crops: Sequence[Crop]) -> list[Reading]:
        """Five characters, a tick right behind them, and five more."""
        return [
            Reading(tuple(Char(t, 0.99, x / 14) for t, x in zip(TICKED, TICKED_AT, strict=True)))
            if reading.chars
            else reading
            for reading in super().read(crops)
        ]


TICKED = "字字字字字√字字字字字"
TICKED_AT = (0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 11.5, 12.5, 13.5)


def test_words_beside_a_tick_are_as_wide_as_their_ink() -> None:
    """Which of the two a tick belongs to is told by the room between it and them."""
    paper = Paper(500, 240, DPI)
    for side in sides([60, 120, 395], [40, 130, 200], [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 2)]):
        paper.rule(side)
    paper.write("王工干土王", 125, 50)
    paper.stroke([(181, 55), (184, 59), (188, 51)], 0.8)
    paper.write("工干土王工", 125 + 9 * BODY_PT, 50)
    page = read_picture(turned(paper.pixels, 0.0), DPI, 1, EarlyEngine())
    (line,) = [n for c in page.grids[0].cells for n in c.lines]
    before, tick, after = (t.bbox for t in line.tokens)
    assert before is not None
    assert tick is not None
    assert after is not None
    assert (tick.x0 - before.x1) * 500 < 8
    assert (after.x0 - tick.x1) * 500 > 20


class OptionsEngine(CountingEngine):
    """Reads a whole line as two boxes with a word each, and what lies between as it is long."""

    def read(self, crops: Sequence[Crop]) -> list[Reading]:
        """The characters of the line at their places."""
        chars = tuple(Char(t, 0.99, x / 104) for t, x in zip(BOXED, BOXED_AT, strict=True))
        return [Reading(chars) if len(r.chars) > 8 else r for r in super().read(crops)]


BOXED = "□国内□国内："
BOXED_AT = (7.0, 22.0, 32.5, 67.0, 82.0, 92.5, 98.0)


def test_narrow_sign_that_ends_a_line_of_boxes_is_read_with_it() -> None:
    paper = Paper(500, 240, DPI)
    for side in sides([60, 120, 395], [40, 130, 200], [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 2)]):
        paper.rule(side)
    for x in (125.0, 185.0):
        for side in sides([x, x + 9], [50, 59], [(0, 0, 1, 1)]):
            paper.rule(side)
        paper.write("国内", x + 14, 49)
    colon = 185 + 14 + 2 * BODY_PT
    paper.write("：", colon, 49)
    page = read_picture(turned(paper.pixels, 0.0), DPI, 1, OptionsEngine())
    (line,) = [n for c in page.grids[0].cells for n in c.lines]
    last = line.tokens[-1].bbox
    assert [isinstance(t, Mark) for t in line.tokens] == [True, False, True, False]
    assert last is not None
    assert last.x1 * 500 > colon + 1


@dataclass(frozen=True)
class NarrowEngine(CountingEngine):
    """Reads every narrow crop as one figure, so surely."""

    probability: float

    def read(self, crops: Sequence[Crop]) -> list[Reading]:
        """As its base, a figure where that sees one character."""
        figure = Reading((Char("4", self.probability, 0.5),))
        return [figure if len(r.chars) == 1 else r for r in super().read(crops)]


@pytest.mark.parametrize(("probability", "count"), [(0.1, 1), (0.9, 2)])
def test_lone_character_beside_a_heading_that_is_likelier_dirt_goes(
    probability: float, count: int
) -> None:
    paper = Paper(500, 240, DPI)
    for side in sides([60, 120, 395], [80, 150, 200], [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 2)]):
        paper.rule(side)
    paper.write("申报单位名称", 125, 40)
    paper.write("木", 20, 41)
    page = read_picture(turned(paper.pixels, 0.0), DPI, 1, NarrowEngine(probability))
    assert sum(isinstance(block, TextLine) for block in page.blocks) == count
