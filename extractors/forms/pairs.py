"""What geometry alone gives of an unknown form: title, pairs, marks, and known labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.evidence import Mark, TextRun
from extractors.forms.colon import ColonPair, colon_pairs, merge_baselines
from extractors.forms.definition import FieldType, FormDefinition
from extractors.forms.labels import MAX_LABEL_CHARS, label_matches
from extractors.forms.provenance import cells_provenance, lines_provenance
from extractors.forms.raw import LabelledMark, Pair, Provenance, RawField, RawUnmatched
from extractors.forms.table import PlacedGrid, PlacedLine, Table, TableCell
from extractors.forms.titles import looks_like_title

# A form's label is a word or two; a longer text is a value or an instruction.
_MAX_LABEL_CHARS = 20
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
    merged = merge_baselines(lines)
    found = [p for placed in merged for p in map(pair_of_colon, colon_pairs(placed))]
    for grid in grids:
        found.extend(_grid_pairs(Table.of_grid(grid)))
    marks = [m for placed in merged for m in _line_marks(placed)]
    marks += [m for g in grids for c in Table.of_grid(g).cells for m in cell_marks(c)]
    return RawUnmatched(
        title=_title(title, lines, grids),
        pages=pages,
        pairs=tuple(found),
        marks=tuple(marks),
        tables=tuple((g.page, g.grid) for g in grids),
        fields=_known_fields(found, definitions),
    )


def _title(
    title: PlacedLine | None, lines: Sequence[PlacedLine], grids: Sequence[PlacedGrid]
) -> str:
    """The given title, else the tallest title-like line, the first of equal ones."""
    if title is not None:
        return title.line.text.strip()
    head = [
        PlacedLine(g.page, g.kind, g.engine, line)
        for g in grids[:1]
        for c in g.grid.cells
        if c.row == 0
        for line in c.lines
    ]
    titles = [p for p in (*lines, *head) if looks_like_title(p.line.text)]
    heights = [p.line.bbox.height if p.line.bbox else 0.0 for p in titles]
    return titles[heights.index(max(heights))].line.text.strip() if titles else ""


def pair_of_colon(pair: ColonPair) -> Pair:
    """``label：value`` of one line as a pair."""
    label = lines_provenance([pair.label_line])
    value = lines_provenance([pair.value_line]) if pair.value_line else None
    return _pair(pair.label, pair.value, label, value, page=pair.label_line.page)


def _pair(
    label: str, value: str, first: Provenance | None, second: Provenance | None, *, page: int
) -> Pair:
    sure = min((p.confidence for p in (first, second) if p is not None), default=0.0)
    boxes = [p.bbox if p is not None else None for p in (first, second)]
    return Pair(label, value, page, boxes[0], boxes[1], sure)


def _grid_pairs(table: Table) -> Iterator[Pair]:
    """A label's value is the cell to its right, else below, that is no label itself."""
    labels = {id(c) for c in table.cells if looks_like_label(c)}
    used: set[int] = set()
    for cell in table.cells:
        inner = [p for line in cell.lines for p in colon_pairs(line)]
        if id(cell) not in labels:
            yield from map(pair_of_colon, inner if id(cell) not in used else ())
            continue
        value = _beside(table, cell, labels)
        if value is not None and id(value) not in used:
            used.add(id(value))
            yield cells_pair(cell, value)


def looks_like_label(cell: TableCell) -> bool:
    """Whether a cell may label another: a word or two, no figures, no box, no inner colon."""
    text = cell.text.strip().rstrip(":：")
    bare = "".join(text.split())
    has_mark = any(part.cell.marks for part in cell.parts)
    inner = any(colon_pairs(line) for line in cell.lines) and not cell.text.rstrip().endswith(
        (":", "：")
    )
    return (
        0 < len(bare) <= _MAX_LABEL_CHARS
        and not has_mark
        and not inner
        and not any(c.isdigit() for c in bare)
        and not bare.endswith("。")
    )


def _beside(table: Table, cell: TableCell, labels: set[int]) -> TableCell | None:
    """The value of a label cell.

    Of two short texts side by side the left one labels the right one; in a row that begins
    with a label, labels and values alternate.
    """
    right = table.at(cell.row, cell.end_col)
    if right is not None:
        row = [c for c in table.row_cells(cell.row) if c.row == cell.row]
        place = next((i for i, c in enumerate(row) if c is cell), 0)
        alternates = len(row) % 2 == 0 and place % 2 == 0
        if id(right) not in labels or alternates:
            return right
        return None
    below = table.at(cell.end_row, cell.col)
    return below if below is not None and id(below) not in labels else None


def cells_pair(label: TableCell, value: TableCell) -> Pair:
    """A label and its text, each in a cell of its own."""
    return _pair(
        label.text.strip().rstrip(":："),
        value.text,
        cells_provenance([label]),
        cells_provenance([value]),
        page=label.parts[0].page,
    )


def _line_marks(placed: PlacedLine) -> Iterator[LabelledMark]:
    """Each box with the text after it, or before it where boxes end the line."""
    tokens = placed.line.tokens
    follows = bool(tokens) and isinstance(tokens[0], TextRun) and isinstance(tokens[-1], Mark)
    for number, token in enumerate(tokens):
        if isinstance(token, Mark):
            beside = number - 1 if follows else number + 1
            text = tokens[beside] if 0 <= beside < len(tokens) else None
            label = text.text.strip() if isinstance(text, TextRun) else ""
            yield LabelledMark(label, token.state, placed.page, token.bbox)


def cell_marks(cell: TableCell) -> Iterator[LabelledMark]:
    """Each box of a cell with the text beside it."""
    for placed in cell.lines:
        yield from _line_marks(placed)


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
