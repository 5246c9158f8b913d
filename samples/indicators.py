"""Invented indicator rows: three levels and a target each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samples.lexicon import Topic, Writer, chance, pick, vocabulary

MIN_ROWS, MAX_ROWS = 7, 18


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row; blank cells are empty strings."""

    level1: str
    level2: str
    level3: str
    target: str


def compose_indicators(
    rng: np.random.Generator, writer: Writer, topic: Topic
) -> tuple[Indicator, ...]:
    """7 to 18 rows in print order, grouped by first and second level."""
    wanted = int(rng.integers(MIN_ROWS, MAX_ROWS + 1))
    pairs = _pairs(rng, wanted)
    blank_level2 = int(rng.integers(len(pairs))) if chance(rng, 0.3) else -1
    rows = []
    for index, (level1, level2) in enumerate(pairs):
        level3, target = third_level(rng, writer, topic, level2)
        rows.append(Indicator(level1, "" if index == blank_level2 else level2, level3, target))
    return tuple(rows)


def _pairs(rng: np.random.Generator, wanted: int) -> list[tuple[str, str]]:
    """First and second levels in print order, some repeated for several rows."""
    levels: dict[str, list[str]] = vocabulary("words")["level1"]
    every = [(one, two) for one, twos in levels.items() for two in twos]
    fixed = [pair for one in levels for pair in every if pair[0] == one][: len(every)]
    keep = set(rng.permutation(len(fixed))[:wanted].tolist())
    for one in levels:
        if not any(fixed[i][0] == one for i in keep):
            keep.add(next(i for i, pair in enumerate(fixed) if pair[0] == one))
    chosen = [fixed[i] for i in sorted(keep)]
    while len(chosen) < wanted:
        at = int(rng.integers(len(chosen)))
        chosen.insert(at, chosen[at])
    return chosen


def third_level(
    rng: np.random.Generator, writer: Writer, topic: Topic, level2: str
) -> tuple[str, str]:
    """A third level and its target.

    Args:
        rng: Source of chance.
        writer: Fills the patterns.
        topic: Whose measures are counted.
        level2: Kind of indicator, by the second level of the vocabulary.
    """
    targets: dict[str, list[str]] = vocabulary("words")["targets"]
    if level2 == "数量目标":
        measure = pick(rng, topic.measures)
        sign = pick(rng, ["≥", "", "不少于", "约", ">="])
        return measure.name, sign + writer.value(measure)
    level3 = writer.fill(pick(rng, vocabulary("words")["level3"][level2]))
    if not level3 or chance(rng, 0.05):
        return level3, ""
    kind = _target_kind(level2, level3)
    if chance(rng, 0.2):
        kind = "words"
    target = writer.fill(pick(rng, targets[kind]))
    if chance(rng, 0.04):
        return f"{level3}\n{topic.measures[0].name}", f"{target}\n{writer.value(topic.measures[0])}"
    return level3, target


def _target_kind(level2: str, level3: str) -> str:
    if level2 == "时效目标" and not level3.endswith("率"):
        return "dates"
    if level2 == "人员投入" and not level3.endswith("率"):
        return "people"
    if level2 == "成本目标" or level3.startswith("节约"):
        return "money"
    if level3.endswith("数"):
        return "zero"
    if level3.endswith(("偏差", "损耗", "投诉率", "返工率")):
        return "low"
    return "percent" if level3.endswith(("率", "度", "比例")) else "words"
