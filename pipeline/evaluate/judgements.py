"""Every value that was found, with how sure the extraction was of it and whether it is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from extractors.forms.definition import FieldType
from normalizers.usable import TOLERATED
from pipeline.evaluate.declarations import (
    FieldKinds,
    JudgedDeclaration,
    Row,
    compared_columns,
    is_choice,
    is_rows,
)
from pipeline.evaluate.text import compact, edits, same


@dataclass(frozen=True, slots=True)
class Judgement:
    """One value against the truth.

    Attributes:
        kind: Type of its field.
        path: In the record.
        confidence: As extracted, 0..1; ``None`` where nothing was read.
        engine: Which read it; ``None`` likewise.
        share: How right it is, 0..1: 0 or 1; of long text the share of right characters.
        is_right: Whether a person would leave it as it is.
        is_blank: Whether it is ``null`` or empty.
        in_review: Whether the extraction sends it to a person.
    """

    kind: FieldType
    path: str
    confidence: float | None
    engine: str | None
    share: float
    is_right: bool
    is_blank: bool
    in_review: bool


def judgements(
    got: JudgedDeclaration, want: JudgedDeclaration, kinds: FieldKinds
) -> Iterator[Judgement]:
    """All values of a declaration of which the truth speaks.

    Args:
        got: As extracted.
        want: As it is.
        kinds: Types of the fields.
    """
    for path, value, truth in _leaves(got.values, want.values):
        kind = kinds.kind_of(want.form, path, truth)
        share = _share(value, truth) if kind is FieldType.LONG_TEXT else float(same(value, truth))
        tolerated = TOLERATED if kind is FieldType.LONG_TEXT else 0.0
        yield Judgement(
            kind=kind,
            path=path,
            confidence=got.confidences.get(path),
            engine=got.engines.get(path),
            share=share,
            is_right=share >= 1.0 - tolerated,
            is_blank=value is None or value == "",
            in_review=got.in_review(path),
        )


def _leaves(
    got: Mapping[str, Any], want: Mapping[str, Any]
) -> Iterator[tuple[str, object, object]]:
    """Path, value and truth of each value that was found."""
    for key, truth in want.items():
        value = got.get(key)
        if is_choice(truth):
            states = value if isinstance(value, Mapping) else {}
            yield from ((f"{key}/{o}", states.get(o), state) for o, state in truth.items())
        elif is_rows(truth):
            yield from _cells(key, value if isinstance(value, list) else [], truth)
        else:
            yield key, value, truth


def _cells(
    key: str, got: Sequence[Row], want: Sequence[Row]
) -> Iterator[tuple[str, object, object]]:
    """Cells of rows that were found; those of a row that is not printed are wrong."""
    partner = _partners([_cell_texts(r) for r in got], [_cell_texts(r) for r in want])
    for number, row in enumerate(got):
        truth = want[partner[number]] if number in partner else None
        for column, value in compared_columns(row).items():
            if truth is None or column in truth:
                yield f"{key}/{number}/{column}", value, truth[column] if truth else None


def _partners(got: Sequence[str], want: Sequence[str]) -> dict[int, int]:
    """Row of the truth for each row found: equal ones, then those in the same place between."""
    pairs: dict[int, int] = {}
    matcher = SequenceMatcher(None, got, want, autojunk=False)
    for _, first, last, want_first, want_last in matcher.get_opcodes():
        pairs.update(zip(range(first, last), range(want_first, want_last), strict=False))
    return pairs


def _cell_texts(row: Row) -> str:
    return "\t".join(f"{c}={compact(str(v))}" for c, v in sorted(compared_columns(row).items()))


def _share(got: object, want: object) -> float:
    """Share of right characters of a long text, 0..1."""
    got_text, want_text = (compact(v) if isinstance(v, str) else "" for v in (got, want))
    longest = max(len(got_text), len(want_text))
    return 1.0 - edits(got_text, want_text) / longest if longest else float(type(got) is type(want))
