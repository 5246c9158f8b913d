"""From printed lines to a raw field: its text, and the proof of where it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.evidence import PageKind, TextRun
from extractors.forms.definition import FieldType
from extractors.forms.doubts import char_confidence, doubts_of, torn_doubts
from extractors.forms.raw import Provenance, RawField
from extractors.forms.table import PlacedLine, TableCell
from extractors.geometry import union

# A cell of a picture in which nothing was read may hold faint writing.
_BLANK_PICTURE_CONFIDENCE = 0.99


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
        confidence = sum(char_confidence(run) * len(run.text) for _, run in runs) / weight
    else:
        confidence = min(run.confidence for _, run in runs)
    box = union(run.bbox for number, run in runs if number == page)
    return Provenance(page, box, runs[0][1].engine, confidence)


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


def missing_field(path: str, kind: FieldType, *, unit: str = "元") -> RawField:
    """Field whose label or cell was not found."""
    return RawField(path, kind, None, None, unit=unit)
