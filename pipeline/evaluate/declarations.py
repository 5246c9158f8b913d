"""Declarations as evaluation sees them, and which of their fields are of which kind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from extractors.errors import InputFileError
from extractors.forms.definition import FieldType, FormDefinition

LONG_TEXT_CHARS = 40
"""From this length a text of an unknown layout counts as long: names and titles are shorter."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class JudgedDeclaration:
    """One ``declaration`` object of a JSON lines file.

    Attributes:
        path: File it was read from.
        pages: Pages there, ascending.
        form: Layout.
        values: As the contract has them.
        review: Paths that the extraction sends to a person.
        confidences: By path, of the values that were read.
        engines: Which read them, by path.
    """

    path: PurePath
    pages: tuple[int, ...]
    form: str
    values: Mapping[str, Any]
    review: frozenset[str]
    confidences: Mapping[str, float]
    engines: Mapping[str, str]

    def in_review(self, path: str) -> bool:
        """Whether this value, or what it is part of, is sent to a person."""
        parts = path.split("/")
        return any("/".join(parts[:n]) in self.review for n in range(1, len(parts) + 1))


def source_path(record: Mapping[str, Any]) -> PurePath:
    """File of any record.

    Raises:
        InputFileError: ``evaluate_format`` where the record has none.
    """
    try:
        return PurePath(record["source"]["path"])
    except (KeyError, TypeError) as error:
        raise _malformed("source.path") from error


def declarations_among(records: Iterable[Mapping[str, Any]]) -> list[JudgedDeclaration]:
    """The declarations among records of the contract.

    Raises:
        InputFileError: ``evaluate_format`` where one lacks what the contract asks for.
    """
    return [_judged(record) for record in records if record.get("kind") == "declaration"]


def _judged(record: Mapping[str, Any]) -> JudgedDeclaration:
    values = record.get("values")
    if not isinstance(values, Mapping):
        raise _malformed("values")
    proofs = {str(p): e for p, e in (record.get("evidence") or {}).items() if e}
    return JudgedDeclaration(
        path=source_path(record),
        pages=tuple(record["source"].get("pages") or ()),
        form=str(record.get("form", "")),
        values=values,
        review=frozenset(str(entry["path"]) for entry in record.get("review") or ()),
        confidences={p: float(e["confidence"]) for p, e in proofs.items() if "confidence" in e},
        engines={p: str(e["engine"]) for p, e in proofs.items() if "engine" in e},
    )


def _malformed(key: str) -> InputFileError:
    return InputFileError(
        f"记录缺少 {key}，请用 shenbao extract 的输出 / a record lacks {key}; "
        "give what `shenbao extract` prints",
        code="evaluate_format",
    )


def is_choice(value: object) -> bool:
    """Whether a value is a choice: options with true, false or null."""
    return isinstance(value, Mapping) and all(
        state is None or isinstance(state, bool) for state in value.values()
    )


def is_rows(value: object) -> bool:
    """Whether a value is a table of repeated rows."""
    return isinstance(value, list)


def compared_columns(row: Row) -> dict[str, Any]:
    """A row's printed columns; what was parsed out of them is left aside."""
    return {k: v for k, v in row.items() if k != "parsed" and not k.endswith("_parsed")}


class FieldKinds:
    """Types of fields: by definition or, for unknown layouts, by their content."""

    def __init__(self, definitions: Collection[FormDefinition]) -> None:
        self._by_form = {
            d.id: {f.key: f.type for f in d.fields}
            | {f"{f.key}/{c.key}": c.type for f in d.fields for c in f.columns}
            for d in definitions
        }

    def kind_of(self, form: str, path: str, want: object) -> FieldType:
        """Type of the field, option or cell at a path of a record."""
        known = self._by_form.get(form)
        parts = path.split("/")
        first, last = parts[0], parts[-1]
        if known is not None:
            return known.get(f"{first}/{last}") or known.get(first, FieldType.TEXT)
        if isinstance(want, bool):
            return FieldType.CHOICE
        is_long = isinstance(want, str) and ("\n" in want or len(want) >= LONG_TEXT_CHARS)
        return FieldType.LONG_TEXT if is_long and len(parts) == 1 else FieldType.TEXT

    def is_long(self, form: str, key: str, want: object) -> bool:
        """Whether a scalar field is long text."""
        return self.kind_of(form, key, want) is FieldType.LONG_TEXT
