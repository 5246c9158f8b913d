"""A piece of markup (a cell, a line) into printed lines with their tick boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from extractors.evidence import Mark, MarkState, TextLine, TextRun, Token
from extractors.glyphs import MarkGlyph, split_marks

ENGINE = "markup"
# The characters of a text source are given, not recognized by us.
CONFIDENCE = 1.0

_BLOCK_TAGS = (
    "address|article|blockquote|caption|center|dd|div|dl|dt|fieldset|figcaption|figure|footer|"
    "form|h1|h2|h3|h4|h5|h6|header|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|"
    "ul"
)
_INLINE_TAGS = (
    "a|abbr|b|big|br|cite|code|del|em|font|i|img|input|ins|label|mark|q|s|small|span|strike|"
    "strong|sub|sup|tt|u|var|wbr"
)
_SILENT_TAGS = "script|style|head|title"
_STRAY_LESS_THAN = re.compile(rf"<(?!/?(?:{_BLOCK_TAGS}|{_INLINE_TAGS}|{_SILENT_TAGS})\b)", re.I)
_BLOCKS = frozenset(_BLOCK_TAGS.split("|"))
_SILENT = frozenset(_SILENT_TAGS.split("|"))
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_BREAK = "\n"
_SOFT_BREAK = "\v"
_SENTENCE_END = tuple("。！？；;!?：:")
_ENUMERATED = re.compile(
    r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）、.．]|[①-⑳]|第[一二三四五六七八九十]+)"
)


def parse_lines(source: str) -> tuple[TextLine, ...]:
    """Printed lines of one cell or one Markdown line.

    A ``<p>`` or another block begins a paragraph. A ``<br>`` does so only after a finished
    sentence or before an enumerator, since text recognizers also write it where the print wraps.

    Args:
        source: Markup; HTML tags and entities, ``**bold**`` and backslash escapes are understood,
            any other ``<`` is an ordinary character.

    Returns:
        Lines without geometry; blank ones are left out.
    """
    root = html.fragment_fromstring(
        _STRAY_LESS_THAN.sub("&lt;", _plain_markdown(source)) or " ", create_parent="div"
    )
    return lines_of_element(root)


def lines_of_element(element: Any) -> tuple[TextLine, ...]:
    """Printed lines inside a parsed element, in document order."""
    lines: list[TextLine] = []
    tokens: list[Token] = []
    new_paragraph = True
    for piece in (*_pieces(element), _BREAK):
        if piece is _BREAK or piece is _SOFT_BREAK:
            line = _line(tokens, new_paragraph=new_paragraph, above=lines[-1] if lines else None)
            if line is not None:
                lines.append(line)
                new_paragraph = piece is _BREAK
            else:
                new_paragraph = new_paragraph or piece is _BREAK
            tokens = []
        elif isinstance(piece, MarkGlyph):
            tokens.append(Mark(piece.state, None, CONFIDENCE, ENGINE, piece.boxed))
        else:
            tokens.append(TextRun(piece, None, CONFIDENCE, ENGINE))
    return tuple(lines)


def _plain_markdown(source: str) -> str:
    return _ESCAPED.sub(r"\1", _BOLD.sub(r"\2", source))


def _pieces(element: Any) -> Iterator[str | MarkGlyph]:
    """Text, marks and the two break signs of everything inside ``element``."""
    yield from _text_pieces(element.text)
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else None
        if tag == "br":
            yield _SOFT_BREAK
        elif tag == "input":
            if child.get("type", "").lower() in {"checkbox", "radio"}:
                checked = child.get("checked") is not None
                yield MarkGlyph(MarkState.CHECKED if checked else MarkState.EMPTY, boxed=True)
        elif tag in _BLOCKS:
            yield _BREAK
            yield from _pieces(child)
            yield _BREAK
        elif tag is not None and tag not in _SILENT:
            yield from _pieces(child)
        yield from _text_pieces(child.tail)


def _text_pieces(text: str | None) -> Iterator[str | MarkGlyph]:
    if text:
        yield from split_marks(re.sub(r"\s*[\n\r\v\f]\s*", " ", text).replace("\xa0", " "))


def _line(tokens: list[Token], *, new_paragraph: bool, above: TextLine | None) -> TextLine | None:
    merged: list[Token] = []
    for token in tokens:
        last = merged[-1] if merged else None
        if isinstance(token, TextRun) and isinstance(last, TextRun):
            merged[-1] = TextRun(last.text + token.text, None, CONFIDENCE, ENGINE)
        else:
            merged.append(token)
    kept = [t for t in _trimmed(merged) if isinstance(t, Mark) or t.text.strip()]
    if not kept:
        return None
    line = TextLine(tuple(kept), None)
    wrapped = (
        not new_paragraph
        and above is not None
        and not above.text.rstrip().endswith(_SENTENCE_END)
        and not _ENUMERATED.match(line.text)
    )
    return TextLine(line.tokens, None, new_paragraph=not wrapped)


def _trimmed(tokens: list[Token]) -> list[Token]:
    trimmed = list(tokens)
    if trimmed and isinstance(trimmed[0], TextRun):
        trimmed[0] = TextRun(trimmed[0].text.lstrip(), None, CONFIDENCE, ENGINE)
    if trimmed and isinstance(trimmed[-1], TextRun):
        trimmed[-1] = TextRun(trimmed[-1].text.rstrip(), None, CONFIDENCE, ENGINE)
    return trimmed
