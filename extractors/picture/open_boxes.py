"""Boxes of which a scan in black and white left three sides, or both uprights alone.

No character has both level sides of a square and one upright, and nothing inside; nor two uprights
so far apart that are as high as a box.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.boxes import Box

LEVEL_SHARE = 0.5
UPRIGHT_SHARE = 0.3
"""Least printed share of both level sides, and of one upright: 二 has none, and 门 and 几 have no
lower side."""
OPEN_MORE_PX = 2
"""Whole boxes are measured smaller by up to so much: a broken outline ends early on every side."""
ALONE_SHARE = 0.8
"""The same of both uprights where the level sides are lost."""
RUN_ON_EM = (0.15, 0.35)
"""From beyond the corner of a hairline box, whose sides run on by a few pixels, to short of the
label beside it."""
BESIDE_EM = 0.25
"""A box stands so far from its label at least, and from the next."""
STROKE_SHARE = 0.5
"""Printed share of such a piece from which it is a stroke: a ruling only ends it."""
RIM_PX = 2
"""A side and its blur."""
PRINT_SHARE = 0.03
"""Printed share of what is inside, above which it is the print of a character."""


def lacks_sides(sides: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Where both level sides of a box and one of the others are printed, or both uprights.

    Args:
        sides: Printed share of the upper, lower, left and right side, float32 (4, H, W).
    """
    upper, lower, left, right = sides
    level, upright = np.minimum(upper, lower), np.maximum(left, right)
    lies = (level >= LEVEL_SHARE) & (upright >= UPRIGHT_SHARE)
    # 冂 and 几 have an upper side, 凵 a lower one, be it of a little smaller size.
    around = np.ones((2 * OPEN_MORE_PX + 1, 1), np.uint8)
    levels = cv2.dilate(np.maximum(upper, lower), around)
    stands = (np.minimum(left, right) >= ALONE_SHARE) & (levels < UPRIGHT_SHARE)
    return np.asarray(lies | stands)


def has_corner(sides: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Where a level side of a box and an upright one are printed.

    Args:
        sides: As in `lacks_sides`.
    """
    upper, lower, left, right = sides
    return np.asarray(np.minimum(np.maximum(upper, lower), np.maximum(left, right)) >= ALONE_SHARE)


def is_ticked(box: Box, printed: NDArray[np.uint8], em: float) -> bool:
    """Whether something is printed inside what is left of a box, and nothing beside it.

    Characters stand closer to each other.

    Args:
        box: Whose outline is printed in part.
        printed: uint8 (H, W), 0 or 1.
        em: Text height in pixels.
    """
    x0, y0, x1, y1 = (round(v) for v in (box.x0, box.y0, box.x1, box.y1))
    reach = round(BESIDE_EM * em)
    if x0 < reach:
        return False
    beside = (slice(x0 - reach, x0 - RIM_PX), slice(x1 + RIM_PX, x1 + reach))
    is_free = not any(printed[y0:y1, columns].any() for columns in beside)
    return is_free and not _is_blank(box, printed)


def is_open(box: Box, printed: NDArray[np.uint8], em: float) -> bool:
    """Whether nothing is printed inside, and no side goes on beyond a corner.

    Strokes of neighbouring characters may make three sides of a square; they go on.

    Args:
        box: Whose outline is printed in part.
        printed: uint8 (H, W), 0 or 1.
        em: Text height in pixels.
    """
    near, far = (round(share * em) for share in RUN_ON_EM)
    x0, y0, x1, y1 = (round(v) for v in (box.x0, box.y0, box.x1, box.y1))
    if min(x0, y0) < far:
        return False
    beside = (slice(x0 - far, x0 - near), slice(x1 + near, x1 + far))
    beyond = (slice(y0 - far, y0 - near), slice(y1 + near, y1 + far))
    level = [printed[y - 1 : y + 2, x].max(axis=0) for y in (y0, y1 - 1) for x in beside]
    upright = [printed[y, x - 1 : x + 2].max(axis=1) for x in (x0, x1 - 1) for y in beyond]
    goes_on = any(piece.mean() >= STROKE_SHARE for piece in (*level, *upright) if piece.size)
    return not goes_on and _is_blank(box, printed)


def _is_blank(box: Box, printed: NDArray[np.uint8]) -> bool:
    """Whether next to nothing is printed within the sides of a box."""
    x0, y0, x1, y1 = (round(v) for v in (box.x0, box.y0, box.x1, box.y1))
    inside = printed[y0 + RIM_PX : y1 - RIM_PX, x0 + RIM_PX : x1 - RIM_PX]
    return float(inside.mean()) <= PRINT_SHARE
