"""Bound archives: many declarations in one file, between cover, contents and pages of text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samples.cells import measure_in
from samples.declaration import Layout, lay_out, paint
from samples.fonts import TYPEFACES, Typeface, covering
from samples.lexicon import Topic, Writer, chance, pick, topics, vocabulary
from samples.painting import Painter
from samples.style import A4_PT, PageStyle
from samples.wrap import WrapRules, wrap_text

MARGIN_PT = 80.0
COVER_PT, HEADING_PT, BODY_PT = 24.0, 18.0, 12.0
BODY_LEADING = 1.8
"""Distance of lines of running text in font sizes."""
NOTE_SENTENCES = (6, 14)


@dataclass(frozen=True, slots=True)
class BoundDeclaration:
    """A declaration and its pages in the bound file, from 1."""

    layout: Layout
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Archive:
    """A bound file, born-digital.

    Attributes:
        pdf: The file.
        declarations: In binding order.
        other_pages: Pages without a form, from 1.
        owner: Department named on the cover.
    """

    pdf: bytes
    declarations: tuple[BoundDeclaration, ...]
    other_pages: tuple[int, ...]
    owner: str


class Binder:
    """Binds an archive page by page."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._topic: Topic = pick(rng, topics())
        self._year = int(rng.integers(2016, 2027))
        self._writer = Writer(rng, self._topic, self._year)
        self._painter = Painter(rng)
        self._sheet = PageStyle(*A4_PT, MARGIN_PT, MARGIN_PT, MARGIN_PT, None, False)
        self._words: dict[str, list[str]] = vocabulary("archive")
        self._other: list[int] = []

    def bind(self, count: int, length: float | None) -> Archive:
        """Binds ``count`` declarations whose long texts have about the given length."""
        layouts = [lay_out(self._rng, length) for _ in range(count)]
        notes_before = [index == 0 or chance(self._rng, 0.3) for index in range(count)]
        self._cover()
        self._contents(layouts, notes_before)
        bound = []
        for layout, notes in zip(layouts, notes_before, strict=True):
            if notes:
                self._notes()
            bound.append(BoundDeclaration(layout, tuple(paint(self._painter, layout))))
        owner = self._topic.words["offices"][0]
        return Archive(self._painter.output(), tuple(bound), tuple(self._other), owner)

    def bind_cover_only(self) -> bytes:
        """A file that holds nothing but a cover."""
        self._cover()
        return self._painter.output()

    def _cover(self) -> None:
        text = self._writer.fill(pick(self._rng, self._words["covers"]))
        face = self._face(text)
        self._page()
        y = A4_PT[1] * 0.3
        for line in text.split("\n"):
            self._painter.centered(y, line, face, COVER_PT)
            y += 2 * COVER_PT
        day = self._writer.fill("{year}年{month}月")
        self._painter.centered(A4_PT[1] * 0.78, day, self._face(day), HEADING_PT)

    def _contents(self, layouts: list[Layout], notes_before: list[bool]) -> None:
        heading = pick(self._rng, self._words["contents"])
        page = 2
        lines = []
        for number, (layout, notes) in enumerate(zip(layouts, notes_before, strict=True), 1):
            page += 1 + int(notes)
            lines.append((f"{number}. {layout.content.project_name}", str(page)))
            page += layout.pages - 1
        face = self._face("".join(a + b for a, b in lines) + heading)
        self._page()
        self._painter.centered(MARGIN_PT + HEADING_PT, heading, face, HEADING_PT)
        room = measure_in(face, BODY_PT, A4_PT[0] - 2 * MARGIN_PT)
        y = MARGIN_PT + 4 * HEADING_PT
        for name, number_text in lines:
            free = room.width - room.width_of(name) - room.width_of(number_text)
            dots = "." * max(3, int(free / room.width_of(".")) - 1)
            self._painter.text(MARGIN_PT, y, name + dots + number_text, face, BODY_PT)
            y += BODY_LEADING * BODY_PT

    def _notes(self) -> None:
        heading = pick(self._rng, self._words["notes_titles"])
        count = int(self._rng.integers(*NOTE_SENTENCES))
        patterns = self._words["notes"]
        text = "\n".join(self._writer.fill(pick(self._rng, patterns)) for _ in range(count))
        face = self._face(text + heading)
        self._page()
        self._painter.centered(MARGIN_PT + HEADING_PT, heading, face, HEADING_PT)
        room = measure_in(face, BODY_PT, A4_PT[0] - 2 * MARGIN_PT)
        y = MARGIN_PT + 4 * HEADING_PT
        for line in wrap_text(text, room, WrapRules(kinsoku=True, keep_words=True), 2.0):
            self._painter.text(MARGIN_PT + line.indent, y, line.text, face, BODY_PT)
            y += BODY_LEADING * BODY_PT

    def _page(self) -> None:
        self._painter.add_page(self._sheet)
        self._other.append(self._painter.pages)

    def _face(self, text: str) -> Typeface:
        return pick(self._rng, covering(TYPEFACES, text + "0123456789. 年月"))


def bind_archive(rng: np.random.Generator, count: int, length: float | None = None) -> Archive:
    """An archive of ``count`` invented declarations."""
    return Binder(rng).bind(count, length)
