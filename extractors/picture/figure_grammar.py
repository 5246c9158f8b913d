"""How the amounts of a page are written: with commas or without, with how many decimals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

GROUP = 3
"""Figures between two commas, and at most before the first."""
MOST_WHOLE = 12
"""Figures of an amount without commas: a trillion yuan has 13."""

CHARACTERS = 12
"""Figures, comma and point."""

State = tuple[str, int]
"""The part of an amount that is being written, and how many figures that has so far."""
WHOLE, GROUPED, DECIMALS = "whole", "grouped", "decimals"
STARTING: State = (WHOLE, 0)


@dataclass(frozen=True, slots=True)
class AmountStyle:
    """How amounts are written.

    Attributes:
        commas: Whether there is a comma before every third figure.
        decimals: So many figures may stand behind the point; 0 where there may be none.
        counts: How often each character was seen in amounts.
    """

    commas: bool
    decimals: frozenset[int]
    counts: Counter[str]

    @classmethod
    def of(cls, numbers: Iterable[str]) -> AmountStyle:
        """As some numbers of the same page are written."""
        texts = list(numbers)
        decimals = {len(t.rpartition(".")[2]) if "." in t else 0 for t in texts}
        counts = Counter("".join(texts))
        return cls(any("," in t for t in texts), frozenset(decimals), counts)

    def share(self, text: str) -> float:
        """How often a character comes in amounts, 0..1: half of all figures are noughts.

        Of one that was not seen, as of one that would have been the next (Laplace's rule).
        """
        return (self.counts[text] + 1) / (self.counts.total() + CHARACTERS)

    @property
    def most(self) -> dict[str, int]:
        """Most figures of each part of an amount."""
        whole = GROUP if self.commas else MOST_WHOLE
        return {WHOLE: whole, GROUPED: GROUP, DECIMALS: max(self.decimals, default=0)}

    @property
    def states(self) -> list[State]:
        """All that an amount can be in."""
        return [(part, n) for part, most in self.most.items() for n in range(most + 1)]

    def after(self, state: State, text: str) -> State | None:
        """What an amount is in after one more character; ``None`` where none has it there."""
        part, count = state
        if text == ",":
            can_part = (part == WHOLE and count > 0) or (part == GROUPED and count == GROUP)
            return (GROUPED, 0) if self.commas and can_part else None
        if text == ".":
            is_whole = part != DECIMALS and self.is_complete(state)
            return (DECIMALS, 0) if is_whole else None
        return (part, count + 1) if count < self.most[part] else None

    def is_complete(self, state: State) -> bool:
        """Whether an amount may end so."""
        part, count = state
        if part == GROUPED:
            return count == GROUP
        return count > 0 if part == WHOLE else count > 0 and count in self.decimals
