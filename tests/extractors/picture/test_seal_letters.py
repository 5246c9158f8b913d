"""Characters of a seal among print: a drawn page, and an engine that reads the ring by rote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.ocr.port import Char, Crop, Reading
from extractors.picture.layout import PageLayout
from extractors.picture.seal_letters import OVERLAP, without_seal_letters
from extractors.picture.seals import Seal
from extractors.picture.straighten import StraightPage

EM = 20.0
SIDE = 26
SEAL = Seal(200.0, 200.0, 110.0, 118.0, 1.0)
TURNS = {"上": 0.2, "海": 0.3, "市": 0.5, "库": 0.7}
Mask = NDArray[np.uint8]


@dataclass
class RingEngine:
    """Reads characters along the ring, and when asked once more those of them in ``again``."""

    seen: dict[str, float] = field(default_factory=lambda: dict(TURNS))
    again: str = "".join(TURNS) + "务"
    asked: int = field(default=0)
    name: str = "ring"

    def read(self, crops: Sequence[Crop]) -> list[Reading]:
        """One reading a band."""
        self.asked += 1
        seen = {c: t for c, t in self.seen.items() if self.asked == 1 or c in self.again}
        chars = tuple(Char(c, 0.99, turn / (1 + OVERLAP)) for c, turn in seen.items())
        return [Reading(chars) for _ in crops]


def place(turn: float) -> tuple[int, int]:
    """Middle of a character that stands at a turn from the foot of the seal."""
    angle = 2 * np.pi * (turn + 0.25)
    return round(SEAL.x + 80 * np.cos(angle)), round(SEAL.y + 80 * np.sin(angle))


def letter(mask: Mask, turn: float) -> None:
    x, y = place(turn)
    cv2.rectangle(mask, (x - SIDE // 2 + 3, y - SIDE // 2 + 3), (x + 9, y + 9), 1, 2)


def sealed() -> Mask:
    """A seal of four characters over a page with one word in it, and one beside it."""
    mask = np.zeros((400, 500), np.uint8)
    for turn in TURNS.values():
        letter(mask, turn)
    for x in (170, 195, 220, 400, 425):
        cv2.rectangle(mask, (x, 190), (x + 16, 206), 1, 2)
    return mask


def bare(mask: Mask, engine: RingEngine, seal: Seal = SEAL) -> Mask | None:
    """What is left of the ink, as a mask; ``None`` where nothing was taken off."""
    pixels = np.where(mask > 0, 0, 255).astype(np.uint8)
    page = StraightPage(pixels, pixels, 150.0, 0, np.eye(3), (500, 400))
    layout = PageLayout(1.0, EM, (), (), (), mask, (seal,))
    left = without_seal_letters(page, layout, engine)
    if left is None:
        return None
    assert (left.pixels == left.legible).all()
    return (left.pixels == 0).astype(np.uint8)


def without(mask: Mask, letters: str) -> Mask:
    kept = mask.copy()
    half = SIDE // 2 + 1
    for char in letters:
        x, y = place(TURNS[char])
        kept[y - half : y + half, x - half : x + half] = 0
    return kept


def test_characters_of_a_seal_go_and_print_stays() -> None:
    mask = sealed()
    left = bare(mask, RingEngine())
    assert left is not None
    assert (left == without(mask, "上海市库")).all()


def test_a_character_goes_only_if_it_reads_the_same_by_itself() -> None:
    mask = sealed()
    left = bare(mask, RingEngine(again="上市库"))
    assert left is not None
    assert (left == without(mask, "上市库")).all()


def test_a_character_that_touches_print_stays() -> None:
    mask = sealed()
    x, y = place(TURNS["海"])
    mask[y : y + 2, x - 100 : x] = 1
    left = bare(mask, RingEngine())
    assert left is not None
    assert (left == without(mask, "上市库")).all()


@pytest.mark.parametrize(("sides", "stays"), [((-45, 30), True), ((-45,), False), ((), False)])
def test_a_character_that_fills_a_hole_in_a_line_stays(sides: tuple[int, ...], stays: bool) -> None:
    mask = sealed()
    x, y = place(TURNS["海"])
    for aside in sides:
        cv2.rectangle(mask, (x + aside, y - 8), (x + aside + 16, y + 8), 1, 2)
    left = bare(mask, RingEngine())
    assert left is not None
    assert (left == without(mask, "上市库" if stays else "上海市库")).all()


def test_a_character_read_between_those_that_stand_evenly_stays() -> None:
    """Print at the top of a ring reads upright there too."""
    mask = sealed()
    letter(mask, 0.42)
    engine = RingEngine(seen={**TURNS, "务": 0.42})
    left = bare(mask, engine)
    assert left is not None
    assert (left == without(mask, "上海市库")).all()


def test_print_between_the_circles_of_a_name_stays() -> None:
    mask = sealed()
    x, y = place(0.4)
    mask[y - 4 : y + 4, x - 4 : x + 4] = 1
    left = bare(mask, RingEngine())
    assert left is not None
    assert left[y - 4 : y + 4, x - 4 : x + 4].all()


@pytest.mark.parametrize(
    ("seal", "asked"), [(replace(SEAL, ink=0.4), 0), (replace(SEAL, x=380.0, y=320.0), 1)]
)
def test_pale_seals_and_rings_without_characters_take_nothing(seal: Seal, asked: int) -> None:
    engine = RingEngine()
    assert bare(sealed(), engine, seal) is None
    assert engine.asked == asked
