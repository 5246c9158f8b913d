"""Rulings that a scan lost: no text goes to two fields, and every doubtful value is reported."""

from __future__ import annotations

import pytest
from printed_pages import (
    TITLE,
    head_rows,
    home_form,
    one,
    printed_grid,
    printed_page,
    skewed,
    tail_rows,
    without_geometry,
)

from extractors.evidence import PageEvidence
from extractors.forms.matching import match_pages
from extractors.forms.raw import RawDeclaration

ROWS = head_rows() + tail_rows()
OVERVIEW, BASIS, NECESSITY = 6, 7, 8


def declared(page: PageEvidence) -> RawDeclaration:
    (record,) = match_pages([page], [home_form()])
    assert isinstance(record, RawDeclaration)
    return record


def read(rows: list[list[str]], *, slope: float = 0.0) -> RawDeclaration:
    grid = printed_grid(rows)
    return declared(printed_page(1, *TITLE, skewed(grid, slope) if slope else grid))


def read_text(rows: list[list[str]]) -> RawDeclaration:
    return declared(without_geometry(printed_page(1, *TITLE, printed_grid(rows))))


def changed(rows: dict[int, list[str]]) -> list[list[str]]:
    return [rows.get(number, row) for number, row in enumerate(ROWS)]


def doubted(declaration: RawDeclaration) -> set[str]:
    return {f.path for f in declaration.fields if f.issues}


def three_in_one() -> list[list[str]]:
    """One value cell beside three labels; its lines are one em high in rows of 1.5 em."""
    rows = changed({OVERVIEW: ["项目概况", "概况甲。\n依据乙。\n\n必要丙。", "<", "<"]})
    rows[BASIS] = ["立项依据", "^", "^", "^"]
    rows[NECESSITY] = ["项目设立的必要性", "^", "^", "^"]
    return rows


def test_a_value_cell_beside_three_labels_is_parted_by_their_rows() -> None:
    found = read(three_in_one())
    assert [one(found, key).text for key in ("overview", "basis", "necessity")] == [
        "概况甲。",
        "依据乙。",
        "必要丙。",
    ]
    assert doubted(found) == {"overview", "basis", "necessity"}
    proof = one(found, "basis").provenance
    assert proof is not None
    assert proof.bbox is not None
    assert proof.bbox.height == pytest.approx(0.02)


def test_without_geometry_no_label_gets_the_text_of_several() -> None:
    found = read_text(three_in_one())
    for key in ("overview", "basis", "necessity"):
        assert one(found, key).text is None
        assert one(found, key).issues
