"""A draft of a whole form out of the evidence of its pages."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from extractors.evidence import PageEvidence
from extractors.forms.colon import colon_pairs, merge_baselines
from extractors.forms.decide import Group, head_lines
from extractors.forms.definition import FieldDefinition, FieldType, FormDefinition
from extractors.forms.draft.fields import Collector
from extractors.forms.draft.guess import Setting, bare_name
from extractors.forms.draft.keys import Keys
from extractors.forms.draft.model import DraftField, DraftForm, Note
from extractors.forms.draft.rows import rows_field
from extractors.forms.heading import form_unit, heading_field
from extractors.forms.pairs import label_before_gap, title_line
from extractors.forms.split import split_forms
from extractors.forms.table import PlacedLine, Table, TableCell
from extractors.forms.titles import looks_like_title, without_year
from extractors.forms.unknown.aligned import aligned_pairs
from extractors.forms.unknown.beside import LabelledCells, labelled_cells
from extractors.forms.unknown.blocks import RowBlock, find_blocks
from extractors.forms.unknown.likeness import Judge, judge_of
from extractors.forms.unknown.options import boxes_of, usual_side
from extractors.forms.unknown.stacking import tables_of

_TOTALS = frozenset({"合计", "小计", "总计", "总额"})


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
    printed = without_year(title.line.text)[0] if title else ""
    _add_heading(collector, title, above, group)
    judge = judge_of(definitions)
    for table in tables:
        _add_table(collector, table, judge)
    _add_lines(collector, below)
    return DraftForm("".join(printed.split()), tuple(collector.fields), numbers)


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
    boxes = [boxes_of(c.lines) for c in cells if any(p.cell.marks for p in c.parts)]
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


def _add_table(collector: Collector, table: Table, judge: Judge) -> None:
    """Everything of one table in print order."""
    blocks = find_blocks(table, judge)
    labelled = labelled_cells(table, blocks, judge)
    used = {id(c) for entry in labelled for c in (entry.label, *entry.values)}
    used |= {id(c) for b in blocks for c in b.cells(table)}
    sums = {id(b): [e for e in labelled if _is_total(e, b)] for b in blocks}
    gone = {id(e) for entries in sums.values() for e in entries}
    starts: list[tuple[int, int, RowBlock | LabelledCells | TableCell]] = []
    starts += [(b.header[0].row, b.header[0].col, b) for b in blocks]
    starts += [(e.label.row, e.label.col, e) for e in labelled if id(e) not in gone]
    starts += [(c.row, c.col, c) for c in table.cells if id(c) not in used]
    for _, _, part in sorted(starts, key=lambda s: s[:2]):
        if isinstance(part, RowBlock):
            totals = [bare_name(e.label.text) for e in sums[id(part)]]
            collector.add_rows(rows_field(table, part, collector.keys, totals))
        elif isinstance(part, LabelledCells):
            notes = () if part.is_sure else (Note.CHECK_LABEL,)
            collector.add_cells(part.label, part.values, notes)
        else:
            _add_inner(collector, part)


def _add_inner(collector: Collector, cell: TableCell) -> None:
    """A label that shares its cell with the value: the first one of its first line."""
    found = [pair for line in cell.lines for pair in colon_pairs(line)]
    at_start = colon_pairs(cell.lines[0]) if cell.lines else ()
    page = cell.parts[0].page
    if at_start:
        notes = (Note.MORE_IN_CELL,) if len(found) > 1 else ()
        collector.add_text(at_start[0].label, at_start[0].value, page, place="cell", notes=notes)
    elif apart := label_before_gap(cell):
        label, value = (p.line.text for p in apart)
        collector.add_text(label, value, page, place="cell", notes=(Note.CHECK_LABEL,))


def _is_total(entry: LabelledCells, block: RowBlock) -> bool:
    """Whether a labelled figure is the sum right below the rows."""
    return entry.label.row == block.rows[-1] + 1 and bare_name(entry.label.text) in _TOTALS
