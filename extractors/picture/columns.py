"""Rulings of columns that are lost in one row: above and below they stand, and print keeps clear.

Columns keep their places from row to row. A cell merged over two columns in one row alone has its
text across the line between them, or on one side of it; text on both sides and paper at the line
itself, wider than between any two characters, are two cells whose ruling was lost. So are they
beyond the end of a column where a seal's ring runs along its line, or dashes of it are left. And
cells have four corners: where a column and a row's ruling end on each other, dashes of one tell
that it went on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.grid.ruling import Ruling
from extractors.picture.rings import runs_along
from extractors.picture.rulings import COVERED
from extractors.picture.seals import Seal, without_rims
from extractors.picture.span_meter import SpanMeter
from extractors.picture.spans import ADJOINED_COVER, BARE_FLANK, TOUCH_EM, on_one_line

ROW_EM = 4.5
"""A row of up to three lines; a higher cell is no row of a table with columns."""
CLEAR_EM = (0.12, 0.36)
"""Paper on both sides of the line, from beyond what may be left of a ruling: together wider than
the room between two characters."""
DIRT = 0.03
"""Share of that room that may be inked."""
MIN_PRINT_EM = 0.3
"""Ink in so many columns is print."""
INSIDE_EM = 0.25
"""Print of a row stands this far from the rulings above and below."""
ROWS_BEYOND = 3
"""A ring keeps to its tangent, and a line is worn, for no more than so many rows."""


def lost_in_one_row(
    rulings: Sequence[Ruling],
    ink: NDArray[np.float32],
    seals: Sequence[Seal],
    meter: SpanMeter,
    *,
    em: float,
) -> list[Ruling]:
    """Upright rulings that are missing in a row between two others, or worn or under a ring there.

    Args:
        rulings: All that are printed.
        ink: Darkness without seals, float32 (H, W), 0..1.
        seals: Of the page.
        meter: Of the page without its seals.
        em: Text height in pixels.
    """
    printed = without_rims(ink, seals) > COVERED

    def lost(gaps: Iterable[Ruling], known: Sequence[Ruling]) -> list[Ruling]:
        down = [r for r in known if not r.horizontal]
        return [
            gap
            for gap in gaps
            if _is_one_row(gap, known, em) and _parts_print(gap, down, printed, em)
        ]

    found = lost(_gaps(rulings, em), rulings)
    for _ in range(ROWS_BEYOND):
        known = [*rulings, *found]
        beyond = list(_beyond_ends(known, seals, meter, em))
        more = lost(beyond, known)
        more += [b for b in beyond if _begins_at_elbow(b, known, em) and _is_worn(b, meter)]
        if not more:
            break
        found += more
    return found


def _beyond_ends(
    rulings: Sequence[Ruling], seals: Sequence[Seal], meter: SpanMeter, em: float
) -> Iterator[Ruling]:
    """Rows beyond the ends of columns where a ring runs along the line, or the line is worn."""
    for column in (r for r in rulings if not r.horizontal):
        across = sorted(r.position for r in rulings if r.horizontal and _crosses(r, column, em))
        ends = [column.start, column.end]
        above = [y for y in across if y < column.start - TOUCH_EM * em]
        below = [y for y in across if y > column.end + TOUCH_EM * em]
        for start, end in ((above[-1:], ends[:1]), (ends[1:], below[:1])):
            if start and end and end[0] - start[0] <= ROW_EM * em:
                gap = Ruling(False, column.position, start[0], end[0])
                if not _is_known(gap, rulings, em) and (
                    any(runs_along(gap, s) for s in seals) or _is_worn(gap, meter)
                ):
                    yield gap


def _is_worn(gap: Ruling, meter: SpanMeter) -> bool:
    """Whether dashes of a line are left, too short to be found, with paper beside them."""
    ink = meter.measure(gap)
    return ink.cover >= ADJOINED_COVER and ink.beside <= BARE_FLANK


def _begins_at_elbow(gap: Ruling, rulings: Sequence[Ruling], em: float) -> bool:
    """Whether a level ruling ends on the line of a column where the column ends."""
    reach = TOUCH_EM * em
    return any(
        r.horizontal
        and min(abs(r.position - gap.start), abs(r.position - gap.end)) <= reach
        and min(abs(r.start - gap.position), abs(r.end - gap.position)) <= reach
        for r in rulings
    )


def _is_known(gap: Ruling, rulings: Sequence[Ruling], em: float) -> bool:
    middle = (gap.start + gap.end) / 2
    return any(r.start <= middle <= r.end and on_one_line(r, gap, em) for r in rulings)


def _crosses(level: Ruling, column: Ruling, em: float) -> bool:
    """Whether a level ruling goes past the line of a column on both sides."""
    reach = TOUCH_EM * em
    return level.start < column.position - reach and column.position + reach < level.end


def _gaps(rulings: Sequence[Ruling], em: float) -> Iterator[Ruling]:
    """Breaks between two upright rulings on one line."""
    ordered = sorted((r for r in rulings if not r.horizontal), key=lambda r: r.start)
    for i, above in enumerate(ordered):
        below = next(
            (r for r in ordered[i + 1 :] if on_one_line(r, above, em) and r.start >= above.end),
            None,
        )
        if below is not None and TOUCH_EM * em < below.start - above.end <= ROW_EM * em:
            middle = (above.position + below.position) / 2
            yield Ruling(False, middle, above.end, below.start)


def _is_one_row(gap: Ruling, rulings: Sequence[Ruling], em: float) -> bool:
    """Whether level rulings cross the line at both ends of a gap, and none between."""
    reach = TOUCH_EM * em
    across = sorted(
        r.position
        for r in rulings
        if r.horizontal
        and _crosses(r, gap, em)
        and gap.start - reach <= r.position <= gap.end + reach
    )
    inner = [y for y in across if gap.start + reach < y < gap.end - reach]
    return len(across) >= 2 and not inner and across[-1] - across[0] > reach


def _parts_print(
    gap: Ruling, down: Sequence[Ruling], printed: NDArray[np.bool_], em: float
) -> bool:
    """Whether print stands on both sides of a gap, in the cells beside it, and clear of it."""
    x, near, far = gap.position, CLEAR_EM[0] * em, CLEAR_EM[1] * em
    inside = INSIDE_EM * em
    rows = printed[round(gap.start + inside) : round(gap.end - inside)]
    middle = (gap.start + gap.end) / 2
    others = sorted(r.position for r in down if r.start <= middle <= r.end)
    left = max((p for p in others if p < x - far), default=None)
    right = min((p for p in others if p > x + far), default=None)
    if rows.size == 0 or left is None or right is None:
        return False
    clear = np.concatenate(
        [rows[:, round(x - far) : round(x - near)], rows[:, round(x + near) : round(x + far)]],
        axis=1,
    )
    if clear.size == 0 or float(clear.mean()) > DIRT:
        return False
    sides = (
        rows[:, round(left + far) : round(x - far)],
        rows[:, round(x + far) : round(right - far)],
    )
    return all(int(side.any(axis=0).sum()) >= MIN_PRINT_EM * em for side in sides)
