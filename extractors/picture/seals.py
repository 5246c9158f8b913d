"""Round seals: where one was pressed on a page, and its ring taken off the print.

A red seal is faded before anything is looked at; a seal copied in grey or black is not, and its
ring joins lines, ends them late and makes lines of its own. By rule it is a ring around characters
and a star (国务院关于国家行政机关和企业事业单位社会团体印章管理的规定, 1999: 3.8 to 6 cm across).
The ring is found as in Hough's transform for circles: every edge points at the centre.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

SEARCH_DPI = 50.0
"""A ring is 1 mm wide: two pixels here, and the search costs a ninth of that at 150 dpi."""
RADIUS_CM = (1.7, 3.1)
"""Half of the diameters of official and company seals, with some room for a wrong resolution."""
CM_PER_INCH = 2.54
EDGE = 0.6
"""Least slope of the darkness at an edge, in full inks over the 3 pixels of Sobel's filter
(whose weights add up to 8)."""
SLANT = 0.3
"""Edges steeper or more level than this are rulings and strokes of print; a ring loses a third."""
MIN_VOTES = 0.15
"""Edges that point at the centre, per pixel of circumference: a page of print gives up to 0.09,
a worn ring over print 0.2."""
MIN_COVERED = 0.85
"""Share of the ring that is inked; circles through print have up to 0.75."""
SURE_VOTES = 0.2
WORN_COVERED = 0.75
"""Twice the votes of print show a ring that is broken more."""
RING_INK = 0.25
"""Darkness that counts as inked there."""
RING_WIDTH = 0.12
"""A ring is narrower than this share of its radius."""
RIM = 0.02
"""Blur of the ring's edges and its departure from a circle, as a share of the radius."""
MAX_SEALS = 3
"""More than these on one page would not leave it readable."""
PALE = 0.8
"""A seal paler than this share of the page's thinnest print can be told from print by darkness."""
ABOVE_SEAL = 0.3
"""How far from the seal's darkness towards print that begins: seals are inked unevenly."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A round seal, in pixels of the map it was found in.

    Attributes:
        x: Centre.
        y: Centre.
        inner: Radius of the ring's inner edge.
        outer: Radius of its outer edge.
        ink: Usual darkness of the ring, 0 paper, 1 the page's ink.
        print_ink: Darkness of the page's thinnest print, as far as it is known.
    """

    x: float
    y: float
    inner: float
    outer: float
    ink: float
    print_ink: float = 1.0

    @property
    def is_dark(self) -> bool:
        """Whether it is as dark as print."""
        return self.ink >= PALE * self.print_ink

    def surroundings(
        self, shape: tuple[int, ...]
    ) -> tuple[tuple[slice, slice], NDArray[np.float64]]:
        """Rows and columns of a page (H, W) that hold it, and their distances from its centre."""
        x0, y0 = (max(round(v - self.outer) - 1, 0) for v in (self.x, self.y))
        x1, y1 = (
            min(round(v + self.outer) + 2, end)
            for v, end in zip((self.x, self.y), shape[1::-1], strict=True)
        )
        ys, xs = np.ogrid[y0:y1, x0:x1]
        return (slice(y0, y1), slice(x0, x1)), np.hypot(xs - self.x, ys - self.y)

    def touches(self, x0: float, y0: float, x1: float, y1: float, *, reach: float) -> bool:
        """Whether a place lies within ``reach`` of its disc, all in the seal's pixels."""
        near = np.clip(self.x, x0, x1), np.clip(self.y, y0, y1)
        return bool(np.hypot(near[0] - self.x, near[1] - self.y) <= self.outer + reach)

    def holds(self, x0: float, y0: float, x1: float, y1: float) -> bool:
        """Whether a place lies within its disc, all in the seal's pixels."""
        far = max(abs(x0 - self.x), abs(x1 - self.x)), max(abs(y0 - self.y), abs(y1 - self.y))
        return bool(np.hypot(*far) <= self.outer)

    def ring_crosses(self, x: float, y: float, *, reach: float) -> bool:
        """Whether its ring passes within ``reach`` of a point, all in the seal's pixels."""
        distance = float(np.hypot(x - self.x, y - self.y))
        return self.inner - reach <= distance <= self.outer + reach


def find_seals(ink: NDArray[np.float32], dpi: float) -> list[Seal]:
    """Seals of a page.

    Args:
        ink: Darkness, float32 (H, W), 0 paper, 1 ink.
        dpi: Its resolution.
    """
    scale = min(SEARCH_DPI / dpi, 1.0)
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    low, high = (round(r / CM_PER_INCH * SEARCH_DPI) for r in RADIUS_CM)
    edges = _edges(np.asarray(small, dtype=np.float32))
    seals: list[Seal] = []
    while len(seals) < MAX_SEALS:
        votes, x, y, radius = max(_centre(edges, small.shape, r) for r in range(low, high + 1))
        if votes < MIN_VOTES:
            break
        centre, least = (x + 0.5, y + 0.5), WORN_COVERED if votes >= SURE_VOTES else MIN_COVERED
        seal = _measured(ink, centre, radius, scale, least)
        if seal is None:
            break
        seals.append(seal)
        edges = edges[np.hypot(edges[:, 0] - x, edges[:, 1] - y) > 1.1 * radius]
    return seals


def without_seals(ink: NDArray[np.float32], seals: Sequence[Seal]) -> NDArray[np.float32]:
    """Darkness without the rings of seals.

    A seal paler than print goes as a whole, and print under it stays; under the ring of a dark
    one nothing can be told apart.
    """
    bare = ink.copy()
    for seal in seals:
        place, distance = seal.surroundings(bare.shape)
        part = bare[place]
        if seal.is_dark:
            part[(distance >= seal.inner) & (distance <= seal.outer)] = 0
        else:
            least = seal.ink + ABOVE_SEAL * (seal.print_ink - seal.ink)
            part[(distance <= seal.outer) & (part < least)] = 0
    return bare


def without_rims(ink: NDArray[np.float32], seals: Sequence[Seal]) -> NDArray[np.float32]:
    """Darkness without the rings of seals and the blur of their edges."""
    bare = ink.copy()
    for seal in seals:
        place, distance = seal.surroundings(bare.shape)
        rim = RIM * seal.outer
        bare[place][(distance >= seal.inner - rim) & (distance <= seal.outer + rim)] = 0
    return bare


def outside_seals(page: NDArray[Any], seals: Sequence[Seal]) -> NDArray[Any]:
    """What of a mask or of darkness (H, W) lies in no seal's disc, 0 elsewhere.

    A seal's letters are larger than the page's print, and on a page that is nearly blank they
    are most of what there is to measure.
    """
    kept = page.copy()
    for seal in seals:
        cv2.circle(kept, (round(seal.x), round(seal.y)), round(seal.outer), 0, cv2.FILLED)
    return kept


def _edges(ink: NDArray[np.float32]) -> NDArray[np.float32]:
    """Slanting edges: x, y and the direction they face, float32 (N, 4)."""
    gx, gy = cv2.Sobel(ink, cv2.CV_32F, 1, 0), cv2.Sobel(ink, cv2.CV_32F, 0, 1)
    size = np.hypot(gx, gy)
    slanting = np.minimum(np.abs(gx), np.abs(gy)) > SLANT * size
    ys, xs = np.nonzero((size > EDGE) & slanting)
    size = size[ys, xs]
    return np.stack([xs, ys, gx[ys, xs] / size, gy[ys, xs] / size], axis=1).astype(np.float32)


def _centre(
    edges: NDArray[np.float32], shape: tuple[int, ...], radius: int
) -> tuple[float, int, int, int]:
    """The best centre of a ring: votes per pixel of circumference, x, y, radius."""
    height, width = shape[:2]
    if not edges.size:
        return 0.0, 0, 0, radius
    step = np.concatenate([radius * edges[:, 2:], -radius * edges[:, 2:]])
    xs, ys = (np.concatenate([edges[:, :2]] * 2) + step + 0.5).astype(np.int64).T
    inside = (xs >= 0) & (xs < width) & (ys >= 0) & (ys < height)
    votes = np.bincount(ys[inside] * width + xs[inside], minlength=height * width)
    near = cv2.boxFilter(votes.reshape(height, width).astype(np.float32), -1, (3, 3))
    at = int(near.argmax())
    share = float(near.flat[at]) * 9 / (2 * np.pi * radius)
    return share, at % width, at // width, radius


def _measured(
    ink: NDArray[np.float32],
    centre: tuple[float, float],
    radius: float,
    scale: float,
    least: float,
) -> Seal | None:
    """The ring near a circle with its width and darkness.

    Args:
        ink: Darkness, float32 (H, W).
        centre: Of the circle, pixels of a picture smaller by ``scale``.
        radius: In the same pixels.
        scale: At most 1.
        least: Share of the ring that must be inked; with less there is none.
    """
    slack = 1 / scale
    x, y, radius = centre[0] * slack, centre[1] * slack, radius * slack
    reach = np.arange(radius - 2 * slack, radius + 2 * slack + 1)
    steps = np.arange(-2 * slack, 2 * slack + 1)
    _, x, y = max(
        (_sharpness(_around(ink, x + dx, y + dy, reach)), x + dx, y + dy)
        for dy in steps
        for dx in steps
    )
    wide = np.arange(radius * (1 - RING_WIDTH), radius * (1 + RING_WIDTH))
    rows = _around(ink, x, y, wide)
    profile = np.median(rows, axis=1)
    top = int(profile.argmax())
    first = last = top
    while first > 0 and profile[first - 1] > profile[top] / 4:
        first -= 1
    while last < len(wide) - 1 and profile[last + 1] > profile[top] / 4:
        last += 1
    covered = float((rows[first : last + 1].max(axis=0) > RING_INK).mean())
    if covered < least or profile[top] < RING_INK:
        return None
    rim = RIM * radius
    return Seal(
        float(x), float(y), float(wide[first] - rim), float(wide[last] + rim), float(profile[top])
    )


def _sharpness(rows: NDArray[np.float32]) -> float:
    """Greatest where a ring's whole ink lies on few of the circles, which are concentric then."""
    return float((rows.mean(axis=1) ** 2).sum())


def _around(
    ink: NDArray[np.float32], x: float, y: float, radii: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Darkness along circles, float32 (radii, angles)."""
    angles = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    xs = np.rint(x + radii[:, None] * np.cos(angles)).astype(np.int64)
    ys = np.rint(y + radii[:, None] * np.sin(angles)).astype(np.int64)
    height, width = ink.shape
    return ink[np.clip(ys, 0, height - 1), np.clip(xs, 0, width - 1)]
