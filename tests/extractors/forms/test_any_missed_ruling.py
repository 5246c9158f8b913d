"""Whichever single ruling is lost between two printed cells: nothing wrong goes unreported."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from printed_pages import (
    TITLE,
    head_rows,
    home_form,
    printed_grid,
    printed_page,
    tail_rows,
    without_geometry,
)

from extractors.forms.matching import match_pages
from extractors.forms.raw import RawDeclaration, RawField

Rows = list[list[str]]
ROWS = head_rows() + tail_rows()
CONTINUED = {"<", "^"}


def read(rows: Rows, *, geometry: bool) -> dict[str, RawField]:
    page = printed_page(1, *TITLE, printed_grid(rows))
    (record,) = match_pages([page if geometry else without_geometry(page)], [home_form()])
    assert isinstance(record, RawDeclaration)
    return {f.path: f for f in record.fields}


def end_col(rows: Rows, row: int, col: int) -> int:
    return next((c for c in range(col + 1, 4) if rows[row][c] != "<"), 4)


def end_row(rows: Rows, row: int, col: int) -> int:
    return next((r for r in range(row + 1, len(rows)) if rows[r][col] != "^"), len(rows))


def without_vertical(row: int, col: int) -> Rows | None:
    """The form without the ruling between a cell and the one to its right."""
    rows = [list(r) for r in ROWS]
    right = end_col(rows, row, col)
    if right == 4 or not is_printed(row, col) or not is_printed(row, right):
        return None
    if end_row(rows, row, col) != end_row(rows, row, right):
        return None
    rows[row][col] += rows[row][right]
    rows[row][right] = "<"
    return rows


def without_horizontal(row: int, col: int) -> Rows | None:
    """The form without the ruling between a cell and the one below it."""
    rows = [list(r) for r in ROWS]
    if row + 1 == len(rows) or not is_printed(row, col) or not is_printed(row + 1, col):
        return None
    if end_col(rows, row, col) != end_col(rows, row + 1, col):
        return None
    rows[row][col] += "\n" + rows[row + 1][col]
    rows[row + 1][col : end_col(rows, row + 1, col)] = ["^"] * (end_col(rows, row, col) - col)
    return rows


def is_printed(row: int, col: int) -> bool:
    return ROWS[row][col] not in {"", *CONTINUED}


def places() -> Iterator[tuple[str, int, int]]:
    for row in range(len(ROWS)):
        for col in range(4):
            if without_vertical(row, col):
                yield "vertical", row, col
            if without_horizontal(row, col):
                yield "horizontal", row, col


WHOLE = read(ROWS, geometry=True)


@pytest.mark.parametrize("geometry", [True, False])
@pytest.mark.parametrize(("ruling", "row", "col"), list(places()))
def test_a_lost_ruling_is_never_silent(ruling: str, row: int, col: int, *, geometry: bool) -> None:
    lose = without_vertical if ruling == "vertical" else without_horizontal
    rows = lose(row, col)
    assert rows is not None
    found = read(rows, geometry=geometry)
    for path, true in WHOLE.items():
        read_as = found.get(path)
        if read_as is None or read_as.text is None or read_as.issues:
            continue
        if true.mark is not None and read_as.mark is None:
            continue
        assert (path, read_as.text, read_as.mark) == (path, true.text, true.mark)
    for key in ("subprojects", "indicators"):
        count = sum(path.startswith(f"{key}/") for path in found)
        assert count in {0, sum(path.startswith(f"{key}/") for path in WHOLE)}
