"""An amount whose figures a scan shows in two lines, or as 1 alone, goes to a person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from printed_pages import (
    TITLE,
    head_rows,
    home_form,
    one,
    printed_cell,
    printed_grid,
    printed_page,
    tail_rows,
    without_geometry,
)

from extractors.evidence import PageEvidence, PageKind
from extractors.forms.definition import FieldType
from extractors.forms.matching import match_pages
from extractors.forms.provenance import cells_field
from extractors.forms.raw import RawDeclaration
from extractors.forms.table import LOW_CONFIDENCE, CellPart, TableCell
from extractors.geometry import BBox


def field_of(
    text: str, kind: FieldType = FieldType.AMOUNT, page: PageKind = PageKind.PICTURE
) -> tuple[str, ...]:
    """Issues of the field in a cell; ``\\\\`` wraps a line, a line feed begins a paragraph."""
    printed = printed_cell(text, 0, 1, BBox(0.1, 0.1, 0.9, 0.2))
    part = CellPart(1, page, "fake", printed)
    return cells_field("a", kind, [TableCell(0, 1, 1, 1, (part,), True)]).issues


@pytest.mark.parametrize(
    "text",
    [
        "1\\26.6",
        "1\n26.6",
        "26.6\n1",
        "-\\26.6",
        "−\\26.6",
        "１\\２６．６",
        "1\\26.6万元",
        "1,234,\\567",
    ],
)
def test_figures_in_two_lines_are_doubted(text: str) -> None:
    assert field_of(text) == (LOW_CONFIDENCE,)
    assert field_of(text, FieldType.NUMBER) == (LOW_CONFIDENCE,)


@pytest.mark.parametrize(
    ("text", "kind", "page", "is_doubted"),
    [
        ("1", FieldType.AMOUNT, PageKind.PICTURE, True),
        ("|", FieldType.AMOUNT, PageKind.PICTURE, True),
        ("11", FieldType.AMOUNT, PageKind.PICTURE, True),
        ("10", FieldType.AMOUNT, PageKind.PICTURE, False),
        ("—", FieldType.AMOUNT, PageKind.PICTURE, False),
        ("1", FieldType.NUMBER, PageKind.PICTURE, False),
        ("1", FieldType.AMOUNT, PageKind.DIGITAL, False),
    ],
)
def test_lone_upright_strokes_are_no_sure_amount(
    text: str, kind: FieldType, page: PageKind, *, is_doubted: bool
) -> None:
    assert field_of(text, kind, page) == ((LOW_CONFIDENCE,) if is_doubted else ())


@pytest.mark.parametrize(
    "text",
    [
        "26.6",
        "26.6\\万元",
        "26.6\n（元）",
        "26.6\n(其中财政5万元)",
        "26.6（其中\\财政5万元）",
        "人民币\\26.6",
        "",
    ],
)
def test_unit_or_remark_in_a_line_of_its_own_is_no_doubt(text: str) -> None:
    assert field_of(text) == ()


@pytest.mark.parametrize("page", [PageKind.DIGITAL, PageKind.TEXT])
def test_what_no_picture_shows_has_no_strokes_of_rulings(page: PageKind) -> None:
    assert field_of("1\\26.6", page=page) == ()


@pytest.mark.parametrize("kind", [FieldType.TEXT, FieldType.LONG_TEXT, FieldType.TARGET])
def test_texts_may_have_figures_in_every_line(kind: FieldType) -> None:
    assert field_of("1.清淤\n2.护岸", kind) == ()


def declared(page: PageEvidence) -> RawDeclaration:
    (record,) = match_pages([page], [home_form()])
    assert isinstance(record, RawDeclaration)
    return record


def test_amount_of_a_form_is_doubted_on_its_picture_only() -> None:
    rows = [["1\\26.6" if text == "90" else text for text in row] for row in tail_rows()]
    page = printed_page(1, *TITLE, printed_grid(head_rows() + rows))
    field = one(declared(page), "prev_budget")
    assert (field.text, field.issues) == ("126.6", (LOW_CONFIDENCE,))
    for kind in (PageKind.DIGITAL, PageKind.TEXT):
        bare = without_geometry(page) if kind is PageKind.TEXT else page
        assert not one(declared(replace(bare, kind=kind)), "prev_budget").issues


def test_amount_that_shares_a_cell_with_its_label_is_doubted_too() -> None:
    rows = tail_rows()
    place = next(i for i, row in enumerate(rows) if "同名项目上年预算额（元）" in row)
    rows[place] = ["同名项目上年预算额：1\\26.6", "<", "同名项目上年预算执行数（元）", "80"]
    declaration = declared(printed_page(1, *TITLE, printed_grid(head_rows() + rows)))
    assert LOW_CONFIDENCE in one(declaration, "prev_budget").issues
