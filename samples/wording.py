"""How labels, amounts and dates are spelled in print; none of it changes their values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

import numpy as np

from samples.lexicon import chance, pick, vocabulary

TITLE = "上海市财政支出项目绩效目标申报表"
YUAN_PER_WAN = 10_000
DIGITS = "〇一二三四五六七八九"
DateStyle = Literal[
    "plain",
    "spaced",
    "iso",
    "dots",
    "slashes",
    "no_day",
    "short_year",
    "chinese",
    "labelled",
    "padded",
]
DATE_STYLES: tuple[DateStyle, ...] = (
    "plain",
    "plain",
    "spaced",
    "iso",
    "dots",
    "slashes",
    "no_day",
    "short_year",
    "chinese",
    "labelled",
    "padded",
)


@dataclass(frozen=True, slots=True)
class Wording:
    """Spellings of one print.

    Attributes:
        labels: Record key → label as printed.
        wan: Whether amounts are printed in 万元.
        commas: Whether thousands are separated.
        cents: Whether ``.00`` is printed.
        start_style: Spelling of the first date.
        end_style: Spelling of the second date.
        year_line: ``below`` the title, in the ``title`` line.
        year_suffix: 年 or 年度.
        applicant_in_table: Whether 申报单位名称 is a row of the table.
        brackets: The pair around the year.
    """

    labels: dict[str, str]
    wan: bool
    commas: bool
    cents: bool
    start_style: DateStyle
    end_style: DateStyle
    year_line: Literal["below", "title"]
    year_suffix: str
    applicant_in_table: bool
    brackets: str

    def amount(self, yuan: Decimal) -> str:
        """The amount as printed."""
        if not self.wan:
            pattern = ",.2f" if self.commas and self.cents else ",.0f" if self.commas else ".0f"
            return format(yuan, ".2f" if self.cents and not self.commas else pattern)
        text = format(yuan / YUAN_PER_WAN, ",.2f" if self.commas else ".2f")
        return text if self.cents else text.rstrip("0").rstrip(".")

    def year(self, year: int) -> str:
        """The year in its brackets."""
        return f"{self.brackets[0]}{year}{self.year_suffix}{self.brackets[1]}"


def draw_wording(rng: np.random.Generator) -> Wording:
    """Spellings of one print."""
    wan = chance(rng, 0.2)
    left, right = tuple(pick(rng, ["（）", "（）", "()"]))
    unit = f"{left}{'万元' if wan else '元'}{right}"
    variants: dict[str, list[str]] = vocabulary("labels")
    start_style = pick(rng, DATE_STYLES)
    return Wording(
        labels={key: pick(rng, v).replace("{unit}", unit) for key, v in variants.items()},
        wan=wan,
        commas=chance(rng, 0.35),
        cents=chance(rng, 0.3),
        start_style=start_style,
        end_style=start_style if chance(rng, 0.6) else pick(rng, DATE_STYLES),
        year_line="below" if chance(rng, 0.8) else "title",
        year_suffix="年" if chance(rng, 0.7) else "年度",
        applicant_in_table=chance(rng, 0.3),
        brackets=pick(rng, ["（）", "()"]),
    )


def spell_date(day: date, style: DateStyle, label: str) -> str:
    """A date as printed; ``label`` goes before it in the ``labelled`` style."""
    year, month, number = day.year, day.month, day.day
    spelled: dict[DateStyle, str] = {
        "plain": f"{year}年{month}月{number}日",
        "spaced": f"{year} 年 {month} 月 {number} 日",
        "padded": f"{year} 年 {month:02d} 月 {number:02d} 日",
        "iso": day.isoformat(),
        "dots": f"{year}.{month}.{number}",
        "slashes": f"{year}/{month}/{number}",
        "no_day": f"{year} 年 {month} 月 {number}",
        "short_year": f"{year % 100} 年 {month} 月 {number} 日",
        "chinese": f"{''.join(DIGITS[int(c)] for c in str(year))}年"
        f"{_numeral(month)}月{_numeral(number)}日",
        "labelled": f"{label}： {year}年 {month} 月 {number} 日",
    }
    return spelled[style]


def _numeral(number: int) -> str:
    """1 to 31 in Chinese."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else DIGITS[tens]) + "十" if tens else ""
    return head + (DIGITS[ones] if ones else "")
