"""Confidences as probabilities: what a recognizer claims against how often it was right.

Platt's curve (Probabilistic outputs for support vector machines, 1999) on the log-odds of what was
claimed, one for each engine and type of field. The curves come from `calibration.yaml`, which
``python -m bench.calibrate`` writes from generated scans whose truth is known.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ruamel.yaml import YAML

from extractors.forms.definition import FieldType

MOST = 1.0 - 1e-4
"""Surer than this no claim is taken: records print four decimals."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Logistic curve over log-odds.

    Attributes:
        slope: Above zero; 1 leaves the spread of claims as it is.
        offset: Added to the log-odds; 0 leaves them as they are.
    """

    slope: float = 1.0
    offset: float = 0.0

    def __call__(self, claimed: float) -> float:
        """Probability that a value is right, 0..1."""
        return _probability(self.slope * _log_odds(claimed) + self.offset)

    def inverse(self, probability: float) -> float:
        """What was claimed for this probability, 0..1."""
        return _probability((_log_odds(probability) - self.offset) / self.slope)


def curve_of(engine: str, kind: FieldType) -> Curve | None:
    """The curve of an engine for a type of field; ``None`` for sources that are sure as they are.

    Those are the text of PDFs and of markup, which is not recognized.
    """
    return _curves().get((engine, kind))


def calibrated(claimed: float, engine: str, kind: FieldType) -> float:
    """Probability that a value is right.

    Args:
        claimed: By its reader, 0..1.
        engine: Which read it.
        kind: Type of its field.
    """
    curve = curve_of(engine, kind)
    return claimed if curve is None else curve(claimed)


@cache
def _curves() -> dict[tuple[str, FieldType], Curve]:
    text = (resources.files("normalizers") / "calibration.yaml").read_text("utf-8")
    data = YAML(typ="safe", pure=True).load(text) or {}
    return {
        (engine, FieldType(kind)): Curve(float(c["slope"]), float(c["offset"]))
        for engine, kinds in data.items()
        for kind, c in kinds.items()
    }


def _log_odds(p: float) -> float:
    p = min(max(p, 1.0 - MOST), MOST)
    return math.log(p / (1.0 - p))


def _probability(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-log_odds))
