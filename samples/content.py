"""What a declaration says, before it is printed: the source of the truth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from samples.indicators import Indicator, compose_indicators
from samples.lexicon import Writer, chance, pick, topics, vocabulary
from samples.money import Budget, Subproject, compose_budget
from samples.prose import compose_long_texts

PROJECT_TYPES = (
    "市委市政府已确定的新增项目",
    "结转项目",
    "其他一次性项目",
    "经常性专项业务费",
    "其他经常性项目",
)
FUND_USES = (
    "基本建设工程类",
    "信息化建设类",
    "政策补贴类",
    "政府购买服务",
    "资产购置类",
    "其他事业专业类",
)
BOXLESS_OPTION = "政府购买服务"
FIRST_YEAR, LAST_YEAR = 2016, 2026


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice; ``marked`` is ``None`` where no box of its own is printed."""

    label: str
    marked: bool | None


@dataclass(frozen=True, slots=True)
class Content:
    """A declaration's values. Texts keep paragraphs as line feeds; amounts are yuan."""

    year: int
    applicant: str
    project_name: str
    project_type: tuple[Option, ...]
    fund_use: tuple[Option, ...]
    start_date: date
    end_date: date
    long_texts: dict[str, str]
    budget: Budget
    indicators: tuple[Indicator, ...]

    @property
    def subprojects(self) -> tuple[Subproject, ...]:
        """Rows of this year's money."""
        return self.budget.subprojects

    def amount(self, key: str) -> Decimal:
        """The amount of a money field in yuan."""
        amount: Decimal = getattr(self.budget, key)
        return amount


def compose_content(rng: np.random.Generator, length: float) -> Content:
    """An invented declaration.

    Args:
        rng: Source of chance.
        length: Length of the long texts, about 0.15 (a line or two each) to 1.5 (three pages).
    """
    year = int(rng.integers(FIRST_YEAR, LAST_YEAR + 1))
    topic = pick(rng, topics())
    writer = Writer(rng, topic, year)
    name = pick(rng, topic.words["projects"]) + pick(rng, vocabulary("words")["suffixes"])
    if chance(rng, 0.25):
        name = f"{year}年{pick(rng, ['度', ''])}{name}"
    start, end = draw_period(rng, year)
    return Content(
        year=year,
        applicant=pick(rng, topic.words["offices"]),
        project_name=name,
        project_type=_choose(rng, PROJECT_TYPES, exclusive=True),
        fund_use=_choose(rng, FUND_USES, exclusive=False),
        start_date=start,
        end_date=end,
        long_texts=compose_long_texts(rng, writer, length),
        budget=compose_budget(rng, writer),
        indicators=compose_indicators(rng, writer, topic),
    )


def draw_period(rng: np.random.Generator, year: int) -> tuple[date, date]:
    """First and last day of a project: the fiscal year, or a span that begins in it."""
    if chance(rng, 0.6):
        return date(year, 1, 1), date(year, 12, 31)
    start = date(year, int(rng.integers(1, 7)), int(rng.integers(1, 29)))
    end_year = year + int(rng.integers(0, 3))
    return start, date(end_year, int(rng.integers(7, 13)), int(rng.integers(1, 31)))


def _choose(
    rng: np.random.Generator, labels: tuple[str, ...], *, exclusive: bool
) -> tuple[Option, ...]:
    """Marks one option, sometimes two (a real mistake) and rarely none."""
    weights = [0.04, 0.78, 0.18] if exclusive else [0.04, 0.70, 0.26]
    count = int(rng.choice(3, p=weights))
    boxless = {BOXLESS_OPTION} if chance(rng, 0.5) else set()
    if chance(rng, 0.06):
        boxless.add(pick(rng, labels))
    boxed = [label for label in labels if label not in boxless]
    marked = set(rng.permutation(boxed)[:count])
    return tuple(Option(label, None if label in boxless else label in marked) for label in labels)
