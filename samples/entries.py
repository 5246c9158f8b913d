"""What a form of any layout says, before it is printed: values made by the layout's recipes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

import numpy as np

from extractors.forms.definition import FieldDefinition, FieldType, FormDefinition
from samples.blocks import BlockLayout, Recipe
from samples.content import FIRST_YEAR, LAST_YEAR, Option, draw_period
from samples.indicators import third_level
from samples.lexicon import Topic, Writer, chance, pick, topics
from samples.money import draw_amount
from samples.prose import compose_text

Options: TypeAlias = tuple[Option, ...]
Entry: TypeAlias = "str | Decimal | date | Options | None"
Row: TypeAlias = dict[str, Entry]
MIN_ROWS, MAX_ROWS = 6, 16
"""Indicator rows of a form."""
BOXES_SHARE = 0.5
"""Share of texts with a few usual contents that are printed as options with boxes."""
MISSED_SHARE = 0.3
"""Share of targets that were not quite reached."""


@dataclass(frozen=True, slots=True)
class Entries:
    """A form's values; amounts are yuan, texts keep paragraphs as line feeds.

    Attributes:
        year: Fiscal year.
        owner: Office that files the form.
        fields: Field → value; ``None`` for an amount that is left blank.
        rows: Field → repeated rows.
        remarks: Field → what stands behind its label.
    """

    year: int
    owner: str
    fields: Mapping[str, Entry]
    rows: Mapping[str, Sequence[Row]]
    remarks: Mapping[str, str]

    def texts(self) -> list[str]:
        """Every text, for the choice of typefaces."""
        cells = [v for rows in self.rows.values() for row in rows for v in row.values()]
        options = [v for v in self.fields.values() if isinstance(v, tuple)]
        return [
            *(str(v) for v in (*self.fields.values(), *cells) if isinstance(v, str)),
            *(option.label for group in options for option in group),
            *self.remarks.values(),
        ]


class EntryMaker:
    """Makes the values of one form.

    Args:
        rng: Source of chance.
        definition: The form's fields.
        layout: Their recipes.
        length: Length of the long texts, about 0.15 (a line or two each) to 1.5.
    """

    def __init__(
        self,
        rng: np.random.Generator,
        definition: FormDefinition,
        layout: BlockLayout,
        length: float,
    ) -> None:
        self._rng = rng
        self._definition = definition
        self._layout = layout
        self._length = length
        self._year = int(rng.integers(FIRST_YEAR, LAST_YEAR + 1))
        self._topic: Topic = pick(rng, topics())
        self._writer = Writer(rng, self._topic, self._year)
        self._period = draw_period(rng, self._year)

    def make(self) -> Entries:
        """All values of the form."""
        recipes = self._layout.values
        rows: dict[str, Sequence[Row]] = {}
        for key, recipe in self._layout.rows.items():
            if "like" not in recipe:
                rows[key] = self._rows(key, recipe)
        for key, recipe in self._layout.rows.items():
            if "like" in recipe:
                rows[key] = self._other_targets(rows[recipe["like"]])
        own = {k: r for k, r in recipes.items() if not {"sum", "total"} & set(r)}
        fields = {k: self._choice(k, r) or self._entry(r) for k, r in own.items()}
        for key, recipe in recipes.items():
            if "sum" in recipe:
                fields[key] = self._sum([fields[part] for part in recipe["sum"]])
            if "total" in recipe:
                name, _, column = recipe["total"].partition("/")
                fields[key] = f"{sum(Decimal(str(r[column])) for r in rows[name]):f}"
        remarks = {
            k: self._writer.fill(pick(self._rng, r["remarks"]))
            for k, r in recipes.items()
            if "remarks" in r
        }
        owner = pick(self._rng, self._topic.words["offices"])
        return Entries(self._year, owner, fields, rows, remarks)

    def _entry(self, recipe: Recipe) -> Entry:
        if "texts" in recipe:
            return self._writer.fill(pick(self._rng, recipe["texts"]))
        if "options" in recipe:
            chosen = pick(self._rng, recipe["options"])
            boxes = chance(self._rng, BOXES_SHARE)
            labels: list[str] = recipe["options"]
            return tuple(Option(label, label == chosen) for label in labels) if boxes else chosen
        if "date" in recipe:
            return self._period[0 if recipe["date"] == "start" else 1]
        if "sentences" in recipe:
            wanted = recipe["count"] * self._length * float(self._rng.uniform(0.5, 1.5))
            return compose_text(self._rng, self._writer, recipe["sentences"], max(1, round(wanted)))
        return self._amount(recipe["amount"])

    def _choice(self, key: str, recipe: Recipe) -> Options | None:
        """Options of a field that is a choice: one marked, or several where it allows that."""
        field = self._definition.field(key)
        if field is None or field.type is not FieldType.CHOICE:
            return None
        labels = field.options
        marked = {pick(self._rng, labels)}
        if not field.exclusive:
            marked |= {label for label in labels if chance(self._rng, recipe["several"])}
        return tuple(Option(label, label in marked) for label in labels)

    def _amount(self, blank: float) -> Decimal | None:
        """An amount; nothing is entered with the given probability, 0..1, and half so often 0."""
        if chance(self._rng, blank):
            return Decimal(0) if chance(self._rng, 1 / 3) else None
        return draw_amount(self._rng)

    @staticmethod
    def _sum(parts: Sequence[Entry]) -> Decimal:
        return sum((p for p in parts if isinstance(p, Decimal)), Decimal(0))

    def _rows(self, key: str, recipe: Recipe) -> list[Row]:
        field = self._definition.field(key)
        if field is None:
            raise KeyError(f"{self._definition.id}: no field {key}")
        if "count" in recipe:
            return self._steps(recipe)
        if "levels" not in recipe:
            return self._named_rows(field, recipe)
        rows = [self._indicator(one, two) for one, two in self._level_pairs()]
        for row in rows:
            for column, maker in recipe.get("columns", {}).items():
                row[column] = self._cell(maker, row)
        return rows

    def _named_rows(self, field: FieldDefinition, recipe: Recipe) -> list[Row]:
        """Rows whose first column holds their names; the first is the sum of the others."""
        names = field.columns[0].key
        others = pick(self._rng, recipe["others"])
        rows: list[Row] = [{names: name} for name in recipe["names"]]
        for column in field.columns[1:]:
            maker = recipe["columns"][column.key]
            if column.type is FieldType.AMOUNT:
                parts = [self._amount(maker["amount"]) for _ in rows[1:]]
                cells: list[Entry] = [self._sum(parts), *parts]
            else:
                cells = [self._writer.fill(pick(self._rng, maker["first"]))]
                cells += [others] * (len(rows) - 1)
            for row, cell in zip(rows, cells, strict=True):
                row[column.key] = cell
        return rows

    def _steps(self, recipe: Recipe) -> list[Row]:
        """Rows one after the other in time, between the first and the last day of the form."""
        low, high = recipe["count"]
        count = int(self._rng.integers(low, high + 1))
        first, last = self._period
        days = [first + (last - first) * n / count for n in range(count + 1)]
        at = {"start": 0, "end": 1}
        return [
            {
                column: days[n + at[maker["date"]]]
                if "date" in maker
                else self._writer.fill(pick(self._rng, maker["texts"]))
                for column, maker in recipe["columns"].items()
            }
            for n in range(count)
        ]

    def _level_pairs(self) -> list[tuple[str, str]]:
        """First and second levels in print order; each first level at least once."""
        levels = self._layout.levels
        every = [(one, two) for one, twos in levels.items() for two in twos]
        wanted = int(self._rng.integers(MIN_ROWS, MAX_ROWS + 1))
        kept = set(self._rng.permutation(len(every))[:wanted].tolist())
        for one in levels:
            if not any(every[i][0] == one for i in kept):
                kept.add(next(i for i, pair in enumerate(every) if pair[0] == one))
        chosen = [every[i] for i in sorted(kept)]
        while len(chosen) < wanted:
            at = int(self._rng.integers(len(chosen)))
            chosen.insert(at, chosen[at])
        remark = pick(self._rng, self._layout.level_remarks)
        behind = {one: self._writer.fill(remark) for one in levels}
        return [(one + behind[one], two) for one, two in chosen]

    def _indicator(self, level1: str, level2: str) -> Row:
        kind = next(twos[level2] for twos in self._layout.levels.values() if level2 in twos)
        level3, target = third_level(self._rng, self._writer, self._topic, kind)
        return {"level1": level1, "level2": level2, "level3": level3, "target": target}

    def _cell(self, maker: Recipe, row: Row) -> Entry:
        if "achieved" not in maker:
            return self._writer.fill(pick(self._rng, maker["texts"]))
        target = str(row["target"]).lstrip("≥≤><=＞")
        return "未达标" if target and chance(self._rng, MISSED_SHARE) else target

    def _other_targets(self, rows: Sequence[Row]) -> list[Row]:
        """The same rows with other third levels and targets, as of another span of time."""
        kinds = {two: kind for twos in self._layout.levels.values() for two, kind in twos.items()}
        out: list[Row] = []
        for row in rows:
            kind = kinds[str(row["level2"])]
            level3, target = third_level(self._rng, self._writer, self._topic, kind)
            out.append({**row, "level3": level3, "target": target})
        return out
