"""What a PDF page paints, in one coordinate system: points of the upright page, y down.

pdfminer's own layout objects know neither whether text is invisible nor the size of rotated
text, and split a path from its paint order; this recorder listens to the same interpreter and
keeps exactly what the later steps need.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractors.digital.colour import DARK, LIGHT


@dataclass(frozen=True, slots=True)
class Box:
    """Axis-parallel box in points of the upright page, y down."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Points."""
        return self.y1 - self.y0

    @property
    def cx(self) -> float:
        """Centre, horizontally."""
        return (self.x0 + self.x1) / 2

    @property
    def cy(self) -> float:
        """Centre, vertically."""
        return (self.y0 + self.y1) / 2

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies inside or on the edge."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def overlaps(self, other: Box) -> bool:
        """Whether the two have any area in common."""
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )

    def scaled(self, factor: float) -> Box:
        """The box grown or shrunk around its centre."""
        dx, dy = self.width * factor / 2, self.height * factor / 2
        return Box(self.cx - dx, self.cy - dy, self.cx + dx, self.cy + dy)


def box_around(points: tuple[tuple[float, float], ...]) -> Box:
    """Smallest box around at least one point."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def union_box(boxes: list[Box]) -> Box:
    """Smallest box around at least one box."""
    return Box(
        min(b.x0 for b in boxes),
        min(b.y0 for b in boxes),
        max(b.x1 for b in boxes),
        max(b.y1 for b in boxes),
    )


@dataclass(frozen=True, slots=True)
class Glyph:
    """One painted character.

    Attributes:
        text: As the font maps it; ``(cid:n)`` where it does not.
        box: One em high, as wide as the advance.
        em: Font size on paper, in points.
        font: Name of the font, subset prefix included.
        visible: ``False`` for text rendering modes 3 and 7.
        order: Place in the order of painting.
        turn: Quarter turns clockwise by which the character stands off upright, 0..3.
    """

    text: str
    box: Box
    em: float
    font: str
    visible: bool
    order: int
    turn: int


@dataclass(frozen=True, slots=True)
class Outline:
    """One painted subpath, Bézier curves flattened.

    Attributes:
        points: Corners in drawing order; the last equals the first where closed.
        box: Around the points.
        stroke_darkness: 0 (white) .. 1 (black); ``None`` where not stroked.
        fill_darkness: The same for the fill.
        line_width: Points on paper.
        curved: Whether it has Bézier segments.
    """

    points: tuple[tuple[float, float], ...]
    box: Box
    stroke_darkness: float | None
    fill_darkness: float | None
    line_width: float
    curved: bool

    @property
    def closed(self) -> bool:
        """Whether the ends meet."""
        (xa, ya), (xb, yb) = self.points[0], self.points[-1]
        reach = max(self.line_width, 0.05 * max(self.box.width, self.box.height))
        return len(self.points) > 3 and abs(xa - xb) <= reach and abs(ya - yb) <= reach

    @property
    def stroked(self) -> bool:
        """Whether a visible line is drawn."""
        return self.stroke_darkness is not None and self.stroke_darkness > LIGHT

    @property
    def dark(self) -> bool:
        """Whether it is filled darkly."""
        return self.fill_darkness is not None and self.fill_darkness >= DARK


@dataclass(frozen=True, slots=True)
class PaintedImage:
    """Place of a picture.

    Attributes:
        box: On the page.
        width_px: Columns stored; 0 where unknown.
        order: Place in the order of painting.
    """

    box: Box
    width_px: int
    order: int


@dataclass(frozen=True, slots=True)
class PageContent:
    """Everything painted on one page.

    Attributes:
        width: Of the upright page, in points.
        height: Of the upright page, in points.
        turn: Quarter turns clockwise by which the page as the PDF displays it was turned to
            make most of its text upright, 0..3.
        glyphs: In the order of painting.
        outlines: In the order of painting.
        images: In the order of painting.
    """

    width: float
    height: float
    turn: int
    glyphs: tuple[Glyph, ...]
    outlines: tuple[Outline, ...]
    images: tuple[PaintedImage, ...]


def turned(content: PageContent, turn: int) -> PageContent:
    """The page turned clockwise by ``turn`` quarter turns, 0..3."""
    for _ in range(turn % 4):
        content = _quarter(content)
    return content


def _quarter(content: PageContent) -> PageContent:
    height = content.height

    def point(p: tuple[float, float]) -> tuple[float, float]:
        return height - p[1], p[0]

    def box(b: Box) -> Box:
        return Box(height - b.y1, b.x0, height - b.y0, b.x1)

    return PageContent(
        width=content.height,
        height=content.width,
        turn=(content.turn + 1) % 4,
        glyphs=tuple(replace(g, box=box(g.box), turn=(g.turn + 1) % 4) for g in content.glyphs),
        outlines=tuple(
            replace(o, box=box(o.box), points=tuple(point(p) for p in o.points))
            for o in content.outlines
        ),
        images=tuple(replace(i, box=box(i.box)) for i in content.images),
    )
