"""Words and sentence patterns of the invented departments, loaded from `vocabulary/*.yaml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from ruamel.yaml import YAML

VOCABULARY = Path(__file__).parent / "vocabulary"
SLOT = re.compile(r"\{(\w+)\}")

T = TypeVar("T")


def pick(rng: np.random.Generator, items: Sequence[T]) -> T:
    """One of the items, each equally likely."""
    return items[int(rng.integers(len(items)))]


def chance(rng: np.random.Generator, probability: float) -> bool:
    """``True`` with the given probability, 0..1."""
    return float(rng.random()) < probability


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity that a project can promise: its name, unit and usual range."""

    name: str
    unit: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Topic:
    """One field of public work with the words that belong to it."""

    name: str
    words: Mapping[str, tuple[str, ...]]
    measures: tuple[Measure, ...]


@lru_cache(maxsize=8)
def vocabulary(name: str) -> Any:
    """Contents of ``vocabulary/<name>.yaml``."""
    return YAML(typ="safe", pure=True).load((VOCABULARY / f"{name}.yaml").read_text("utf-8"))


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """Every topic of the vocabulary."""
    return tuple(
        Topic(
            name=entry["name"],
            words={k: tuple(v) for k, v in entry.items() if k not in {"name", "measures"}},
            measures=tuple(Measure(*m) for m in entry["measures"]),
        )
        for entry in vocabulary("topics")
    )


class Writer:
    """Fills sentence patterns with the words of one topic.

    Args:
        rng: Source of chance; the same state gives the same texts.
        topic: Whose words are used.
        year: Fiscal year that the texts speak of.
    """

    def __init__(self, rng: np.random.Generator, topic: Topic, year: int) -> None:
        self._rng = rng
        self._topic = topic
        self._year = year
        self._month = 1
        self._measure = topic.measures[0]
        self._plural: dict[str, str] = {
            "work": "works",
            "law": "laws",
            "office": "offices",
            "project": "projects",
        }
        self._numbers: dict[str, tuple[int, int]] = {
            "small": (2, 9),
            "teen": (10, 30),
            "percent": (80, 98),
            "count": (32, 960),
            "day": (1, 28),
        }
        self._makers: dict[str, Callable[[], str]] = {
            "topic": lambda: topic.name,
            "year": lambda: str(year - int(rng.integers(0, 3))),
            "next": lambda: str(year + int(rng.integers(1, 4))),
            "month": self._make_month,
            "nextmonth": lambda: str(min(self._month + 2, 12)),
            "decimal": lambda: f"{rng.integers(103, 968) / 10:.1f}",
            "thousand": lambda: f"{rng.integers(12, 480) / 10:.1f}万",
            "person": self.person,
            "phone": lambda: f"021-{rng.integers(20000000, 69999999)}",
            "code": lambda: f"{pick(rng, 'ABDGHKQRSXYZ')}{year}-{rng.integers(100, 9999):04d}",
            "docno": self.document_number,
            "measure": self._make_measure,
            "value": lambda: self.value(self._measure),
        }

    def fill(self, pattern: str) -> str:
        """The pattern with every ``{slot}`` replaced, nested slots too."""
        text = pattern
        while SLOT.search(text):
            text = SLOT.sub(lambda m: self._slot(m[1]), text)
        return text

    def value(self, measure: Measure) -> str:
        """A number of the measure's range with its unit."""
        return f"{int(self._rng.integers(measure.low, measure.high + 1))}{measure.unit}"

    def person(self) -> str:
        """An invented person's name."""
        words = vocabulary("words")
        given = "".join(pick(self._rng, words["given"]) for _ in range(self._rng.integers(1, 3)))
        return f"{pick(self._rng, words['surnames'])}{given}"

    def document_number(self) -> str:
        """A 文号 in one of the usual bracket styles."""
        left, right = tuple(pick(self._rng, ["〔〕", "〔〕", "[]", "（）"]))
        year = self._year - int(self._rng.integers(0, 6))
        issuer = pick(self._rng, vocabulary("words")["issuers"])
        return f"{issuer}{left}{year}{right}{self._rng.integers(1, 180)}号"

    def _make_month(self) -> str:
        self._month = int(self._rng.integers(1, 11))
        return str(self._month)

    def _make_measure(self) -> str:
        self._measure = pick(self._rng, self._topic.measures)
        return self._measure.name

    def _slot(self, name: str) -> str:
        if name in self._makers:
            return self._makers[name]()
        if name in self._numbers:
            low, high = self._numbers[name]
            return str(int(self._rng.integers(low, high + 1)))
        key = self._plural.get(name, name)
        if key in self._topic.words:
            return pick(self._rng, self._topic.words[key])
        words: Mapping[str, Sequence[str]] = vocabulary("words")
        return pick(self._rng, words[f"{name}s"])
