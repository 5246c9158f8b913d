"""An invented archive without scans: projects that are filed year after year by many offices.

Made from the samples' generator, then varied as real archives are: last year's text with a few
words changed, indicator rows copied from another project, budgets that grow, figures of the
previous year that agree with its own declaration or do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count

import numpy as np

from samples.content import Content, compose_content
from samples.lexicon import chance, pick
from samples.money import Budget

FIRST_YEAR, LAST_YEAR = 2016, 2024
DISTRICTS = (
    "黄浦区", "徐汇区", "长宁区", "静安区", "普陀区", "虹口区", "杨浦区", "闵行区", "宝山区",
    "嘉定区", "浦东新区", "金山区", "松江区", "青浦区", "奉贤区", "崇明区",
)  # fmt: skip
CITY = "上海市"
KEPT_PROJECTS = 500
"""Earlier projects whose rows may be copied."""

COPIED_SHARE = 0.2
DISAGREEING_SHARE = 0.1
LEAP_SHARE = 0.1
"""Of budgets that jump, and of those that were not spent."""

LONGEST_GOAL = 400
CENT = Decimal("1.00")
RARE_EVERY = 5000
"""One text in so many holds a word that occurs nowhere else."""


def archive_contents(seed: int) -> Iterator[Content]:
    """Declarations without end, those of a project one year after the other."""
    rng = np.random.default_rng(seed)
    known: list[Content] = []
    for number in count(1):
        first = _project(rng, number, known)
        known = [*known[-KEPT_PROJECTS:], first]
        yield from _years(rng, first)


def _project(rng: np.random.Generator, number: int, known: list[Content]) -> Content:
    made = compose_content(rng, float(rng.uniform(0.15, 1.5)))
    applicant = made.applicant.replace(CITY, pick(rng, DISTRICTS))
    indicators = made.indicators
    if known and chance(rng, COPIED_SHARE):
        indicators = pick(rng, known).indicators
    texts = dict(made.long_texts)
    if number % RARE_EVERY == 1:
        texts["overview"] += f"另设麒麟臂章编号第{number}号。"
    return replace(
        made,
        applicant=applicant,
        project_name=f"{made.project_name}{number}号",
        indicators=indicators,
        long_texts=texts,
    )


def _years(rng: np.random.Generator, first: Content) -> Iterator[Content]:
    begin = int(rng.integers(FIRST_YEAR, LAST_YEAR + 1))
    last: Content | None = None
    for year in range(begin, int(rng.integers(begin, LAST_YEAR + 1)) + 1):
        filed = first if last is None else _next_year(rng, last)
        filed = replace(filed, year=year, start_date=date(year, 1, 1), end_date=date(year, 12, 31))
        yield filed
        last = filed


def _next_year(rng: np.random.Generator, last: Content) -> Content:
    year = str(last.year)
    texts = {k: v.replace(year, str(last.year + 1)) for k, v in last.long_texts.items()}
    if len(texts["annual_goal"]) < LONGEST_GOAL:
        texts["annual_goal"] += f"比上年提高{rng.integers(1, 30)}个百分点。"
    return replace(last, long_texts=texts, budget=_next_budget(rng, last.budget))


def _next_budget(rng: np.random.Generator, last: Budget) -> Budget:
    leap = chance(rng, LEAP_SHARE)
    share = Decimal(int(rng.integers(50, 200) if leap else rng.integers(92, 116))) / 100
    rows = tuple(
        row if row.amount is None else replace(row, amount=(row.amount * share).quantize(CENT))
        for row in last.subprojects
    )
    annual = sum((row.amount for row in rows if row.amount is not None), Decimal(0))
    annual = annual or (last.annual_budget * share).quantize(CENT)
    previous = last.annual_budget
    if chance(rng, DISAGREEING_SHARE):
        previous += 10_000 * int(rng.integers(1, 50))
    spent = int(rng.integers(300, 850) if chance(rng, LEAP_SHARE) else rng.integers(850, 1001))
    executed = (previous * spent / 1000).quantize(CENT)
    return Budget(annual * int(rng.integers(1, 3)), annual, previous, executed, rows)
