"""Tick boxes that a peer gives as characters: which option each belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.evidence import MarkState

CHECKED, EMPTY = "☑☒√✓✔■V", "□☐口囗ロ"
"""As recognizers give them: an empty box is read as 口, a tick as V."""


def option_states(text: str, options: Sequence[str]) -> dict[str, MarkState | None]:
    """State of each option that the text names.

    Boxes stand on one side of all options: that where more of them have one.

    Args:
        text: All that belongs to the choice.
        options: In print order.

    Returns:
        By option; ``None`` where no box stands on that side. An option that is not in the text
        is left out.
    """
    bare = "".join(text.split())
    places = {option: bare.find(option) for option in options if option in bare}
    before = {o: _state(bare, at - 1) for o, at in places.items()}
    after = {o: _state(bare, at + len(o)) for o, at in places.items()}
    return max((after, before), key=lambda side: sum(s is not None for s in side.values()))


def _state(text: str, at: int) -> MarkState | None:
    char = text[at] if 0 <= at < len(text) else ""
    if char and char in CHECKED:
        return MarkState.CHECKED
    return MarkState.EMPTY if char and char in EMPTY else None
