"""Invented budgets: totals, last year's figures and the rows that make up this year's money."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from samples.lexicon import Writer, chance, pick, vocabulary

MAX_SUBPROJECTS = 6
SMALLEST_STEP = 100
"""Yuan; amounts are multiples of it, so that a 万元 print needs two decimals at most."""


@dataclass(frozen=True, slots=True)
class Subproject:
    """One row of this year's money; ``amount`` is ``None`` in a printed but empty row."""

    name: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Budget:
    """Amounts in yuan."""

    total_budget: Decimal
    annual_budget: Decimal
    prev_budget: Decimal
    prev_execution: Decimal
    subprojects: tuple[Subproject, ...]


def compose_budget(rng: np.random.Generator, writer: Writer) -> Budget:
    """Amounts that mostly add up, with the slips that real ones have."""
    count = int(rng.choice(MAX_SUBPROJECTS + 1, p=[0.05, 0.1, 0.2, 0.25, 0.2, 0.12, 0.08]))
    rows = tuple(_subproject(rng, writer) for _ in range(count))
    annual = sum((r.amount for r in rows if r.amount is not None), Decimal(0))
    if not rows:
        annual = draw_amount(rng)
    elif chance(rng, 0.1):
        annual += 10_000 * int(rng.integers(1, 9))
    if rows and chance(rng, 0.12):
        rows += (Subproject("", None),)
    total = annual if chance(rng, 0.75) else annual * int(rng.integers(2, 4))
    previous = Decimal(0) if chance(rng, 0.2) else draw_amount(rng)
    share = Decimal(int(rng.integers(500, 1001))) / 1000
    step = Decimal(SMALLEST_STEP)
    return Budget(total, annual, previous, (previous * share // step) * step, rows)


def _subproject(rng: np.random.Generator, writer: Writer) -> Subproject:
    return Subproject(writer.fill(pick(rng, vocabulary("words")["subprojects"])), draw_amount(rng))


def draw_amount(rng: np.random.Generator) -> Decimal:
    """Round thousands mostly, odd hundreds sometimes; 20,000 to 9,000,000 yuan."""
    magnitude = 10 ** float(rng.uniform(4.3, 6.95))
    step = pick(rng, [10_000, 10_000, 5_000, 1_000, SMALLEST_STEP])
    return Decimal(max(1, round(magnitude / step)) * step)
