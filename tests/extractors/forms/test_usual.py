from __future__ import annotations

from dataclasses import replace

import pytest
from printed_pages import (
    TITLE,
    head_rows,
    home_form,
    printed_cell,
    printed_grid,
    printed_page,
    tail_rows,
    texts,
)

from extractors.evidence import PageKind, TextRun, Token
from extractors.forms.matching import match_pages
from extractors.forms.raw import RawDeclaration
from extractors.forms.table import CellPart, TableCell
from extractors.forms.usual import Usual, is_misread, usual_content, usual_part
from extractors.geometry import BBox

KNOWN = ("项目管理", "财务管理", "质量目标")


def cell(text: str, others: tuple[str, ...]) -> TableCell:
    """A cell whose one run was read as ``text``, with what else its picture supports."""
    printed = printed_cell(text, 0, 1, BBox(0.1, 0.1, 0.9, 0.2))
    (line,) = printed.lines
    tokens = tuple(replace(t, others=others) if isinstance(t, TextRun) else t for t in line.tokens)
    lines = (replace(line, tokens=tokens),)
    part = CellPart(1, PageKind.PICTURE, "fake", replace(printed, lines=lines))
    return TableCell(0, 1, 1, 1, (part,), True)


def test_usual_content_that_the_picture_supports_is_what_is_printed() -> None:
    assert usual_content([cell("项自管理", ("", "且目", "", ""))], KNOWN) == Usual("项目管理")


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("项因管理", ("", "且", "", "")),
        ("项自官理", ("", "目", "", "")),
        ("项因管理", ()),
        ("项因管理", ("", "目", "")),
        ("项目管理", ("财", "务", "", "")),
        ("项目管", ("", "", "")),
        ("□项自管理", ("", "目", "", "")),
    ],
    ids=["not seen", "one not seen", "unknown", "cut", "read so", "shorter", "a box"],
)
def test_nothing_is_put_that_the_picture_does_not_show(text: str, others: tuple[str, ...]) -> None:
    assert usual_content([cell(text, others)], KNOWN) is None


@pytest.mark.parametrize(
    ("others", "title"), [("目", "效目标表"), ("且", "效自标表"), ("", "效自标表")]
)
def test_usual_title_is_put_where_the_picture_supports_it(others: str, title: str) -> None:
    lines = cell("效自标表（2026年）", ("", others, *[""] * 9)).lines
    assert usual_part(lines, "效自标表", ("效目标表", "效日标表")) == title


def test_sure_look_alike_is_put_right_and_shown_to_a_person() -> None:
    put = usual_content([cell("项日管理", ("", "", "", ""))], KNOWN)
    assert put == Usual("项目管理", is_doubtful=True)


def test_two_usual_contents_that_may_be_shown_leave_it_as_read() -> None:
    read = cell("项自管理", ("财", "目务", "", ""))
    assert usual_content([read], KNOWN) is None


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("项目.管理", Usual("项目管理")),
        ("项目管理·", Usual("项目管理")),
        ("项目管理\n海", Usual("项目管理", is_doubtful=True)),
        ("i\n项目管理", Usual("项目管理", is_doubtful=True)),
        ("项目管理项目管理", Usual("项目管理", is_doubtful=True)),
        ("项i目管理", Usual("项目管理")),
        ("项\n丨\n目\n管\n理", Usual("项目管理")),
        ("项\n目\n管1\n理", Usual("项目管理")),
        ("项\n目\n水\n管\n理", Usual("项目管理", is_doubtful=True)),
        ("项\n目\n管\n理\n1", Usual("项目管理", is_doubtful=True)),
        ("一\n项\n目\n管\n理", Usual("项目管理", is_doubtful=True)),
        ("一项目管理", Usual("项目管理", is_doubtful=True)),
        ("项水目管理", None),
        ("项1目1管理", None),
        ("项目管1", None),
        ("项目管理\n海水", None),
        ("海项目管理", None),
    ],
)
def test_dirt_beside_a_usual_content_does_not_change_it(text: str, usual: Usual | None) -> None:
    printed = printed_cell(text, 0, 1, BBox(0.1, 0.1, 0.9, 0.2))
    part = CellPart(1, PageKind.PICTURE, "fake", printed)
    assert usual_content([TableCell(0, 1, 1, 1, (part,), True)], KNOWN) == usual


def test_column_with_usual_contents_gives_the_one_that_is_shown() -> None:
    rows = [["质量自标" if text == "质量目标" else text for text in row] for row in tail_rows()]
    grid = printed_grid(head_rows() + rows)
    cells = []
    for c in grid.cells:
        lines = tuple(
            replace(line, tokens=tuple(_hesitating(t) for t in line.tokens)) for line in c.lines
        )
        cells.append(replace(c, lines=lines))
    page = printed_page(1, *TITLE, replace(grid, cells=tuple(cells)))
    (record,) = match_pages([page], [home_form()])
    assert isinstance(record, RawDeclaration)
    assert texts(record, "indicators/1/level2") == ["质量目标"]


def _hesitating(token: Token) -> Token:
    """The token with 目 seen wherever 自 was read."""
    if not isinstance(token, TextRun):
        return token
    return replace(token, others=tuple("目" if text == "自" else "" for text in token.text))


@pytest.mark.parametrize(
    ("text", "misread"),
    [
        ("质星日标", True),
        ("财用日标", False),
        ("质量指标", False),
        ("质量目标", False),
        ("产量日标", True),
        ("质量日标达成", False),
    ],
    ids=["two", "too few", "another word", "usual", "another word, misread", "longer"],
)
def test_look_alike_in_what_is_nearly_a_usual_content_is_doubted(text: str, misread: bool) -> None:
    assert is_misread(text, KNOWN) is misread
