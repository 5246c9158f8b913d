from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawn_pages import BODY_PT, Paper
from numpy.typing import NDArray

from extractors.picture.lines import LineBox, clean_mask
from extractors.picture.outside import outside_lines

TITLE = "财政支出项目绩效目标申报表"
TITLE_PT = 18.0
DPI = 150


def lines_of(paper: Paper) -> list[LineBox]:
    ink = (1 - paper.pixels.astype(np.float32) / 255).astype(np.float32)
    return outside_lines(clean_mask(ink, paper.em), paper.em)


def titled() -> Paper:
    paper = Paper(400, 200, DPI)
    paper.write(TITLE, 80, 60, TITLE_PT)
    return paper


def sheet_edge(paper: Paper, x: float, *, broken: bool) -> None:
    """The dark edge of a sheet beside the print: wavering, whole or in pieces."""
    rng = np.random.default_rng(4)
    for y in range(0, 200, 9):
        if not broken or y % 27:
            points = [(x + rng.uniform(-2, 2), float(y)), (x + rng.uniform(-2, 2), y + 9.0)]
            paper.stroke(points, 5)


def title_box(lines: list[LineBox], paper: Paper) -> LineBox:
    wide = [line for line in lines if line.x1 - line.x0 > 10 * paper.em]
    assert len(wide) == 1
    return wide[0]


@pytest.mark.parametrize("broken", [False, True])
def test_edge_of_the_sheet_does_not_cut_a_title(broken: bool) -> None:
    (alone,) = lines_of(titled())
    paper = titled()
    sheet_edge(paper, 20, broken=broken)
    sheet_edge(paper, 380, broken=broken)
    assert title_box(lines_of(paper), paper) == alone


def test_edge_of_the_sheet_is_no_print() -> None:
    paper = Paper(400, 200, DPI)
    sheet_edge(paper, 20, broken=False)
    assert lines_of(paper) == []


def test_corner_of_the_sheet_is_no_print() -> None:
    paper = Paper(400, 200, DPI)
    paper.stroke([(20, 195), (20, 20), (380, 20), (380, 195)], 5)
    assert lines_of(paper) == []


def test_print_behind_a_wide_blank_is_a_line_of_its_own() -> None:
    paper = Paper(400, 60, DPI)
    paper.write("填报单位", 10, 20)
    paper.write("联系电话", 10 + (4 + 4) * BODY_PT, 20)
    left, right = lines_of(paper)
    assert left.x1 < right.x0
    assert left.y0 == pytest.approx(right.y0, abs=0.1 * paper.em)


@pytest.mark.parametrize("text", ["二", "三", "二二"])
def test_parts_of_one_character_stay_together(text: str) -> None:
    paper = Paper(120, 60, DPI)
    paper.write(text, 40, 20)
    assert len(lines_of(paper)) == 1


def test_lines_come_top_to_bottom() -> None:
    paper = Paper(300, 120, DPI)
    for y, text in ((80, "备注说明"), (20, "申报单位名称"), (50, "项目年度")):
        paper.write(text, 20 + y, y)
    tops = [line.y0 for line in lines_of(paper)]
    assert tops == sorted(tops)
    assert len(tops) == 3


def test_rest_of_a_ruling_is_no_line() -> None:
    mask: NDArray[np.uint8] = np.zeros((60, 200), np.uint8)
    cv2.line(mask, (20, 30), (160, 30), 1, 5)
    assert outside_lines(mask, 22.0) == []
