"""Text that no field took sends the value beside it to a person."""

from __future__ import annotations

from dataclasses import replace

from printed_pages import TITLE, head_rows, home_form, one, printed_grid, printed_page, tail_rows

from extractors.evidence import Grid, Mark, TextLine
from extractors.forms.leftovers import UNASSIGNED_TEXT
from extractors.forms.matching import match_pages
from extractors.forms.raw import RawDeclaration


def declared(grid: Grid) -> RawDeclaration:
    (record,) = match_pages([printed_page(1, *TITLE, grid)], [home_form()])
    assert isinstance(record, RawDeclaration)
    return record


def flagged(declaration: RawDeclaration) -> list[str]:
    return [f.path for f in declaration.fields if UNASSIGNED_TEXT in f.issues]


def test_whole_form_leaves_nothing_behind() -> None:
    assert flagged(declared(printed_grid(head_rows() + tail_rows()))) == []


def test_row_without_a_label_is_told_at_the_field_above_it() -> None:
    rows = head_rows()
    place = next(i for i, row in enumerate(rows) if row[0] == "项目概况")
    rows.insert(place + 1, ["防洪排涝并改善", "水环境质量", "<", "<"])
    declaration = declared(printed_grid(rows + tail_rows()))
    assert one(declaration, "overview").text is not None
    assert flagged(declaration) == ["overview"]


def test_printed_note_is_no_leftover() -> None:
    rows = [*head_rows(), *tail_rows(), ["注：本表一式两份，由申报单位留存。", "<", "<", "<"]]
    assert flagged(declared(printed_grid(rows))) == []


def test_letter_that_looks_like_a_box_parts_no_text() -> None:
    rows = [*head_rows(), *tail_rows()]
    place = next(i for i, row in enumerate(rows) if row[0] == "项目概况")
    rows[place][1] = "发挥窗□服务群众的作用"
    grid = printed_grid(rows)
    cells = tuple(replace(c, lines=tuple(map(with_letter, c.lines))) for c in grid.cells)
    declaration = declared(replace(grid, cells=cells))
    assert one(declaration, "overview").text == "发挥窗口服务群众的作用"
    assert flagged(declaration) == []


def with_letter(line: TextLine) -> TextLine:
    """The line with each box as one that may be the letter 口."""
    tokens = (replace(t, letter="口") if isinstance(t, Mark) else t for t in line.tokens)
    return replace(line, tokens=tuple(tokens))
