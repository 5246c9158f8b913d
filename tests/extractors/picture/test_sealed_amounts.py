"""A page of numbers, the last of which stands in a cell under a dark seal."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from written_numbers import CLEAR, DPI, EM, written

from extractors.grid.lattice import CellBox, Lattice
from extractors.ocr.port import Char, Reading
from extractors.picture.hidden import TOUCHED, share_along
from extractors.picture.layout import CellLayout, PageLayout, TableLayout
from extractors.picture.lines import LineBox
from extractors.picture.sealed_amounts import with_sealed_amounts
from extractors.picture.seals import Seal

AMOUNT = "3,860,000"


def read(text: str, line: LineBox, probability: float = 0.99) -> Reading:
    """A reading whose characters stand evenly along a line."""
    width = (line.x1 - line.x0) / len(text)
    places = (line.x0 + (i + 0.5) * width for i in range(len(text)))
    return Reading(
        tuple(
            Char(c, probability, share_along(line, x, EM))
            for c, x in zip(text, places, strict=True)
        )
    )


def seen(text: str, beside: Char | None = None, ink: float = 1.0) -> tuple[str, Reading]:
    """What is read of the amount, and its reading, where an engine read ``text`` unsurely.

    Args:
        text: Read by the engine.
        beside: A further character that it read surely, behind all others.
        ink: Darkness of the seal.
    """
    page, readings = written((*CLEAR, AMOUNT))
    line = list(readings)[-1]
    # Low enough to leave the other lines clear.
    middle = (line.x1 + 30.0, line.y1 + 85.0)
    seal = Seal(*middle, 100.0, 104.0, ink)
    cv2.circle(page, (round(middle[0]), round(middle[1])), 102, 1.0, 3)
    cv2.line(page, (line.x0 + 30, line.y0 - 6), (line.x0 + 52, line.y1 + 6), 1.0, 3)
    reading = read(text, line, probability=0.5)
    if beside is not None:
        reading = replace(reading, chars=(*reading.chars, beside))
    cell = CellBox(0, 0, 1, 1, 20, line.y0 - 12, page.shape[1] - 10, line.y1 + 12)
    lattice = Lattice((cell.x0, cell.x1), (cell.y0, cell.y1), (cell,))
    table = TableLayout(lattice, (CellLayout(cell, (line,), ()),))
    mask = (page > 0.4).astype(np.uint8)
    layout = PageLayout(1.0, EM, (table,), tuple(readings)[:-1], (), mask, (seal,))
    pixels = (255 * (1 - page)).astype(np.uint8)
    layout, found = with_sealed_amounts(pixels, DPI, layout, {**readings, line: reading})
    (only,) = layout.tables[0].cells[0].lines
    return found[only].text, found[only]


@pytest.mark.parametrize("text", ["3,8y0,000", "38", "3.860.0口0"])
def test_amount_under_strokes_of_a_seal_is_found_for_a_person_to_see(text: str) -> None:
    found, reading = seen(text)
    assert found == AMOUNT
    assert reading.limit <= TOUCHED


@pytest.mark.parametrize("beside", ["%", "人", "7"])
def test_number_that_goes_on_beyond_what_was_found_is_left_as_it_was_read(beside: str) -> None:
    assert seen("3,8y0,000", Char(beside, 0.99, 1.25))[0] == "3,8y0,000" + beside


def test_character_of_the_seal_beside_the_amount_is_none_of_it() -> None:
    assert seen("3,8y0,000", Char("村", 0.99, 1.25))[0] == AMOUNT


@pytest.mark.parametrize(("text", "ink"), [("3,8y0,000", 0.4), ("三百八十六万", 1.0)])
def test_no_amount_is_sought_under_a_pale_seal_or_among_words(text: str, ink: float) -> None:
    assert seen(text, ink=ink)[0] == text
