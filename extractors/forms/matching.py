"""The whole of form matching: evidence of all pages in, raw records out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.evidence import PageEvidence
from extractors.forms.decide import Group, decide, find_title, other_title
from extractors.forms.definition import FormDefinition
from extractors.forms.fields import FormParts, read_fields
from extractors.forms.pages import SkipReason, classify_lines, is_contents
from extractors.forms.pairs import read_unmatched
from extractors.forms.raw import RawDeclaration, RawRecord, RawSkipped
from extractors.forms.split import page_blocks, split_forms
from extractors.forms.table import PlacedLine
from extractors.forms.titles import CLEAR_TITLE


def match_pages(
    pages: Sequence[PageEvidence], definitions: Sequence[FormDefinition]
) -> tuple[RawRecord, ...]:
    """Every form on a file's pages, and every page without one.

    Args:
        pages: Evidence of all readable pages, ascending.
        definitions: Known layouts.

    Returns:
        Declarations, unknown forms and skipped pages in page order; each page is in at least
        one record.
    """
    groups, rest = split_forms(pages, definitions)
    if groups:
        groups[-1].between.extend(rest)
    records: list[RawRecord] = [_record(g, definitions) for g in groups]
    covered = {p for record in records for p in record.pages}
    records += _without_grid([p for p in pages if p.number not in covered], definitions)
    return tuple(sorted(records, key=lambda r: r.pages[0]))


def _record(group: Group, definitions: Sequence[FormDefinition]) -> RawRecord:
    definition = decide(group, definitions)
    numbers = {g.page for g in group.grids}
    if definition is None:
        return _unknown(group, tuple(sorted(numbers)), definitions)
    title, score = find_title(group, [definition])
    if score >= CLEAR_TITLE:
        numbers |= {p.page for p in title}
    lines = _lines_of_form(group, title)
    parts = FormParts(title, lines, tuple(group.between), tuple(group.grids))
    fields, extras = read_fields(parts, definition)
    pages = tuple(sorted(numbers))
    return RawDeclaration(definition.id, definition.version, pages, fields, extras)


def _lines_of_form(group: Group, title: Sequence[PlacedLine]) -> tuple[PlacedLine, ...]:
    """Lines from the title on; without a title those on the page of the first grid."""
    ids = {id(p) for p in title}
    start = next((i for i, p in enumerate(group.lines) if id(p) in ids), None)
    if start is not None:
        return tuple(group.lines[start:])
    return tuple(p for p in group.lines if p.page == group.grids[0].page)


def _unknown(
    group: Group, pages: tuple[int, ...], definitions: Sequence[FormDefinition]
) -> RawRecord:
    lines = [p for p in (*group.lines, *group.between) if p.page in pages]
    texts = [p.line.text for p in lines]
    texts += [c.text for g in group.grids for c in g.grid.cells if c.text.strip()]
    if is_contents(texts):
        return RawSkipped(pages, SkipReason.CONTENTS.value)
    title = other_title(group, definitions)
    return read_unmatched(pages, lines, group.grids, definitions, title=title)


def _without_grid(
    pages: Iterable[PageEvidence], definitions: Sequence[FormDefinition]
) -> list[RawRecord]:
    records: list[RawRecord] = []
    for page in pages:
        lines = [b for b in page_blocks(page, ()) if isinstance(b, PlacedLine)]
        reason = classify_lines(lines)
        last = records[-1] if records else None
        if reason is None:
            records.append(read_unmatched((page.number,), lines, (), definitions, title=None))
        elif (
            isinstance(last, RawSkipped)
            and last.reason == reason.value
            and last.pages[-1] == page.number - 1
        ):
            records[-1] = RawSkipped((*last.pages, page.number), reason.value)
        else:
            records.append(RawSkipped((page.number,), reason.value))
    return records
