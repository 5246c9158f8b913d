"""Lines of forms in two languages: a label, its translation, and the value right behind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.forms.colon import cut_line
from extractors.forms.table import PlacedLine
from extractors.forms.unknown.inline import InlinePair
from extractors.forms.unknown.spelled import spelled

# Words of one language may stand in a text of the other; in so many lines they are translations.
_MIN_LINES = 3
_PAIR = re.compile(
    r"^(?P<label>[^\x00-\x7f][^A-Za-z\d:：，。；]{0,19}\s*[A-Za-z][A-Za-z\s.,'’&/()\-]*?)\s*"
    r"(?P<value>(?:[^\x00-\x7f：，。；、）’”]|\d)[^:：]*)$"
)


def bilingual_pairs(lines: Sequence[PlacedLine]) -> dict[int, tuple[InlinePair, ...]]:
    """Pairs by the number of their line; none where the form is not in two languages.

    Args:
        lines: Outside tables, in reading order.
    """
    found: dict[int, tuple[InlinePair, ...]] = {}
    for number, placed in enumerate(spelled(lines)):
        start = len(placed.line.text) - len(placed.line.text.lstrip(" *＊"))
        match = _PAIR.match(placed.line.text[start:])
        if match is not None:
            label = cut_line(placed, 0, start + match.end("label"))
            value = cut_line(placed, start + match.start("value"), start + match.end("value"))
            found[number] = (InlinePair(label, (value,), 0, True),)
    return found if len(found) >= _MIN_LINES else {}
