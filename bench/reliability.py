"""The reliability diagram of a measure, as SVG: what was claimed against what was right.

Axes are log-odds, for most values are surer than 0.99 and linear axes would put them on one spot.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from pipeline.evaluate.confidence import Bin, calibration_error

SIZE, MARGIN = 420, 56
"""Pixels: side of the square plot, and room for its labels."""
TICKS = (0.1, 0.5, 0.9, 0.99, 0.999, 0.9999)
RANGE = (0.05, 0.9999)
"""Probabilities at the ends of both axes; what lies beyond is drawn there."""
DOT = (2.5, 11.0)
"""Least and greatest radius of a dot, pixels; its area grows with the number of values."""
INK, GRID, DOTS = "#333333", "#dddddd", "#b5382a"


def reliability_svg(bins: Sequence[Bin], *, title: str) -> str:
    """The diagram.

    Args:
        bins: As `pipeline.evaluate.confidence.reliability` gives them.
        title: What was measured.
    """
    side = SIZE + 2 * MARGIN
    error = calibration_error(bins)
    total = sum(b.count for b in bins)
    caption = f"{total:,} values, ECE {error:.4f}" if error is not None else "no values"
    body = [_line(t, horizontal=h) for t in TICKS for h in (True, False)]
    body += [_label(t, horizontal=h) for t in TICKS for h in (True, False)]
    low, high = _at(RANGE[0]), _at(RANGE[1])
    body.append(
        f'<line x1="{low:.1f}" y1="{side - low:.1f}" x2="{high:.1f}" y2="{side - high:.1f}" '
        f'stroke="{INK}" stroke-dasharray="4 4"/>'
    )
    most = max((b.count for b in bins), default=1)
    body += [_dot(b, most) for b in bins]
    body += [
        _text(side / 2, MARGIN - 26, title, size=15),
        _text(side / 2, MARGIN - 8, caption, size=12),
        _text(side / 2, side - 12, "置信度 / confidence", size=12),
        f'<g transform="rotate(-90 14 {side / 2})">'
        + _text(14, side / 2, "正确的份额 / share that is right", size=12)
        + "</g>",
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" '
        f'font-family="sans-serif" role="img" aria-label="{title}">'
        f'<rect width="{side}" height="{side}" fill="white"/>' + "".join(body) + "</svg>\n"
    )


def _at(probability: float) -> float:
    """Distance from the left or lower edge of the picture, pixels."""
    low, high = (math.log(p / (1 - p)) for p in RANGE)
    p = min(max(probability, RANGE[0]), RANGE[1])
    return MARGIN + SIZE * (math.log(p / (1 - p)) - low) / (high - low)


def _line(tick: float, *, horizontal: bool) -> str:
    at, end = _at(tick), MARGIN + SIZE
    y = SIZE + 2 * MARGIN - at
    ends = (MARGIN, y, end, y) if horizontal else (at, MARGIN, at, end)
    x1, y1, x2, y2 = (f"{v:.1f}" for v in ends)
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{GRID}"/>'


def _label(tick: float, *, horizontal: bool) -> str:
    at = _at(tick)
    if horizontal:
        return _text(MARGIN - 22, SIZE + 2 * MARGIN - at + 4, f"{tick:g}", size=11)
    return _text(at, MARGIN + SIZE + 18, f"{tick:g}", size=11)


def _dot(of: Bin, most: int) -> str:
    radius = DOT[0] + (DOT[1] - DOT[0]) * math.sqrt(of.count / most)
    x, y = _at(of.confidence), SIZE + 2 * MARGIN - _at(of.right)
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{DOTS}" fill-opacity="0.75">'
        f"<title>{of.count} values: {of.confidence:.4f} claimed, {of.right:.4f} right</title>"
        "</circle>"
    )


def _text(x: float, y: float, text: str, *, size: int) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{INK}" '
        f'text-anchor="middle">{text}</text>'
    )
