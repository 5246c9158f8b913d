"""What an upright stroke does between the lines of print: a ruling runs on, signs stop.

List numbers such as （一）（二）（三） set their brackets one above the other. Their ink looks like
a broken ruling with next to nothing beside it, but every break lies where no line is printed. And
in a row of one line a stroke of print reaches neither of the rulings that it stands between.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.picture.lines import runs_of

NEAR_EM = 0.35
REACH_EM = 4.0
"""Print is looked for on both sides from beyond the stroke's own width up to a few characters."""
RULED_SHARE = 0.6
"""A column inked over more of the span than this is another ruling, not print."""
SPECK_SHARE = 0.03
"""Rows with less ink than this beside the stroke lie between lines; scans have specks."""
MIN_GAPS_EM = 1.0
"""So much of the span must lie between lines to tell anything: two gaps of usual line spacing."""
MIN_PRINT_SHARE = 0.3
"""And so much of it beside print: elsewhere there are no lines to be between."""
MIN_BARE_EM = 0.5
MIN_GAPS = 3
"""Less of it tells as much where two lines are set tight: above, between and below them"""
BARE = 0.2
"""the stroke has next to no ink. The tips of a bracket stand out of its line by a pixel."""
RUNS_ON = 0.3
"""A ruling covers at least this share of the gaps even where it is badly broken; brackets have
a few rows of them by blur."""
TIP_EM = 0.25
"""A bracket stands out of its line by less: it is an eighth of the text height higher at each end,
and blurred."""
LOW_ROW_EM = 2.2
"""A row lower than this holds one line of print."""
ASIDE_EM = 0.09
"""A stroke and a ruling wander this far to either side."""
HALF_RULING_EM = 0.25
"""Half of a heavy ruling with its blur."""
FREE_EM = 0.12
"""Paper between a ruling and the print beside it, at least."""


def stops_between_lines(
    printed: NDArray[np.uint8],
    shown: NDArray[np.uint8],
    x: float,
    start: float,
    end: float,
    *,
    em: float,
) -> bool:
    """Whether an upright stroke is made of signs of the lines beside it.

    Args:
        printed: Printed pixels, uint8 (H, W), 0 or 1.
        shown: The same with the frames that may be tick boxes or characters: without these a
            line may look like the gap between two.
        x: Position of the stroke, pixels.
        start: Its upper end.
        end: Its lower end.
        em: Text height, pixels.
    """
    near, reach = max(2, round(NEAR_EM * em)), round(REACH_EM * em)
    middle = round(x)
    height = slice(max(round(start), 0), round(end))
    rows = printed[height]
    sides = (
        slice(max(middle - reach, 0), max(middle - near, 0)),
        slice(middle + near + 1, middle + reach),
    )
    beside = np.concatenate(
        [np.maximum(rows[:, side], shown[height, side]) for side in sides], axis=1
    )
    beside = beside[:, beside.mean(axis=0) < RULED_SHARE] if beside.size else beside
    if not beside.size:
        return False
    blank = beside.mean(axis=1) < SPECK_SHARE
    if blank.sum() < MIN_BARE_EM * em or 1.0 - blank.mean() < MIN_PRINT_SHARE:
        return False
    own = rows[:, max(middle - near // 2, 0) : middle + near // 2 + 1].max(axis=1)
    inked = float(own[blank].mean())
    if blank.sum() >= MIN_GAPS_EM * em and inked < RUNS_ON:
        return True
    if len(runs_of(blank)) < MIN_GAPS:
        return False
    return inked < BARE or _breaks_at(blank, own == 0, TIP_EM * em)


def _breaks_at(blank: NDArray[np.bool_], broken: NDArray[np.bool_], tip: float) -> bool:
    """Whether a stroke is broken at every gap between lines and nowhere else.

    Where brackets are the highest signs of their lines, much of each gap is beside their tips;
    none is longer than ``tip``.
    """
    return (
        all(broken[a:b].any() for a, b in runs_of(blank))
        and all(blank[a:b].any() for a, b in runs_of(broken))
        and all(b - a <= tip for a, b in runs_of(blank & ~broken))
    )


def floats(printed: NDArray[np.uint8], x: float, start: float, end: float, *, em: float) -> bool:
    """Whether an upright stroke in a row of one line touches neither ruling.

    A ruling that is broken at one of its crossings still leaves the other.

    Args:
        printed: As for `stops_between_lines`.
        x: Position of the stroke, pixels.
        start: Middle of the ruling above.
        end: Middle of the ruling below.
        em: Text height, pixels.
    """
    if end - start > LOW_ROW_EM * em:
        return False
    aside = max(1, round(ASIDE_EM * em))
    first, last, middle = max(round(start), 0), round(end), round(x)
    own = printed[first:last, max(middle - aside, 0) : middle + aside + 1].max(axis=1, initial=0)
    half, free = round(HALF_RULING_EM * em), max(2, round(FREE_EM * em))
    return _is_free(own, half, free) and _is_free(own[::-1], half, free)


def _is_free(own: NDArray[np.uint8], half: int, free: int) -> bool:
    """Whether so many blank rows follow the ruling at the start of a profile."""
    bare = np.flatnonzero(own == 0)
    return bare.size > 0 and bare[0] <= half and not own[bare[0] : bare[0] + free].any()
