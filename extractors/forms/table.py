"""One logical table over all its pages: cells that know every place they were printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extractors.evidence import Cell, Grid, PageKind, TextLine

# Code of `normalizers.issues.IssueCode` for what matching itself is not sure of.
LOW_CONFIDENCE = "low_confidence"


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A printed line and the page it stands on."""

    page: int
    kind: PageKind
    engine: str
    line: TextLine


@dataclass(frozen=True, slots=True)
class PlacedGrid:
    """A ruled table and the page it stands on."""

    page: int
    kind: PageKind
    engine: str
    grid: Grid

    @property
    def has_spans(self) -> bool:
        """Whether merged cells are known: by rulings, or by spans in the markup."""
        grid = self.grid
        return grid.bbox is not None or any(c.row_span > 1 or c.col_span > 1 for c in grid.cells)


@dataclass(frozen=True, slots=True)
class CellPart:
    """What one page shows of a cell."""

    page: int
    kind: PageKind
    engine: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of the logical table.

    Attributes:
        row: Zero-based first row.
        col: Zero-based first column.
        row_span: Rows covered, at least 1.
        col_span: Columns covered, at least 1.
        parts: One for each page it stands on, in page order.
        has_spans: Whether its extent is known, not inferred.
        inferred_rows: Rows beside a page break of which it was inferred that this cell covers
            them, or that it is a blank cell of its own there.
        doubts: Codes of `normalizers.issues.IssueCode` for a value that stands in it.
        is_unread: Whether its text may be another cell's, so that it gives no value.
    """

    row: int
    col: int
    row_span: int
    col_span: int
    parts: tuple[CellPart, ...]
    has_spans: bool
    inferred_rows: tuple[int, ...] = ()
    doubts: tuple[str, ...] = ()
    is_unread: bool = False

    @property
    def lines(self) -> tuple[PlacedLine, ...]:
        """Printed lines of all parts."""
        return tuple(
            PlacedLine(p.page, p.kind, p.engine, line) for p in self.parts for line in p.cell.lines
        )

    @property
    def text(self) -> str:
        """Lines of all parts; wrapped lines directly, paragraphs by a line feed."""
        out = ""
        for placed in self.lines:
            out += ("\n" if out and placed.line.new_paragraph else "") + placed.line.text
        return out

    @property
    def is_blank(self) -> bool:
        """Whether neither text nor mark stands in it."""
        return not self.text.strip() and not self.has_marks

    @property
    def has_marks(self) -> bool:
        """Whether a tick box stands in it."""
        return any(p.cell.marks for p in self.parts)

    @property
    def end_row(self) -> int:
        """First row below."""
        return self.row + self.row_span

    @property
    def end_col(self) -> int:
        """First column to the right."""
        return self.col + self.col_span


@dataclass(frozen=True, slots=True)
class Table:
    """A logical table.

    Attributes:
        rows: Number of rows.
        cols: Number of columns.
        cells: By row, then column.
    """

    rows: int
    cols: int
    cells: tuple[TableCell, ...]
    _index: dict[tuple[int, int], TableCell] = field(repr=False, compare=False)

    @classmethod
    def of(cls, cells: Iterable[TableCell]) -> Table:
        """Table of these cells, in any order."""
        ordered = tuple(sorted(cells, key=lambda c: (c.row, c.col)))
        index = {
            (r, c): cell
            for cell in ordered
            for r in range(cell.row, cell.end_row)
            for c in range(cell.col, cell.end_col)
        }
        rows = max((c.end_row for c in ordered), default=0)
        cols = max((c.end_col for c in ordered), default=0)
        return cls(rows, cols, ordered, index)

    @classmethod
    def of_grid(cls, placed: PlacedGrid) -> Table:
        """One page's grid as a table of its own."""
        return cls.of(
            TableCell(
                c.row,
                c.col,
                c.row_span,
                c.col_span,
                (CellPart(placed.page, placed.kind, placed.engine, c),),
                placed.has_spans,
            )
            for c in placed.grid.cells
        )

    def at(self, row: int, col: int) -> TableCell | None:
        """The cell that covers a place, if any."""
        return self._index.get((row, col))

    def row_cells(self, row: int) -> Iterator[TableCell]:
        """Cells that cover a row, left to right, each once."""
        col = 0
        while col < self.cols:
            cell = self.at(row, col)
            if cell is not None:
                yield cell
            col = cell.end_col if cell is not None else col + 1
