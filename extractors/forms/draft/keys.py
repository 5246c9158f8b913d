"""Keys for labels: those that known layouts use for them, else numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.forms.definition import ColumnDefinition, FieldDefinition, FormDefinition
from extractors.forms.labels import best_similarity


@dataclass(slots=True)
class Keys:
    """Hands out each key once.

    Attributes:
        definitions: Known layouts, whose words are taken.
        used: Keys that are given.
    """

    definitions: Sequence[FormDefinition]
    used: set[str] = field(default_factory=set)

    def known(self, label: str) -> list[FieldDefinition]:
        """Fields of known layouts with this very label, of which none has its key given.

        A part of a sum is named for that sum, which the sample need not have.
        """
        found: dict[str, FieldDefinition] = {}
        for definition in self.definitions:
            for one in definition.fields:
                is_like = best_similarity(label, one.labels) == 1.0
                if is_like and one.key not in self.used and not (one.columns or one.under):
                    found.setdefault(one.key, one)
        return list(found.values())

    def rows_key(self, labels: Sequence[str], header: Sequence[str]) -> str | None:
        """Key of the known rows with most of these headers, or with this label."""
        best: tuple[int, str] | None = None
        rows = (f for d in self.definitions for f in d.fields if f.columns and not f.left_of)
        for one in rows:
            shared = sum(
                any(best_similarity(h, c.labels) == 1.0 for c in one.columns) for h in header
            )
            is_named = any(best_similarity(label, one.labels) == 1.0 for label in labels)
            is_like = is_named or 2 * shared > len(header)
            if is_like and one.key not in self.used and (best is None or shared > best[0]):
                best = shared, one.key
        return best[1] if best else None

    def known_column(self, label: str) -> ColumnDefinition | None:
        """Column of a known layout with this very header."""
        columns = (c for d in self.definitions for f in d.fields for c in f.columns)
        return next((c for c in columns if best_similarity(label, c.labels) == 1.0), None)

    def take(self, key: str | None, *, stem: str = "field") -> tuple[str, bool]:
        """A key that is given to nobody else.

        Args:
            key: Wanted; ``None`` or a given one for the next number.
            stem: Word before the number.

        Returns:
            The key, and whether it is but a number.
        """
        is_number = key is None or key in self.used
        if key is None or is_number:
            number = 1
            while f"{stem}_{number}" in self.used:
                number += 1
            key = f"{stem}_{number}"
        self.used.add(key)
        return key, is_number
