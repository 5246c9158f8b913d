"""A file's stream of lines and grids cut into forms.

A form begins at its title, or where labels of the form before it come again. A grid without
either belongs to the form before it if it brings labels that are still missing, or if it goes
on under the same columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.evidence import Grid, PageEvidence, TextLine
from extractors.forms.columns import same_columns
from extractors.forms.decide import Group, find_title, head_lines, likeliest
from extractors.forms.definition import FieldType, FormDefinition
from extractors.forms.headers import find_headers
from extractors.forms.labels import label_matches
from extractors.forms.table import PlacedGrid, PlacedLine, Table
from extractors.forms.titles import CLEAR_TITLE, best_title, looks_like_title
from extractors.geometry import union

# Two labels of the form before, printed again, begin a new form; one may be a chance.
_REPEATED_LABELS = 2
# The next page, or the one after where blank backs were scanned too.
_MAX_PAGE_STEP = 2


def split_forms(
    pages: Sequence[PageEvidence], definitions: Sequence[FormDefinition]
) -> tuple[list[Group], list[PlacedLine]]:
    """Groups of grids, each one form or a part of an unknown one.

    Returns:
        The groups in print order, and the lines after the last grid.
    """
    groups: list[Group] = []
    pending: list[PlacedLine] = []
    for block in (b for p in pages for b in page_blocks(p, definitions)):
        if isinstance(block, PlacedLine):
            pending.append(block)
            continue
        seen = {d.id: _labels_of(block, d) for d in definitions}
        group = groups[-1] if groups else None
        if group is not None and _continues(group, block, seen, pending, definitions):
            group.grids.append(block)
            group.between.extend(pending)
        else:
            group = Group([block], pending)
            groups.append(group)
        for form_id, keys in seen.items():
            group.seen.setdefault(form_id, []).extend(keys)
        pending = []
    return groups, pending


def page_blocks(
    page: PageEvidence, definitions: Sequence[FormDefinition]
) -> Iterator[PlacedLine | PlacedGrid]:
    """Blocks of a page; a frame around text is its lines, a grid is cut at titles within."""
    for block in page.blocks:
        if isinstance(block, TextLine):
            yield PlacedLine(page.number, page.kind, page.engine, block)
        elif len(block.cells) == 1:
            for line in block.cells[0].lines:
                yield PlacedLine(page.number, page.kind, page.engine, line)
        else:
            for piece in _cut_at_titles(block, definitions):
                yield PlacedGrid(page.number, page.kind, page.engine, piece)


def _cut_at_titles(grid: Grid, definitions: Sequence[FormDefinition]) -> list[Grid]:
    """Pieces of a grid, each further one with a title alone in its first row.

    Rows of one cell above the first title (an annex number) stay with it.
    """
    filled = [c for c in grid.cells if c.text.strip()]
    cuts = {
        cell.row
        for cell in filled
        if cell.row > 0
        and best_title(cell.text, definitions) >= CLEAR_TITLE
        and sum(c.row <= cell.row < c.row + c.row_span for c in filled) == 1
        and not any(c.row < cell.row < c.row + c.row_span for c in grid.cells)
    }
    first_pair = min((a.row for a, b in pairwise(filled) if a.row == b.row), default=grid.rows)
    edges = [0, *(row for row in sorted(cuts) if row > first_pair), grid.rows]
    return [_rows_of(grid, first, end) for first, end in pairwise(edges)]


def _rows_of(grid: Grid, first: int, end: int) -> Grid:
    if (first, end) == (0, grid.rows):
        return grid
    cells = tuple(replace(c, row=c.row - first) for c in grid.cells if first <= c.row < end)
    box = union(c.bbox for c in cells)
    return Grid(end - first, grid.cols, cells, box)


def _labels_of(grid: PlacedGrid, definition: FormDefinition) -> list[str]:
    """Keys of the fields whose labels or headers stand in a grid, in print order."""
    table = Table.of_grid(grid)
    found = [
        (cell.row, cell.col, match.field.key)
        for cell in table.cells
        for match in label_matches(cell.text, definition)[:1]
        if match.column is None
    ]
    # Blocks side by side are one thing here: they begin and go on together.
    found += [
        (h.row, h.columns[0].start, h.field.left_of or h.field.key)
        for h in find_headers(table, definition)
    ]
    return list(dict.fromkeys(key for *_, key in sorted(found)))


def _continues(
    group: Group,
    grid: PlacedGrid,
    seen: dict[str, list[str]],
    pending: Sequence[PlacedLine],
    definitions: Sequence[FormDefinition],
) -> bool:
    """Whether a grid goes on with the form before it."""
    definition = likeliest(group, definitions)
    if definition is None:
        return _goes_on_unknown(group, grid, pending, definitions)
    before, now = group.seen[definition.id], seen[definition.id]
    order = [f.key for f in definition.fields]
    if not before:
        return False
    repeated = [k for k in now if k in before and k != before[-1]]
    fresh = [k for k in now if k not in before]
    _, title = find_title(Group([grid], list(pending)), definitions)
    if (title >= CLEAR_TITLE and repeated) or len(repeated) >= _REPEATED_LABELS:
        return False
    alike = _adjacent(group, grid) and same_columns(group.grids[-1].grid, grid.grid)
    if fresh:
        # A target may be named like a field: 完工时间.
        return (alike or not repeated) and order.index(fresh[0]) > order.index(before[0])
    ended = order[-1] in before and definition.fields[-1].type is not FieldType.ROWS
    if repeated or ended or _has_other_title(pending, definitions):
        return False
    # A heading may be the last row of its page, and its columns begin on the next.
    begins = now[:1] == before[-1:]
    return alike or (begins and _adjacent(group, grid))


def _has_other_title(lines: Sequence[PlacedLine], definitions: Sequence[FormDefinition]) -> bool:
    return any(
        looks_like_title(p.line.text) and best_title(p.line.text, definitions) < CLEAR_TITLE
        for p in lines
    )


def _goes_on_unknown(
    group: Group,
    grid: PlacedGrid,
    pending: Sequence[PlacedLine],
    definitions: Sequence[FormDefinition],
) -> bool:
    """A form nobody defined: the same page, or the same columns on the next, without a title."""
    if grid.page == group.grids[-1].page:
        seen = {d.id: _labels_of(grid, d) for d in definitions}
        return likeliest(Group([grid], [], seen=seen), definitions) is None
    titles = (*(p for p in pending if p.page == grid.page), *head_lines(grid)[:1])
    if any(looks_like_title(p.line.text) for p in titles):
        return False
    return _adjacent(group, grid) and same_columns(group.grids[-1].grid, grid.grid)


def _adjacent(group: Group, grid: PlacedGrid) -> bool:
    """Whether no more than a blank back page lies between."""
    return grid.page - group.grids[-1].page <= _MAX_PAGE_STEP
