"""Listening to pdfminer's interpreter: glyphs, outlines and images as they are painted."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import resolve1
from pdfminer.utils import apply_matrix_pt, apply_matrix_rect

from extractors.digital.colour import darkness
from extractors.digital.content import (
    Box,
    Glyph,
    Outline,
    PageContent,
    PaintedImage,
    box_around,
    turned,
)
from extractors.digital.markglyphs import symbol_text

if TYPE_CHECKING:
    from pdfplumber.page import Page

_INVISIBLE_MODES = frozenset({3, 7})  # ISO 32000-1, table 106: neither fill nor stroke
_BEZIER_STEPS = 6  # chords a curve: enough to tell a circle from a square
Point = tuple[float, float]


def read_content(page: Page) -> PageContent:
    """Everything a page paints, turned so that most of its text is upright.

    Args:
        page: Page of an open pdfplumber document.

    Returns:
        Content within the crop box.
    """
    recorder = _Recorder(page.pdf.rsrcmgr)
    PDFPageInterpreter(page.pdf.rsrcmgr, recorder).process_page(page.page_obj)
    crop = _crop_box(page, recorder)
    content = recorder.content(crop)
    turns = Counter(g.turn for g in content.glyphs if g.visible and not g.text.isspace())
    most = turns.most_common(1)[0][0] if turns else 0
    return turned(content, -most % 4)


def _crop_box(page: Page, recorder: _Recorder) -> Box:
    raw = page.page_obj.cropbox or page.page_obj.mediabox
    x0, y0, x1, y1 = apply_matrix_rect(recorder.page_matrix, raw)
    mx0, my0, mx1, my1 = apply_matrix_rect(recorder.page_matrix, page.page_obj.mediabox)
    crop = Box(max(x0, mx0), max(y0, my0), min(x1, mx1), min(y1, my1))
    return crop if crop.width > 0 and crop.height > 0 else Box(mx0, my0, mx1, my1)


class _Recorder(PDFLayoutAnalyzer):
    """Device that records instead of laying out; coordinates y up until `content`."""

    def __init__(self, manager: Any) -> None:
        super().__init__(manager)
        self.page_matrix: Any = (1, 0, 0, 1, 0, 0)
        self._mode = 0
        self._order = 0
        self._glyphs: list[Glyph] = []
        self._outlines: list[Outline] = []
        self._images: list[PaintedImage] = []

    def content(self, crop: Box) -> PageContent:
        """What was recorded, y down, origin at the top left of ``crop``."""

        def point(p: Point) -> Point:
            return p[0] - crop.x0, crop.y1 - p[1]

        def box(b: Box) -> Box:
            return Box(b.x0 - crop.x0, crop.y1 - b.y1, b.x1 - crop.x0, crop.y1 - b.y0)

        return PageContent(
            width=crop.width,
            height=crop.height,
            turn=0,
            glyphs=tuple(
                Glyph(g.text, box(g.box), g.em, g.font, g.visible, g.order, g.turn)
                for g in self._glyphs
                if crop.contains(g.box.cx, g.box.cy)
            ),
            outlines=tuple(
                Outline(
                    tuple(point(p) for p in o.points),
                    box(o.box),
                    o.stroke_darkness,
                    o.fill_darkness,
                    o.line_width,
                    o.curved,
                )
                for o in self._outlines
            ),
            images=tuple(PaintedImage(box(i.box), i.width_px, i.order) for i in self._images),
        )

    def begin_page(self, page: Any, ctm: Any) -> None:
        """Keeps the matrix that makes the page upright."""
        self.page_matrix = ctm
        super().begin_page(page, ctm)

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Keeps the text rendering mode for the characters that follow."""
        self._mode = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(  # noqa: PLR0913, PLR0917 -- the signature is pdfminer's
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        """Records one character."""
        advance = super().render_char(matrix, font, fontsize, scaling, rise, cid, ncs, graphicstate)
        item = self.cur_item._objs[-1]
        if isinstance(item, LTChar):
            a, b, c, d = matrix[:4]
            turn = round(-math.atan2(b, a) / (math.pi / 2)) % 4
            self._glyphs.append(
                Glyph(
                    text=symbol_text(item.get_text(), str(font.fontname)),
                    box=Box(item.x0, item.y0, item.x1, item.y1),
                    em=abs(fontsize) * math.hypot(c, d),
                    font=str(font.fontname),
                    visible=self._mode not in _INVISIBLE_MODES,
                    order=self._next(),
                    turn=turn,
                )
            )
        return advance

    def render_image(self, name: str, stream: Any) -> None:
        """Records the place of a picture."""
        corners = apply_matrix_rect(self.ctm, (0, 0, 1, 1))
        width = resolve1(stream.get_any(("W", "Width"))) if stream else 0
        pixels = int(width) if isinstance(width, int | float) else 0
        self._images.append(PaintedImage(Box(*corners), pixels, self._next()))

    def paint_path(
        self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]
    ) -> None:
        """Records each subpath."""
        a, b, c, d = self.ctm[:4]
        scale = math.sqrt(abs(a * d - b * c))
        for points, curved in _subpaths(path):
            moved = tuple(apply_matrix_pt(self.ctm, p) for p in points)
            self._outlines.append(
                Outline(
                    points=moved,
                    box=box_around(moved),
                    stroke_darkness=darkness(gstate.scolor) if stroke else None,
                    fill_darkness=darkness(gstate.ncolor) if fill else None,
                    line_width=float(gstate.linewidth or 0) * scale,
                    curved=curved,
                )
            )

    def _next(self) -> int:
        self._order += 1
        return self._order


def _subpaths(path: Sequence[Any]) -> list[tuple[list[Point], bool]]:
    """Polylines of a path, Bézier segments sampled; lone points are left out."""
    out: list[tuple[list[Point], bool]] = []
    points: list[Point] = []
    curved = False
    for operator, *numbers in path:
        if operator == "m":
            out.append((points, curved))
            points, curved = [(numbers[0], numbers[1])], False
        elif operator == "h" and points:
            points.append(points[0])
        elif operator == "l":
            points.append((numbers[0], numbers[1]))
        elif operator in {"c", "v", "y"} and points:
            points.extend(_bezier(operator, points[-1], numbers))
            curved = True
    out.append((points, curved))
    return [(p, c) for p, c in out if len(p) > 1]


def _bezier(operator: str, start: Point, numbers: list[float]) -> list[Point]:
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    if operator == "v":
        first, second, end = start, pairs[0], pairs[1]
    elif operator == "y":
        first, second, end = pairs[0], pairs[1], pairs[1]
    else:
        first, second, end = pairs
    out = []
    for step in range(1, _BEZIER_STEPS + 1):
        t = step / _BEZIER_STEPS
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
        corners = (start, first, second, end)
        out.append(
            (
                sum(w * p[0] for w, p in zip(weights, corners, strict=True)),
                sum(w * p[1] for w, p in zip(weights, corners, strict=True)),
            )
        )
    return out
