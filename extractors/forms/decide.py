"""Which form a group of grids is: its title and its labels weighed together.

A clear title needs a few labels beside it; a garbled or missing one needs most of them. Another
form's title is never outvoted by labels in common.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.forms.definition import FormDefinition
from extractors.forms.table import PlacedGrid, PlacedLine
from extractors.forms.titles import (
    CLEAR_TITLE,
    GARBLED_TITLE,
    best_title,
    known_length,
    looks_like_title,
    title_similarity,
)

# A title is printed on at most so many lines.
_TITLE_LINES = 3
# Labels that must stand under a clear title: more than the name and office that forms share.
_MIN_LABELS = 3
# Share of a definition's labels that replaces a clear title.
_MOST_LABELS = 0.6


@dataclass(slots=True)
class Group:
    """Grids that belong together, with the lines around them.

    Attributes:
        grids: In print order; at least one.
        lines: Lines above the first grid, since the form before.
        between: Lines between the grids and below the last.
        seen: Definition id → keys of the fields whose labels were found, in print order.
    """

    grids: list[PlacedGrid]
    lines: list[PlacedLine]
    between: list[PlacedLine] = field(default_factory=list)
    seen: dict[str, list[str]] = field(default_factory=dict)


def decide(group: Group, definitions: Sequence[FormDefinition]) -> FormDefinition | None:
    """The definition that a group of grids is a form of, or ``None``."""
    enough = [d for d in definitions if len(set(group.seen.get(d.id, ()))) >= _MIN_LABELS]
    definition = likeliest(group, enough)
    if definition is None:
        return None
    score = find_title(group, [definition])[1]
    most = _label_share(group, definition) >= _MOST_LABELS
    if score >= CLEAR_TITLE:
        return definition
    if not most or (score < GARBLED_TITLE and other_title(group, definitions) is not None):
        return None
    return definition


def likeliest(group: Group, definitions: Sequence[FormDefinition]) -> FormDefinition | None:
    """The definition whose title or labels a group has, as far as it has been read.

    A clear title goes before any number of labels; without one a few labels are needed. Of
    forms with as many labels the one counts whose title is the longest: 财政项目支出绩效目标申报表
    is 项目支出绩效目标申报表 with more before it, and not the reverse.
    """
    scored = []
    for number, definition in enumerate(definitions):
        title, score = find_title(group, [definition])
        clear = score >= CLEAR_TITLE
        named = known_length("".join(p.line.text for p in title), definition) if clear else 0
        labels = len(set(group.seen.get(definition.id, ())))
        scored.append((clear, labels, named, -number))
    titled, labels, _, number = max(scored, default=(False, 0, 0, 0))
    return definitions[-number] if titled or labels >= _MIN_LABELS else None


def find_title(
    group: Group, definitions: Sequence[FormDefinition]
) -> tuple[tuple[PlacedLine, ...], float]:
    """The lines of the group's title and their likeness to a known one, 0..1.

    A title spread over lines is put together; of equal ones the last above the grid counts.
    """
    best: tuple[tuple[PlacedLine, ...], float] = ((), 0.0)
    for lines in (group.lines, head_lines(group.grids[0])):
        for start in range(len(lines)):
            for count in range(1, min(_TITLE_LINES, len(lines) - start) + 1):
                piece = tuple(lines[start : start + count])
                score = best_title("".join(p.line.text for p in piece), definitions)
                if score > best[1] or (score == best[1] and count <= len(best[0])):
                    best = piece, score
    return best


def other_title(group: Group, definitions: Sequence[FormDefinition]) -> PlacedLine | None:
    """The last line above the grid, or in its head, that is the title of another form."""
    page = group.grids[0].page
    lines = [p for p in group.lines if p.page == page]
    lines += head_lines(group.grids[0])[:_TITLE_LINES]
    titles = [
        p
        for p in lines
        if looks_like_title(p.line.text)
        and all(title_similarity(p.line.text, d) < GARBLED_TITLE for d in definitions)
    ]
    return titles[-1] if titles else None


def head_lines(placed: PlacedGrid) -> list[PlacedLine]:
    """Lines of the first rows of a grid, where a title may stand."""
    return [
        PlacedLine(placed.page, placed.kind, placed.engine, line)
        for cell in placed.grid.cells
        if cell.row < _TITLE_LINES
        for line in cell.lines
    ]


def _label_share(group: Group, definition: FormDefinition) -> float:
    """Share of the labels in the table that were found, 0..1."""
    wanted = {f.key for f in definition.fields if f.place == "cell" and f.labels and not f.under}
    found = wanted & set(group.seen.get(definition.id, ()))
    return len(found) / len(wanted) if wanted else 0.0
