"""One coordinate system for every room: fractions of the page as displayed upright.

Pixels, points and rotated sheets are converted where they enter and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BBox:
    """Axis-parallel box in fractions of the upright page, origin top left.

    Attributes:
        x0: Left edge, 0..1 of the page width.
        y0: Top edge, 0..1 of the page height.
        x1: Right edge, at least ``x0``.
        y1: Bottom edge, at least ``y0``.
    """

    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def from_pixels(
        cls, x0: float, y0: float, x1: float, y1: float, *, width: float, height: float
    ) -> BBox:
        """Box given in pixels or points of a page of ``width`` × ``height``, clipped to it."""
        return cls(
            min(max(x0 / width, 0.0), 1.0),
            min(max(y0 / height, 0.0), 1.0),
            min(max(x1 / width, 0.0), 1.0),
            min(max(y1 / height, 0.0), 1.0),
        )

    @property
    def width(self) -> float:
        """Fraction of the page width."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Fraction of the page height."""
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        """Fraction of the page area."""
        return self.width * self.height

    @property
    def center(self) -> tuple[float, float]:
        """Centre ``(x, y)``."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies inside or on the edge."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def intersection(self, other: BBox) -> BBox | None:
        """The common box, or ``None`` where the two do not overlap."""
        x0, y0 = max(self.x0, other.x0), max(self.y0, other.y0)
        x1, y1 = min(self.x1, other.x1), min(self.y1, other.y1)
        return BBox(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None

    def share_in(self, other: BBox) -> float:
        """Share of this box's area that lies in ``other``, 0..1."""
        common = self.intersection(other)
        return common.area / self.area if common and self.area > 0 else 0.0

    def to_pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Rounded ``(x0, y0, x1, y1)`` in an image of ``width`` × ``height`` pixels."""
        return (
            round(self.x0 * width),
            round(self.y0 * height),
            round(self.x1 * width),
            round(self.y1 * height),
        )

    def as_list(self) -> list[float]:
        """``[x0, y0, x1, y1]`` rounded to 1/10,000 of the page, as records carry it."""
        return [round(v, 4) for v in (self.x0, self.y0, self.x1, self.y1)]


def union(boxes: Iterable[BBox | None]) -> BBox | None:
    """Smallest box around all given ones; ``None`` entries are passed over."""
    known = [b for b in boxes if b is not None]
    if not known:
        return None
    return BBox(
        min(b.x0 for b in known),
        min(b.y0 for b in known),
        max(b.x1 for b in known),
        max(b.y1 for b in known),
    )
