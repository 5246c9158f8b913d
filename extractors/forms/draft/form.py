"""A draft of a whole form out of the evidence of its pages."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from extractors.evidence import PageEvidence
from extractors.forms.colon import colon_pairs, merge_baselines
from extractors.forms.decide import Group, head_lines
from extractors.forms.definition import FieldDefinition, FieldType, FormDefinition
from extractors.forms.draft.fields import Collector
from extractors.forms.draft.guess import Setting
from extractors.forms.draft.keys import Keys
from extractors.forms.draft.model import DraftField, DraftForm
from extractors.forms.draft.tables import add_table
from extractors.forms.heading import form_unit, heading_field
from extractors.forms.pairs import title_line
from extractors.forms.split import split_forms
from extractors.forms.table import PlacedLine, Table
from extractors.forms.titles import looks_like_title, without_remark
from extractors.forms.unknown.aligned import aligned_pairs
from extractors.forms.unknown.likeness import judge_of
from extractors.forms.unknown.options import boxes_of, usual_side
from extractors.forms.unknown.stacking import tables_of


def draft_form(
    pages: Sequence[PageEvidence], definitions: Sequence[FormDefinition]
) -> DraftForm | None:
    """A definition of the first form on some pages, for a person to finish.

    Args:
        pages: Evidence of a sample, ascending.
        definitions: Known layouts, whose labels give keys.

    Returns:
        ``None`` where there is no ruled table, by which layouts are described.
    """
    group = _first_form(pages)
    if group is None:
        return None
    numbers = tuple(sorted({g.page for g in group.grids}))
    tables = tables_of(group.grids)
    title = title_line(group.lines, group.grids)
    above, below = _lines_around(group, title, numbers)
    collector = Collector(Keys(definitions), _setting(tables, (*above, *below)))
    printed = without_remark(title.line.text) if title else ""
    _add_heading(collector, title, above, group)
    judge = judge_of(definitions)
    for table in tables:
        add_table(collector, table, judge)
    _add_lines(collector, below)
    fields, headings = tuple(collector.fields), tuple(collector.headings)
    return DraftForm("".join(printed.split()), fields, numbers, headings)


def _first_form(pages: Sequence[PageEvidence]) -> Group | None:
    """All grids up to the next title."""
    groups, rest = split_forms(pages, ())
    if not groups:
        return None
    first, *others = groups
    first.between.extend(rest if not others else ())
    for group in others:
        lines = [*group.lines, *head_lines(group.grids[0])[:1]]
        if any(looks_like_title(p.line.text) for p in lines):
            break
        first.between.extend([*group.lines, *group.between])
        first.grids.extend(group.grids)
    return first


def _lines_around(
    group: Group, title: PlacedLine | None, numbers: Sequence[int]
) -> tuple[list[PlacedLine], list[PlacedLine]]:
    """Lines from the title to the table, and those behind and between its parts."""
    start = next((n for n, p in enumerate(group.lines) if p is title), None)
    above = group.lines[start:] if start is not None else group.lines
    return (
        [p for p in above if start is not None or p.page in numbers],
        [p for p in group.between if p.page in numbers],
    )


def _setting(tables: Sequence[Table], lines: Sequence[PlacedLine]) -> Setting:
    cells = [c for table in tables for c in table.cells]
    heights = [p.line.bbox.height for c in cells for p in c.lines if p.line.bbox is not None]
    boxes = [boxes_of(c.lines) for c in cells if c.has_marks]
    return Setting(usual_side(boxes), form_unit(lines), median(heights) if heights else 0.0)


def _add_heading(
    collector: Collector, title: PlacedLine | None, above: Sequence[PlacedLine], group: Group
) -> None:
    page = title.page if title else group.grids[0].page
    if title is not None:
        key, _ = collector.keys.take("title")
        collector.fields.append(DraftField(key, FieldType.TITLE, "", page, "heading"))
    lines = [*above, *head_lines(group.grids[0])]
    year = FieldDefinition(key="year", type=FieldType.YEAR, place="heading")
    found = heading_field(year, title=(), lines=lines, titles=())
    if found is not None:
        key, _ = collector.keys.take(year.key)
        number = found.provenance.page if found.provenance else page
        collector.fields.append(DraftField(key, FieldType.YEAR, "", number, "heading"))
    _add_lines(collector, above)


def _add_lines(collector: Collector, lines: Sequence[PlacedLine]) -> None:
    """Labels of lines outside the table."""
    for placed in merge_baselines(lines):
        if form_unit([placed]) is not None:
            continue
        for pair in colon_pairs(placed):
            collector.add_text(pair.label, pair.value, placed.page, place="heading")
    for aligned in aligned_pairs(lines):
        value = "".join(p.line.text for p in aligned.values)
        collector.add_text(aligned.label.line.text, value, aligned.label.page, place="heading")
