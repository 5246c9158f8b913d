"""What geometry alone gives of an unknown form: title, pairs, marks, and known labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.evidence import Mark
from extractors.forms.colon import merge_baselines
from extractors.forms.definition import FieldType, FormDefinition
from extractors.forms.labels import MAX_LABEL_CHARS, label_matches
from extractors.forms.pair_building import lines_pair
from extractors.forms.raw import LabelledMark, Pair, Provenance, RawField, RawUnmatched
from extractors.forms.table import PlacedGrid, PlacedLine, Table, TableCell
from extractors.forms.titles import looks_like_title
from extractors.forms.unknown.aligned import aligned_pairs
from extractors.forms.unknown.bilingual import bilingual_pairs
from extractors.forms.unknown.gaps import pieces_at_gaps
from extractors.forms.unknown.inline import inline_pairs
from extractors.forms.unknown.likeness import Likeness, judge_of, label_likeness
from extractors.forms.unknown.options import boxes_of, labelled_marks, usual_side
from extractors.forms.unknown.stacking import tables_of
from extractors.forms.unknown.table_pairs import table_pairs

_YUAN = "元"
_LIST_TYPES = frozenset({FieldType.ROWS, FieldType.CHOICE, FieldType.TITLE})


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
    inline = bilingual_pairs(merged)
    for number, line in enumerate(merged):
        inline.setdefault(number, inline_pairs([line]))
    found = [lines_pair([p.label], p.values) for n in sorted(inline) for p in inline[n]]
    found += [lines_pair([p.label], p.values) for p in aligned_pairs(lines)]
    in_tables = [f for table in tables for f in table_pairs(table, judge)]
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


def label_before_gap(cell: TableCell) -> tuple[PlacedLine, PlacedLine] | None:
    """Label and value of a cell whose only line a wide gap divides."""
    if len(cell.lines) != 1 or cell.has_marks:
        return None
    pieces = pieces_at_gaps(cell.lines[0])
    if len(pieces) != 2 or label_likeness(pieces[0].line.text) is not Likeness.SURE:
        return None
    return pieces[0], pieces[1]


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
