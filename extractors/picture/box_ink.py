"""The ink in a tick box and beyond its frame: all that tells whether it is ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.boxes import Box

CENTRE = 0.5
"""Share of the box, along each axis, whose darkness is judged: heavy frames and their blur stay
outside."""
TRACE = 0.62
"""The same where a tick that crosses a corner still leaves a trace."""
FRAME_PERCENTILE = 85
"""Of the pixels of a box, the darkest sixth is the frame at least."""
HALO = 0.12
"""Darkness below this, of full ink, is the blur of the frame or the grain of the paper."""
LIKE_FRAME = 0.5
"""A tick is as dark as the frame, near enough; the frame's blur, a seal, the reverse are not."""
PALEST_TICK = 2 * HALO
"""Where the frame itself is pale, a tick is darker than the grain of the paper all the same."""
REACH = 1.0
"""Ink that hangs on a box is followed so far above and below it, in sizes of the box."""
RIM = 0.12
"""A heavy frame and its blur reach this share of the box beyond its place."""
MOST = 2 / 3
"""Share of a frame that must be left where a seal's ring was taken off: a tick crosses its box, and
the ring hides no more of it than of two sides."""
PAPER_PERCENTILE = 85
"""Of the pixels in and around a box, the brightest sixth is paper."""


def sharpened(box: Box, grey: NDArray[np.uint8], scale: float, level: float) -> Box:
    """The box with its centre judged at the resolution of the file.

    The place of a box is known to a working pixel, which the frame of a heavy box may reach
    into its centre: of all places so near, the palest counts.

    Args:
        box: In working pixels.
        grey: uint8 (H, W), the straight page.
        scale: Working pixels per pixel of ``grey``.
        level: The page's ink, as in `Darkness.level`.
    """
    x0, y0, x1, y1 = (v / scale for v in (box.x0, box.y0, box.x1, box.y1))
    reach = (x1 - x0) / 2
    around = grey[
        max(round(y0 - reach), 0) : round(y1 + reach), max(round(x0 - reach), 0) : round(x1 + reach)
    ]
    paper = max(float(np.percentile(around, PAPER_PERCENTILE)), 1.0)
    rows = slice(max(round(y0), 0), round(y1) + 1)
    dark = (1 - grey[rows, max(round(x0), 0) : round(x1) + 1].astype(np.float32) / paper) / level
    shift = max(1, round(1 / scale))
    grey_ink = np.clip((np.clip(dark, 0, 1) - HALO) / (1 - HALO), 0, 1)
    frame = float(np.percentile(dark, FRAME_PERCENTILE))
    like_frame = (dark > max(LIKE_FRAME * frame, PALEST_TICK)).astype(np.float32)
    middle = like_frame[_palest_place(grey_ink, TRACE, shift)]
    return replace(
        box,
        fill=_palest(grey_ink, CENTRE, shift),
        trace=_palest(grey_ink, TRACE, 0),
        span=_longest(middle.astype(np.uint8)) * 2 / sum(dark.shape),
        dark=_palest(like_frame, CENTRE, shift),
    )


def _palest(values: NDArray[np.float32], share: float, shift: int) -> float:
    """Least mean over the centre of a box, float32 (H, W), moved by up to ``shift`` pixels."""
    return float(values[_palest_place(values, share, shift)].mean())


def _palest_place(values: NDArray[np.float32], share: float, shift: int) -> tuple[slice, slice]:
    """Rows and columns of that centre."""
    height, width = values.shape
    size = (max(round(width * share), 1), max(round(height * share), 1))
    x, y = (width - size[0]) // 2, (height - size[1]) // 2
    means = cv2.blur(values, size, anchor=(0, 0))
    top, left = max(y - shift, 0), max(x - shift, 0)
    near = means[top : y + shift + 1, left : x + shift + 1]
    row, column = np.unravel_index(int(near.argmin()), near.shape)
    y, x = top + int(row), left + int(column)
    return slice(y, y + size[1]), slice(x, x + size[0])


def _longest(mask: NDArray[np.uint8]) -> float:
    """Diagonal of the largest piece of ink, pixels."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return max((float(np.hypot(w, h)) for _, _, w, h, _ in stats[1:]), default=0.0)


def with_strokes(box: Box, mask: NDArray[np.uint8], others: Sequence[Box] = ()) -> Box:
    """The box with the print in its centre and what its tick does beyond the frame.

    Args:
        box: In working pixels.
        mask: Printed pixels without rulings and seals, uint8 (H, W), 0 or 1.
        others: Boxes whose frames are not taken for a tick of this one.
    """
    reach = REACH * box.size
    y0, x0 = max(round(box.y0 - reach), 0), max(round(box.x0 - box.size / 4), 0)
    region = np.ascontiguousarray(
        mask[y0 : round(box.y1 + reach), x0 : round(box.x1 + box.size / 2)]
    ).copy()
    inside = (
        slice(round(box.y0) - y0, round(box.y1) - y0),
        slice(max(round(box.x0) - x0, 0), round(box.x1) - x0),
    )
    own = region[inside].copy()
    inked = _is_inked(own)
    box = replace(
        box,
        printed=_palest(own.astype(np.float32), CENTRE, 0),
        inked=inked,
        bare=not inked and _is_framed(own, region[_with_rim(box, x0, y0)]),
    )
    areas = [(other, _with_rim(other, x0, y0)) for other in others]
    for _, area in areas:
        region[area] = 0
    region[inside] = own
    _, labels = cv2.connectedComponents(region, connectivity=8)
    hanging = np.isin(labels, np.setdiff1d(np.unique(labels[inside]), [0]))
    rows_inked = np.flatnonzero(hanging.any(axis=1))
    if rows_inked.size == 0:
        return box
    columns_inked = np.flatnonzero(hanging.any(axis=0))
    beyond = max(box.y0 - y0 - rows_inked[0], rows_inked[-1] + 1 + y0 - box.y1, 0.0)
    aside = max(box.x0 - x0 - columns_inked[0], columns_inked[-1] + 1 + x0 - box.x1, 0.0)
    around = cv2.dilate(hanging.astype(np.uint8), np.ones((3, 3), np.uint8))
    next_lines = [
        (o.center, area) for o, area in areas if o.y1 <= box.center[1] or box.center[1] <= o.y0
    ]
    hooked = next((center for center, area in next_lines if around[area].any()), None)
    return replace(
        box, struck=float(beyond) / box.size, aside=float(aside) / box.size, hooked=hooked
    )


def _is_inked(own: NDArray[np.uint8]) -> bool:
    """Whether a box, uint8 (H, W), has any print within its frame."""
    return _palest(own.astype(np.float32), TRACE, 0) > 0


def _is_framed(own: NDArray[np.uint8], framed: NDArray[np.uint8]) -> bool:
    """Whether a box has most of its frame, uint8 (H, W), its rim included."""
    if own.size == 0:
        return False
    rim = (framed.shape[0] - own.shape[0]) // 2
    # Each side with the rim beyond its place, and as much within.
    deep = 2 * rim + 1
    sides = (framed[:deep].T, framed[-deep:].T, framed[:, :deep], framed[:, -deep:])
    return float(np.mean([s[rim : len(s) - rim].max(axis=1).mean() for s in sides])) >= MOST


def _with_rim(box: Box, x0: int, y0: int) -> tuple[slice, slice]:
    """Rows and columns of a box and its rim in a region that begins at ``(x0, y0)``."""
    rim = max(1, round(RIM * box.size))
    return (
        slice(max(round(box.y0) - rim - y0, 0), max(round(box.y1) + rim - y0, 0)),
        slice(max(round(box.x0) - rim - x0, 0), max(round(box.x1) + rim - x0, 0)),
    )
