"""``label：value`` in running lines: several to a line, the value perhaps blank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.evidence import TextRun
from extractors.forms.table import PlacedLine
from extractors.geometry import BBox, union

# A label before a colon: at the line's start, where it may be as long as a question; after a gap
# or a box; and behind another label's value where figures or a part of a sentence end. No sentence
# goes on in it, and no wide gap divides it; a number before it belongs to it.
_LETTER = r"(?!\s{2})[^:：，。；,;!?？！□☑√]"
_LABEL = rf"(?:\d{{1,2}}[、.．)）])?(?!\d)(?!\s){_LETTER}"
_PAIR = re.compile(
    rf"(?:^(?P<first>\s*{_LABEL}(?:{_LETTER}){{0,39}}?)"
    rf"|(?:(?<=[\s_□☑√，；,;])|(?<=\d)(?![年月日时分号元万]))\s*(?P<label>{_LABEL}(?:{_LETTER}){{0,18}}?))"
    r"\s*[:：]"
)
# A text before the first label of a line that goes on in it.
_GOES_ON = re.compile(r"[\d，；,;]\Z")
# Two pieces of one printed line overlap by this share of the lower one's height.
_SAME_BASELINE = 0.5


@dataclass(frozen=True, slots=True)
class ColonPair:
    """A label and its value in one line.

    Attributes:
        label: Before the colon.
        value: After it, up to the next label; ``""`` where blank.
        label_line: The label with its place.
        value_line: The value with its place; ``None`` where blank.
    """

    label: str
    value: str
    label_line: PlacedLine
    value_line: PlacedLine | None


def colon_pairs(placed: PlacedLine) -> tuple[ColonPair, ...]:
    """All ``label：value`` pairs of a line, left to right."""
    text = placed.line.text
    found = [m for m in _PAIR.finditer(text) if not text.startswith("//", m.end())]
    found = [m for n, m in enumerate(found) if n or not _GOES_ON.search(text[: m.start()])]
    if not found:
        return ()
    ends = [m.start("label") for m in found[1:]] + [len(text)]
    pairs: list[ColonPair] = []
    for match, end in zip(found, ends, strict=True):
        name = match.lastgroup or "label"
        value = text[match.end() : end].strip(" \t\u3000_")
        start = text.find(value, match.end()) if value else match.end()
        value_line = cut_line(placed, start, start + len(value)) if value else None
        label_line = cut_line(placed, match.start(name), match.end(name))
        pairs.append(ColonPair(match[name].strip(), value, label_line, value_line))
    return tuple(pairs)


def cut_line(placed: PlacedLine, start: int, end: int) -> PlacedLine:
    """The line's characters ``start`` to ``end``, each run's box cut in proportion."""
    runs: list[TextRun] = []
    at = 0
    for token in placed.line.tokens:
        if not isinstance(token, TextRun):
            continue
        first, last = max(start - at, 0), min(end - at, len(token.text))
        if first < last:
            box = _part(token.bbox, first / len(token.text), last / len(token.text))
            gaps = tuple(gap - first for gap in token.gaps if first < gap < last)
            runs.append(replace(token, text=token.text[first:last], bbox=box, gaps=gaps))
        at += len(token.text)
    whole = placed.line
    line = replace(whole, tokens=tuple(runs), bbox=union(r.bbox for r in runs))
    return replace(placed, line=line)


def merge_baselines(lines: Sequence[PlacedLine]) -> tuple[PlacedLine, ...]:
    """Neighbouring pieces of one printed line put together, with a space at the gap."""
    merged: list[PlacedLine] = []
    for placed in lines:
        if merged and on_one_baseline(merged[-1], placed):
            merged[-1] = _side_by_side(merged[-1], placed)
        else:
            merged.append(placed)
    return tuple(merged)


def on_one_baseline(first: PlacedLine, second: PlacedLine) -> bool:
    """Whether two pieces stand beside each other in one printed line."""
    a, b = first.line.bbox, second.line.bbox
    if first.page != second.page or a is None or b is None:
        return False
    (top, bottom), (other_top, other_bottom) = (
        line.level or (box.y0, box.y1) for line, box in ((first.line, a), (second.line, b))
    )
    common = min(bottom, other_bottom) - max(top, other_top)
    lower = min(bottom - top, other_bottom - other_top)
    return common > _SAME_BASELINE * lower and (a.x1 <= b.x0 or b.x1 <= a.x0)


def _side_by_side(first: PlacedLine, second: PlacedLine) -> PlacedLine:
    a, b = first.line, second.line
    if a.bbox and b.bbox and b.bbox.x0 < a.bbox.x0:
        a, b = b, a
    gap = TextRun(" ", None, 1.0, second.engine)
    tokens = (*a.tokens, gap, *b.tokens)
    return replace(first, line=replace(a, tokens=tokens, bbox=union((a.bbox, b.bbox))))


def _part(box: BBox | None, first: float, last: float) -> BBox | None:
    if box is None:
        return None
    return BBox(box.x0 + first * box.width, box.y0, box.x0 + last * box.width, box.y1)
