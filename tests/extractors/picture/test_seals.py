from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawn_pages import Paper, sides
from numpy.typing import NDArray

from extractors.ocr.port import Char, Reading
from extractors.picture.hidden import TOUCHED, with_touched, without_unprinted
from extractors.picture.lines import LineBox, text_height
from extractors.picture.seals import Seal, find_seals, outside_seals, without_seals

DPI = 150.0
CM = DPI / 2.54
SURE = Reading((Char("8", 0.99, 0.5),))
PROSE = "项目总预算合计数量指标绩效目标资金构成情况填报说明单位负责人"


def page(size: float = 10.5) -> Paper:
    """A page full of print between rulings."""
    paper = Paper(420, 420, DPI)
    for side in sides([30, 390], [40, 160, 280, 400], [(i, 0, i + 1, 1) for i in range(3)]):
        paper.rule(side)
    for row in range(18):
        paper.write(PROSE, 40, 48 + 19 * row, size=size)
    return paper


def ink_of(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    return (1 - pixels.astype(np.float32) / 255).astype(np.float32)


def sealed(
    paper: Paper, x: float, y: float, radius_cm: float, darkness: float
) -> NDArray[np.float32]:
    """The page with a ring and a star's core, lengths in pixels but for the radius."""
    seal = np.zeros(paper.pixels.shape, np.float32)
    cv2.circle(seal, (round(x), round(y)), round(radius_cm * CM), darkness, round(0.1 * CM))
    cv2.circle(seal, (round(x), round(y)), round(0.4 * CM), darkness, -1)
    return np.maximum(ink_of(paper.pixels), seal)


@pytest.mark.parametrize("darkness", [0.45, 0.7, 1.0])
@pytest.mark.parametrize("radius_cm", [1.9, 2.1, 2.9])
def test_ring_over_print_is_found(radius_cm: float, darkness: float) -> None:
    (seal,) = find_seals(sealed(page(), 500, 380, radius_cm, darkness), DPI)
    assert (seal.x, seal.y) == pytest.approx((500, 380), abs=2)
    assert seal.inner < radius_cm * CM < seal.outer
    assert seal.outer - seal.inner < 0.3 * CM
    assert seal.ink == pytest.approx(darkness, abs=0.1)


def test_ring_that_is_broken_in_places_is_found() -> None:
    paper = page()
    ink = ink_of(paper.pixels)
    for start in range(0, 360, 60):
        axes = (round(2.1 * CM), round(2.1 * CM))
        cv2.ellipse(ink, (500, 380), axes, 0, start, start + 34, 1.0, round(0.1 * CM))
    (seal,) = find_seals(ink, DPI)
    assert (seal.x, seal.y) == pytest.approx((500, 380), abs=2)
    assert seal.inner < 2.1 * CM < seal.outer


def test_two_seals_are_found() -> None:
    paper = page()
    both = np.maximum(sealed(paper, 260, 380, 2.0, 0.8), sealed(paper, 600, 500, 2.1, 0.8))
    assert sorted(round(s.x / 10) for s in find_seals(both, DPI)) == [26, 60]


@pytest.mark.parametrize("size", [9, 10.5, 14, 22])
def test_print_and_rulings_are_no_seal(size: float) -> None:
    assert find_seals(ink_of(page(size).pixels), DPI) == []


def test_empty_paper_has_no_seal() -> None:
    assert find_seals(np.zeros((600, 400), np.float32), DPI) == []


def test_pale_seal_goes_and_print_under_it_stays() -> None:
    paper = page()
    bare = without_seals(
        sealed(paper, 500, 380, 2.0, 0.45), find_seals(sealed(paper, 500, 380, 2.0, 0.45), DPI)
    )
    printed = ink_of(paper.pixels)
    assert not (bare[printed == 0] > 0.42).any()
    ring = np.hypot(*np.ogrid[-380 : 875 - 380, -500 : 875 - 500])
    under = (ring < 2.1 * CM) & (printed > 0.8)
    assert (bare[under] > 0.42).all()


def test_of_a_black_seal_the_ring_goes() -> None:
    paper = page()
    ink = sealed(paper, 500, 380, 2.0, 1.0)
    bare = without_seals(ink, find_seals(ink, DPI))
    distance = np.hypot(*np.ogrid[-380 : 875 - 380, -500 : 875 - 500])
    ring = np.abs(distance - 2.0 * CM) < 0.04 * CM
    away = np.abs(distance - 2.0 * CM) > 0.2 * CM
    assert (bare[ring] == 0).all()
    assert (bare[away] == ink[away]).all()


def test_letters_of_a_seal_are_not_the_size_of_a_pages_print() -> None:
    paper = Paper(420, 420, DPI)
    paper.write(PROSE[:14], 40, 48)
    centre = paper.pixels.shape[0] / 2
    paper.write("上海市申报单位专用印章", 130, centre / paper.per_pt, size=16)
    mask = (ink_of(paper.pixels) > 0.5).astype(np.uint8)
    seal = Seal(centre, centre, 170, 185, 0.5)
    assert text_height(mask, paper.em) > 1.2 * paper.em
    assert text_height(outside_seals(mask, [seal]), paper.em) == pytest.approx(paper.em, abs=2.2)


def test_line_that_a_dark_seal_touches_is_not_sure() -> None:
    """A figure may go on under it, or one of its characters be taken for print."""
    dark, pale = Seal(500, 380, 110, 122, 1.0), Seal(500, 380, 110, 122, 0.4)
    lines = [LineBox(300, 370, 370, 390), LineBox(480, 370, 520, 390), LineBox(100, 370, 340, 390)]
    readings = dict.fromkeys(lines, SURE)
    limits = [r.certainty for r in with_touched(readings, [dark], 20.0).values()]
    assert limits == [TOUCHED, TOUCHED, 0.99]
    assert with_touched(readings, [pale], 20.0) == readings


@pytest.mark.parametrize(("inked", "text"), [(40, "偏差一"), (20, "偏差"), (0, "")])
@pytest.mark.parametrize("sealed", [True, False])
def test_character_in_a_seal_that_has_no_ink_was_not_printed(
    inked: int, text: str, *, sealed: bool
) -> None:
    """The strokes of a pale seal are off the print, and still in the picture that is read."""
    mask = np.zeros((60, 200), np.uint8)
    mask[20:40, 20 : 20 + 2 * inked] = 1
    line = LineBox(20, 20, 80, 40)
    chars = tuple(Char(c, 0.99, x) for c, x in (("偏", 0.2), ("差", 0.5), ("一", 0.8)))
    seal = Seal(70.0 if sealed else 900.0, 30.0, 50.0, 55.0, 0.4)
    read = without_unprinted({line: Reading(chars)}, mask, [seal], 20.0)[line]
    assert read.text == (text if sealed else "偏差一")
    assert read.limit == (TOUCHED if read.text != "偏差一" else 1.0)
