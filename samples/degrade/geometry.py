"""How the sheet lies: turned a little on the glass, or seen aslant by a camera."""

from __future__ import annotations

import cv2
import numpy as np

from samples.degrade.ink import Page


def rotate(page: Page, skew_deg: float, fill: int = 255) -> Page:
    """Turns the sheet by a small angle about its middle; the uncovered corners get ``fill``."""
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), skew_deg, 1.0)
    return np.asarray(
        cv2.warpAffine(
            page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(fill,) * 3
        ),
        np.uint8,
    )


def quarter_turn(page: Page, turn_deg: int) -> Page:
    """Turns a page clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(page, k=-turn_deg // 90))


def photograph(
    page: Page, rng: np.random.Generator, *, tilt: float, skew_deg: float, desk: Page | None
) -> Page:
    """The sheet as a camera sees it.

    Args:
        page: Sheet.
        rng: Source of chance.
        tilt: Largest shift of a corner in shares of the sheet's sides.
        skew_deg: Rotation of the sheet in the picture.
        desk: What lies around the sheet; ``None`` lets the picture end within its margins.
    """
    height, width = page.shape[:2]
    border = 0.06 if desk is not None else 0.0
    size = (round(width * (1 + 2 * border)), round(height * (1 + 2 * border)))
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    shift = rng.uniform(-tilt, tilt, (4, 2)) * (width, height)
    angle = np.deg2rad(skew_deg)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    middle = np.array([width / 2, height / 2])
    target = (corners + shift - middle) @ turn.T + np.array(size) / 2
    matrix = cv2.getPerspectiveTransform(corners, target.astype(np.float32))
    seen = cv2.warpPerspective(
        page, matrix, size, flags=cv2.INTER_CUBIC, borderValue=(250, 250, 250)
    )
    if desk is None:
        return np.asarray(seen, np.uint8)
    cover = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, size)
    share = cover.astype(np.float32)[..., None] / 255
    around = cv2.resize(desk, size, interpolation=cv2.INTER_CUBIC).astype(np.float32)
    return (seen * share + around * (1 - share)).astype(np.uint8)


def desk_top(rng: np.random.Generator) -> Page:
    """A blurred, grainy table top, uint8 (64, 48, 3), to be enlarged."""
    colour = rng.uniform(40, 175, 3)
    grain = rng.normal(0, 7, (64, 48, 1)) + rng.normal(0, 2, (64, 48, 3))
    return np.clip(colour + grain, 0, 255).astype(np.uint8)
