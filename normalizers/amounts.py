"""Amounts of money as printed, in yuan. Exact decimals; whatever has two readings has no value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from normalizers.issues import IssueCode
from normalizers.numerals import DIGITS, MAGNITUDES, chinese_digits, chinese_integer
from normalizers.text import half_width

UNITS: dict[str, Decimal] = {
    "元": Decimal(1),
    "千元": Decimal(10**3),
    "万元": Decimal(10**4),
    "百万元": Decimal(10**6),
    "亿元": Decimal(10**8),
}
"""Yuan in one of each unit."""

_FEN = Decimal("0.01")
_MAX_DIGITS = 20
"""Digits beyond which a number is no amount of money (and Decimal's 28 would round)."""
_TOO_LARGE = Decimal(10**15)
"""Yuan. No budget comes near (all public spending of China is some 3 × 10^13 a year), and a
database that counts 分 in 64 bits holds everything below."""

_PLACEHOLDERS = frozenset(
    ("无", "暂无", "没有", "/", "//", "\\", "-", "--", "—", "——", "–", "*", "N/A", "×")
)
"""What people write where nothing is to be entered. 0 is not among them: it is 0.00."""

_LABEL = re.compile(r"^[^\d:¥]{1,20}:(?=.)")
_LABEL_UNIT = re.compile(r"\((?:单位:?)?((?:百万|千|万|亿)?元)\)")
_CURRENCY = re.compile(r"^(?:人民币|RMB|CNY|¥|\((?:大写|小写)\)|大写|小写|[:\s])+", re.IGNORECASE)

_NUMBER = r"\d[\d,.\s]*"
_ARABIC = re.compile(
    rf"(?P<sign>[-−负]?)\s*¥?\s*(?P<number>{_NUMBER}?)\s*"
    r"(?P<magnitude>百万|千|万|亿)?\s*(?P<yuan>元|圆)?\s*[整正]?"
)
_COMPOUND = re.compile(r"(?:(\d+)亿)?(?:(\d{1,4})万)?(?:(\d{1,4}(?:\.\d{1,2})?))?元[整正]?")
_NEGATIVE_IN_BRACKETS = re.compile(rf"\(\s*¥?{_NUMBER}(?:万|亿)?元?\)")

_NUMERAL = f"[{DIGITS}{MAGNITUDES}]"
_CAPITAL = re.compile(
    rf"(?:(?P<yuan>{_NUMERAL}+)(?P<yuan_mark>[元圆]))?零?(?:(?P<jiao>[{DIGITS}])角)?零?"
    rf"(?:(?P<fen>[{DIGITS}])分)?[整正]?"
)
_BARE_CAPITAL = re.compile(rf"(?P<yuan>{_NUMERAL}+)[整正]?")
_CAPITAL_PART = (
    rf"(?:人民币|大写|[:()\s])*[{DIGITS}]{_NUMERAL}*[元圆角分](?:{_NUMERAL}|[角分整正])*\)?"
)
_TWICE = re.compile(
    rf"(?P<arabic>¥?{_NUMBER}(?:万|亿)?元?整?)[(\s]*(?P<capital>{_CAPITAL_PART})"
    rf"|(?P<capital2>{_CAPITAL_PART})[(\s]*(?P<arabic2>(?:小写:?)?¥?{_NUMBER}(?:万|亿)?元?整?)\)?"
)


@dataclass(frozen=True, slots=True)
class ParsedAmount:
    """An amount as read.

    Attributes:
        value: Yuan with two places; ``None`` where nothing is entered or it cannot be read.
        unit: Unit in which it is printed (元, 千元, 万元, 百万元, 亿元).
        issues: Why it cannot be read; empty for a blank or a placeholder such as 无.
    """

    value: Decimal | None
    unit: str
    issues: tuple[IssueCode, ...] = ()


_ZEROS_AS_LETTERS = re.compile(r"[Oo](?:\.[Oo]{1,2})?")
"""A lone zero has nothing beside it that would tell it from the letter O, which is no amount."""


def parse_amount(text: str, *, unit: str = "元") -> ParsedAmount:
    """Reads Arabic and Chinese amounts, alone or one repeating the other.

    Separators decide: commas must part groups of three, one dot may begin the decimals. Where
    a comma may be a misread dot or the reverse (``1.234.567``, ``12,34``, ``1,234.567``, but not
    ``1.234.567.00``), in brackets that may mean a negative, and with gaps that may part two
    numbers, there is no value. A unit printed in the text beats ``unit``.

    Args:
        text: The field as read.
        unit: Unit by label, header or definition, a key of `UNITS`.
    """
    plain = half_width(text)
    if _ZEROS_AS_LETTERS.fullmatch(plain):
        plain = plain.upper().replace("O", "0")
    if not plain or plain.upper() in _PLACEHOLDERS:
        return ParsedAmount(None, unit)
    label = _LABEL.match(plain)
    if label:
        named = _LABEL_UNIT.search(label.group())
        unit = named.group(1) if named else unit
        plain = plain[label.end() :].strip()
    plain = _CURRENCY.sub("", plain)
    if _NEGATIVE_IN_BRACKETS.fullmatch(plain):
        return ParsedAmount(None, unit, (IssueCode.AMOUNT_AMBIGUOUS,))
    for read in (_arabic, _compound, _capital, _twice):
        found = read(plain, unit)
        if found is not None:
            return found
    return ParsedAmount(None, unit, (IssueCode.AMOUNT_INVALID,))


def _arabic(text: str, unit: str) -> ParsedAmount | None:
    match = _ARABIC.fullmatch(text)
    if match is None:
        return None
    magnitude = match["magnitude"] or ""
    if magnitude or match["yuan"]:
        unit = f"{magnitude}元"
    number = _decimal(match["number"].strip(), unit)
    if number is None:
        return ParsedAmount(None, unit, (IssueCode.AMOUNT_AMBIGUOUS,))
    return _in_yuan(-number if match["sign"] else number, unit)


def _decimal(number: str, unit: str) -> Decimal | None:
    """Value of digits with separators, ``None`` where they can be read in two ways."""
    chunks = re.sub(r"\s*([,.])\s*", r"\1", number).split()
    if len(chunks) > 1:
        # 100 200 may be two amounts; 7 150 000 and 7 1 5 0 0 can only be one.
        grouped = re.fullmatch(r"\d{1,3}( \d{3}){2,}(\.\d+)?", " ".join(chunks))
        spaced_out = all(len(c) == 1 or re.fullmatch(r"\d[,.]\d", c) for c in chunks)
        if "\n" in number or not (grouped or spaced_out):
            return None
    digits = "".join(chunks)
    if re.fullmatch(r"\d+(\.\d+)?", digits):
        decimals = len(digits.partition(".")[2])
        # Yuan have two decimals; with three the dot may well be a misread comma.
        return None if unit == "元" and decimals > 2 else Decimal(digits)
    if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+\.\d{2}", digits):
        # Only one dot begins decimals, and those of 分 are two: the others are commas.
        return Decimal(digits.replace(".", "")).scaleb(-2)
    grouped_by_comma = re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+(\.(?P<decimals>\d+))?", digits)
    if grouped_by_comma is None or len(grouped_by_comma["decimals"] or "") == 3:
        return None
    if unit == "元" and len(grouped_by_comma["decimals"] or "") > 2:
        return None
    return Decimal(digits.replace(",", ""))


def _compound(text: str, unit: str) -> ParsedAmount | None:
    """Reads 1亿2000万元 and 715万5000元."""
    match = _COMPOUND.fullmatch("".join(text.split()))
    if match is None or sum(g is not None for g in match.groups()) < 2:
        return None
    hundred_millions, ten_thousands, ones = (Decimal(g or 0) for g in match.groups())
    return _in_yuan(hundred_millions * 10**8 + ten_thousands * 10**4 + ones, "元")


def _capital(text: str, unit: str) -> ParsedAmount | None:
    """Reads 贰拾伍万陆仟元叁角伍分 and the like; 元, 角 and 分 are ours, the integer is cn2an's."""
    plain = "".join(text.split()).replace("圓", "元")
    bare = _BARE_CAPITAL.fullmatch(plain)
    if bare:
        value = chinese_integer(bare["yuan"])
        if value is None:
            return None
        # Without 元 the numeral may count the column's unit or yuan.
        if unit != "元":
            return ParsedAmount(None, unit, (IssueCode.AMOUNT_AMBIGUOUS,))
        return _in_yuan(Decimal(value), "元")
    match = _CAPITAL.fullmatch(plain)
    if match is None or not any(match[g] for g in ("yuan", "jiao", "fen")):
        return None
    yuan = chinese_integer(match["yuan"]) if match["yuan"] else 0
    if yuan is None:
        return None
    jiao, fen = (int(chinese_digits(match[g] or "零") or 0) for g in ("jiao", "fen"))
    return _in_yuan(yuan + Decimal(jiao) / 10 + Decimal(fen) / 100, "元")


def _twice(text: str, unit: str) -> ParsedAmount | None:
    """Reads an amount printed in figures and in words, which must agree."""
    match = _TWICE.fullmatch(text)
    if match is None:
        return None
    figures = _arabic((match["arabic"] or match["arabic2"]).removeprefix("小写").lstrip(": "), unit)
    words = match["capital"] or match["capital2"]
    spelled = _capital(_CURRENCY.sub("", words.replace("(", "").rstrip(")")), "元")
    if figures is None or spelled is None:
        return None
    if figures.value is None or figures.value != spelled.value:
        return ParsedAmount(None, figures.unit, (IssueCode.AMOUNT_AMBIGUOUS,))
    return figures


def _in_yuan(number: Decimal, unit: str) -> ParsedAmount:
    if len(number.as_tuple().digits) > _MAX_DIGITS:
        return ParsedAmount(None, unit, (IssueCode.AMOUNT_INVALID,))
    yuan = number * UNITS[unit]
    if abs(yuan) >= _TOO_LARGE or yuan != yuan.quantize(_FEN):
        return ParsedAmount(None, unit, (IssueCode.AMOUNT_INVALID,))
    return ParsedAmount(yuan.quantize(_FEN), unit)
