"""Lines of print inside one region: a cell, or the page outside all tables.

A row profile of the ink gives bands; bands are joined or cut until they are about as high as
the print of the page. No detector network is needed where rulings already bound the text.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.picture.line_count import cut_tall
from extractors.picture.openings import opened

PRINTED = 0.42
"""Darkness at which a pixel counts as printed, as a share of full ink: grey seals and the print
of the reverse stay below, thin strokes above."""
SPECK_EM = 0.09
"""Components smaller than this in both directions are dirt, not even a full stop."""
FRAME_EM = 0.5
"""The two lines of a double frame lie no further apart than this."""
THIN_SHARE = 0.2
"""An upright stroke is narrower than this share of its height, and no character is."""
LONG_REST_EM = 1.15
"""Longer than a stroke of one character."""
SIDE_EM = 2.5
SIDE_REACH_EM = 0.75
"""No stroke of print is as long as this; and print keeps so far from where it would be one: a heavy
second line, on a page that bows a little."""
LONE_REST_EM = 0.4
"""No character stands nearer to a ruling than this by its middle."""
REST_EM = 0.2
"""What is left of a ruling is thinner than this."""
LONE_SPECK_EM = 0.16
LONE_REACH_EM = 0.85
"""Up to the first size a component is a point, which never stands further than the second from
other print."""
JOIN_EM = 1.12
"""Two bands are parts of one line (二, 三, a dotted letter) if together no higher than this."""
LOW_EM = 0.62
"""A lower line holds no whole character."""
CROWDED_EM = 0.4
"""Low ink without room for a line of its own between its neighbours is dirt."""
FLAT = 2.0
"""Width over height from which a low sign is a dash and no stop."""
STOP_FOOT_EM = 0.1
"""Room below a full stop or comma in its em square."""
FAR_EM = 2.0
"""No typesetting puts a stop so far behind the word that it ends."""
POINT_EM = 0.3
"""A point or a comma is smaller than this, and no character."""
MIN_BAND_EM = 0.2
"""A lower band is a dash or a line 一 at most; kept only if something in it is that large."""
SIGN_GAP_EM = 0.5
"""The dots of an ellipsis, which are one sign, are nearer to each other than this."""


@dataclass(frozen=True, slots=True)
class LineBox:
    """A line of print in pixels of the page picture, half-open."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def height(self) -> int:
        """Pixels."""
        return self.y1 - self.y0


def clean_mask(ink: NDArray[np.float32], em: float, level: float = 1.0) -> NDArray[np.uint8]:
    """Printed pixels, 0 or 1, without specks.

    Args:
        ink: Darkness without rulings, float32 (H, W), 0..1.
        em: Text height in pixels.
        level: How dark print is, see `extractors.picture.print_tone`.
    """
    mask = (ink > PRINTED * level).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    size = np.maximum(stats[:, 2], stats[:, 3])
    small = size <= max(1.0, SPECK_EM * em)
    small[0] = True
    kept = np.asarray(~small[labels], dtype=np.uint8)
    point = size <= LONE_SPECK_EM * em
    point[0] = True
    side = 2 * round(LONE_REACH_EM * em) + 1
    near = cv2.dilate(np.asarray(~point[labels], np.uint8), np.ones((side, side), np.uint8))
    kept[(near == 0) & point[labels]] = 0
    return kept


def without_rests(mask: NDArray[np.uint8], em: float) -> NDArray[np.uint8]:
    """A cell's mask without what is left of rulings.

    That are thin pieces on its very edge, those along it that are longer than any stroke, of the
    second line of a double frame or of a ruling that wanders, what is in line with these, points
    in a corner, and level pieces that stand alone above or below a line of several characters.

    Args:
        mask: Printed pixels inside a cell, uint8 (H, W), 0 or 1.
        em: Text height in pixels.
    """
    if mask.size == 0:
        return mask
    bare = _without_sides(np.ascontiguousarray(mask), em)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(bare, connectivity=8)
    x, y, w, h = (stats[:, i] for i in range(4))
    on_edge = (x == 0) | (y == 0) | (x + w == mask.shape[1]) | (y + h == mask.shape[0])
    thin = np.minimum(w, h) <= REST_EM * em
    near, long = FRAME_EM * em, LONG_REST_EM * em
    height, width = mask.shape
    upright = (h >= long) & ((x <= near) | (x + w >= width - near))
    level = (w >= long) & ((y <= near) | (y + h >= height - near))
    gone = mask != bare
    upright |= _in_line(x, w, gone.sum(axis=0) >= long, upright & thin)
    level |= _in_line(y, h, gone.sum(axis=1) >= long, level & thin)
    level |= _stand_alone(stats, labels, (h <= REST_EM * em) & (w > h), em)
    rest = thin & (on_edge | upright | level)
    rest[_points_in_corners(stats, bare, em)] = True
    rest[0] = True
    return np.asarray(~rest[labels], dtype=np.uint8)


def _in_line(
    starts: NDArray[Any], sizes: NDArray[Any], gone: NDArray[np.bool_], rests: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Which pieces (N,) lie, across the run of a ruling, where rests of one do or did."""
    covered = np.convolve(gone, np.ones(3, np.int64), "same") > 0
    for start, size in zip(starts[rests], sizes[rests], strict=True):
        covered[max(start - 1, 0) : start + size + 1] = True
    bare = np.concatenate(([0], np.cumsum(~covered)))
    return np.asarray(bare[starts + sizes] == bare[starts])


def _stand_alone(
    stats: NDArray[Any], labels: NDArray[Any], thin: NDArray[np.bool_], em: float
) -> NDArray[np.bool_]:
    """Which thin pieces (N,) lie by the upper or lower edge with nothing else in their rows.

    The first stroke of 二 does so where characters are stacked: elsewhere others stand beside it.
    """
    near, height = LONE_REST_EM * em, labels.shape[0]
    y, h = stats[:, 1], stats[:, 3]
    pieces = thin & ((y <= near) | (y + h >= height - near))
    pieces[0] = True
    print_ = ~pieces[labels]
    columns = np.flatnonzero(print_.any(axis=0))
    if columns.size == 0 or columns[-1] - columns[0] < FAR_EM * em:
        return np.zeros(len(stats), np.bool_)
    inked = np.concatenate(([0], np.cumsum(print_.any(axis=1))))
    return np.asarray(pieces & (inked[np.minimum(y + h, height)] == inked[y]))


def _points_in_corners(stats: NDArray[Any], mask: NDArray[np.uint8], em: float) -> list[int]:
    """Numbers of points that are left of where two second lines of a frame meet.

    No print begins with a lone point, nor ends with one above; a full stop that wraps is a ring.
    """
    near, reach = FRAME_EM * em, round(LONE_REACH_EM * em)
    height, width = mask.shape
    found = []
    for number in np.flatnonzero(stats[:, 2:4].max(axis=1) <= POINT_EM * em).tolist():
        x, y, w, h, area = stats[number].tolist()
        is_left, is_right = x <= near, x + w >= width - near
        is_high, is_low = y <= near, y + h >= height - near
        around = mask[max(y - reach, 0) : y + h + reach, max(x - reach, 0) : x + w + reach]
        is_corner = (is_left and (is_high or is_low)) or (is_right and is_high)
        is_ring = not mask[y + 1 : y + h - 1, x + 1 : x + w - 1].all()
        if is_corner and not is_ring and int(around.sum(dtype=np.int64)) == area:
            found.append(number)
    return found


def _without_sides(mask: NDArray[np.uint8], em: float) -> NDArray[np.uint8]:
    """The mask without runs near the edges that are longer than any stroke.

    In the corner of a double frame its second line is one piece along two or three sides.
    """
    length, near = max(3, round(SIDE_EM * em)), round(SIDE_REACH_EM * em)
    sides = np.zeros(mask.shape, np.uint8)
    height, width = mask.shape
    level = opened(mask, width=length) > 0
    upright = opened(mask, height=length) > 0
    rows, columns = np.ogrid[:height, :width]
    sides[level & ((rows < near) | (rows >= height - near))] = 1
    sides[upright & ((columns < near) | (columns >= width - near))] = 1
    kept = mask.copy()
    kept[cv2.dilate(sides, np.ones((3, 3), np.uint8)) > 0] = 0
    return kept


def text_height(mask: NDArray[np.uint8], prior_em: float) -> float:
    """Text height of a page in pixels, from its connected components.

    Whole Chinese characters fill about 0.92 of their em square; of the components that are
    neither parts nor runs, the upper quartile is such a whole character.

    Args:
        mask: Printed pixels without rulings.
        prior_em: Height of 10.5 pt at the page's resolution, used where there is no print.
    """
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    width, height = stats[1:, 2], stats[1:, 3]
    whole = (height > 0.5 * prior_em) & (height < 2.2 * prior_em) & (width < 2.2 * prior_em)
    # The sides of a row that stands alone on its page; brackets are no higher than characters.
    whole &= (height < prior_em) | (width > THIN_SHARE * height)
    if int(whole.sum()) < 10:
        return prior_em
    return float(np.percentile(height[whole], 75)) / 0.92


def find_lines(mask: NDArray[np.uint8], *, em: float, x0: int = 0, y0: int = 0) -> list[LineBox]:
    """Lines of print in a region, top to bottom.

    Args:
        mask: Printed pixels of the region, uint8 (H, W), 0 or 1, without rulings and boxes.
        em: Text height in pixels.
        x0: Left edge of the region on the page.
        y0: Top edge of the region on the page.
    """
    rows = np.asarray(mask.any(axis=1), dtype=np.bool_)
    bands = cut_tall(_joined(runs_of(rows), em), mask, em)
    lines = []
    for top, bottom in bands:
        # Specks far apart are no dash, however wide or high the band that they span.
        signs = ink_pieces(mask[top:bottom], SIGN_GAP_EM * em)
        if any(max(p.x1 - p.x0, p.height) >= MIN_BAND_EM * em for p in signs):
            left, right = _ends(mask[top:bottom], em)
            lines.append(LineBox(x0 + left, y0 + top, x0 + right, y0 + bottom))
    return _at_full_height(lines, em)


def _ends(band: NDArray[np.uint8], em: float) -> tuple[int, int]:
    """First column of a line's print and the one behind it, without dirt far from the rest.

    What the reverse shows between would be read as print.
    """
    words = list(ink_pieces(band, FAR_EM * em))
    large = [w for w in words if max(w.x1 - w.x0, w.height) > POINT_EM * em] or words
    return large[0].x0, large[-1].x1


def _at_full_height(lines: list[LineBox], em: float) -> list[LineBox]:
    """Lines of low signs only (。 、 —) get the height that a character there would have.

    A recognizer sees a lone full stop, cut out tightly, as the letter O. Stops stand at the foot
    of their line, dashes half way up.
    """
    out: list[LineBox] = []
    for i, line in enumerate(lines):
        if line.height >= LOW_EM * em:
            out.append(line)
            continue
        above = lines[i - 1] if i else None
        below = lines[i + 1] if i + 1 < len(lines) else None
        width = line.x1 - line.x0
        is_stop = width < LOW_EM * em and width < FLAT * line.height
        foot = line.y1 + STOP_FOOT_EM * em if is_stop else (line.y0 + line.y1 + em) / 2
        top = min(round(foot - em), line.y0)
        tall = replace(line, y0=top, y1=max(round(top + em), line.y1))
        if not any(_overlap(tall, o) > CROWDED_EM * em for o in (above, below)):
            out.append(tall)
    return out


def _overlap(line: LineBox, other: LineBox | None) -> int:
    """Shared height in pixels, negative where there is none."""
    if other is None:
        return -1
    return min(line.y1, other.y1) - max(line.y0, other.y0)


def split_at_gaps(line: LineBox, mask: NDArray[np.uint8], gap: float) -> list[LineBox]:
    """Pieces of a line between blanks wider than ``gap`` pixels, left to right."""
    columns = mask[line.y0 : line.y1, line.x0 : line.x1].any(axis=0)
    pieces: list[LineBox] = []
    for start, end in runs_of(np.asarray(columns, dtype=np.bool_)):
        if pieces and start + line.x0 - pieces[-1].x1 <= gap:
            pieces[-1] = LineBox(pieces[-1].x0, line.y0, line.x0 + end, line.y1)
        else:
            pieces.append(LineBox(line.x0 + start, line.y0, line.x0 + end, line.y1))
    return pieces


def ink_pieces(mask: NDArray[np.uint8], gap: float) -> Iterator[LineBox]:
    """Ink of one line that stands apart, left to right, each piece as high as its own ink.

    Args:
        mask: Printed pixels, uint8 (H, W), 0 or 1.
        gap: Columns whose distance is greater than this belong to two pieces, pixels.
    """
    columns = np.flatnonzero(mask.any(axis=0))
    if columns.size == 0:
        return
    for run in np.split(columns, np.flatnonzero(np.diff(columns) > gap) + 1):
        x0, x1 = int(run[0]), int(run[-1]) + 1
        rows = np.flatnonzero(mask[:, x0:x1].any(axis=1))
        yield LineBox(x0, int(rows[0]), x1, int(rows[-1]) + 1)


def runs_of(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Half-open runs of what holds, in order."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _joined(bands: list[tuple[int, int]], em: float) -> list[tuple[int, int]]:
    """Joins neighbours, nearest first, while the result is no higher than one line."""
    bands = list(bands)
    while len(bands) > 1:
        gaps = [
            (b[0] - a[1], i)
            for i, (a, b) in enumerate(itertools.pairwise(bands))
            if b[1] - a[0] <= JOIN_EM * em
        ]
        if not gaps:
            break
        _, i = min(gaps)
        bands[i : i + 2] = [(bands[i][0], bands[i + 1][1])]
    return bands
