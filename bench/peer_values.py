"""From a peer's texts to a record: one script for all peers, and our own normalizers behind it.

Peers read tables or print and know nothing of forms. So that they can be compared at all, their
texts go by the label lists of the form definition: a value stands beside its label or below it, a
row below its headers, a tick box is a character beside its option.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.peer_labels import Label, Labelled, beside_or_below, sort_out
from bench.peer_marks import option_states
from bench.peer_pieces import PeerFile, Piece
from bench.peer_rows import area, headers, rows_of
from extractors.forms.definition import FieldDefinition, FieldType, FormDefinition
from extractors.forms.label_text import find_label
from extractors.forms.labels import MIN_SIMILARITY, best_similarity, fold
from extractors.forms.raw import Provenance, RawDeclaration, RawField
from normalizers.contract_json import to_contract
from normalizers.declaration import normalize
from normalizers.records import Extraction

YEAR = re.compile(r"(?:20\d{2}|二[〇○零]\S{2})\s*年")


def record_of(file: PeerFile, peer: str, definition: FormDefinition) -> dict[str, Any] | None:
    """The declaration in a file, as `shenbao extract` prints it.

    Args:
        file: As the peer read it.
        peer: Its name.
        definition: Layout of the form.

    Returns:
        ``None`` where not one label was found.
    """
    labelled = sort_out(file.pieces, definition)
    if not labelled.labels:
        return None
    pages = tuple(range(1, file.pages + 1))
    fields = tuple(_fields(labelled, definition))
    raw = RawDeclaration(definition.id, definition.version, pages, fields)
    extraction = Extraction(file.name, "", file.pages, peer, "", ())
    return to_contract(normalize(raw, definition), extraction)


def _fields(labelled: Labelled, definition: FormDefinition) -> Iterator[RawField]:
    tables = {id(p) for f in definition.fields if f.columns for p in area(f, labelled)}
    rest = [piece for piece in labelled.rest if id(piece) not in tables]
    first = min(label.piece.top for label in labelled.labels)
    values = beside_or_below(labelled, [piece for piece in rest if piece.bottom > first])
    heading = sorted(rest, key=lambda piece: piece.top)
    for field in definition.fields:
        label = labelled.of(field)
        if field.columns:
            yield from _rows(field, labelled)
        elif field.place == "heading" and (label is None or id(label.piece) not in values):
            yield from _heading(field, heading, definition)
        elif label is not None and field.options:
            yield from _choice(field, values.get(id(label.piece), ()))
        elif label is not None:
            yield _scalar(field, label, values.get(id(label.piece), ()))


def _scalar(field: FieldDefinition, label: Label, pieces: Sequence[Piece]) -> RawField:
    unit = label.unit or field.unit
    return RawField(field.key, field.type, _text(pieces), _proof(pieces), unit=unit)


def _choice(field: FieldDefinition, pieces: Sequence[Piece]) -> Iterator[RawField]:
    states = option_states(_text(pieces), field.options)
    for option, state in states.items():
        path = f"{field.key}/{option}"
        yield RawField(path, field.type, option, _proof(pieces), mark=state)


def _rows(field: FieldDefinition, labelled: Labelled) -> Iterator[RawField]:
    units = {column.key: label.unit or column.unit for column, label in headers(field, labelled)}
    totals = {fold(total) for total in field.totals}
    rows = [r for r in rows_of(field, labelled) if not _is_total(r, totals) and any(r.values())]
    for number, row in enumerate(rows):
        for column in field.columns:
            pieces = row.get(column.key, ())
            path = f"{field.key}/{number}/{column.key}"
            unit = units.get(column.key, column.unit)
            yield RawField(path, column.type, _text(pieces), _proof(pieces), unit=unit)


def _is_total(row: Mapping[str, Sequence[Piece]], totals: set[str]) -> bool:
    return any(fold(_text(pieces)) in totals for pieces in row.values() if pieces)


def _heading(
    field: FieldDefinition, pieces: Sequence[Piece], definition: FormDefinition
) -> Iterator[RawField]:
    for piece in pieces:
        text = None
        if field.type is FieldType.TITLE:
            likeness = best_similarity(YEAR.sub("", piece.text), definition.titles)
            text = piece.text if likeness >= MIN_SIMILARITY else None
        elif field.type is FieldType.YEAR:
            found = YEAR.search(piece.text)
            text = found[0] if found else None
        elif place := find_label(piece.text, [field]):
            text = piece.text[place.end :]
        if text is not None:
            yield RawField(field.key, field.type, text, _proof([piece]))
            return


def _text(pieces: Sequence[Piece]) -> str:
    return "".join("".join(piece.text.splitlines()) for piece in pieces)


def _proof(pieces: Sequence[Piece]) -> Provenance | None:
    return Provenance(pieces[0].page, pieces[0].bbox, "", 1.0) if pieces else None
