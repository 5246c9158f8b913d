"""What a confidence is worth: accepted shares by threshold, reliability, calibration error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.evaluate.judgements import Judgement

THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
"""Confidences from which a value might be accepted without a person."""
BIN_EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0)
"""Most values are sure, so bins are narrow there: equal ones would put all of them into one."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a rule of acceptance does.

    Attributes:
        rule: Its name.
        values: All values.
        accepted: Those taken without a person.
        wrong: Of these, the wrong ones.
    """

    rule: str
    values: int
    accepted: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Values of about the same confidence.

    Attributes:
        low: Least confidence.
        high: Greatest.
        count: Values.
        confidence: Mean of what was claimed, 0..1.
        right: Mean of what was right, 0..1; of long text the share of right characters.
    """

    low: float
    high: float
    count: int
    confidence: float
    right: float


def acceptance(judged: Sequence[Judgement]) -> list[Accepted]:
    """As the extraction accepts, then by thresholds on confidence alone.

    A value without confidence, or that could not be read, is never accepted.
    """
    found = [j for j in judged if j.confidence is not None]
    own = [j for j in judged if not j.in_review]
    rules = [("not in review", own)]
    rules += [(f"≥ {t:g}", [j for j in found if (j.confidence or 0.0) >= t]) for t in THRESHOLDS]
    return [
        Accepted(name, len(judged), len(taken), sum(not j.is_right for j in taken))
        for name, taken in rules
    ]


def reliability(judged: Iterable[Judgement]) -> list[Bin]:
    """Claimed against right, by bins of confidence; empty bins are left out."""
    claimed = [(j.confidence, j.share) for j in judged if j.confidence is not None]
    bins = []
    for low, high in pairwise(BIN_EDGES):
        inside = [(c, r) for c, r in claimed if low <= c < high or (c == high == BIN_EDGES[-1])]
        if inside:
            confidence, right = (sum(v) / len(inside) for v in zip(*inside, strict=True))
            bins.append(Bin(low, high, len(inside), confidence, right))
    return bins


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """Expected calibration error, 0..1 (Naeini, Cooper, Hauskrecht: AAAI 2015)."""
    total = sum(b.count for b in bins)
    return sum(b.count * abs(b.confidence - b.right) for b in bins) / total if total else None
