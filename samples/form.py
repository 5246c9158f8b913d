"""The rows and cells of 上海市财政支出项目绩效目标申报表, top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from samples.cells import Align, Cell
from samples.content import Content, Option
from samples.lexicon import chance
from samples.style import PrintStyle
from samples.wording import Wording, spell_date

UPPER_LONG = ("overview", "basis", "necessity", "safeguards")
LOWER_LONG = ("implementation_plan", "overall_goal", "annual_goal")
SECOND_COLUMN = 0.5
"""Where the right half of two-field rows begins, in table widths."""
SIDE_WIDTH = 0.055
"""Width of a heading column set with one character a line, in table widths."""
MIN_AMOUNT_WIDTH = 0.2
"""Width of the amounts' column at least, in table widths."""
CUT_LINES = (3, 7)
"""Lines that remain of a long text cut off by the print."""


@dataclass(slots=True)
class FormSheet:
    """The table under construction: cells, and the rows of the indicators' heading."""

    cells: list[Cell] = field(default_factory=list)
    rows: int = 0
    heading_rows: range = range(0)

    def add_row(self, *cells: Cell) -> None:
        """Adds cells and the row they stand in."""
        self.cells += cells
        self.rows += 1


class FormBuilder:
    """Builds the table of one declaration in one style."""

    def __init__(
        self, content: Content, style: PrintStyle, wording: Wording, rng: np.random.Generator
    ) -> None:
        self._content = content
        self._style = style
        self._wording = wording
        self._rng = rng
        self._sheet = FormSheet()
        self._cuts = chance(rng, 0.25)

    def build(self) -> FormSheet:
        """The whole table."""
        if self._wording.applicant_in_table:
            self._short("applicant", self._content.applicant)
        self._short("project_name", self._content.project_name)
        self._options("project_type", self._content.project_type)
        self._options("fund_use", self._content.fund_use)
        self._dates()
        for key in UPPER_LONG:
            self._long(key)
        self._amounts("total_budget", "annual_budget")
        self._amounts("prev_budget", "prev_execution")
        self._subprojects()
        for key in LOWER_LONG:
            self._long(key)
        self._indicators()
        self._long("remarks")
        return self._sheet

    def _label(
        self, key: str, x0: float, x1: float, span: int = 1, text: str | None = None
    ) -> Cell:
        align: Align = "center" if self._style.text.center_labels else "left"
        words = self._wording.labels[key] if text is None else text
        return Cell(self._sheet.rows, span, x0, x1, words, label=True, align=align)

    def _value(self, key: str, text: str, x0: float, x1: float) -> Cell:
        align: Align = "center" if self._style.text.center_short else "left"
        return Cell(self._sheet.rows, 1, x0, x1, text, align=align, key=key)

    def _short(self, key: str, text: str) -> None:
        split = self._style.table.label_width
        self._sheet.add_row(self._label(key, 0, split), self._value(key, text, split, 1))

    def _pair(self, first: tuple[str, str], second: tuple[str, str]) -> None:
        width = self._style.table.label_width
        middle = SECOND_COLUMN
        self._sheet.add_row(
            self._label(first[0], 0, width),
            self._value(*first, width, middle),
            self._label(second[0], middle, middle + width),
            self._value(*second, middle + width, 1),
        )

    def _options(self, key: str, options: tuple[Option, ...]) -> None:
        split = self._style.table.label_width
        rows = self._style.mark.option_rows
        cut = len(options) if rows == 1 else (len(options) + 1) // 2
        self._sheet.cells.append(self._label(key, 0, split, span=rows))
        for group in (options[:cut], options[cut:]):
            if group:
                self._sheet.add_row(Cell(self._sheet.rows, 1, split, 1, group, key=key))

    def _dates(self) -> None:
        wording = self._wording
        start = spell_date(self._content.start_date, wording.start_style, "开始日期")
        end = spell_date(self._content.end_date, wording.end_style, "结束日期")
        self._pair(("start_date", start), ("end_date", end))

    def _amounts(self, first: str, second: str) -> None:
        spelled = [(k, self._wording.amount(self._content.amount(k))) for k in (first, second)]
        self._pair(spelled[0], spelled[1])

    def _long(self, key: str) -> None:
        split = self._style.table.label_width
        cut = None
        if self._cuts and key != "remarks" and chance(self._rng, 0.4):
            cut = int(self._rng.integers(*CUT_LINES))
        text = self._content.long_texts[key]
        top = self._style.text.long_from_top
        value = Cell(
            self._sheet.rows, 1, split, 1, text, top=top, long=True, max_lines=cut, key=key
        )
        self._sheet.add_row(self._label(key, 0, split), value)

    def _subprojects(self) -> None:
        split = self._style.table.label_width
        amount_x = 1 - max(split, MIN_AMOUNT_WIDTH)
        rows = self._content.subprojects
        above = bool(rows) and chance(self._rng, 0.5)
        label = self._label("subprojects", 0, split, span=1 if above else len(rows) + 1)
        self._sheet.add_row(
            replace(label, text="") if above else label,
            self._label("subproject_name", split, amount_x),
            self._label("subproject_amount", amount_x, 1),
        )
        if above:
            self._sheet.cells.append(self._label("subprojects", 0, split, span=len(rows)))
        for index, row in enumerate(rows):
            spelled = "" if row.amount is None else self._wording.amount(row.amount)
            path = f"subprojects/{index}"
            self._sheet.add_row(
                self._value(f"{path}/name", row.name, split, amount_x),
                self._value(f"{path}/amount", spelled, amount_x, 1),
            )

    def _indicators(self) -> None:
        table = self._style.table
        left = SIDE_WIDTH if table.side_heading else 0.0
        edges = _edges(left, table.indicator_columns)
        rows = self._content.indicators
        if table.side_heading:
            side = self._label("indicators", 0, left, len(rows) + 1)
            self._sheet.cells.append(replace(side, stacked=True))
        else:
            self._sheet.add_row(self._label("indicators", 0, 1))
        keys = ("level1", "level2", "level3", "target")
        self._sheet.add_row(*(self._label(k, edges[i], edges[i + 1]) for i, k in enumerate(keys)))
        self._sheet.heading_rows = range(self._sheet.rows - 1, self._sheet.rows)
        self._merged_levels(edges)
        for index, row in enumerate(rows):
            path = f"indicators/{index}"
            self._sheet.add_row(
                self._cut_short(self._value(f"{path}/level3", row.level3, edges[2], edges[3])),
                self._value(f"{path}/target", row.target, edges[3], edges[4]),
            )

    def _cut_short(self, cell: Cell) -> Cell:
        """Now and then a cell of which the print shows one line only: the first or the second."""
        if not self._cuts or "\n" in str(cell.text) or not chance(self._rng, 0.3):
            return cell
        return replace(cell, max_lines=1, skip_lines=int(self._rng.integers(0, 2)))

    def _merged_levels(self, edges: list[float]) -> None:
        rows = self._content.indicators
        firsts = [r.level1 for r in rows]
        seconds = [(r.level1, r.level2) for r in rows]
        for at, span in runs(firsts, merge=True):
            cell = self._label("level1", edges[0], edges[1], span, firsts[at])
            stacked = self._style.table.stack_level1
            self._sheet.cells.append(replace(cell, row=cell.row + at, stacked=stacked))
        for at, span in runs(seconds, merge=self._style.table.merge_level2):
            cell = self._label("level2", edges[1], edges[2], span, seconds[at][1])
            self._sheet.cells.append(replace(cell, row=cell.row + at, repeat=True))


def _edges(left: float, shares: tuple[float, float, float]) -> list[float]:
    """Column edges in table widths."""
    edges = [left]
    for share in shares:
        edges.append(edges[-1] + share * (1 - left))
    return [*edges, 1.0]


def runs(values: Sequence[str | tuple[str, ...]], *, merge: bool) -> list[tuple[int, int]]:
    """Start and length of each run of equal values; single rows where nothing is merged."""
    found: list[tuple[int, int]] = []
    for index, value in enumerate(values):
        if merge and found and values[found[-1][0]] == value:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((index, 1))
    return found
