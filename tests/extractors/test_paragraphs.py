"""Paragraphs told from soft wraps, on invented text set by a small simulator."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.evidence import TextLine, TextRun
from extractors.geometry import BBox
from extractors.paragraphs import mark_paragraphs

CHARACTERS = "本年度计划完成设备更新并开展培训活动以提升服务质量加强管理落实责任推进项目建设"
WORDS = ("2019年", "85%", "1,200", "App", "GB/T", "（试行）", "《办法》", "3次")
CLOSERS = "，。；：、）》%"
OPENERS = "（《"
PIECE = re.compile(rf"[{OPENERS}]*(?:[A-Za-z0-9.,/%]+|.)[{CLOSERS}]*")


@dataclass(frozen=True)
class Setting:
    """How the simulator prints: lengths in em, the page 60 em wide."""

    columns: float
    padding: float = 0.4
    indent: float = 0.0
    align: str = "left"
    jitter: float = 0.0
    engine: str = "pdf"


PAGE_EM = 60.0
LEFT_EM = 10.0


def width(text: str) -> float:
    return sum(0.55 if c.isascii() and c not in "%" else 0.9 if c == "%" else 1.0 for c in text)


def first_piece(text: str) -> str:
    return PIECE.findall(text)[0]


def wrap(paragraph: str, setting: Setting) -> list[str]:
    room = setting.columns - 2 * setting.padding
    lines, current, left = [], "", setting.indent
    for piece in PIECE.findall(paragraph):
        if current and left + width(current + piece) > room + 1e-9:
            lines.append(current)
            current, left = "", 0.0
        current += piece
    return [*lines, current]


def printed(
    paragraphs: list[str], setting: Setting, seed: int = 0
) -> tuple[list[TextLine], list[bool], BBox]:
    """Lines as a page would give them, the paragraph starts, and the cell."""
    noise = random.Random(seed)
    room = setting.columns - 2 * setting.padding
    lines, starts = [], []
    for paragraph in paragraphs:
        for i, text in enumerate(wrap(paragraph, setting)):
            x0 = LEFT_EM + setting.padding + (setting.indent if i == 0 else 0.0)
            if setting.align == "center":
                x0 = LEFT_EM + setting.padding + (room - width(text)) / 2
            x1 = x0 + width(text)
            last = i == len(wrap(paragraph, setting)) - 1
            if setting.align == "justify" and not last:
                x1 = LEFT_EM + setting.padding + room
            x0, x1 = (v + noise.uniform(-setting.jitter, setting.jitter) for v in (x0, x1))
            if setting.engine != "pdf" and text[-1] in CLOSERS.rstrip("%"):
                x1 -= 0.5
            y = 0.1 + 0.02 * len(lines)
            box = BBox(x0 / PAGE_EM, y, x1 / PAGE_EM, y + 0.014)
            lines.append(TextLine((TextRun(text, box, 0.99, setting.engine),), box))
            starts.append(i == 0)
    cell = BBox(LEFT_EM / PAGE_EM, 0.09, (LEFT_EM + setting.columns) / PAGE_EM, 0.9)
    return lines, starts, cell


def prose(seed: int, length: int) -> str:
    chance = random.Random(seed)
    out = ""
    while len(out) < length:
        out += chance.choice(WORDS) if chance.random() < 0.1 else chance.choice(CHARACTERS)
        if chance.random() < 0.07:
            out += "，"
    return out.rstrip("，") + "。"


def with_width(line: TextLine, em: float) -> TextLine:
    """The line as narrow as signs are that have half the usual width."""
    assert line.bbox is not None
    box = replace(line.bbox, x1=line.bbox.x0 + em / PAGE_EM)
    return replace(line, tokens=(replace(line.tokens[0], bbox=box),), bbox=box)


def marked(lines: list[TextLine], cell: BBox | None) -> list[bool]:
    return [line.new_paragraph for line in mark_paragraphs(lines, cell)]


@given(
    seeds=st.lists(st.tuples(st.integers(0, 10_000), st.integers(12, 120)), min_size=1, max_size=5),
    columns=st.floats(8, 42),
    padding=st.floats(0.1, 0.6),
    align=st.sampled_from(["left", "justify"]),
    noisy=st.booleans(),
)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_indented_prose_comes_back(
    seeds: list[tuple[int, int]], columns: float, padding: float, align: str, noisy: bool
) -> None:
    setting = Setting(
        columns,
        padding,
        indent=2.0,
        align=align,
        jitter=0.05 if noisy else 0.0,
        engine="ocr" if noisy else "pdf",
    )
    lines, starts, cell = printed([prose(*s) for s in seeds], setting)
    assert marked(lines, cell) == starts


@given(
    seeds=st.lists(st.tuples(st.integers(0, 10_000), st.integers(12, 120)), min_size=1, max_size=5),
    columns=st.floats(10, 42),
    padding=st.floats(0.1, 0.6),
    align=st.sampled_from(["left", "justify"]),
)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_wraps_are_never_paragraphs_and_clear_ends_always_are(
    seeds: list[tuple[int, int]], columns: float, padding: float, align: str
) -> None:
    setting = Setting(columns, padding, align=align)
    paragraphs = [prose(*s) for s in seeds]
    lines, starts, cell = printed(paragraphs, setting)
    room = columns - 2 * padding
    for i, found in enumerate(marked(lines, cell)):
        if i == 0 or not starts[i]:
            assert found is (i == 0)
        elif room - width(lines[i - 1].text) > width(first_piece(lines[i].text)) + 1.0:
            assert found


@pytest.mark.parametrize(
    "marker", ["{}、", "（{}）", "{}.", "({})", "一二三四五六七八", "①②③④⑤⑥⑦⑧"]
)
def test_numbered_items_start_paragraphs(marker: str) -> None:
    items = []
    for k in range(1, 7):
        number = marker.format(k) if "{}" in marker else marker[k - 1]
        items.append(number + ("、" if number in "一二三四五六" else "") + prose(k, 14 + 9 * k))
    lines, starts, cell = printed(items, Setting(24.0))
    assert marked(lines, cell) == starts


def test_numbers_running_on_inside_lines_start_nothing() -> None:
    text = "".join(f"（{k}）{prose(k, 17).rstrip('。')}；" for k in range(1, 9))
    lines, starts, cell = printed([text], Setting(22.0))
    assert any(line.text.startswith("（") for line in lines[1:])
    assert marked(lines, cell) == starts


def test_a_number_that_happens_to_begin_a_line_of_an_indented_item_starts_nothing() -> None:
    first = "（1）" + CHARACTERS[:15] + "；"
    text = first + "（2）" + CHARACTERS[:17] + "；（3）" + CHARACTERS[:12] + "。"
    lines, starts, cell = printed([text], Setting(21.8, indent=2.0))
    assert [line.text[:3] for line in lines[1:]] == ["（2）", "（3）"]
    assert marked(lines, cell) == starts == [True, False, False]


def test_a_short_last_line_does_not_tell_the_size_of_the_print() -> None:
    lines, starts, cell = printed(
        ["对翥云大道开展回头看问题整改率" + "≥97%。"], Setting(17.75, indent=2.0)
    )
    lines[1] = with_width(lines[1], 2.2)
    assert lines[1].text.startswith("率")
    assert marked(lines, cell) == starts == [True, False]


def test_hanging_indents_belong_to_their_item() -> None:
    rows = [
        (0, "1、加强设备更新并开展服务质量培训活动以落实责任和"),
        (2, "管理推进项目建设计划完成提升服务质量加强管理以"),
        (2, "推进。"),
        (0, "2、完成培训。"),
    ]
    lines = []
    for i, (indent, text) in enumerate(rows):
        x0 = (LEFT_EM + 0.4 + indent) / PAGE_EM
        box = BBox(x0, 0.1 + 0.02 * i, x0 + width(text) / PAGE_EM, 0.114 + 0.02 * i)
        lines.append(TextLine((TextRun(text, box, 0.99, "pdf"),), box))
    cell = BBox(LEFT_EM / PAGE_EM, 0.09, (LEFT_EM + 26.3) / PAGE_EM, 0.9)
    assert marked(lines, cell) == [True, False, False, True]


@pytest.mark.parametrize(
    ("label", "columns"),
    [
        ("项目当年投入资金构成", 7.0),
        ("保证项目实施的制度、措施", 6.4),
        ("一级指标", 3.2),
        ("年度绩效目标", 2.9),
    ],
)
def test_centred_labels_wrap(label: str, columns: float) -> None:
    lines, starts, cell = printed([label], Setting(columns, 0.4, align="center"))
    assert len(lines) > 1
    assert marked(lines, cell) == starts


def test_a_wide_bracket_read_as_a_narrow_one_did_not_fit_on_the_line_above() -> None:
    # 9.2 em: the name has 6, （101） would need 3.65 where （ and ） are wide.
    lines, starts, cell = printed(["信息安全测评（101）"], Setting(9.9, 0.3, engine="ocr"))
    narrow = replace(lines[1].tokens[0], text="(101)")
    assert marked([lines[0], replace(lines[1], tokens=(narrow,))], cell) == starts == [True, False]


def test_centred_lines_with_room_to_spare_are_apart() -> None:
    lines, starts, cell = printed(
        ["上海市某某中心", "二〇一九年一月"], Setting(30.0, align="center")
    )
    assert marked(lines, cell) == starts


@pytest.mark.parametrize("label", ["项目总目标", "产出目标", "备注栏（元）"])
def test_characters_stacked_downwards_are_one_paragraph(label: str) -> None:
    pieces = re.findall(r"（.）|.", label)
    lines = []
    for i, piece in enumerate(pieces):
        x0 = (LEFT_EM + 1.5 - width(piece) / 2) / PAGE_EM
        box = BBox(x0, 0.1 + 0.02 * i, x0 + width(piece) / PAGE_EM, 0.114 + 0.02 * i)
        lines.append(TextLine((TextRun(piece, box, 0.99, "pdf"),), box))
    cell = BBox(LEFT_EM / PAGE_EM, 0.05, (LEFT_EM + 3.2) / PAGE_EM, 0.9)
    assert marked(lines, cell) == [True] + [False] * (len(lines) - 1)


def test_a_blank_line_parts_paragraphs() -> None:
    full = CHARACTERS[:20]
    lines = []
    for i, y in enumerate((0.1, 0.12, 0.16, 0.18)):
        box = BBox(0.1, y, 0.1 + 20 / PAGE_EM, y + 0.014)
        lines.append(TextLine((TextRun(full, box, 0.99, "pdf"),), box, new_paragraph=i > 9))
    assert marked(lines, BBox(0.09, 0.09, 0.11 + 20 / PAGE_EM, 0.9)) == [True, False, True, False]


def test_lines_without_geometry_are_left_alone() -> None:
    lines = [TextLine((TextRun("甲", None, 1.0, "markup"),), None, new_paragraph=False)]
    assert mark_paragraphs(lines, None) == tuple(lines)
