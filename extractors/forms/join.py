"""Grids over page breaks into one logical table, without losing a row.

Rows are stacked. At each break it is decided which cells of the last row above and the first
row below are one cell: a row that the break cut (its text goes on), or a merged cell that it
cut (its text stands above, below, on both sides, or half on each).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.evidence import PageKind, TextLine
from extractors.forms.columns import align_columns
from extractors.forms.definition import FieldType, FormDefinition
from extractors.forms.headers import Header, find_headers
from extractors.forms.labels import best_similarity, fold, label_matches, without_remarks
from extractors.forms.table import CellPart, PlacedGrid, Table, TableCell
from extractors.forms.wrapping import continue_lines, is_wrapped, would_have_fitted

Pair = tuple[TableCell, TableCell]

# Two halves of a usual content, with one character in five misread at most.
_WHOLE_SIMILARITY = 0.8
# A remainder of a cut row that holds no text is lower than this many lines; an empty row of the
# form is not.
_REMNANT_LINES = 1.3


def join_grids(grids: Sequence[PlacedGrid], definition: FormDefinition) -> Table:
    """One table of all grids of a declaration.

    Args:
        grids: In print order.
        definition: Its layout; labels, headers and usual contents tell cut cells from new ones.
    """
    aligned = align_columns(grids)
    table = Table.of_grid(aligned[0])
    for above, below in pairwise(aligned):
        whole = Table.of_grid(below)
        again = _repeated_header(table, whole, definition)
        table = _narrowed(table, *again) if again else table
        lower = _below(whole, again[1]) if again else whole
        if lower is None:
            continue
        if _breaks(above, below):
            table = _joined(table, lower, definition)
        else:
            table = _stacked(table, lower, shift=table.rows)
    return table


def _breaks(above: PlacedGrid, below: PlacedGrid) -> bool:
    """Whether a break lies between two grids: a new page, or the sheet's right half."""
    if above.page != below.page or above.kind is PageKind.TEXT:
        return True
    a, b = above.grid.bbox, below.grid.bbox
    return a is not None and b is not None and b.x0 >= a.x1


def _repeated_header(
    upper: Table, lower: Table, definition: FormDefinition
) -> tuple[Header, Header] | None:
    """The last header above and the first one below, where both are one that is printed again."""
    known = find_headers(upper, definition)
    first = next(iter(find_headers(lower, definition)), None)
    last = {h.field.key: h for h in known if h.row == known[-1].row}
    if first is None or first.field.key not in last:
        return None
    lead = [c for r in range(first.row) for c in lower.row_cells(r)]
    if any(not c.is_blank and not _is_label(c.text, definition) for c in lead):
        return None
    return last[first.field.key], first


def _narrowed(table: Table, header: Header, again: Header) -> Table:
    """The table with its header's cells no wider than where they are printed again.

    A cell that is wider than its repetition has lost a ruling, and would take in the labels
    beside its column.
    """
    narrow = {c.definition.key: c.cell for c in again.columns}
    cells = {id(c.cell): narrow.get(c.definition.key, c.cell) for c in header.columns}
    return Table.of(
        replace(c, col=own.col, col_span=own.col_span)
        if (own := cells.get(id(c))) and c.col <= own.col and own.end_col <= c.end_col
        else c
        for c in table.cells
    )


def _below(lower: Table, header: Header) -> Table | None:
    """What stands below a header; ``None`` if nothing does."""
    gone = header.end_row
    kept = [
        replace(c, row=max(c.row - gone, 0), row_span=c.end_row - max(c.row, gone))
        for c in lower.cells
        if c.end_row > gone
    ]
    return Table.of(kept) if kept else None


def _joined(upper: Table, lower: Table, definition: FormDefinition) -> Table:
    region = _open_region(upper, definition)
    pairs = _facing(upper, lower)
    if not pairs or len(pairs) != len(list(lower.row_cells(0))):
        return _stacked(upper, lower, shift=upper.rows)
    if region is None:
        if _field_goes_on(pairs, definition):
            return _stacked(upper, lower, shift=upper.rows - 1, words=pairs[:1], texts=pairs[1:])
        return _stacked(upper, lower, shift=upper.rows)
    if any(_labels_another(below, region, definition) for _, below in pairs):
        return _stacked(upper, lower, shift=upper.rows)
    merged = _merged_across(pairs, region)
    rest = [p for p in pairs if p not in merged]
    if _row_goes_on(rest, merged, region):
        return _stacked(upper, lower, shift=upper.rows - 1, words=merged, texts=rest)
    if all(below.is_blank for _, below in pairs):
        merged = merged[:1]
    words = [
        (a, b)
        for a, b in merged
        if (a.has_spans and _may_reach_over(a, b, upper, lower, region))
        or not (a.is_blank or b.is_blank)
    ]
    return _stacked(upper, lower, shift=upper.rows, words=words, doubtful=merged)


def _may_reach_over(
    above: TableCell, below: TableCell, upper: Table, lower: Table, region: Header
) -> bool:
    """Whether a merged cell may reach over the break, its other part being blank.

    The first merged column is never printed blank. A further one may be: it is taken for
    merged only if this table merges cells of that column anywhere else.
    """
    if not above.is_blank and not below.is_blank:
        return True
    merged = [c.start for c in region.columns if c.definition.merged]
    if above.col not in merged[1:]:
        return True
    body = [c for c in upper.cells if c.row >= region.end_row] + list(lower.cells)
    return any(c.row_span > 1 for c in body if c.col == above.col)


def _facing(upper: Table, lower: Table) -> list[Pair]:
    """Cells of the last row above and the first row below that have the same columns."""
    pairs: list[Pair] = []
    for below in lower.row_cells(0):
        above = upper.at(upper.rows - 1, below.col)
        if above is not None and (above.col, above.end_col) == (below.col, below.end_col):
            pairs.append((above, below))
    return pairs


def _open_region(table: Table, definition: FormDefinition) -> Header | None:
    """The header whose rows reach down to the last row of the table, if there is one.

    Blocks side by side count as one, with the columns of both.
    """
    headers = find_headers(table, definition)
    if not headers:
        return None
    header = headers[-1]
    blocks = [c for h in headers if h.row == header.row for c in h.columns]
    columns = {c.start: c for c in sorted(blocks, key=lambda c: c.start)}
    header = replace(header, columns=tuple(columns.values()))
    body = (c for c in table.cells if c.row >= header.end_row)
    return None if any(_labels_another(c, header, definition) for c in body) else header


def _labels_another(cell: TableCell, header: Header, definition: FormDefinition) -> bool:
    """Whether a cell is the label of another field than the header's."""
    best = next((m for m in label_matches(cell.text, definition) if m.column is None), None)
    own = {header.field.key, *(f.key for f in definition.fields if f.left_of == header.field.key)}
    return best is not None and best.field.key not in own


def _field_goes_on(pairs: Sequence[Pair], definition: FormDefinition) -> bool:
    """Whether the first row below continues the field in the last row above."""
    if any(label_matches(below.text, definition) for _, below in pairs[1:]):
        return False
    above, below = pairs[0]
    if len(pairs) == 1:
        return not _is_label(below.text, definition) and not _is_label(above.text, definition)
    if below.is_blank:
        return not above.is_blank or above.has_spans
    if _same_cell(above, below, [s for f in definition.fields for s in f.labels]):
        return True
    unlabelled = above.is_blank and above.has_spans
    return unlabelled and _is_label(below.text, definition)


def _is_label(text: str, definition: FormDefinition) -> bool:
    return any(m.column is None for m in label_matches(text, definition))


def _merged_across(pairs: Sequence[Pair], region: Header) -> list[Pair]:
    """Label cell and merged columns, as far from the left as the two sides are one cell.

    In a second block beside the first, again as far as they are one cell from its left.
    """
    columns = {c.start: c.definition for c in region.columns}
    first = region.columns[0].start
    filled = [a.col for a, _ in pairs if not a.is_blank]
    merged: list[Pair] = []
    goes_on, lead_goes_on = True, True
    for above, below in pairs:
        column = columns.get(above.col)
        is_label = above.col < first
        if not is_label and not (column and column.merged):
            # What follows may be a further block, which hangs on the columns before the first.
            goes_on = lead_goes_on
            continue
        known = region.field.labels if is_label else column.known if column else ()
        blank = above.is_blank or below.is_blank
        differs = not blank and not _same_cell(above, below, known)
        # Above a break a blank cell is a part of the next one, but not beside a blank row.
        is_empty_row = max(filled, default=-1) < above.col
        if differs or (above.is_blank and not below.is_blank and is_empty_row):
            goes_on = False
            lead_goes_on = lead_goes_on and above.col > first
        if goes_on:
            merged.append((above, below))
    return merged


def _same_cell(above: TableCell, below: TableCell, known: Sequence[str]) -> bool:
    """Whether two texts are one printed twice, or the halves of a usual one."""
    if _printed_again(above.text, below.text):
        return True
    whole = best_similarity(above.text + below.text, known)
    halves = max(best_similarity(above.text, known), best_similarity(below.text, known))
    return whole > halves and whole >= _WHOLE_SIMILARITY


def _printed_again(above: str, below: str) -> bool:
    """Whether the second text is the first again, a remark such as （续） aside."""
    return fold(without_remarks(above)) == fold(without_remarks(below))


def _row_goes_on(rest: Sequence[Pair], merged: Sequence[Pair], region: Header) -> bool:
    """Whether the first row below is the remainder of the last row above.

    A new row has all its own cells; a remainder has only those whose text the break cut, and
    their last line above runs to the cell's edge. Where all cells go on below, none of them may
    begin with what would have fitted above; where some do, no more than half of them may.
    """
    merged_columns = sum(c.definition.merged for c in region.columns)
    joined_columns = sum(p[0].col >= region.columns[0].start for p in merged)
    if joined_columns < merged_columns:
        return False
    rest = [(a, b) for a, b in rest if not (a.is_blank and b.is_blank)]
    filled = [(a, b) for a, b in rest if not b.is_blank]
    if not filled:
        return any(_is_remnant(a, b) for a, b in rest)
    cut = [(a, b) for a, b in filled if not a.is_blank]
    amounts = {c.start for c in region.columns if c.definition.type is FieldType.AMOUNT}
    if not cut or any(a.col in amounts or not is_wrapped(a) for a, _ in cut):
        return False
    fitting = [would_have_fitted(a, b) for a, b in cut]
    if len(filled) < len(rest):
        return 2 * sum(fitting) <= len(fitting)
    return not any(fitting) and all(a.parts[-1].cell.bbox is not None for a, _ in cut)


def _is_remnant(above: TableCell, below: TableCell) -> bool:
    """Whether a blank cell below a break is only the foot of the cell above."""
    box = below.parts[0].cell.bbox
    heights = [p.line.bbox.height for p in above.lines if p.line.bbox is not None]
    return box is not None and bool(heights) and box.height < _REMNANT_LINES * max(heights)


def _stacked(
    upper: Table,
    lower: Table,
    *,
    shift: int,
    words: Sequence[Pair] = (),
    texts: Sequence[Pair] = (),
    doubtful: Sequence[Pair] = (),
) -> Table:
    """Both tables, the lower one moved down by ``shift`` rows.

    Args:
        upper: Above the break.
        lower: Below it.
        shift: Rows above, less one where the break cut a row.
        words: Facing cells that are one label or one merged cell; its halves are one word.
        texts: Facing cells that are one text, wrapped or with a new paragraph below.
        doubtful: Facing cells of which it is not sure that they are two.
    """
    pairs = (*words, *texts)
    gone = {id(cell) for pair in pairs for cell in pair}
    cells = [c for c in upper.cells if id(c) not in gone]
    unsure = {id(below) for _, below in doubtful}
    cells += [
        replace(
            c, row=c.row + shift, inferred_rows=(shift,) if id(c) in unsure else c.inferred_rows
        )
        for c in lower.cells
        if id(c) not in gone
    ]
    for above, below in pairs:
        lines = below.parts[0].cell.lines
        if (above, below) in texts:
            lines = continue_lines(above, lines)
        elif lines and not above.is_blank:
            lines = (replace(lines[0], new_paragraph=False), *lines[1:])
        cells.append(_one_cell(above, below, lines, shift=shift))
    return Table.of(cells)


def _one_cell(
    above: TableCell, below: TableCell, lines: Sequence[TextLine], *, shift: int
) -> TableCell:
    """Both cells as one; what was printed again counts once."""
    parts: tuple[CellPart, ...] = above.parts
    if above.is_blank or not _printed_again(above.text, below.text):
        first = below.parts[0]
        cell = replace(first.cell, lines=tuple(lines))
        parts = (*parts, replace(first, cell=cell), *below.parts[1:])
    end = below.end_row + shift
    inferred: tuple[int, ...] = ()
    if shift >= above.end_row and (above.is_blank or below.is_blank):
        inferred = tuple(range(above.row, shift) if above.is_blank else range(shift, end))
    return replace(
        above,
        row_span=end - above.row,
        parts=parts,
        inferred_rows=(*above.inferred_rows, *inferred),
    )
