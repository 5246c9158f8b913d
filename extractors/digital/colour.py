"""How dark a PDF colour prints."""

from __future__ import annotations

LIGHT = 0.1
"""Up to this darkness a line or fill is paper: white, or the palest shading."""
DARK = 0.5
"""From this darkness on, a filled shape is ink rather than shading."""

# ITU-R BT.601 luma.
_RED, _GREEN, _BLUE = 0.299, 0.587, 0.114


def darkness(colour: object) -> float:
    """Darkness of a grey, RGB or CMYK colour as pdfminer hands it over.

    Args:
        colour: A number, or a tuple of 1, 3 or 4 numbers; anything else is a pattern.

    Returns:
        0 (white) .. 1 (black); patterns and spot colours count as black.
    """
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    values = [float(p) for p in parts if isinstance(p, int | float)]
    if len(values) != len(parts):
        return 1.0
    if len(values) == 1:
        return 1.0 - values[0]
    if len(values) == 3:
        red, green, blue = values
        return 1.0 - (_RED * red + _GREEN * green + _BLUE * blue)
    if len(values) == 4:
        cyan, magenta, yellow, black = values
        return min(1.0, _RED * cyan + _GREEN * magenta + _BLUE * yellow + black)
    return 1.0
