"""How a declaration is printed: everything that differs from one office's printer to another's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from samples.fonts import HEAVY_TYPEFACES, TYPEFACES, Typeface, covering
from samples.lexicon import chance, pick
from samples.wrap import WrapRules

A4_PT = (595.28, 841.89)
EmptyBox = Literal["square", "□", "☐"]
Tick = Literal["tick", "cross", "filled", "overshoot", "hand", "☑", "☒", "■", "√", "✓"]
SplitPolicy = Literal["first", "repeat", "largest"]


@dataclass(frozen=True, slots=True)
class PageStyle:
    """The sheet; lengths in points."""

    width: float
    height: float
    margin_x: float
    margin_top: float
    margin_bottom: float
    page_numbers: str | None
    signature_line: bool


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Typefaces and spacing; sizes in points, spacing in font sizes."""

    label_face: Typeface
    value_face: Typeface
    title_face: Typeface
    size: float
    title_size: float
    line_spacing: float
    rules: WrapRules
    justify: bool
    indent_em: float
    center_short: bool
    center_labels: bool
    long_from_top: bool


@dataclass(frozen=True, slots=True)
class TableStyle:
    """Rulings and cells; lengths in points, columns in fractions of the table's width."""

    ruling: float
    frame: float
    double_frame: bool
    primitive: Literal["rect", "line", "filled"]
    pad_x: float
    pad_y: float
    min_row: float
    label_width: float
    split_rows: bool
    split_policy: SplitPolicy
    repeat_heading: bool
    merge_level2: bool
    stack_level1: bool
    side_heading: bool
    indicator_columns: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class MarkStyle:
    """Tick boxes.

    Attributes:
        empty: What an empty box is drawn by.
        tick: What marks it.
        size_em: Side of the box in font sizes.
        line: Line width of a drawn box in points.
        before: Whether the box stands before its option.
        colour: Colour of the mark, RGB 0..255.
        break_anywhere: Whether an option may be broken between its characters.
        option_rows: Table rows over which the options are spread.
    """

    empty: EmptyBox
    tick: Tick
    size_em: float
    line: float
    before: bool
    colour: tuple[int, int, int]
    break_anywhere: bool
    option_rows: int


@dataclass(frozen=True, slots=True)
class PrintStyle:
    """All of it."""

    page: PageStyle
    text: TextStyle
    table: TableStyle
    mark: MarkStyle


MARKS: tuple[tuple[EmptyBox, Tick], ...] = (
    ("square", "tick"),
    ("square", "cross"),
    ("square", "filled"),
    ("square", "overshoot"),
    ("square", "hand"),
    ("square", "√"),
    ("square", "tick"),
    ("□", "■"),
    ("□", "√"),
    ("□", "hand"),
    ("□", "tick"),
    ("□", "overshoot"),
    ("☐", "☑"),
    ("☐", "☒"),
    ("□", "✓"),
)
COMPACT_SHARE = 0.25
"""Share of prints squeezed together."""
BLACK, BLUE = (0, 0, 0), (25, 45, 150)


def draw_style(rng: np.random.Generator, text: str) -> PrintStyle:
    """A style whose typefaces draw every character of ``text``.

    Raises:
        samples.fonts.MissingGlyphError: If no installed typeface does.
    """
    style = PrintStyle(_page(rng), _text(rng, text), _table(rng), _mark(rng))
    return _compact(style, rng) if chance(rng, COMPACT_SHARE) else style


def _compact(style: PrintStyle, rng: np.random.Generator) -> PrintStyle:
    """The same squeezed, as clerks do to get a form onto one sheet."""
    return replace(
        style,
        page=replace(style.page, margin_top=float(rng.uniform(30, 50)), margin_bottom=36.0),
        text=replace(style.text, size=9.0, line_spacing=float(rng.uniform(1.1, 1.25))),
        table=replace(
            style.table, pad_y=float(rng.uniform(1, 2.2)), min_row=float(rng.uniform(14, 17))
        ),
    )


def _page(rng: np.random.Generator) -> PageStyle:
    width, height = A4_PT if not chance(rng, 0.08) else A4_PT[::-1]
    return PageStyle(
        width=width,
        height=height,
        margin_x=float(rng.uniform(40, 85)),
        margin_top=float(rng.uniform(45, 85)),
        margin_bottom=float(rng.uniform(45, 80)),
        page_numbers=pick(rng, [None, None, "{page}", "— {page} —", "第 {page} 页 共 {pages} 页"]),
        signature_line=chance(rng, 0.25),
    )


def _text(rng: np.random.Generator, text: str) -> TextStyle:
    faces = covering(TYPEFACES, text)
    value_face = pick(rng, faces)
    label_face = value_face if chance(rng, 0.6) else pick(rng, faces)
    if chance(rng, 0.15):
        label_face = pick(rng, covering((*HEAVY_TYPEFACES, *faces), text))
    kinsoku = chance(rng, 0.65)
    return TextStyle(
        label_face=label_face,
        value_face=value_face,
        title_face=pick(rng, covering((*HEAVY_TYPEFACES, label_face), text)),
        size=float(pick(rng, [9.0, 9.0, 10.0, 10.5, 10.5, 11.0, 12.0])),
        title_size=float(rng.uniform(14, 19)),
        line_spacing=float(rng.uniform(1.15, 1.7)),
        rules=WrapRules(kinsoku=kinsoku, keep_words=kinsoku or chance(rng, 0.5)),
        justify=chance(rng, 0.4),
        indent_em=2.0 if chance(rng, 0.4) else 0.0,
        center_short=chance(rng, 0.5),
        center_labels=chance(rng, 0.75),
        long_from_top=chance(rng, 0.5),
    )


def _table(rng: np.random.Generator) -> TableStyle:
    ruling = float(rng.uniform(0.3, 1.5)) if chance(rng, 0.4) else 0.5
    level1 = float(rng.uniform(0.13, 0.22))
    stack = chance(rng, 0.25)
    if stack:
        level1 = float(rng.uniform(0.07, 0.1))
    return TableStyle(
        ruling=ruling,
        frame=ruling if chance(rng, 0.55) else ruling + float(rng.uniform(0.5, 1.2)),
        double_frame=chance(rng, 0.1),
        primitive=pick(rng, ["rect", "line", "filled"]),
        pad_x=float(rng.uniform(2.5, 6)),
        pad_y=float(rng.uniform(2, 6)),
        min_row=float(rng.uniform(17, 30)),
        label_width=float(rng.uniform(0.13, 0.23)),
        split_rows=chance(rng, 0.6),
        split_policy=pick(rng, ["first", "repeat", "largest"]),
        repeat_heading=chance(rng, 0.4),
        merge_level2=chance(rng, 0.5),
        stack_level1=stack,
        side_heading=chance(rng, 0.3),
        indicator_columns=(level1, float(rng.uniform(0.16, 0.22)), float(rng.uniform(0.24, 0.36))),
    )


def _mark(rng: np.random.Generator) -> MarkStyle:
    empty, tick = pick(rng, MARKS)
    return MarkStyle(
        empty=empty,
        tick=tick,
        size_em=float(rng.uniform(0.78, 1.05)),
        line=float(pick(rng, [0.4, 0.6, 0.8, 1.2])),
        before=chance(rng, 0.4),
        colour=BLUE if tick in {"hand", "overshoot"} and chance(rng, 0.5) else BLACK,
        break_anywhere=chance(rng, 0.12),
        option_rows=int(rng.integers(1, 3)),
    )
