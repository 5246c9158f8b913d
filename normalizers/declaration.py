"""From what was read to what it says: every field of a form, its value and its doubts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from extractors.forms.definition import FieldDefinition, FieldType, FormDefinition
from extractors.forms.raw import RawDeclaration, RawField, RawUnmatched
from normalizers.dates import parse_period
from normalizers.fields import PeriodEnd, normalize_field
from normalizers.issues import Issue, IssueCode
from normalizers.records import Declaration, FieldValue, Unmatched
from normalizers.sums import settle_sums
from normalizers.text import clean_text
from normalizers.truncation import truncated_in_column

_TEXT_COLUMNS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})


def normalize(raw: RawDeclaration, definition: FormDefinition) -> Declaration:
    """Values of a form whose layout is known.

    A field that matching did not yield at all is there with value ``None`` and the issue
    ``missing``; so is an option, with ``mark_unknown``. A table without rows is there as one
    value of type rows, ``None``.

    Args:
        raw: Fields as read.
        definition: The definition that ``raw`` was matched by.
    """
    by_path = {f.path: f for f in raw.fields}
    periods = _period_ends(raw.fields)
    values: list[FieldValue] = []
    for field in definition.fields:
        if field.type is FieldType.CHOICE:
            values += _choice(field, by_path)
        elif field.type is FieldType.ROWS:
            values += _rows(field, raw.fields)
        else:
            found = by_path.get(field.key) or RawField(field.key, field.type, None, None)
            value = normalize_field(
                replace(found, type=field.type), period_end=periods.get(field.key)
            )
            values.append(_checked_for_blank(value) if field.required else value)
    values = settle_sums(values, by_path, definition)
    row_keys = {f.key: tuple(c.key for c in f.columns) for f in definition.fields if f.columns}
    return Declaration(
        raw.form_id, raw.form_version, raw.pages, tuple(values), row_keys, raw.extras
    )


def normalize_unmatched(raw: RawUnmatched) -> Unmatched:
    """Values of the fields that an unknown layout shares with known ones."""
    periods = _period_ends(raw.fields)
    return Unmatched(
        raw, tuple(normalize_field(f, period_end=periods.get(f.path)) for f in raw.fields)
    )


def with_issue(value: FieldValue, code: IssueCode, *, path: str | None = None) -> FieldValue:
    """The value with one more reason to look at it, once, at ``path`` or its own."""
    issue = Issue.of(path or value.path, code)
    return value if issue in value.issues else replace(value, issues=(*value.issues, issue))


def _checked_for_blank(value: FieldValue) -> FieldValue:
    """Adds ``required_blank`` where a cell was found and holds nothing."""
    blank = value.raw is not None and not value.issues and value.value in (None, "")
    return with_issue(value, IssueCode.REQUIRED_BLANK) if blank else value


def _choice(field: FieldDefinition, by_path: Mapping[str, RawField]) -> list[FieldValue]:
    """Options in definition order; an exclusive group's issue stands on its first option."""
    paths = [f"{field.key}/{option}" for option in field.options]
    options = [
        normalize_field(by_path.get(p) or RawField(p, FieldType.CHOICE, None, None)) for p in paths
    ]
    marked = sum(o.value is True for o in options)
    if field.exclusive and marked != 1:
        options[0] = with_issue(options[0], IssueCode.EXCLUSIVE_CHOICE, path=field.key)
    if field.required and not field.exclusive and marked == 0:
        options[0] = with_issue(options[0], IssueCode.REQUIRED_BLANK, path=field.key)
    return options


def _rows(field: FieldDefinition, raw_fields: Iterable[RawField]) -> list[FieldValue]:
    """Cells in print order; a required table with nothing in it is marked on its first cell."""
    types = {c.key: c.type for c in field.columns}
    known = {c.key: frozenset(c.known) for c in field.columns}
    cells = []
    for raw in raw_fields:
        key, _, place = raw.path.partition("/")
        column = place.rpartition("/")[2]
        if key == field.key and column in types:
            value = normalize_field(replace(raw, type=types[column]))
            cells.append(_as_known(value, known[column]))
    if not cells:
        empty = FieldValue(field.key, FieldType.ROWS, None, None, None)
        return [with_issue(empty, IssueCode.MISSING) if field.required else empty]
    for column, kind in types.items():
        if kind in _TEXT_COLUMNS:
            _flag_cut_cells(cells, column)
    if field.required and all(c.value in (None, "") and not c.issues for c in cells):
        cells[0] = with_issue(cells[0], IssueCode.REQUIRED_BLANK, path=field.key)
    return cells


def _as_known(value: FieldValue, known: frozenset[str]) -> FieldValue:
    """A cell whose wrapped lines make a usual content of its column is that content."""
    if isinstance(value.value, str) and value.value.replace("\n", "") in known:
        return replace(value, value=value.value.replace("\n", ""))
    return value


def _flag_cut_cells(cells: list[FieldValue], column: str) -> None:
    """Flags the cells of one column that its cut neighbours betray, in place."""
    places = [i for i, c in enumerate(cells) if c.path.rpartition("/")[2] == column]
    texts = [clean_text(cells[i].raw or "") for i in places]
    for place, cut in zip(places, truncated_in_column(texts), strict=True):
        if cut:
            cells[place] = with_issue(cells[place], IssueCode.TRUNCATED)


def _period_ends(fields: Iterable[RawField]) -> dict[str, PeriodEnd]:
    """Which end of a period two date fields mean that were read from one and the same cell."""
    sharing: dict[tuple[object, ...], list[str]] = {}
    for field in fields:
        if field.type is FieldType.DATE and field.text and field.provenance:
            place = (field.text, field.provenance.page, field.provenance.bbox)
            sharing.setdefault(place, []).append(field.path)
    ends: dict[str, PeriodEnd] = {}
    for (text, *_), paths in sharing.items():
        if len(paths) == len(PeriodEnd) and parse_period(str(text)) is not None:
            ends.update(zip(paths, PeriodEnd, strict=True))
    return ends
