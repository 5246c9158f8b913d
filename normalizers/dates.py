"""Dates, periods and years as printed. What is incomplete says so; what is missing is not made up.

Completed, with a note: a day without 日 (2019年1月1) and a year of two digits (19年). Everything
else that lacks a part (2019年1月, 2019.1, 1月1日) has no value: the first or the last of the month
would be a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from normalizers.issues import IssueCode
from normalizers.numerals import DIGITS, chinese_digits, chinese_integer
from normalizers.text import half_width

FIRST_YEAR, LAST_YEAR = 1949, 2099
"""Years that a declaration can mean; others are misreadings."""

_CENTURY = 2000
"""Two-digit years are of this century: budgets by performance began in China after 2000."""

_LABEL = re.compile(
    r"^(?:[^\d:]{1,16}:)?(?:计划|项目|实施|开始|起始|开工|结束|终止|完成|完工|截止|竣工|日期|时间|自|从|于|至|到)*"
)
_CLOCK = re.compile(r"[\sT]+\d{1,2}:\d{2}(?::\d{2})?$")
_TAIL = re.compile(r"(?:止|起|之前|以前|前)$")
_CHINESE = re.compile(rf"[{DIGITS}Oo十拾廿卅]+(?=[年月日号]|$)")
_DATE = re.compile(
    r"(?P<year>\d{4}|\d{2})(?P<year_mark>[年\-/.])"
    r"(?P<month>\d{1,2})(?P<month_mark>[月\-/.])"
    r"(?P<day>\d{1,2})(?P<day_mark>[日号]?)"
)
_SPECK = re.compile(r"(?<=\d)[.,·](?=[年月日号])")
"""A point between a figure and its unit, where nothing but dirt can be."""
_BLOTTED = re.compile(
    r"(?<=^\d{4}):(?=\d{1,2}\.\d)|(?<=^\d{4}\.\d):(?=\d)|(?<=^\d{4}\.\d\d):(?=\d)"
)
"""A point of a date in figures with dirt above it: a colon where the other is a point."""
_DASH = re.compile(rf"(?<=[日号])一(?=[{DIGITS}Oo]{{4}}年)")
"""The dash of a period, read as the figure one: a year in Chinese figures has four of them."""
_LOOKALIKES = str.maketrans("−⁄曰", "-/日")
"""Signs and characters that look the same as those of a date and stand in none."""
_LOOSE_DIGITS = re.compile(r"(?!\d{4} ?\d{2} ?\d{2}$)\d+(?: \d+)+")
"""Figures parted by spaces alone, unless they can only be year, month and day."""

_COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_PART = re.compile(
    r"\d{4}年?度?|(?:\d{4}|\d{2})[年\-/.]\d{1,2}月?(?:份|初|中旬|底|末)?|(?:19|20)\d{2}(?:0[1-9]|1[0-2])"
    r"|\d{4}年(?:初|底|末)|\d{1,2}月(?:\d{1,2}[日号]?|初|底|末)?|\d{2}年"
)
_DATE_WORDS = ("至", "到")
_DATE_SEPARATORS = re.compile(r"至|到|[-—–~]+")


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A date as read.

    Attributes:
        value: ``None`` where nothing is entered or it cannot be read whole.
        issues: What is doubtful.
    """

    value: date | None
    issues: tuple[IssueCode, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedPeriod:
    """A start and an end printed in one cell."""

    start: ParsedDate
    end: ParsedDate


@dataclass(frozen=True, slots=True)
class ParsedYear:
    """A year as read; ``value`` is ``None`` where nothing is entered or it cannot be read."""

    value: int | None
    issues: tuple[IssueCode, ...] = ()


_INVALID = ParsedDate(None, (IssueCode.DATE_INVALID,))
_INCOMPLETE = ParsedDate(None, (IssueCode.DATE_INCOMPLETE,))


def parse_date(text: str) -> ParsedDate:
    """Reads one date in Arabic or Chinese figures; a label before it is dropped.

    Args:
        text: The field as read. Blank text and slots left unfilled (年 月 日) give no value
            and no issue.
    """
    plain = _prepared(text)
    if not re.sub(r"[年月日/\-—.]", "", plain):
        return ParsedDate(None)
    body = _TAIL.sub("", plain)
    match = _DATE.fullmatch(body) or _COMPACT.fullmatch(body)
    if match is None:
        return _INCOMPLETE if _PART.fullmatch(body) else _INVALID
    marks = match.groupdict()
    short_year = len(marks["year"]) == 2
    if short_year and marks["year_mark"] != "年":
        return _INCOMPLETE  # 01/02/03: which of them is the year is not printed
    year = int(marks["year"]) + (_CENTURY if short_year else 0)
    value = _calendar_date(year, int(marks["month"]), int(marks["day"]))
    if value is None:
        return _INVALID
    day_mark_lost = marks.get("month_mark") == "月" and not marks["day_mark"]
    return ParsedDate(value, (IssueCode.DATE_INCOMPLETE,) if short_year or day_mark_lost else ())


def _prepared(text: str) -> str:
    """Half-width, unlabelled, without spaces, Chinese figures as digits."""
    plain = _CLOCK.sub("", half_width(text).translate(_LOOKALIKES))
    plain = _LABEL.sub("", plain)
    if _LOOSE_DIGITS.fullmatch(plain):
        return plain
    plain = _BLOTTED.sub(".", _SPECK.sub("", "".join(plain.split())))
    plain = _DASH.sub("—", _LABEL.sub("", plain))
    return _CHINESE.sub(lambda m: _figures(m.group()), plain)


def _figures(numeral: str) -> str:
    numeral = numeral.replace("O", "〇").replace("o", "〇").replace("卅", "三十")
    by_digit = chinese_digits(numeral)
    if by_digit is not None:
        return by_digit
    value = chinese_integer(numeral.lstrip("零〇"))
    return numeral if value is None else str(value)


def _calendar_date(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_period(text: str) -> ParsedPeriod | None:
    """Reads a start and an end in one cell; ``None`` where the text is no such pair.

    An end without a year (2019年1月1日至12月31日) is of the start's year, as it says. Where
    a word (至, 到) parts the two, one that cannot be read leaves the other as it is.
    """
    plain = _prepared(text)
    pairs, halves = set(), set()
    for separator in _DATE_SEPARATORS.finditer(plain):
        start = parse_date(plain[: separator.start()])
        end_text = plain[separator.end() :]
        if re.match(r"\d{1,2}月", end_text) and start.value is not None:
            end_text = f"{start.value.year}年{end_text}"
        end = parse_date(end_text)
        if _is_date(start) and _is_date(end):
            pairs.add(ParsedPeriod(start, end))
        elif separator.group() in _DATE_WORDS and _is_half_read(start, end):
            halves.add(ParsedPeriod(start, end))
    whole = {p for p in pairs if p.start.value is not None and p.end.value is not None}
    candidates = whole or pairs or halves
    return candidates.pop() if len(candidates) == 1 else None


def _is_half_read(start: ParsedDate, end: ParsedDate) -> bool:
    """Whether one is a date, and the other is printed but cannot be read."""
    return (start == _INVALID) != (end == _INVALID) and (_is_date(start) or _is_date(end))


def _is_date(parsed: ParsedDate) -> bool:
    return parsed.value is not None or IssueCode.DATE_INCOMPLETE in parsed.issues


def parse_year(text: str) -> ParsedYear:
    """Reads the year of a form, such as （2019年度） or 二〇一九年.

    Args:
        text: The field as read; a title around the year does no harm, a second year does.
    """
    plain = "".join(half_width(text).split())
    if not re.sub(r"[()年度:]", "", plain):
        return ParsedYear(None)
    plain = re.sub(rf"[{DIGITS}Oo]{{4}}(?=年)", lambda m: _figures(m.group()), plain)
    years = {int(y) for y in re.findall(r"(?<!\d)(\d{4})(?!\d)", plain)}
    if len(years) == 1 and FIRST_YEAR <= min(years) <= LAST_YEAR:
        return ParsedYear(years.pop())
    short = re.fullmatch(r"\(?(\d{2})年度?\)?", plain)
    if short:
        return ParsedYear(_CENTURY + int(short[1]), (IssueCode.DATE_INCOMPLETE,))
    return ParsedYear(None, (IssueCode.YEAR_INVALID,))
