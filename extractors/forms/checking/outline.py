"""What a definition's file says and on which line, as far as it can be told of a wrong file too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode


@dataclass(frozen=True, slots=True)
class Word:
    """A text in the file.

    Attributes:
        text: As written, without quotes.
        line: From 1.
    """

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A field, or a column of repeated rows.

    Attributes:
        key: Name in the record; blank where the file has none.
        type: As written; blank where the file has none.
        place: ``cell`` or ``heading``.
        within: The field that it is a part of and the column that it stands in, blank where the
            file names none: a label may be printed once in each.
        labels: Spellings of its label.
        options: Of a choice.
        known: Usual contents of a column.
        merged: Whether a column's cells may span rows.
        columns: Of repeated rows.
    """

    key: Word
    type: str
    place: str
    within: tuple[str, str]
    labels: tuple[Word, ...]
    options: tuple[Word, ...]
    known: tuple[Word, ...]
    merged: bool
    columns: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole definition."""

    id: Word
    titles: tuple[Word, ...]
    fields: tuple[Entry, ...]


def outline_of(root: Node | None) -> Outline:
    """The parts of a definition that checks look at; what has another shape is left out.

    Args:
        root: The file's nodes.
    """
    fields = tuple(_entry(n) for n in _items(root, "fields"))
    return Outline(_word(root, "id"), _words(root, "titles"), fields)


def _entry(node: Node) -> Entry:
    return Entry(
        key=_word(node, "key"),
        type=_word(node, "type").text,
        place=_word(node, "place").text or "cell",
        within=(_word(node, "under").text, _word(node, "in_column").text),
        labels=_words(node, "labels"),
        options=_words(node, "options"),
        known=_words(node, "known"),
        merged=_word(node, "merged").text == "true",
        columns=tuple(_entry(n) for n in _items(node, "columns")),
    )


def _child(node: Node | None, key: str) -> Node | None:
    if not isinstance(node, MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def _items(node: Node | None, key: str) -> Iterator[Node]:
    found = _child(node, key)
    if isinstance(found, SequenceNode):
        yield from found.value


def _word(node: Node | None, key: str) -> Word:
    """A text under a key; a blank one on the line of ``node`` where there is none."""
    found = _child(node, key)
    if isinstance(found, ScalarNode):
        return _scalar(found)
    return Word("", node.start_mark.line + 1 if node is not None else 1)


def _words(node: Node | None, key: str) -> tuple[Word, ...]:
    return tuple(_scalar(n) for n in _items(node, key) if isinstance(n, ScalarNode))


def _scalar(node: ScalarNode) -> Word:
    return Word(str(node.value), node.start_mark.line + 1)
