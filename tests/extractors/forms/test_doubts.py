"""A text is doubted for a line of it that its confidence would hide."""

from __future__ import annotations

import pytest
from printed_pages import printed_line

from extractors.evidence import Cell, PageKind, TextLine
from extractors.forms.definition import FieldType
from extractors.forms.provenance import cells_field
from extractors.forms.table import LOW_CONFIDENCE, CellPart, TableCell
from extractors.geometry import BBox

SURE = 0.999
PRINT = "健全海洋渔港长效机制，使救生筏完好率保持在81%以上。"
UNREAD = 0.5
"""As `extractors.picture.unread` leaves a line with ink that was not read."""


def issues_of(
    *lines: tuple[str, float],
    kind: FieldType = FieldType.LONG_TEXT,
    page: PageKind = PageKind.PICTURE,
) -> tuple[str, ...]:
    printed: tuple[TextLine, ...] = tuple(
        printed_line(text, 0.1, 0.1 + 0.03 * n, sure=sure) for n, (text, sure) in enumerate(lines)
    )
    part = CellPart(1, page, "fake", Cell(0, 1, 1, 1, BBox(0, 0, 1, 1), printed))
    return cells_field("a", kind, [TableCell(0, 1, 1, 1, (part,), True)]).issues


@pytest.mark.parametrize("line", [("升海自", 0.17), ("物", 0.6)])
def test_line_whose_characters_are_all_unsure_is_doubted(line: tuple[str, float]) -> None:
    assert issues_of((PRINT, SURE), line, (PRINT, SURE)) == (LOW_CONFIDENCE,)


@pytest.mark.parametrize("line", [(PRINT, 0.4), ("。", 0.9), ("二、对", 0.7)])
def test_unsure_character_in_a_line_of_print_is_left_to_the_mean(line: tuple[str, float]) -> None:
    assert issues_of((PRINT, SURE), line, (PRINT, SURE)) == ()


def test_ink_that_was_not_read_in_several_lines_lies_over_the_text() -> None:
    assert issues_of((PRINT, UNREAD), (PRINT, SURE), (PRINT, SURE)) == ()
    assert issues_of((PRINT, UNREAD), (PRINT, SURE), (PRINT, UNREAD)) == (LOW_CONFIDENCE,)


@pytest.mark.parametrize(
    ("lines", "page", "codes"),
    [
        (("（1）规划", "(2)规程"), PageKind.PICTURE, (LOW_CONFIDENCE,)),
        (("(1)规划；（二)规程",), PageKind.PICTURE, (LOW_CONFIDENCE,)),
        (("(1)规划（试行）", "(2)规程（2016）3号"), PageKind.PICTURE, ()),
        (("（1）规划", "(2)规程"), PageKind.DIGITAL, ()),
    ],
)
def test_list_numbered_in_two_ways_was_read_wrongly(
    lines: tuple[str, ...], page: PageKind, codes: tuple[str, ...]
) -> None:
    assert issues_of(*((text, SURE) for text in lines), page=page) == codes


@pytest.mark.parametrize(
    "lines",
    [
        ("267元/台", "3564株", "一"),
        ("/", "桃梨葡萄老果园改造补助"),
        ("11", "显著增强"),
        ("- -", "显著增强"),
        ("显著增强", "|"),
        ("7", "粳稻良种繁育"),
        ("云", "粳稻良种繁育"),
        ("粳稻良种繁育", "S"),
    ],
)
def test_strokes_in_a_line_of_their_own_are_doubted(lines: tuple[str, ...]) -> None:
    assert issues_of(*((text, SURE) for text in lines)) == (LOW_CONFIDENCE,)


@pytest.mark.parametrize(
    "lines",
    [
        ("一", "级", "指", "标"),
        ("一",),
        ("第一年", "一", "第二年"),
        ("第一年", "1次"),
        ("粳稻良种繁育专", "项"),
    ],
)
def test_strokes_that_may_be_print_are_not(lines: tuple[str, ...]) -> None:
    assert issues_of(*((text, SURE) for text in lines), kind=FieldType.TEXT) == ()


@pytest.mark.parametrize("page", [PageKind.DIGITAL, PageKind.TEXT])
def test_strokes_that_no_picture_shows_are_print(page: PageKind) -> None:
    assert issues_of(("显著增强", SURE), ("一", SURE), page=page) == ()
