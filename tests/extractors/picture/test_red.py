"""Red seals on colour pictures, which leave neither ink nor holes."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawn_pages import Paper
from numpy.typing import NDArray

from extractors.picture.red import without_red

SEAL = (0.72, 0.25, 0.3)
"""What a stroke of the seal leaves of red, green and blue; a fresh one on office scans."""
RADIUS = 80


def pressed(
    grey: NDArray[np.uint8], paper: tuple[float, float, float], seal: tuple[float, float, float]
) -> NDArray[np.uint8]:
    """A grey page on paper of a colour, with a ring and a star's core over it."""
    print_ = grey.astype(np.float64)[:, :, None] / 255 * np.array(paper)
    ring = np.zeros(grey.shape, np.float64)
    middle = (grey.shape[1] // 2, grey.shape[0] // 2)
    cv2.circle(ring, middle, RADIUS, 1.0, 7)
    cv2.circle(ring, middle, RADIUS // 4, 1.0, -1)
    left = np.array(seal) ** ring[:, :, None]
    return np.asarray(np.clip(print_ * left, 0, 255), dtype=np.uint8)


def as_jpeg(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """As scanners file it: colours at half resolution."""
    options = [
        cv2.IMWRITE_JPEG_QUALITY, 80,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420,
    ]  # fmt: skip
    _, data = cv2.imencode(".jpg", pixels[:, :, ::-1].copy(), options)
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[:, :, ::-1], dtype=np.uint8)


def printed() -> NDArray[np.uint8]:
    paper = Paper(200, 120, 150)
    for row in range(5):
        paper.write("项目总预算合计数量指标绩效目标", 12, 12 + 20 * row)
    grey = cv2.GaussianBlur(paper.pixels, (0, 0), 0.8)
    return np.asarray(np.maximum(grey, 40), dtype=np.uint8)


@pytest.mark.parametrize(
    "paper", [(250, 250, 250), (225, 225, 225), (240, 222, 190)], ids=["white", "grey", "warm"]
)
@pytest.mark.parametrize("seal", [SEAL, (0.85, 0.45, 0.45)], ids=["fresh", "pale"])
def test_page_is_as_if_no_seal_had_been_pressed(
    paper: tuple[float, float, float], seal: tuple[float, float, float]
) -> None:
    grey = printed()
    found = without_red(as_jpeg(pressed(grey, paper, seal))).astype(int)
    plain = without_red(as_jpeg(pressed(grey, paper, (1.0, 1.0, 1.0)))).astype(int)
    assert np.quantile(plain - found, 0.999) < 0.12 * 255
    is_print = plain < 0.4 * 255
    assert np.mean(found[is_print] < 0.65 * 255) > 0.97


@pytest.mark.parametrize("colour", [(40, 40, 160), (60, 60, 60)], ids=["blue", "black"])
def test_ticks_of_other_inks_stay(colour: tuple[int, int, int]) -> None:
    pixels = np.full((200, 300, 3), 240, np.uint8)
    cv2.line(pixels, (100, 60), (130, 90), colour, 4)
    assert without_red(pixels)[75, 115] < 0.4 * 255


def test_shadow_on_a_photograph_does_not_hide_the_seal() -> None:
    shade = np.linspace(1.0, 0.45, 417)[None, :, None]
    pixels = pressed(printed(), (235, 235, 235), SEAL)
    plain = pressed(printed(), (235, 235, 235), (1.0, 1.0, 1.0))
    shaded, bare = ((p * shade[:, : p.shape[1]]).astype(np.uint8) for p in (pixels, plain))
    difference = without_red(bare).astype(int) - without_red(shaded)
    assert np.quantile(difference, 0.995) < 0.12 * 255


def test_print_under_a_seal_stays_whatever_the_desk_around_the_sheet_is_made_of() -> None:
    sheet = pressed(printed(), (235, 235, 235), SEAL)
    rim = 40
    desk = np.zeros((sheet.shape[0] + 2 * rim, sheet.shape[1] + 2 * rim, 3), np.uint8)
    desk[:] = (120, 70, 50)
    desk[rim:-rim, rim:-rim] = sheet
    on_desk = without_red(desk)[rim:-rim, rim:-rim].astype(int)
    assert np.quantile(np.abs(on_desk - without_red(sheet)), 0.999) < 0.12 * 255
