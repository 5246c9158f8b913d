"""Indicator targets: the quantities and statements in one cell, with operator and unit.

Printed targets mix both (``3次 约200人次``, ``内容板块3个：…``, ``有所提升``). Each quantity keeps
the stretch of text around it, so that nothing printed is lost. Dates (2019年12月前), ratios (1:2)
and ordinals (第3届) are no quantities and stay text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from normalizers.numerals import DIGITS, chinese_digits, chinese_integer
from normalizers.quantity_words import OPERATORS_AFTER, OPERATORS_BEFORE, UNITS
from normalizers.records import ParsedTarget
from normalizers.text import clean_text, half_width_character

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = "|".join(re.escape(u) for u in sorted(UNITS, key=len, reverse=True))
_BEFORE = "|".join(re.escape(w) for w in sorted(OPERATORS_BEFORE, key=len, reverse=True))
_AFTER = "|".join(re.escape(w) for w in sorted(OPERATORS_AFTER, key=len, reverse=True))
_QUANTITY = re.compile(
    rf"(?P<before>{_BEFORE})?\s*(?<![\dA-Za-z第.])(?P<number>{_NUMBER})"
    rf"(?:\s*(?P<low_unit>{_UNIT})?\s*[-—–~至到]+\s*(?P<high>{_NUMBER}))?"
    rf"\s*(?P<unit>(?:{_UNIT})(?:/(?:{_UNIT}))?)?(?![\dA-Za-z])"
    rf"(?:\s*\(含\))?\s*(?P<after>{_AFTER})?"
)
_NO_QUANTITY = re.compile(
    r"\d{4}年(?:度|初|底|末)?(?:\d{1,2}月份?)?(?:\d{1,2}[日号])?(?:之前|以前|前|底|末)?"
    r"|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?!\d)|\d{1,2}月(?:份|底|末|\d{1,2}[日号])(?:之前|以前|前)?"
    r"|\d{1,2}月(?:之前|以前|前)|\d+\s*:\s*\d+(?:\s*:\s*\d+)*|第\s*\d+|[〔\[(]\d{4}[〕\])]\s*\d+号"
    r"|(?:^|(?<=[\s;。]))\d{1,2}[.、)](?!\d)"
)
_PERCENT_WORD = re.compile(rf"百分之([{DIGITS}十百\d.]+)")
_SPELLED_NUMBER = re.compile(rf"(?P<before>{_BEFORE})(?P<number>[{DIGITS}十百千]+)(?=(?:{_UNIT}))")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BEFORE_NUMBERING = re.compile(rf"\s+(?=\d{{1,2}}[.、)）．](?!\d))|\s*(?=[{_CIRCLED}])")
_PART_LENGTH = 4
"""Characters from which text beside a space is a statement of its own, not half of one."""


def parse_target(text: str) -> tuple[ParsedTarget, ...]:
    """Reads an indicator target.

    达到 and 以上 count as ``>=``, 以内 and 以下 as ``<=``, 约, 近 and 左右 as ``~``; without any of
    them a number means ``=``. Values keep the printed unit: 10万人次 is ``"10"`` with unit 万人次.

    Args:
        text: The field as read.

    Returns:
        In print order; for text without a quantity its statements; empty for blank text.
    """
    return tuple(target for part in _parts(clean_text(text)) for target in _targets_of_part(part))


def _parts(text: str) -> Iterator[str]:
    """Pieces of the cell: paragraphs, numbered entries, clauses after ；, entries by spaces."""
    for clause in re.split(r"[\n；;]", text):
        for entry in _BEFORE_NUMBERING.split(clause):
            yield from _split_at_spaces(entry.strip())


def _split_at_spaces(entry: str) -> Iterator[str]:
    held = ""
    for word in entry.split(" "):
        both_quantities = _has_quantity(held) and _has_quantity(word)
        both_statements = min(len(held), len(word)) >= _PART_LENGTH and not (
            _has_quantity(word) and not _has_quantity(held)
        )
        if held and (both_quantities or both_statements) and not _is_numbering(held):
            yield held
            held = word
        else:
            held = f"{held} {word}".strip()
    if held:
        yield held


def _is_numbering(text: str) -> bool:
    return re.fullmatch(r"[(（]?[\d一二三四五六七八九十]{1,2}[.、)）]", text) is not None


def _has_quantity(text: str) -> bool:
    return bool(_quantities(_readable(text).text))


@dataclass(frozen=True, slots=True)
class _Readable:
    """Text for the number grammar, and where in the printed text each character comes from."""

    text: str
    origins: tuple[int, ...]

    def replaced(
        self, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]
    ) -> _Readable:
        """With every match replaced; what replaces it comes from where the match began."""
        text, at = "", 0
        origins: tuple[int, ...] = ()
        for match in pattern.finditer(self.text):
            new = replacement(match)
            text += self.text[at : match.start()] + new
            origins += self.origins[at : match.start()]
            origins += (self.origins[match.start()],) * len(new)
            at = match.end()
        return _Readable(text + self.text[at:], origins + self.origins[at:])


def _readable(text: str) -> _Readable:
    """Half-width, with numbers spelled in Chinese as digits."""
    plain, origins = "", []
    for at, character in enumerate(text):
        new = character if character in _CIRCLED else half_width_character(character)
        plain += new
        origins += [at] * len(new)
    readable = _Readable(plain, (*origins, len(text)))
    readable = readable.replaced(_PERCENT_WORD, lambda m: f"{_arabic(m[1])}%")
    return readable.replaced(_SPELLED_NUMBER, lambda m: m["before"] + _arabic(m["number"]))


def _arabic(numeral: str) -> str:
    value = chinese_integer(numeral)
    return str(value) if value is not None else chinese_digits(numeral) or numeral


def _quantities(text: str) -> list[re.Match[str]]:
    masked = _NO_QUANTITY.sub(lambda m: "\0" * len(m.group()), text)
    return list(_QUANTITY.finditer(masked))


def _targets_of_part(part: str) -> Iterator[ParsedTarget]:
    readable = _readable(part)
    found = _quantities(readable.text)
    if not found:
        yield ParsedTarget(None, None, None, part)
        return
    start = 0
    for this, following in zip(found, [*found[1:], None], strict=True):
        end = len(part)
        if following is not None:
            between = readable.text[this.end() : following.start()]
            comma = re.search(r"[,、。]", between)
            end = readable.origins[this.end() + (comma.start() if comma else 0)]
        yield _target(this, part[start:end].strip(" ,，、。"))
        start = end


def _target(match: re.Match[str], stretch: str) -> ParsedTarget:
    low, high = match["number"].replace(",", ""), match["high"]
    unit = match["unit"] or match["low_unit"]
    if high is not None:
        return ParsedTarget("range", f"{low}..{high.replace(',', '')}", unit, stretch)
    operator = OPERATORS_BEFORE.get(match["before"] or "") or OPERATORS_AFTER.get(
        match["after"] or "", "="
    )
    return ParsedTarget(operator, low, unit, stretch)
