"""The tick boxes of a page are alike: those found safely show what the others must look like.

A box that touches its neighbour, a ruling or a heavy tick has no stroke that ends where its
side ends, but it still has four inked sides of the right length in the right places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from extractors.picture.boxes import (
    PRINTED,
    SAFE_COVER,
    Box,
    find_boxes,
    same_size,
    without_overlaps,
)
from extractors.picture.code_boxes import hold
from extractors.picture.corners import cornered_frames
from extractors.picture.open_boxes import (
    OPEN_MORE_PX,
    has_corner,
    is_open,
    is_ticked,
    lacks_sides,
)
from extractors.picture.outlines import INSIDE, RING, best_of, sides_of
from extractors.picture.worn import worn_frames

SAFE_SIZE_EM = 0.6
"""Smaller empty frames are loops of characters and figures, unless they have sharp corners and
stand free."""
SHARP = 0.25
"""Darkness right outside a square with sharp corners, as a share of that of its outline: the letter
o bulges beyond its sides."""
FREE_EM = 0.1
FREE_SHARE = 0.15
"""So far outside a box that stands free no more than this is printed: the next character may
touch one side's end."""
SAFE_ASPECT = (0.85, 1.18)
"""Boxes are squares; a figure 0 is not."""
MIDDLE = 0.5
SAFE_INK = 0.03
"""Printed share of the middle, this much of each axis, of an empty box: characters drawn as a
frame have something there, 口 alone excepted."""
LEVEL_PX = 2
"""Boxes of a line stand level to within so many pixels: the page is straight."""
MIN_LIKE = 2
"""So many empty frames of one size are boxes; the character 口 seldom comes twice alike."""
MIN_WORN = 4
"""The same for frames of two sides, and as many as show what an empty box looks like."""
MAX_KINDS = 2
"""A page has boxes of one kind, or of two; small ones beside these are of one kind."""
PALE = 0.5
"""Boxes of one kind are printed alike: the outline of the palest is this much as dark as usual."""
PALEST = 0.15
"""Darkness of the palest outline that stands out from the grain of the paper."""
DARK = 0.5
LABEL_REACH = 2.0
LABEL_INK = 0.08
"""Darkness of print and its share of the place beside a box, so many times its size wide, where its
label stands: a thin character and a half cover as much. The reverse is paler."""
OUTLINE_SHARE = 0.86
SIDE_SHARE = 0.6
"""Printed share of the whole outline, and of its least printed side, where a box of a known
size stands."""
DOTTED_OUTLINE_SHARE = 0.75
DOTTED_SIDE_SHARE = 0.25
"""The same where hairlines are broken by a scan in black and white, which all but loses one side;
there must be paper around it."""

CORNER = 0.1
BARE_CORNER = 0.35
SIDES_PERCENTILE = 75
"""A square's corners, so large a share of its size, are darkened by two sides; all those of a ring
by less than this share of what its sides have where they are printed."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the boxes of a page look like.

    Attributes:
        width: Pixels.
        height: Pixels.
        tone: Darkness of their outline, 0..1.
    """

    width: float
    height: float
    tone: float

    def fits(self, box: Box) -> bool:
        """Whether a box is as large."""
        return same_size(box, Box(0.0, 0.0, self.width, self.height))


def with_alike(
    frames: Sequence[Box], ink: NDArray[np.float32], *, em: float, dotted: bool = False
) -> list[Box]:
    """Frames and, wherever another box of the same size stands, that box; left to right.

    Args:
        frames: Found in ``ink``.
        ink: Darkness, float32 (H, W), 0..1.
        em: Text height in pixels.
        dotted: Whether little more than the corners of a box may be left.
    """
    boxes = list(frames)
    kinds = _kinds(frames, ink, em) or _pale_kinds(ink, em)
    for kind in kinds:
        places = _Search(kind, ink, em).places(dotted=dotted)
        boxes = without_overlaps(_marked(boxes, kind) + places)
    worn = [] if kinds else worn_frames(ink, em=em)
    if dotted and not worn:
        worn = cornered_frames(ink, em=em, least=MIN_WORN)
    for kind in _frequent(worn, 1, ink, least=MIN_WORN):
        marked = _marked([*boxes, *worn], kind)
        if dotted:
            search = _Search(kind, ink, em)
            marked += search.open_places(marked)
            marked += search.ticked_places(marked)
        boxes = without_overlaps(marked)
    return sorted((b for b in boxes if not _is_round(b, ink)), key=lambda b: b.x0)


def _marked(boxes: Sequence[Box], kind: _Kind) -> list[Box]:
    return [replace(b, alike=True) if kind.fits(b) else b for b in boxes]


def _kinds(frames: Sequence[Box], ink: NDArray[np.float32], em: float) -> list[_Kind]:
    """Each size that comes again, the most frequent first, that of small boxes last."""
    safe = [f for f in frames if _is_safe(f, ink, PRINTED)]
    small = [f for f in safe if f.size < SAFE_SIZE_EM * em and _is_sharp(f, ink)]
    usual = [f for f in safe if f.size >= SAFE_SIZE_EM * em]
    return [
        *_frequent(usual, MAX_KINDS, ink),
        *_frequent([f for f in small if _stands_free(f, ink, em, PRINTED)], 1, ink),
    ]


def _pale_kinds(ink: NDArray[np.float32], em: float) -> list[_Kind]:
    """The same where no outline is as dark as print: hairlines of a worn or reduced copy."""
    frames = [f for f in find_boxes(ink, em=em, darkness=PALEST) if f.size >= SAFE_SIZE_EM * em]
    safe = [f for f in frames if _is_safe(f, ink, PALEST) and _stands_free(f, ink, em, PALEST)]
    return _frequent([f for f in safe if _has_label(f, ink)], 1, ink)


def _has_label(frame: Box, ink: NDArray[np.float32]) -> bool:
    """Whether print stands beside a pale frame; boxes of the reverse have their labels there."""
    rows = slice(round(frame.y0), round(frame.y1))
    reach = round(LABEL_REACH * frame.size)
    left, right = round(frame.x0) - 1, round(frame.x1) + 1
    sides = (ink[rows, max(left - reach, 0) : left], ink[rows, right : right + reach])
    return any(s.size > 0 and float((s > DARK).mean()) >= LABEL_INK for s in sides)


def _frequent(
    frames: Sequence[Box], most: int, ink: NDArray[np.float32], least: int = MIN_LIKE
) -> list[_Kind]:
    """The sizes that come most often, ``most`` of them, each at least ``least`` times."""
    rest = list(frames)
    kinds: list[_Kind] = []
    while len(kinds) < most:
        group = max(([b for b in rest if same_size(a, b)] for a in rest), key=len, default=[])
        if len(group) < least:
            break
        width, height, tone = (
            float(np.median(v))
            for v in (
                [b.x1 - b.x0 for b in group],
                [b.y1 - b.y0 for b in group],
                [_ring(b, ink, 0).mean() for b in group],
            )
        )
        kinds.append(_Kind(width, height, tone))
        rest = [b for b in rest if not kinds[-1].fits(b)]
    return kinds


def _is_safe(frame: Box, ink: NDArray[np.float32], darkness: float) -> bool:
    width, height = frame.x1 - frame.x0, frame.y1 - frame.y0
    if frame.cover < SAFE_COVER or not SAFE_ASPECT[0] <= width / height <= SAFE_ASPECT[1]:
        return False
    dx, dy = width * (1 - MIDDLE) / 2, height * (1 - MIDDLE) / 2
    middle = ink[
        round(frame.y0 + dy) : round(frame.y1 - dy), round(frame.x0 + dx) : round(frame.x1 - dx)
    ]
    return float((middle > darkness).mean()) <= SAFE_INK


def _is_sharp(frame: Box, ink: NDArray[np.float32]) -> bool:
    """Whether nothing bulges beyond the sides of a frame."""
    beside = _ring(frame, ink, 1)
    return bool(beside.size and beside.mean() <= SHARP * _ring(frame, ink, 0).mean())


def _stands_free(frame: Box, ink: NDArray[np.float32], em: float, darkness: float) -> bool:
    """Whether there is paper right within a frame and around it."""
    within = _ring(frame, ink, -max(RING, round(INSIDE * frame.size)))
    return float((within > darkness).mean()) <= SAFE_INK and _is_apart(frame, ink, em, darkness)


def _is_apart(frame: Box, ink: NDArray[np.float32], em: float, darkness: float) -> bool:
    """Whether there is paper around a frame."""
    around = _ring(frame, ink, max(RING, round(FREE_EM * em)))
    return around.size > 0 and float((around > darkness).mean()) <= FREE_SHARE


def _is_round(box: Box, ink: NDArray[np.float32]) -> bool:
    """Whether all corners of a frame are bare: of a ring around a number."""
    side = max(2, round(CORNER * box.size))
    x0, y0, x1, y1 = round(box.x0), round(box.y0), round(box.x1), round(box.y1)
    sides = float(np.percentile(_ring(box, ink, 0), SIDES_PERCENTILE))
    corners = [ink[y : y + side, x : x + side] for y in (y0, y1 - side) for x in (x0, x1 - side)]
    return all(c.size > 0 and c.mean() < BARE_CORNER * sides for c in corners)


def _ring(frame: Box, ink: NDArray[np.float32], outside: int) -> NDArray[np.float32]:
    """Darkness along a frame of one pixel so far outside the edge, float32 (N,).

    Empty at the rim of the page.
    """
    x0, y0 = round(frame.x0) - outside, round(frame.y0) - outside
    x1, y1 = round(frame.x1) + outside, round(frame.y1) + outside
    if min(x0, y0) < 0 or x1 > ink.shape[1] or y1 > ink.shape[0]:
        return np.empty(0, np.float32)
    part = ink[y0:y1, x0:x1]
    return np.concatenate([part[0], part[-1], part[1:-1, 0], part[1:-1, -1]])


@dataclass(frozen=True)
class _Search:
    """Where boxes of a kind stand on a page; its print and their sides are measured once.

    Attributes:
        kind: Of the boxes.
        ink: Darkness, float32 (H, W), 0..1.
        em: Text height in pixels.
    """

    kind: _Kind
    ink: NDArray[np.float32]
    em: float

    @cached_property
    def darkness(self) -> float:
        """Darkness of what may be the outline of a box of the kind."""
        return min(PRINTED, max(PALE * self.kind.tone, PALEST))

    @cached_property
    def printed(self) -> NDArray[np.uint8]:
        """As dark as that, uint8 (H, W), 0 or 1."""
        return (self.ink > self.darkness).astype(np.uint8)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, pixels."""
        return round(self.kind.width), round(self.kind.height)

    @cached_property
    def sides(self) -> NDArray[np.float32]:
        """See `sides_of`."""
        return sides_of(self.printed, *self.size)

    def places(self, *, dotted: bool) -> list[Box]:
        """Places with four printed sides as long and as far apart as those of the kind, or less."""
        outline, least = self.sides.mean(axis=0), self.sides.min(axis=0)
        hits = (outline >= OUTLINE_SHARE) & (least >= SIDE_SHARE)
        boxes = best_of(hits, self.printed, *self.size)
        if dotted:
            hits = (outline >= DOTTED_OUTLINE_SHARE) & (least >= DOTTED_SIDE_SHARE)
            boxes += self._apart(best_of(hits, self.printed, *self.size))
            boxes += self.open_places(boxes)
        return boxes

    def open_places(self, others: Sequence[Box]) -> list[Box]:
        """Places with some sides of a box, and nothing else, where there is no other."""
        width, height = self.size
        boxes: list[Box] = []
        for more in range(OPEN_MORE_PX + 1):
            size = (width + more, height + more)
            sides = sides_of(self.printed, *size) if more else self.sides
            opened = best_of(lacks_sides(sides), self.printed, *size)
            alone = [b for b in opened if not hold([*others, *boxes], *b.center)]
            apart = (b for b in self._apart(alone) if is_open(b, self.printed, self.em))
            boxes += [replace(b, is_worn=True) for b in apart]
        return boxes

    def ticked_places(self, others: Sequence[Box]) -> list[Box]:
        """Places level with boxes of the kind where a tick and a corner of one are left."""
        hits = has_corner(self.sides)
        level = np.zeros(len(hits), np.bool_)
        known = [b for b in others if b.alike and self.kind.fits(b)]
        for box in known:
            level[max(round(box.y0) - LEVEL_PX, 0) : round(box.y0) + LEVEL_PX + 1] = True
        hits[~level] = False
        found = best_of(hits, self.printed, *self.size)
        ticked = (b for b in found if is_ticked(b, self.printed, self.em))
        return [b for b in ticked if not hold(known, *b.center)]

    def _apart(self, boxes: Sequence[Box]) -> list[Box]:
        return [b for b in boxes if _is_apart(b, self.ink, self.em, self.darkness)]
