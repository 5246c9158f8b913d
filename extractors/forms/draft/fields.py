"""Fields of a draft: one for each label, in print order, each label once a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extractors.forms.definition import FieldDefinition, FieldType
from extractors.forms.draft.guess import Guess, Setting, bare_name, guess_cells, guess_text
from extractors.forms.draft.keys import Keys
from extractors.forms.draft.model import DraftField, Note
from extractors.forms.draft.rows import group_unit
from extractors.forms.labels import MAX_LABEL_CHARS, bare_label, fold, without_unit
from extractors.forms.table import TableCell

# What a label of a known layout is there, it is here too, where the sample does not gainsay it.
_TAKEN_TYPES = frozenset(
    {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.AMOUNT, FieldType.DATE, FieldType.YEAR}
)
_TEXTS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})
# A year in brackets behind a label is the sample's, not the form's.
_WITH_FIGURES = re.compile(r"[(（\[【〔][^)）\]】〕]*\d[^)）\]】〕]*[)）\]】〕]$")
_SUFFIXES = ("start", "end")


@dataclass(slots=True)
class Collector:
    """Fields as they are found.

    Attributes:
        keys: Of the whole form.
        setting: What all fields of the form share.
        fields: In print order.
        headings: Labels of groups of fields, which label no field of their own.
    """

    keys: Keys
    setting: Setting
    fields: list[DraftField] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    _taken: dict[tuple[str, str], int] = field(default_factory=dict)

    def add_cells(
        self,
        label: TableCell,
        cells: Sequence[TableCell],
        notes: Iterable[Note],
        *,
        group: TableCell | None,
    ) -> None:
        """A label cell and the cells of its value.

        Args:
            label: The label's cell.
            cells: Of its value.
            notes: What to check.
            group: Label of the group that it stands in, if any.
        """
        self._add_heading(group)
        unit = group_unit(group, label)
        setting = replace(self.setting, unit=unit) if unit else self.setting
        guess = guess_cells(label.text, cells, setting)
        self._add(label.text, guess, label.parts[0].page, "cell", tuple(notes), unit=unit)

    def add_text(
        self, label: str, value: str, page: int, *, place: str, notes: Iterable[Note] = ()
    ) -> None:
        """A label and a value that are no cells of their own."""
        guess = guess_text(label, value, form_unit=self.setting.unit)
        self._add(label, guess, page, place, tuple(notes))

    def add_rows(self, rows: DraftField) -> None:
        """Repeated rows; under the header of earlier ones, with no other label, they are theirs."""
        for number, known in enumerate(self.fields):
            if _go_on(known, rows):
                self.fields[number] = _merged_rows(known, rows)
                return
        if rows.label and not self._is_first(rows.label, "cell"):
            rows = replace(rows, label="")
        self.fields.append(rows)

    def _add_heading(self, group: TableCell | None) -> None:
        heading = _label_of(group.text) if group is not None else ""
        if heading and heading not in self.headings:
            self.headings.append(heading)

    def _add(
        self,
        printed: str,
        guess: Guess,
        page: int,
        place: str,
        notes: tuple[Note, ...],
        *,
        unit: str = "",
    ) -> None:
        label = _label_of(printed)
        if not label or not self._is_first(label, place):
            return
        known = self.keys.known(label)
        dates = [one for one in known if one.type is FieldType.DATE]
        if guess.is_period or len(dates) > 1:
            self._add_period(label, dates, page, place)
            return
        one = known[0] if known else None
        kind, is_sure = _kind(guess, one)
        key, is_number = self.keys.take(one.key if one else None)
        unit = unit if kind is FieldType.AMOUNT else ""
        checks = [*notes, *([Note.NAME_KEY] if is_number else []), *_checks(guess, is_sure)]
        options = _parted(guess.options, one.options if one else ())
        found = DraftField(key, kind, label, page, place, options=options, unit=unit)
        checks += [Note.CHECK_UNIT] if unit else []
        self.fields.append(replace(found, notes=tuple(checks)))

    def _add_period(
        self, label: str, dates: Sequence[FieldDefinition], page: int, place: str
    ) -> None:
        wanted = [one.key for one in dates] if len(dates) == len(_SUFFIXES) else []
        stem, is_number = ("", False) if wanted else self.keys.take(None)
        for number, suffix in enumerate(_SUFFIXES):
            key, _ = self.keys.take(wanted[number] if wanted else f"{stem}_{suffix}")
            notes = (Note.PERIOD, *([Note.NAME_KEY] if is_number else []))
            self.fields.append(DraftField(key, FieldType.DATE, label, page, place, notes=notes))

    def _is_first(self, label: str, place: str) -> bool:
        """Whether a label is new in its place; else the field that has it is told so."""
        bare = bare_label(label)
        at = self._taken.setdefault((place, bare), len(self.fields))
        if at == len(self.fields):
            return True
        first = self.fields[at]
        if Note.PRINTED_AGAIN not in first.notes:
            self.fields[at] = replace(first, notes=(*first.notes, Note.PRINTED_AGAIN))
        return False


def _label_of(printed: str) -> str:
    """A label without its unit and the figures behind it; blank where it is none."""
    label = _WITH_FIGURES.sub("", without_unit(bare_name(printed)))
    return label if bare_label(label) and len(label) <= MAX_LABEL_CHARS else ""


def _kind(guess: Guess, known: FieldDefinition | None) -> tuple[FieldType, bool]:
    """The type to write, and whether it is sure."""
    if known is None or known.type not in _TAKEN_TYPES or guess.type is FieldType.CHOICE:
        return guess.type, guess.is_sure
    agrees = known.type is guess.type or {known.type, guess.type} <= _TEXTS
    return known.type, agrees or not guess.is_sure


def _parted(options: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Options with those parted that are known ones printed without a box or gap between."""
    wanted = {fold(option) for option in known}
    found: list[str] = []
    for option in options:
        cuts = [
            n
            for n in range(1, len(option))
            if fold(option[:n]) in wanted and fold(option[n:]) in wanted
        ]
        found += [option[: cuts[0]], option[cuts[0] :]] if cuts else [option]
    return tuple({fold(option): option for option in found}.values())


def _checks(guess: Guess, is_sure: bool) -> tuple[Note, ...]:
    if guess.options:
        return (Note.CHECK_OPTIONS,)
    return () if is_sure else (Note.CHECK_TYPE,)


def _go_on(first: DraftField, second: DraftField) -> bool:
    same = {bare_label(first.label), bare_label(second.label)} - {""}
    heads = [[bare_label(c.label) for c in rows.columns] for rows in (first, second)]
    return bool(first.columns) and heads[0] == heads[1] and len(same) < len(heads)


def _merged_rows(first: DraftField, second: DraftField) -> DraftField:
    columns = tuple(
        replace(
            a,
            merged=a.merged or b.merged,
            known=tuple(dict.fromkeys((*a.known, *b.known))),
        )
        for a, b in zip(first.columns, second.columns, strict=True)
    )
    totals = tuple(dict.fromkeys((*first.totals, *second.totals)))
    return replace(first, columns=columns, totals=totals)
