"""What stands above the table: title, year, applicant, the unit of all amounts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.forms.colon import colon_pairs, cut_line, merge_baselines
from extractors.forms.definition import FieldDefinition, FieldType
from extractors.forms.doubts import torn_doubts
from extractors.forms.labels import MIN_SIMILARITY, best_similarity
from extractors.forms.provenance import joined_text, lines_provenance
from extractors.forms.raw import RawField
from extractors.forms.table import PlacedLine, Table
from extractors.forms.titles import without_year
from extractors.forms.usual import usual_part

_YEAR = re.compile(
    r"[(（\[〔]?\s*(?:(?:\d\s*){4}|[〇○零一二三四五六七八九]{4})\s*年\s*度?\s*[)）\]〕]?"
    r"(?!\s*\d{1,2}\s*月)"
)
_FORM_UNIT = re.compile(r"单位\s*[:：]\s*(?:人民币)?\s*(亿元|万元|元)")


def form_unit(lines: Sequence[PlacedLine]) -> str | None:
    """Unit that a line outside the table names for all amounts (``单位：万元``)."""
    found = (_FORM_UNIT.search(placed.line.text) for placed in lines)
    return next((m[1] for m in found if m), None)


def heading_field(
    field: FieldDefinition,
    *,
    title: Sequence[PlacedLine],
    lines: Sequence[PlacedLine],
    titles: Sequence[str],
) -> RawField | None:
    """A field out of the lines around the table, or ``None`` where it is not there.

    Args:
        field: Any field; title and year have their own ways, others need ``label：value``.
        title: The title's lines.
        lines: All lines above the table in reading order, the title's included.
        titles: How the form's title is usually worded.
    """
    if field.type is FieldType.TITLE:
        return _title_field(field, title, titles)
    merged = merge_baselines(lines)
    if field.type is FieldType.YEAR:
        return _year_field(field, merged)
    return _labelled(field, merged) or _unpunctuated(field, merged)


def label_within_cell(field: FieldDefinition, table: Table) -> RawField | None:
    """A field whose label and value share a cell, ``label：value`` over one or more lines."""
    for cell in table.cells:
        lines = cell.lines
        pair = next(iter(colon_pairs(lines[0])), None) if lines else None
        if pair is None or best_similarity(pair.label, field.labels) < MIN_SIMILARITY:
            continue
        value = [*([pair.value_line] if pair.value_line else []), *lines[1:]]
        proof = lines_provenance(value or lines, long=field.type is FieldType.LONG_TEXT)
        doubts = torn_doubts(field.type, value)
        return RawField(field.key, field.type, joined_text(value), proof, issues=doubts)
    return None


def _title_field(
    field: FieldDefinition, title: Sequence[PlacedLine], titles: Sequence[str]
) -> RawField | None:
    if not title:
        return None
    read, _ = without_year("".join(p.line.text.strip() for p in title))
    text = usual_part(title, read, titles)
    return RawField(field.key, field.type, text, lines_provenance(title))


def _year_field(field: FieldDefinition, lines: Sequence[PlacedLine]) -> RawField | None:
    for placed in lines:
        match = _YEAR.search(placed.line.text)
        if match:
            piece = cut_line(placed, match.start(), match.end())
            return RawField(field.key, field.type, match[0].strip(), lines_provenance([piece]))
    return _labelled(field, lines)


def _labelled(field: FieldDefinition, lines: Sequence[PlacedLine]) -> RawField | None:
    best: tuple[float, RawField] | None = None
    for placed in lines:
        for pair in colon_pairs(placed):
            score = best_similarity(pair.label, field.labels)
            if score >= MIN_SIMILARITY and (best is None or score > best[0]):
                proof = lines_provenance([pair.value_line or pair.label_line])
                best = score, RawField(field.key, field.type, pair.value, proof)
    return best[1] if best else None


def _unpunctuated(field: FieldDefinition, lines: Sequence[PlacedLine]) -> RawField | None:
    """``label value`` whose colon was lost."""
    for placed in lines:
        text = placed.line.text.strip()
        for label in sorted(field.labels, key=len, reverse=True):
            if text.startswith(label) and len(text) > len(label):
                start = placed.line.text.index(label) + len(label)
                piece = cut_line(placed, start, len(placed.line.text))
                value = joined_text([piece]).strip()
                return RawField(field.key, field.type, value, lines_provenance([piece]))
    return None
