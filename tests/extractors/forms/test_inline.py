"""Labels and values that share a line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from printed_pages import home_form, printed_grid, printed_line, printed_page

from extractors.evidence import PageKind, TextRun
from extractors.forms.matching import match_pages
from extractors.forms.raw import RawUnmatched
from extractors.forms.table import PlacedLine
from extractors.forms.unknown.inline import inline_pairs, with_gaps


def line_of(text: str, *, new: bool = True) -> PlacedLine:
    """A line; ``¦`` is room in the picture that the text does not tell of."""
    line = printed_line(text.replace("¦", ""), 0.1, 0.1, new=new)
    pieces = text.split("¦")
    gaps = tuple(sum(map(len, pieces[: n + 1])) for n in range(len(pieces) - 1))
    tokens = tuple(replace(t, gaps=gaps) if isinstance(t, TextRun) else t for t in line.tokens)
    return PlacedLine(1, PageKind.PICTURE, "fake", replace(line, tokens=tokens))


def pairs(*lines: PlacedLine) -> list[tuple[str, str]]:
    found = inline_pairs(lines)
    return [(p.label.line.text, "".join(v.line.text for v in p.values)) for p in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("类型：护照¦号码：E123", [("类型", "护照"), ("号码", "E123")]),
        ("号码：1234有效期：2024.3", [("号码", "1234"), ("有效期", "2024.3")]),
        ("1、身高：180，体重：75", [("1、身高", "180，"), ("体重", "75")]),
        ("签订于2019年：甲", [("签订于2019年", "甲")]),
        ("您是否已离职？□是☑否", [("您是否已离职？", "□是☑否")]),
        ("您是否已离职？是□否☑", [("您是否已离职？", "是□否☑")]),
        ("备用金额¦$1000", [("备用金额", "$1000")]),
        ("职业¦3级", [("职业", "3级")]),
        ("使用时间¦长", [("使用时间", "长")]),
        ("甲乙¦丙丁", []),
        ("□新建¦☑改建", []),
        ("姓¦名¦地¦址", []),
    ],
)
def test_a_line(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(line_of(text)) == expected


def test_a_value_goes_on_where_the_print_wrapped_it() -> None:
    first, second = line_of("承诺：所填属实，如有虚假，"), line_of("愿负责任。", new=False)
    assert pairs(first, second) == [("承诺", "所填属实，如有虚假，愿负责任。")]
    assert pairs(first, line_of("某局")) == [("承诺", "所填属实，如有虚假，")]


def test_a_value_may_begin_below_its_label() -> None:
    lines = [line_of("办理情况："), line_of("准许办理"), line_of("经办人：张三")]
    assert pairs(*lines) == [("办理情况", "准许办理"), ("经办人", "张三")]


def test_letters_set_apart_are_one_word() -> None:
    assert with_gaps(line_of("收¦入¦类¦型")).line.text == "收入类型"
    assert with_gaps(line_of("收款人¦李四")).line.text == "收款人  李四"


def outside(*texts: str) -> list[tuple[str, str]]:
    grid = printed_grid([["序号", "甲", "<", "<"]], top=0.4)
    (record,) = match_pages([printed_page(1, "检测登记表", *texts, grid)], [home_form()])
    assert isinstance(record, RawUnmatched)
    return [(p.label, p.value) for p in record.pairs if p.label != "序号"]


LINES = ("姓名Name张三", "*住址 Home address 甲路1号", "日期Date 2019.9.5")


def test_values_behind_translated_labels() -> None:
    expected = [("姓名Name", "张三"), ("*住址 Home address", "甲路1号"), ("日期Date", "2019.9.5")]
    assert outside(*LINES, "填写 ") == expected
    assert not outside(LINES[0], LINES[1], "填写")


def test_a_gap_is_kept_where_a_line_is_cut() -> None:
    (pair,) = inline_pairs([line_of("注：甲¦乙")])
    assert pair.values[0].line.text == "甲  乙"
