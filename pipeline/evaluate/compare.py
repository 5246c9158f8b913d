"""One declaration against its truth, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from rapidfuzz.distance import LCSseq

from pipeline.evaluate.declarations import (
    FieldKinds,
    JudgedDeclaration,
    Row,
    compared_columns,
    is_choice,
    is_rows,
)
from pipeline.evaluate.report import Discrepancy, RowScore, Score
from pipeline.evaluate.text import compact, edits, same, width_folded, with_paragraphs

RowKey = tuple[tuple[str, object], ...]


@dataclass(slots=True)
class Comparison:
    """Compares one declaration; `score` and `errors` fill as fields are compared.

    Attributes:
        got: Prediction; ``None`` where the declaration was not found.
        want: Truth.
        kinds: Types of the fields.
    """

    got: JudgedDeclaration | None
    want: JudgedDeclaration
    kinds: FieldKinds
    score: Score = field(default_factory=Score)
    errors: list[Discrepancy] = field(default_factory=list)
    folded_errors: int = 0

    def run(self) -> None:
        """Compares everything the truth speaks of; the rest is not judged."""
        self.score.declarations = 1
        self._compare_form()
        for key, want in self.want.values.items():
            got = self.got.values.get(key) if self.got else None
            if is_choice(want):
                self._compare_choice(key, got, want)
            elif is_rows(want):
                self._compare_rows(key, got if isinstance(got, list) else [], want)
            elif self.kinds.is_long(self.want.form, key, want):
                self._compare_long(key, got, want)
            else:
                self._compare_short(key, got, want)
        self._count_review()
        if self.got is None:
            self.score.missing = 1
            self.errors = [self._discrepancy("", "declaration", None, list(self.want.pages))]
        else:
            self.score.wrong = len(self.errors)
            self.score.silent = sum(not error.in_review for error in self.errors)
            self.score.perfect = int(not self.errors)
            self.score.perfect_folded = int(self.folded_errors == 0)

    def _compare_form(self) -> None:
        if self.got is not None and self.got.form != self.want.form:
            self._wrong("form", "form", self.got.form, self.want.form)

    def _compare_short(self, key: str, got: object, want: object) -> None:
        self.score.short += 1
        if same(got, want) and self.got is not None:
            self.score.short_right += 1
            self.score.short_right_folded += 1
            return
        forgiven = self.got is not None and same(got, want, fold_width=True)
        self.score.short_right_folded += int(forgiven)
        self._wrong(key, "short", got, want, forgiven=forgiven)

    def _compare_choice(self, key: str, got: object, want: Mapping[str, bool | None]) -> None:
        options = got if isinstance(got, Mapping) else {}
        for option, state in want.items():
            self.score.marks += 1
            found = options.get(option, "absent")
            if found is state:
                self.score.marks_right += 1
            else:
                self._wrong(f"{key}/{option}", "mark", found, state)
        for option in options.keys() - want.keys():
            self._wrong(f"{key}/{option}", "mark", options[option], "absent")

    def _compare_long(self, key: str, got: object, want: object) -> None:
        got_text, want_text = (v if isinstance(v, str) else "" for v in (got, want))
        got_plain, want_plain = compact(got_text), compact(want_text)
        wrong = edits(got_plain, want_plain)
        folded = edits(width_folded(got_plain), width_folded(want_plain))
        paragraphs = edits(with_paragraphs(got_text), with_paragraphs(want_text)) - wrong
        self.score.long_chars += len(want_plain)
        self.score.long_edits += wrong
        self.score.long_edits_folded += folded
        self.score.paragraph_edits += paragraphs
        if wrong or paragraphs or (got is None) != (want is None):
            self._wrong(key, "long", got, want, forgiven=folded == 0 and paragraphs == 0)

    def _compare_rows(self, key: str, got: list[Row], want: list[Row]) -> None:
        got_keys, want_keys = _row_keys(got, want)
        folded = (_row_keys(got, want, fold_width=True)) if got_keys != want_keys else ()
        right = LCSseq.similarity(got_keys, want_keys)
        self.score.rows[key] = RowScore(
            want=len(want),
            got=len(got),
            right=right,
            right_folded=LCSseq.similarity(*folded) if folded else right,
        )
        aligned = SequenceMatcher(None, got_keys, want_keys, autojunk=False).get_opcodes()
        for operation, got_from, got_to, want_from, want_to in aligned:
            if operation != "equal":
                self._compare_block(key, got_from, got[got_from:got_to], want[want_from:want_to])

    def _compare_block(self, key: str, start: int, got: list[Row], want: list[Row]) -> None:
        """Rows that stand in the same place but differ: by column while both last."""
        for offset, (got_row, want_row) in enumerate(zip(got, want, strict=False)):
            for column, value in compared_columns(want_row).items():
                found = got_row.get(column)
                if not same(found, value):
                    forgiven = same(found, value, fold_width=True)
                    path = f"{key}/{start + offset}/{column}"
                    self._wrong(path, "row", found, value, forgiven=forgiven)
        for offset in range(len(want), len(got)):
            self._wrong(f"{key}/{start + offset}", "row", compared_columns(got[offset]), None)
        for offset in range(len(got), len(want)):
            self._wrong(f"{key}/{start + offset}", "row", None, compared_columns(want[offset]))

    def _count_review(self) -> None:
        if self.got is None:
            return
        for path in _leaves(self.got.values):
            self.score.values += 1
            self.score.values_in_review += int(self.got.in_review(path))

    def _wrong(self, path: str, group: str, got: Any, want: Any, *, forgiven: bool = False) -> None:
        self.errors.append(self._discrepancy(path, group, got, want))
        self.folded_errors += int(not forgiven)

    def _discrepancy(self, path: str, group: str, got: Any, want: Any) -> Discrepancy:
        in_review = self.got is not None and self.got.in_review(path)
        return Discrepancy(str(self.want.path), path, group, got, want, in_review)


def _row_keys(
    got: list[Row], want: list[Row], *, fold_width: bool = False
) -> tuple[list[RowKey], list[RowKey]]:
    """Rows as hashable keys over the columns that the truth knows."""
    columns = sorted({column for row in want for column in compared_columns(row)})
    if not columns:
        columns = sorted({column for row in got for column in compared_columns(row)})

    def key(row: Row) -> RowKey:
        return tuple((c, _comparable(row.get(c), fold_width=fold_width)) for c in columns)

    return [key(row) for row in got], [key(row) for row in want]


def _comparable(value: object, *, fold_width: bool) -> object:
    if not isinstance(value, str):
        return value
    return width_folded(compact(value)) if fold_width else compact(value)


def _leaves(values: Mapping[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        if is_choice(value):
            yield from (f"{key}/{option}" for option in value)
        elif is_rows(value):
            for index, row in enumerate(value):
                yield from (f"{key}/{index}/{column}" for column in compared_columns(row))
        else:
            yield key
