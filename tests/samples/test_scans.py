import numpy as np
import pytest
from printed_text import extracted_pages

from samples.archive import bind_archive
from samples.degrade.geometry import quarter_turn
from samples.degrade.sensor import to_bilevel
from samples.generate import print_declaration
from samples.scan import Level, scan
from samples.streams import generator_for
from samples.wording import TITLE


@pytest.mark.parametrize("level", [Level.OFFICE, Level.PHOTO])
def test_scans_are_deterministic_and_hold_every_page(level):
    pdf, layout = print_declaration(4)
    first, again = (
        scan(pdf, level, generator_for(4, level), owner="某所", turn_deg=0) for _ in range(2)
    )
    assert len(first.pages) == layout.pages
    for one, other in zip(first.pages, again.pages, strict=True):
        assert one.dtype == np.uint8
        assert np.array_equal(one, other)


def test_quarter_turns_are_clockwise():
    page = np.zeros((2, 3, 3), np.uint8)
    page[0, 0] = 255
    assert quarter_turn(page, 90)[0, -1].tolist() == [255] * 3
    assert quarter_turn(page, 180)[-1, -1].tolist() == [255] * 3


def test_bilevel_pages_are_black_and_white():
    page = np.linspace(0, 255, 300).reshape(10, 10, 3).astype(np.uint8)
    assert set(np.unique(to_bilevel(page, 0.7))) == {0, 255}


def test_archives_count_their_pages_right():
    archive = bind_archive(generator_for(7, "test"), 2, 0.25)
    texts = extracted_pages(archive.pdf)
    used = [page for d in archive.declarations for page in d.pages]
    assert sorted([*used, *archive.other_pages]) == list(range(1, len(texts) + 1))
    assert [n + 1 for n, text in enumerate(texts) if TITLE in text] == [
        d.pages[0] for d in archive.declarations
    ]
