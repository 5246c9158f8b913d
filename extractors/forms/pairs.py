"""What geometry alone gives of an unknown form: title, pairs, marks, and known labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.evidence import Mark
from extractors.forms.colon import ColonPair, colon_pairs, merge_baselines
from extractors.forms.definition import FieldType, FormDefinition
from extractors.forms.labels import MAX_LABEL_CHARS, label_matches
from extractors.forms.provenance import cells_provenance, joined_text, lines_provenance
from extractors.forms.raw import LabelledMark, Pair, Provenance, RawField, RawUnmatched
from extractors.forms.table import PlacedGrid, PlacedLine, Table, TableCell
from extractors.forms.titles import looks_like_title
from extractors.forms.unknown.aligned import aligned_pairs
from extractors.forms.unknown.beside import labelled_cells
from extractors.forms.unknown.blocks import RowBlock, find_blocks
from extractors.forms.unknown.gaps import pieces_at_gaps
from extractors.forms.unknown.likeness import Judge, Likeness, judge_of, label_likeness
from extractors.forms.unknown.options import boxes_of, labelled_marks, usual_side
from extractors.forms.unknown.stacking import tables_of

_YUAN = "元"
_LIST_TYPES = frozenset({FieldType.ROWS, FieldType.CHOICE, FieldType.TITLE})


class _Found(NamedTuple):
    """A pair, where in its table it stands, and whether the form has it once."""

    row: int
    col: int
    pair: Pair
    is_single: bool


def read_unmatched(
    pages: tuple[int, ...],
    lines: Sequence[PlacedLine],
    grids: Sequence[PlacedGrid],
    definitions: Sequence[FormDefinition],
    *,
    title: PlacedLine | None,
) -> RawUnmatched:
    """An unknown form: everything that can be told without a definition.

    Args:
        pages: Pages it covers.
        lines: Lines outside its grids.
        grids: Its ruled tables.
        definitions: Known layouts, whose labels name fields here too.
        title: Its title where one is known already.
    """
    title = title or title_line(lines, grids)
    merged = merge_baselines(lines)
    judge = judge_of(definitions)
    tables = tables_of(grids)
    found = [p for placed in merged for p in map(pair_of_colon, colon_pairs(placed))]
    found += [_lines_pair(p.label, p.values) for p in aligned_pairs(lines)]
    in_tables = [f for table in tables for f in _table_pairs(table, judge)]
    single = [*found, *(f.pair for f in in_tables if f.is_single)]
    return RawUnmatched(
        title=title.line.text.strip() if title is not None else "",
        pages=pages,
        pairs=(*found, *(f.pair for f in in_tables)),
        marks=tuple(_marks(merged, tables)),
        tables=tuple((g.page, g.grid) for g in grids),
        fields=_known_fields(single, definitions),
    )


def title_line(lines: Sequence[PlacedLine], grids: Sequence[PlacedGrid]) -> PlacedLine | None:
    """The tallest title-like line above the first grid or in its first row, the first of equals.

    Args:
        lines: Lines outside the grids.
        grids: Of one form, in print order.
    """
    head = [
        PlacedLine(g.page, g.kind, g.engine, line)
        for g in grids[:1]
        for c in g.grid.cells
        if c.row == 0
        for line in c.lines
    ]
    titles = [p for p in (*lines, *head) if looks_like_title(p.line.text)]
    heights = [p.line.bbox.height if p.line.bbox else 0.0 for p in titles]
    return titles[heights.index(max(heights))] if titles else None


def pair_of_colon(pair: ColonPair) -> Pair:
    """``label：value`` of one line as a pair."""
    label = lines_provenance([pair.label_line])
    value = lines_provenance([pair.value_line]) if pair.value_line else None
    return _pair(pair.label, pair.value, label, value, page=pair.label_line.page)


def _lines_pair(label: PlacedLine, values: Sequence[PlacedLine]) -> Pair:
    text = _bare(label.line.text)
    proofs = lines_provenance([label]), lines_provenance(values)
    return _pair(text, joined_text(values).strip(), *proofs, page=label.page)


def _pair(
    label: str, value: str, first: Provenance | None, second: Provenance | None, *, page: int
) -> Pair:
    """A pair on the page of its value; of a label on another page no place is given."""
    sure = min((p.confidence for p in (first, second) if p is not None), default=0.0)
    page = second.page if second is not None else page
    beside = first.bbox if first is not None and first.page == page else None
    return Pair(label, value, page, beside, second.bbox if second is not None else None, sure)


def _table_pairs(table: Table, judge: Judge) -> list[_Found]:
    """Pairs of one table in print order: beside, above, in one cell.

    A column of several rows has a value in each, none of which is the form's.
    """
    blocks = find_blocks(table, judge)
    found: list[_Found] = []
    used: set[int] = set()
    for entry in labelled_cells(table, blocks, judge):
        used |= {id(c) for c in (entry.label, *entry.values)}
        pair = cells_pair([entry.label], entry.values)
        found.append(_Found(entry.label.row, entry.label.col, pair, True))
    for block in blocks:
        used |= {id(c) for c in block.cells(table)}
        found += _block_pairs(table, block)
    for cell in table.cells:
        if id(cell) not in used:
            found += [_Found(cell.row, cell.col, p, True) for p in _inner_pairs(cell)]
    return sorted(found, key=lambda f: (f.row, f.col))


def _block_pairs(table: Table, block: RowBlock) -> Iterator[_Found]:
    """Each cell under its header, the name of its row before it."""
    for number, head in enumerate(block.header):
        for cell in block.column(table, number):
            labels = [block.names[cell.row], head] if cell.row in block.names else [head]
            pair = cells_pair(labels, [cell])
            is_single = len(block.rows) == 1 and not block.names
            yield _Found(cell.row, cell.col, pair, is_single)


def _inner_pairs(cell: TableCell) -> Iterator[Pair]:
    """Labels that share a cell with their values: before a colon, or before a wide gap."""
    inner = [p for line in cell.lines for p in colon_pairs(line)]
    yield from map(pair_of_colon, inner)
    apart = label_before_gap(cell) if not inner else None
    if apart is not None:
        yield _lines_pair(apart[0], apart[1:])


def label_before_gap(cell: TableCell) -> tuple[PlacedLine, PlacedLine] | None:
    """Label and value of a cell whose only line a wide gap divides."""
    if len(cell.lines) != 1 or cell.has_marks:
        return None
    pieces = pieces_at_gaps(cell.lines[0])
    if len(pieces) != 2 or label_likeness(pieces[0].line.text) is not Likeness.SURE:
        return None
    return pieces[0], pieces[1]


def cells_pair(labels: Sequence[TableCell], values: Sequence[TableCell]) -> Pair:
    """Label cells and the cells that hold their value as a pair."""
    return _pair(
        " ".join(_bare(c.text) for c in labels),
        "\n".join(c.text for c in values if c.text.strip()),
        cells_provenance(labels[-1:]),
        cells_provenance(values),
        page=labels[-1].parts[0].page,
    )


def _bare(label: str) -> str:
    return label.strip().rstrip(":：")


def _marks(lines: Sequence[PlacedLine], tables: Sequence[Table]) -> Iterator[LabelledMark]:
    """Boxes with their options; the side on which they stand is the form's."""
    loose = [[p] for p in lines if any(isinstance(t, Mark) for t in p.line.tokens)]
    in_cells = [list(c.lines) for t in tables for c in t.cells if c.has_marks]
    groups = [boxes_of(group) for group in (*loose, *in_cells)]
    usual = usual_side(groups)
    for boxes in groups:
        yield from labelled_marks(boxes, usual)


def cell_marks(cell: TableCell) -> Iterator[LabelledMark]:
    """Each box of one cell with its option."""
    yield from labelled_marks(boxes_of(cell.lines), None)


def _known_fields(
    pairs: Sequence[Pair], definitions: Sequence[FormDefinition]
) -> tuple[RawField, ...]:
    """Pairs whose label a known layout has too; the likest label of each field."""
    best: dict[str, tuple[float, RawField]] = {}
    for pair in pairs:
        if len(pair.label) > MAX_LABEL_CHARS:
            continue
        for definition in definitions:
            for match in label_matches(pair.label, definition)[:1]:
                field = match.field
                if match.column is not None or field.type in _LIST_TYPES or field.under:
                    continue
                if field.type is FieldType.AMOUNT and field.unit != _YUAN and match.unit is None:
                    # What another layout counts in 万元 may be yuan here.
                    continue
                if field.key in best and best[field.key][0] >= match.similarity:
                    continue
                proof = Provenance(pair.page, pair.value_bbox, "", pair.confidence)
                raw = RawField(
                    field.key, field.type, pair.value, proof, unit=match.unit or field.unit
                )
                best[field.key] = match.similarity, raw
    return tuple(raw for _, raw in best.values())
