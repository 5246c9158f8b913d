"""The rows and cells of a form of any layout, block by block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

import numpy as np

from extractors.forms.definition import ColumnDefinition, FieldDefinition, FieldType, FormDefinition
from samples.blocks import Block, BlockLayout
from samples.cells import Align, Cell
from samples.entries import Entries, Entry, Row
from samples.form import SIDE_WIDTH, FormSheet, runs
from samples.lexicon import chance, pick
from samples.style import PrintStyle
from samples.wording import Wording, spell_date

UnitPlace = Literal["heading", "label", "line", "nowhere"]
UNIT_PLACES: tuple[UnitPlace, ...] = ("heading", "heading", "heading", "label", "line", "nowhere")
PERIOD_SIGNS = ("至", "至", "—", "－")
"""Between the two dates of a period."""
MAX_LABEL_SHARE = 0.45
"""Share of a pair's width that its label takes at most."""
HEADING_SHARE = 0.75
"""Width of a block's heading in widths of a label."""
WIDTH_JITTER = 0.15
"""By how much, up or down, a column's width differs from print to print."""
SHARED_LEVELS, SINGLE_BLOCK, GOALS_BELOW = 0.2, 0.15, 0.25
"""Shares of prints whose two blocks have all levels in common, whose left block is left out, and
whose goals stand one below the other."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """What is worded differently from print to print.

    Attributes:
        wording: Amounts, dates and the year.
        labels: Field, or ``field/column``, → label.
        unit: Unit in its brackets.
        unit_place: Where it is printed.
    """

    wording: Wording
    labels: dict[str, str]
    unit: str
    unit_place: UnitPlace


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of repeated rows on the sheet, in table widths."""

    field: FieldDefinition
    column: ColumnDefinition
    x0: float
    x1: float

    @property
    def path(self) -> str:
        return f"{self.field.key}/{self.column.key}"


class SheetBuilder:
    """Builds the table of one form in one style."""

    def __init__(
        self,
        definition: FormDefinition,
        layout: BlockLayout,
        entries: Entries,
        spelling: Spelling,
        style: PrintStyle,
        rng: np.random.Generator,
    ) -> None:
        self._definition = definition
        self._layout = layout
        self._entries = entries
        self._spelling = spelling
        self._style = style
        self._rng = rng
        self._sheet = FormSheet()
        self._columns: list[_Column] = []
        self._left_out: set[str] = set()
        self._shared: set[str] = set()

    def rows_as_printed(self, visible: Mapping[str, str]) -> dict[str, Sequence[Row]]:
        """All repeated rows as they were built; those of a block left out are not among them.

        Args:
            visible: Path → text as the print shows it.
        """
        rows = {k: v for k, v in self._entries.rows.items() if k not in self._left_out}
        for key in self._shared:
            right = self._field(key).left_of or key
            rows[right] = [
                {
                    **{name: visible.get(f"{key}/{n}/{name}", text) for name, text in left.items()},
                    "target": own["target"],
                }
                for n, (left, own) in enumerate(zip(rows[key], rows[right], strict=True))
            ]
        return rows

    def spelled(self, key: str) -> str:
        """The value of a field as printed; no options."""
        in_line = self._field(key).place == "heading"
        entry = self._entries.fields[key]
        return self._period(key) or self._spelled(entry, self._is_end(key), within=in_line)

    def build(self) -> FormSheet:
        """The whole table."""
        for block in self._layout.blocks:
            {
                "pairs": self._pairs,
                "parts": self._parts,
                "goals": self._goals,
                "rows": self._rows,
                "sum_row": self._sum_row,
            }[block.kind](block)
        return self._sheet

    def _pairs(self, block: Block) -> None:
        for keys in block.fields:
            share = 1 / len(keys)
            cells: list[Cell] = []
            for number, key in enumerate(keys):
                cells += self._pair(key, number * share, (number + 1) * share, self._sheet.rows)
            self._sheet.add_row(*cells)

    def _pair(self, key: str, x0: float, x1: float, row: int) -> list[Cell]:
        split = x0 + min(self._style.table.label_width, MAX_LABEL_SHARE * (x1 - x0))
        return [self._label(key, x0, split, row), self._value(key, split, x1, row)]

    def _parts(self, block: Block) -> None:
        """Columns of pairs; where one column is shorter its last cells are blank."""
        left = HEADING_SHARE * self._style.table.label_width
        count, first = max(map(len, block.fields)), self._sheet.rows
        share = (1 - left) / len(block.fields)
        heading = self._text(self._headed(block, amounts=True), 0, left, first, span=count)
        self._sheet.cells.append(heading)
        for number in range(count):
            cells: list[Cell] = []
            for at, keys in enumerate(block.fields):
                x0, x1 = left + at * share, left + (at + 1) * share
                row = first + number
                split = x0 + MAX_LABEL_SHARE * (x1 - x0)
                if number < len(keys):
                    label = self._label(keys[number], x0, split, row)
                    cells += [label, self._value(keys[number], split, x1, row)]
                else:
                    cells += [self._text("", x0, split, row), self._text("", split, x1, row)]
            self._sheet.add_row(*cells)

    def _goals(self, block: Block) -> None:
        """Long texts under their labels, or each beside its own."""
        keys, first = block.fields[0], self._sheet.rows
        below = chance(self._rng, GOALS_BELOW)
        side = self._text(self._headed(block), 0, SIDE_WIDTH, first, span=len(keys) if below else 2)
        self._sheet.cells.append(replace(side, stacked=True))
        if below:
            for key in keys:
                split = SIDE_WIDTH + self._style.table.label_width
                row = self._sheet.rows
                self._sheet.add_row(
                    self._label(key, SIDE_WIDTH, split, row),
                    replace(self._value(key, split, 1, row), whole=False),
                )
            return
        edges = np.linspace(SIDE_WIDTH, 1, len(keys) + 1).tolist()
        spans = list(zip(keys, edges, edges[1:], strict=False))
        self._sheet.add_row(*(self._label(k, x0, x1, first) for k, x0, x1 in spans))
        self._sheet.add_row(*(self._value(k, x0, x1, first + 1) for k, x0, x1 in spans))

    def _rows(self, block: Block) -> None:
        """Repeated rows; two fields side by side share the columns that stand once."""
        keys = self._printed_blocks(block.fields[0])
        main = self._field(keys[-1])
        rows, first = self._entries.rows[main.key], self._sheet.rows
        amounts = any(c.type is FieldType.AMOUNT for c in main.columns)
        left = HEADING_SHARE * self._style.table.label_width if amounts else SIDE_WIDTH
        label = self._spelling.labels[main.key]
        if amounts and self._spelling.unit_place == "heading":
            label += self._spelling.unit
        side = self._text(label, 0, left, first, span=len(rows) + 1)
        self._sheet.cells.append(replace(side, stacked=not amounts))
        self._columns = self._laid_out(keys, block.widths, left)
        headers = [self._header(c, first) for c in self._columns]
        self._sheet.add_row(*headers)
        self._sheet.heading_rows = range(first, first + 1)
        for column in self._columns:
            if column.column.merged:
                self._merged(column, first + 1)
        for index in range(len(rows)):
            cells = [self._row_cell(c, index) for c in self._columns if not c.column.merged]
            self._sheet.add_row(*cells)

    def _printed_blocks(self, keys: Sequence[str]) -> Sequence[str]:
        if len(keys) > 1 and chance(self._rng, SINGLE_BLOCK):
            self._left_out.update(keys[:-1])
            return keys[-1:]
        if len(keys) > 1 and chance(self._rng, SHARED_LEVELS):
            self._shared.update(keys[:-1])
        return keys

    def _laid_out(
        self, keys: Sequence[str], widths: Mapping[str, float], left: float
    ) -> list[_Column]:
        """Columns of all blocks; of a further block those that are printed again."""
        wanted: list[tuple[FieldDefinition, ColumnDefinition]] = []
        for number, key in enumerate(keys):
            field = self._field(key)
            again = field.columns[-1:] if self._shared else field.columns[1:]
            wanted += [(field, c) for c in (field.columns if number == 0 else again)]
        low, high = 1 - WIDTH_JITTER, 1 + WIDTH_JITTER
        sizes = [widths[c.key] * float(self._rng.uniform(low, high)) for _, c in wanted]
        unit = (1 - left) / sum(sizes)
        edges = [left, *(left + unit * x for x in np.cumsum(sizes).tolist())]
        edges[-1] = 1.0
        return [_Column(f, c, edges[n], edges[n + 1]) for n, (f, c) in enumerate(wanted)]

    def _header(self, column: _Column, row: int) -> Cell:
        label = self._spelling.labels.get(column.path, "")
        if column.column.type is FieldType.AMOUNT and self._spelling.unit_place == "label":
            label += self._spelling.unit
        return self._text(label, column.x0, column.x1, row)

    def _merged(self, column: _Column, first: int) -> None:
        rows = self._entries.rows[column.field.key]
        levels = [c.key for c in column.field.columns if c.merged]
        depth = levels.index(column.column.key)
        groups = [tuple(str(row[k]) for k in levels[: depth + 1]) for row in rows]
        merge = depth == 0 or self._style.table.merge_level2
        for at, span in runs(groups, merge=merge):
            cell = self._text(groups[at][-1], column.x0, column.x1, first + at, span=span)
            stacked = depth == 0 and self._style.table.stack_level1 and "（" not in groups[at][-1]
            self._sheet.cells.append(replace(cell, stacked=stacked, repeat=depth > 0))

    def _row_cell(self, column: _Column, index: int) -> Cell:
        entry = self._entries.rows[column.field.key][index][column.column.key]
        recipe = self._layout.rows[column.field.key].get("columns", {})
        is_end = recipe.get(column.column.key, {}).get("date") == "end"
        path = f"{column.field.key}/{index}/{column.column.key}"
        text = self._spelled(entry, is_end, within=True)
        return self._short(text, column.x0, column.x1, self._sheet.rows, path)

    def _sum_row(self, block: Block) -> None:
        """One label from the left on, the values in the columns that the definition names."""
        row = self._sheet.rows
        by_place = {self._field(key).in_column: key for key in block.fields[0]}
        first = next(n for n, c in enumerate(self._columns) if c.path in by_place)
        cells = [self._label(block.fields[0][0], 0, self._columns[first].x0, row)]
        for column in self._columns[first:]:
            key = by_place.get(column.path)
            text = self._spelled(self._entries.fields[key]) if key else ""
            cells.append(self._short(text, column.x0, column.x1, row, key))
        self._sheet.add_row(*cells)

    def _label(self, key: str, x0: float, x1: float, row: int) -> Cell:
        label = self._spelling.labels[key] + self._entries.remarks.get(key, "")
        amount = self._field(key).type is FieldType.AMOUNT
        if amount and self._spelling.unit_place == "label":
            label += self._spelling.unit
        return self._text(label, x0, x1, row)

    def _headed(self, block: Block, *, amounts: bool = False) -> str:
        heading = pick(self._rng, block.heading)
        in_heading = amounts and self._spelling.unit_place == "heading"
        return heading + self._spelling.unit if in_heading else heading

    def _value(self, key: str, x0: float, x1: float, row: int) -> Cell:
        entry = self._entries.fields[key]
        if isinstance(entry, tuple):
            return Cell(row, 1, x0, x1, entry, key=key)
        text = self.spelled(key)
        if self._field(key).type is not FieldType.LONG_TEXT:
            return self._short(text, x0, x1, row, key)
        top = self._style.text.long_from_top
        return Cell(row, 1, x0, x1, text, top=top, long=True, whole=True, key=key)

    def _short(self, text: str, x0: float, x1: float, row: int, key: str | None) -> Cell:
        align: Align = "center" if self._style.text.center_short else "left"
        return Cell(row, 1, x0, x1, text, align=align, key=key)

    def _text(self, text: str, x0: float, x1: float, row: int, *, span: int = 1) -> Cell:
        align: Align = "center" if self._style.text.center_labels else "left"
        return Cell(row, span, x0, x1, text, label=True, align=align)

    def _is_end(self, key: str) -> bool:
        return self._layout.values[key].get("date") == "end"

    def _period(self, key: str) -> str:
        """Both dates of a cell that holds a first day and, by its recipe, a last one."""
        last = self._layout.values[key].get("to")
        if last is None:
            return ""
        days = (self._entries.fields[key], self._entries.fields[last])
        first, second = (self._spelled(d, n == 1, within=True) for n, d in enumerate(days))
        return first + pick(self._rng, PERIOD_SIGNS) + second

    def _spelled(self, entry: Entry, is_end: bool = False, *, within: bool = False) -> str:
        """A value as printed; ``within`` a row, a line or a period no date has its own label."""
        wording = self._spelling.wording
        if isinstance(entry, Decimal):
            return wording.amount(entry)
        if isinstance(entry, date):
            style = wording.end_style if is_end else wording.start_style
            style = "plain" if within and style == "labelled" else style
            return spell_date(entry, style, "结束日期" if is_end else "开始日期")
        return "" if entry is None else str(entry)

    def _field(self, key: str) -> FieldDefinition:
        field = self._definition.field(key)
        if field is None:
            raise KeyError(f"{self._definition.id}: no field {key}")
        return field
