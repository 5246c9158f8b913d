"""One ruled line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ruling:
    """Axis-parallel ruled segment.

    Attributes:
        horizontal: Direction.
        position: y of a horizontal, x of a vertical ruling (y grows downwards).
        start: Smaller end along its direction.
        end: Larger end.
    """

    horizontal: bool
    position: float
    start: float
    end: float

    @property
    def length(self) -> float:
        """Along its direction."""
        return self.end - self.start
