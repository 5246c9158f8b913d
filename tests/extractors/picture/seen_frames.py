"""Invented frames of tick boxes, before they are judged."""

from __future__ import annotations

from extractors.picture.boxes import Box


def frame(
    x0: float,
    *,
    fill: float = 0.0,
    dark: float | None = None,
    struck: float = 0.0,
    alike: bool = False,
) -> Box:
    return Box(
        x0,
        0.0,
        x0 + 16,
        16.0,
        fill=fill,
        trace=fill,
        dark=fill if dark is None else dark,
        struck=struck,
        alike=alike,
    )
