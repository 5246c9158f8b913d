from __future__ import annotations

import pytest

from extractors.evidence import MarkState
from extractors.glyphs import MarkGlyph, split_marks

CHECKED = MarkGlyph(MarkState.CHECKED, boxed=True)
EMPTY = MarkGlyph(MarkState.EMPTY, boxed=True)
TICK = MarkGlyph(MarkState.CHECKED, boxed=False)
CROSS = MarkGlyph(MarkState.UNKNOWN, boxed=False)


@pytest.mark.parametrize(
    ("glyphs", "mark"),
    [
        ("☑☒⊠🗹■✅▣\uf0fe\uf052", CHECKED),
        ("□☐▢⬜◻❏\uf0a8\uf0a3", EMPTY),
        ("√✓✔\uf0fc", TICK),
        ("✗✘", CROSS),
    ],
)
def test_every_glyph_has_its_meaning(glyphs: str, mark: MarkGlyph) -> None:
    for glyph in glyphs:
        assert split_marks(f"甲{glyph}乙") == ("甲", mark, "乙")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("[x] 是 [ ] 否", (CHECKED, " 是 ", EMPTY, " 否")),
        ("[√]是［ ］否", (CHECKED, "是", EMPTY, "否")),
        ("（√）是", (CHECKED, "是")),
        ("☑\ufe0f是", (CHECKED, "是")),
        ("国发〔2016〕10号（ ）", ("国发〔2016〕10号（ ）",)),
        ("[2016]10号", ("[2016]10号",)),
        ("", ()),
    ],
)
def test_boxes_are_cut_out_and_text_is_left(text: str, pieces: tuple[object, ...]) -> None:
    assert split_marks(text) == pieces


@pytest.mark.parametrize("text", ["请打“√”", "合格的打√", "打 ✓ 选择", "填“ √ ”即可"])
def test_tick_that_an_instruction_names_is_text(text: str) -> None:
    assert split_marks(text) == (text,)


def test_tick_after_an_instruction_is_one() -> None:
    assert split_marks("打“√”√是") == ("打“√”", MarkGlyph(MarkState.CHECKED, boxed=False), "是")
