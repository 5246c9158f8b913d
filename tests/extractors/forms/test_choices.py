from __future__ import annotations

from dataclasses import replace

import pytest
from printed_pages import printed_cell, printed_line

from extractors.evidence import Cell, Mark, MarkState, PageKind
from extractors.forms.choices import choice_fields, find_choice
from extractors.forms.definition import FieldDefinition, FieldType
from extractors.forms.provenance import cells_field
from extractors.forms.raw import RawField
from extractors.forms.table import CellPart, TableCell
from extractors.geometry import BBox

YES, NO, LOST = MarkState.CHECKED, MarkState.EMPTY, MarkState.UNKNOWN
FIELD = FieldDefinition(
    key="kind",
    type=FieldType.CHOICE,
    labels=("类别",),
    options=("结转项目", "其他一次性项目", "其他经常性项目"),
)


def cell_of(text: str) -> TableCell:
    cell = printed_cell(text, 0, 1, BBox(0.1, 0.1, 0.9, 0.2))
    return TableCell(0, 1, 1, 1, (CellPart(1, PageKind.PICTURE, "fake", cell),), True)


def fields_of(field: FieldDefinition, cells: list[TableCell]) -> tuple[RawField, ...]:
    return choice_fields([find_choice(field, cells)])[field.key]


def read(*texts: str) -> list[MarkState | None]:
    return [f.mark for f in fields_of(FIELD, [cell_of(t) for t in texts])]


@pytest.mark.parametrize(
    ("texts", "states"),
    [
        (["□结转项目 ☑其他一次性项目 □其他经常性项目"], [NO, YES, NO]),
        (["结转项目□ 其他一次性项目☑ 其他经常性项目□"], [NO, YES, NO]),
        (["结转项目□ 其他一次性项目 其他经常性项目☑"], [NO, None, YES]),
        (["□结转项目 其他一次性项目 ☑其他经常性项目"], [NO, None, YES]),
        (["结转项目□ 其他一次性项目☑ 其他经常性项目"], [NO, YES, None]),
        (["结转项目 ☑其他一次性项目 □其他经常性项目"], [None, YES, NO]),
        (["结转项目 其他一次性项目√ 其他经常性项目"], [None, YES, None]),
        (["结转项目 √其他一次性项目 其他经常性项目"], [None, YES, None]),
        (["□√结转项目 □其他一次性项目 □其他经常性项目"], [YES, NO, NO]),
        (["结转项目□√ 其他一次性项目□ 其他经常性项目□"], [YES, NO, NO]),
        (["□结转项目 ☑其他一次\\性项目 □其他经常性项目"], [NO, YES, NO]),
        (["结转项目□ 其他一次性项\\目☑\\其他经常性项目□"], [NO, YES, NO]),
        (["□结转项目", "☑其他一次性项目\n□其他经常性项目"], [NO, YES, NO]),
        (["□其他经常性项目 ☑结转项目 □其他一次性项目"], [YES, NO, NO]),
        (["□结转顶目 ☑其他一次性项日 □其它经常性项目"], [NO, YES, NO]),
        (["□结 转 项 目　☑其他一次性项目；□其他经常性项目"], [NO, YES, NO]),
        (["✗结转项目 ☑其他一次性项目 □其他经常性项目"], [LOST, YES, NO]),
        (["□结转项目 ☑其他一次性项目"], [NO, YES, None]),
        ([""], [None, None, None]),
        ([], [None, None, None]),
    ],
)
def test_each_option_has_its_own_box_or_none(
    texts: list[str], states: list[MarkState | None]
) -> None:
    assert read(*texts) == states


def test_field_whose_own_boxes_leave_a_doubt_follows_the_others_of_its_form() -> None:
    """Only the second box was seen; beside the other choice it stands before its option."""
    use = FieldDefinition(
        key="use", type=FieldType.CHOICE, labels=("用途",), options=("工程类", "信息类", "采购服务")
    )
    alone = find_choice(use, [cell_of("工程类☑信息类 采购服务")])
    shown = find_choice(FIELD, [cell_of("□结转项目 ☑其他一次性项目 □其他经常性项目")])
    behind = find_choice(FIELD, [cell_of("结转项目□ 其他一次性项目☑ 其他经常性项目□")])
    assert not alone.side.is_sure
    assert [f.mark for f in choice_fields([shown, alone])["use"]] == [None, YES, None]
    assert [f.mark for f in choice_fields([alone, behind])["use"]] == [YES, None, None]


def test_proof_of_a_mark_is_the_box_itself() -> None:
    lines = (printed_line("□结转项目 ☑其他一次性项目", 0.1, 0.1),)
    cell = Cell(0, 1, 1, 1, BBox(0.1, 0.1, 0.9, 0.2), lines)
    part = CellPart(3, PageKind.PICTURE, "fake", cell)
    fields = fields_of(FIELD, [TableCell(0, 1, 1, 1, (part,), True)])
    proof = fields[1].provenance
    assert fields[1].path == "kind/其他一次性项目"
    assert fields[1].text == "其他一次性项目"
    assert proof is not None
    assert (proof.page, proof.engine) == (3, "picture")
    assert proof.bbox is not None
    assert proof.bbox.width == pytest.approx(0.02)
    assert fields[2].text is None
    assert fields[2].provenance is None


def test_box_that_may_be_a_letter_is_one_in_text_and_a_box_in_a_choice() -> None:
    """口 and an empty box look the same; the field tells which it is."""
    lettered = printed_cell("对□单位来函", 0, 1, BBox(0.1, 0.1, 0.9, 0.2))
    (line,) = lettered.lines
    tokens = tuple(replace(t, letter="口") if isinstance(t, Mark) else t for t in line.tokens)
    cell = replace(lettered, lines=(replace(line, tokens=tokens),))
    table_cell = TableCell(0, 1, 1, 1, (CellPart(1, PageKind.PICTURE, "fake", cell),), True)
    assert cells_field("basis", FieldType.LONG_TEXT, [table_cell]).text == "对口单位来函"
    assert table_cell.text == "对单位来函"


def test_box_within_a_text_may_be_a_lost_character() -> None:
    table_cell = cell_of("效果□标")
    found = cells_field("level1", FieldType.TEXT, [table_cell])
    assert (found.text, found.issues) == ("效果标", ("low_confidence",))
    assert cells_field("level1", FieldType.TEXT, [cell_of("效果目标")]).issues == ()
