"""Which lines of a doubtful cell are kept: a drawn page, with an engine and a detector by rote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.grid.lattice import CellBox, Lattice
from extractors.ocr.port import Char, Crop, Reading
from extractors.picture.doubtful import read_again
from extractors.picture.layout import CellLayout, PageLayout, TableLayout
from extractors.picture.lines import LineBox
from extractors.picture.seals import Seal
from extractors.picture.straighten import StraightPage

EM = 20.0
CELL = CellBox(0, 0, 1, 1, 20.0, 20.0, 220.0, 80.0)
LINE = LineBox(30, 40, 130, 60)
UPPER, LOWER = LineBox(30, 30, 130, 45), LineBox(30, 45, 130, 68)


def reading(text: str, probability: float) -> Reading:
    chars = (Char(c, probability, (i + 0.5) / len(text)) for i, c in enumerate(text))
    return Reading(tuple(chars))


@dataclass
class RoteEngine:
    """Gives the readings it was told, in order."""

    answers: list[Reading]
    name: str = "rote"

    def read(self, crops: Sequence[Crop]) -> list[Reading]:
        """One answer a crop."""
        return [self.answers.pop(0) for _ in crops]


@dataclass
class RoteDetector:
    """Marks the middles of the lines it was told, in pixels of the page."""

    lines: Sequence[LineBox]
    asked: int = field(default=0)

    def text_map(self, crop: Crop) -> NDArray[np.float32]:
        """The cell is shown with 8 pixels around it, print 16 pixels high."""
        self.asked += 1
        out = np.zeros(crop.shape, np.float32)
        for line in self.lines:
            x0, y0, x1, y1 = (round((v - 12) * 0.8) for v in (line.x0, line.y0, line.x1, line.y1))
            middle = (y0 + y1) // 2
            out[middle - 3 : middle + 4, x0 + 4 : x1 - 4] = 0.9
        return out


def blank_page() -> StraightPage:
    pixels = np.full((100, 240), 255, np.uint8)
    return StraightPage(pixels, pixels, 150, 0, np.eye(3), (240, 100))


def again(
    old: dict[LineBox, Reading],
    detected: Sequence[LineBox],
    new: Sequence[Reading],
    *,
    apart: Sequence[LineBox] = (),
    seals: tuple[Seal, ...] = (),
    ink: Sequence[LineBox] = (LineBox(30, 30, 130, 68),),
) -> list[tuple[str, float]]:
    """Text and confidence of the lines that are kept of a cell."""
    mask = np.zeros((100, 240), np.uint8)
    for line in ink:
        mask[line.y0 : line.y1, line.x0 : line.x1] = 1
    page = blank_page()
    table = TableLayout(
        Lattice((20.0, 220.0), (20.0, 80.0), (CELL,)), (CellLayout(CELL, tuple(old), ()),)
    )
    layout = PageLayout(1.0, EM, (table,), (), (), mask, seals)
    layout, readings = read_again(
        page, layout, old, apart, RoteEngine(list(new)), RoteDetector(detected)
    )
    kept = layout.tables[0].cells[0].lines
    return [(readings[x].text, readings[x].confidence) for x in kept]


def test_well_read_cells_are_left_alone() -> None:
    detector = RoteDetector([])
    old = {LINE: reading("可持续", 0.9)}
    table = TableLayout(
        Lattice((20.0, 220.0), (20.0, 80.0), (CELL,)), (CellLayout(CELL, (LINE,), ()),)
    )
    mask = np.ones((100, 240), np.uint8)
    layout = PageLayout(1.0, EM, (table,), (), (), mask, ())
    page = blank_page()
    assert read_again(page, layout, old, (), RoteEngine([]), detector) == (layout, old)
    assert detector.asked == 0


def test_torn_line_is_read_as_one() -> None:
    old = {UPPER: reading("可持練", 0.7), LOWER: reading("司持续", 0.9)}
    assert again(old, [LINE], [reading("可持续", 0.98)]) == [("可持续", pytest.approx(0.98))]


def test_lines_that_read_better_stay() -> None:
    old = {UPPER: reading("可持续", 0.95), LOWER: reading("发展", 0.6)}
    kept = again(old, [LINE], [reading("司特", 0.9)])
    assert [text for text, _ in kept] == ["可持续", "发展"]


@pytest.mark.parametrize(("text", "probability"), [("1", 0.75), ("一", 0.7), ("市", 0.4)])
def test_what_neither_sees_as_print_goes(text: str, probability: float) -> None:
    old = {UPPER: reading("可持续", 0.95), LOWER: reading(text, probability)}
    assert [t for t, _ in again(old, [], [])] == ["可持续"]


def test_what_the_engine_half_knows_stays_though_the_detector_saw_nothing() -> None:
    assert [t for t, _ in again({LINE: reading("甲乙", 0.7)}, [], [])] == ["甲乙"]


def test_rows_of_tick_boxes_are_left_alone() -> None:
    old = {UPPER: reading("口其他", 0.65), LOWER: reading("口新增", 0.5)}
    assert len(again(old, [], [], apart=[UPPER])) == 2


def test_frames_in_noise_do_not_protect_it() -> None:
    old = {UPPER: reading("可持续", 0.95), LOWER: reading("口口", 0.4)}
    assert [t for t, _ in again(old, [], [], apart=[LOWER])] == ["可持续"]


def test_strokes_of_a_seal_go_and_leave_doubt() -> None:
    seal = Seal(80.0, 50.0, 90.0, 95.0, 1.0)
    old = {UPPER: reading("石民", 0.5), LOWER: reading("严格执行", 0.99)}
    assert again(old, [], [reading("", 0)], seals=()) == [("严格执行", pytest.approx(0.99))]
    kept = again(old, [UPPER, LOWER], [*old.values()], seals=(seal,))
    assert kept == [("严格执行", pytest.approx(0.5))]


def test_doubt_about_a_line_leaves_its_characters_as_they_were_read() -> None:
    """They are witnesses against tick boxes within characters."""
    doubted = Reading(reading("严格执行", 0.99).chars, limit=0.5)
    assert doubted.confidence == pytest.approx(0.5)
    assert all(c.probability == pytest.approx(0.99) for c in doubted.chars)


def test_a_seal_alone_in_a_cell_is_kept_for_a_person() -> None:
    seal = Seal(80.0, 50.0, 90.0, 95.0, 1.0)
    kept = again({LINE: reading("石民", 0.5)}, [LINE], [reading("石民", 0.5)], seals=(seal,))
    assert kept == [("石民", pytest.approx(0.5))]


@pytest.mark.parametrize(
    ("text", "seals", "kept"),
    [
        ("0", (), [("0", 0.5)]),
        ("治", (Seal(80.0, 50.0, 90.0, 95.0, 0.4),), [("治", 0.5)]),
        ("治", (), []),
    ],
    ids=["figure", "under a pale seal", "dirt"],
)
def test_what_may_be_the_only_value_of_a_cell_is_kept_for_a_person(
    text: str, seals: tuple[Seal, ...], kept: list[tuple[str, float]]
) -> None:
    found = again({LINE: reading(text, 0.5)}, [], [], seals=seals)
    assert found == [(t, pytest.approx(sure)) for t, sure in kept]


FIGURE, LEFT_OF_IT = LineBox(70, 38, 130, 58), LineBox(30, 38, 50, 58)
DARK = Seal(100.0, 50.0, 110.0, 120.0, 1.0)
PALE = Seal(100.0, 50.0, 110.0, 120.0, 0.5)


@pytest.mark.parametrize(
    ("seal", "pieces", "kept"),
    [
        (DARK, ("柳", "63900"), [("63900", 0.75)]),
        (DARK, ("1234", "63900"), [("柳63900", 0.99)]),
        (DARK, ("柳", "639"), [("柳63900", 0.99)]),
        (DARK, ("柳", "本年"), [("柳63900", 0.99)]),
        (PALE, (), [("柳63900", 0.99)]),
    ],
    ids=["one", "two", "narrower than its ink", "none", "pale seal"],
)
def test_the_one_figure_under_a_dark_seal_is_all_that_is_printed(
    seal: Seal, pieces: Sequence[str], kept: list[tuple[str, float]]
) -> None:
    old = {LineBox(30, 38, 130, 58): reading("柳63900", 0.99)}
    found = again(
        old,
        (LEFT_OF_IT, FIGURE),
        [reading(p, 0.99) for p in pieces],
        seals=(seal,),
        ink=(LEFT_OF_IT, FIGURE),
    )
    assert found == [(text, pytest.approx(sure)) for text, sure in kept]
