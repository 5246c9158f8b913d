"""From printed lines to a raw field: its text, and the proof of where it was read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from extractors.evidence import Mark, PageKind, TextRun
from extractors.forms.definition import FieldType
from extractors.forms.raw import Provenance, RawField
from extractors.forms.table import LOW_CONFIDENCE, PlacedLine, TableCell
from extractors.geometry import union

# A cell of a picture in which nothing was read may hold faint writing.
_BLANK_PICTURE_CONFIDENCE = 0.99
# A line whose characters are read with less, after its cell was cut into lines once more, is
# strokes of a seal or a stain as often as print; the mean over a long text would hide it. Of 850
# lines of long texts on office scans one lay below it, which was a seal's, and none up to 0.88.
_GARBAGE_CONFIDENCE = 0.8
# A line is read with no more where ink beside its characters was not. In one line that may be a
# single character; in several of one text something lies over them, and adds what is no print.
_UNREAD_CONFIDENCE = 0.5
_SEVERAL = 2
_FIGURE = re.compile(r"[\d−-]")
"""What an amount is made of; a sign of its own line changes it as much as a digit does."""
_REMARK = re.compile(r"\([^()]*\)")
_OF_FIGURES = frozenset({FieldType.AMOUNT, FieldType.NUMBER})


def joined_text(lines: Sequence[PlacedLine]) -> str:
    """Lines as one text: wrapped ones directly, paragraphs by a line feed."""
    out = ""
    for placed in lines:
        out += ("\n" if out and placed.line.new_paragraph else "") + placed.line.letters
    return out


def lines_provenance(lines: Sequence[PlacedLine], *, long: bool = False) -> Provenance | None:
    """Where lines stand, on the first of their pages, and how surely they were read.

    Args:
        lines: Printed lines in reading order.
        long: Whether confidence is the expected share of right characters (mean over the runs
            by their length) and not that of the least sure run.

    Returns:
        ``None`` where there is no text at all.
    """
    runs = [
        (placed.page, token)
        for placed in lines
        for token in placed.line.tokens
        if isinstance(token, TextRun) and token.text.strip()
    ]
    if not runs:
        return None
    page = runs[0][0]
    if long:
        weight = sum(len(run.text) for _, run in runs)
        confidence = sum(_char_confidence(run) * len(run.text) for _, run in runs) / weight
    else:
        confidence = min(run.confidence for _, run in runs)
    box = union(run.bbox for number, run in runs if number == page)
    return Provenance(page, box, runs[0][1].engine, confidence)


def _char_confidence(run: TextRun) -> float:
    """Probability of one character of a run, whose confidence is that of all of them."""
    return float(run.confidence ** (1 / max(len(run.text), 1)))


def cells_provenance(cells: Sequence[TableCell], *, long: bool = False) -> Provenance | None:
    """As `lines_provenance`; for blank cells the cell itself is the proof."""
    found = lines_provenance([line for c in cells for line in c.lines], long=long)
    parts = [p for c in cells for p in c.parts]
    if not parts:
        return None
    if found is None:
        first = parts[0]
        sure = 1.0 if first.kind is not PageKind.PICTURE else _BLANK_PICTURE_CONFIDENCE
        return Provenance(first.page, first.cell.bbox, first.engine, sure)
    if found.bbox is None:
        box = next((p.cell.bbox for p in parts if p.page == found.page), None)
        return Provenance(found.page, box, found.engine, found.confidence)
    return found


def cells_field(
    path: str,
    kind: FieldType,
    cells: Sequence[TableCell],
    *,
    unit: str = "元",
    issues: tuple[str, ...] = (),
) -> RawField:
    """Field whose value stands in these cells; several are joined as paragraphs.

    What the cells are doubted for goes with it; of a cell whose text may be another's only the
    place is given.
    """
    torn = torn_doubts(kind, [line for c in cells for line in c.lines])
    codes = tuple(dict.fromkeys((*issues, *doubts_of(cells), *torn)))
    proof = cells_provenance(cells, long=kind is FieldType.LONG_TEXT)
    if any(c.is_unread for c in cells):
        proof = replace(proof, confidence=0.0) if proof is not None else None
        return RawField(path, kind, None, proof, unit=unit, issues=codes)
    text = "\n".join(joined_text(c.lines) for c in cells if c.text.strip())
    others = _others(cells, text) if kind is FieldType.AMOUNT else ()
    return RawField(path, kind, text, proof, unit=unit, issues=codes, others=others)


def _others(cells: Sequence[TableCell], text: str) -> tuple[str, ...]:
    """What else the picture supports at each character of a text that was read in one piece."""
    runs = [t for c in cells for p in c.lines for t in p.line.tokens if isinstance(t, TextRun)]
    if len(runs) == 1 and runs[0].text == text and len(runs[0].others) == len(text):
        return runs[0].others
    return ()


def doubts_of(cells: Sequence[TableCell]) -> tuple[str, ...]:
    """Issue codes of cells: their own, and for print among them that could hardly be read.

    A tick box in a text is as often a character that looks like one (目), which is lost then.
    """
    codes = [code for c in cells for code in c.doubts]
    tokens = [t for c in cells for p in c.lines for t in p.line.tokens]
    if any(isinstance(t, Mark) and t.engine == "picture" and not t.letter for t in tokens):
        codes.append(LOW_CONFIDENCE)
    runs = (t for c in cells for p in c.lines for t in p.line.tokens if isinstance(t, TextRun))
    read = [r for r in runs if r.text.strip()]
    if any(_char_confidence(r) < _GARBAGE_CONFIDENCE for r in read):
        codes.append(LOW_CONFIDENCE)
    if sum(r.confidence <= _UNREAD_CONFIDENCE for r in read) >= _SEVERAL:
        codes.append(LOW_CONFIDENCE)
    return tuple(dict.fromkeys(codes))


def torn_doubts(kind: FieldType, lines: Sequence[PlacedLine]) -> tuple[str, ...]:
    """Issue codes of an amount or a number whose figures a picture shows in two lines.

    What is left of a broken ruling reads as 1 or as a minus, surely and in a line of its own, and
    joined with the figures below it makes another amount. Amounts that add up (`sums` of a
    definition) bear such a one out. A unit or a remark in brackets may have its own line.
    """
    read = [p.line.text for p in lines if p.kind is PageKind.PICTURE]
    rows = _REMARK.sub("", unicodedata.normalize("NFKC", "\n".join(read))).split("\n")
    is_torn = sum(bool(_FIGURE.search(row)) for row in rows) > 1
    return (LOW_CONFIDENCE,) if is_torn and kind in _OF_FIGURES else ()


def missing_field(path: str, kind: FieldType, *, unit: str = "元") -> RawField:
    """Field whose label or cell was not found."""
    return RawField(path, kind, None, None, unit=unit)
