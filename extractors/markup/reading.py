"""A whole text source into blocks: tables of three kinds, and the lines between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import html

from extractors.evidence import Grid, PageEvidence, PageKind, TextLine
from extractors.markup.inline import ENGINE, lines_of_element, parse_lines
from extractors.markup.tables import html_grid, is_delimiter, pipe_grid, tab_grid

_HTML_DOCUMENT = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|body)\b", re.I)
# Characters that no print shows and XML forbids; form feeds are line ends already.
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_TABLE_EDGE = re.compile(r"<(/?)table\b[^>]*>", re.I)
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
_QUOTE_OR_BULLET = re.compile(r"^\s{0,3}(?:>\s?|[-*+]\s+(?!\[))")
_NOT_PRINTED = re.compile(r"\s*(?:```.*|~~~.*|!\[[^\]]*\]\([^)]*\)|(?:[-*_]\s*){3,})\s*")
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")

Block = Grid | TextLine


def read_markup(text: str) -> PageEvidence:
    """Evidence of an OCR'd text source.

    Markdown with tab or pipe tables, HTML tables within Markdown, and whole HTML documents. A
    blank line ends a tab or pipe table. Tick boxes (``<input type="checkbox">`` and glyphs)
    become marks inside their line.

    Args:
        text: The whole file, decoded; any line ends.

    Returns:
        One page of kind ``TEXT``, number 1, without geometry.
    """
    text = _COMMENT.sub("", _NOT_TEXT.sub("", text))
    blocks = _document_blocks(text) if _HTML_DOCUMENT.match(text) else _markdown_blocks(text)
    return PageEvidence(1, PageKind.TEXT, tuple(blocks), ENGINE)


def _document_blocks(text: str) -> Iterator[Block]:
    parser = html.HTMLParser(encoding="utf-8")
    root = html.document_fromstring(text.encode(), parser=parser)
    body = root.find("body")
    yield from _element_blocks(root if body is None else body)


def _element_blocks(element: Any) -> Iterator[Block]:
    """Tables in document order; what holds no table is read as lines."""
    if element.tag == "table":
        grid = html_grid(element)
        if grid is not None:
            yield grid
        return
    if not any(True for _ in element.iter("table")):
        yield from lines_of_element(element)
        return
    yield from parse_lines(_escaped(element.text))
    for child in element:
        if isinstance(child.tag, str):
            yield from _element_blocks(child)
        yield from parse_lines(_escaped(child.tail))


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;")


def _markdown_blocks(text: str) -> Iterator[Block]:
    position = 0
    for start, end in _table_spans(text):
        yield from _line_blocks(text[position:start].splitlines())
        grid = html_grid(html.fragment_fromstring(text[start:end]))
        if grid is not None:
            yield grid
        position = end
    yield from _line_blocks(text[position:].splitlines())


def _table_spans(text: str) -> Iterator[tuple[int, int]]:
    """Outermost ``<table>`` … ``</table>``; one that is never closed runs to the end."""
    depth, start = 0, 0
    for edge in _TABLE_EDGE.finditer(text):
        if not edge[1]:
            start = edge.start() if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield start, edge.end()
    if depth:
        yield start, len(text)


def _line_blocks(lines: Sequence[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        end = at
        if "\t" in lines[at].strip("\r\n ") and lines[at].strip():
            while end < len(lines) and "\t" in lines[end] and lines[end].strip():
                end += 1
            yield tab_grid(lines[at:end])
        elif _is_pipe_row(lines, at):
            while end < len(lines) and _is_pipe_row(lines, end):
                end += 1
            grid = pipe_grid(lines[at:end])
            if grid is not None:
                yield grid
        else:
            end = at + 1
            yield from _plain_line(lines[at])
        at = end


def _is_pipe_row(lines: Sequence[str], at: int) -> bool:
    pipes = len(_UNESCAPED_PIPE.findall(lines[at]))
    if pipes == 0:
        return False
    beside = [lines[i] for i in (at - 1, at + 1) if 0 <= i < len(lines)]
    stripped = lines[at].strip()
    return (
        pipes >= 2
        or stripped.startswith("|")
        or is_delimiter(stripped)
        or any(is_delimiter(b) for b in beside)
    )


def _plain_line(line: str) -> tuple[TextLine, ...]:
    if _NOT_PRINTED.fullmatch(line):
        return ()
    heading = _HEADING.match(line)
    content = heading[1] if heading else _QUOTE_OR_BULLET.sub("", line, count=1)
    return parse_lines(content)
