"""Which prediction answers to which truth: by file, then by place in the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import takewhile
from pathlib import PurePath

from extractors.errors import InputFileError
from pipeline.evaluate.declarations import JudgedDeclaration, is_choice, is_rows
from pipeline.evaluate.text import same

PAGE_WEIGHT = 0.5
"""Share of page overlap in likeness: pages alone must not outweigh what is printed on them."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """One truth with its prediction; ``None`` on one side: missing, or spurious.

    Attributes:
        file: As the truth names it.
        got: Prediction.
        want: Truth.
    """

    file: PurePath
    got: JudgedDeclaration | None
    want: JudgedDeclaration | None


def pair_up(
    predicted: Iterable[JudgedDeclaration],
    truth: Iterable[JudgedDeclaration],
    truth_paths: Collection[PurePath],
) -> list[Pairing]:
    """Pairs declarations file by file.

    Files are the same when their base names are; of several truth files with that name, the one
    that shares most folders from the end. Inside a file declarations answer to each other in
    page order or, where their numbers differ, by likeness.

    Args:
        predicted: What was extracted; of files that the truth does not speak of, nothing counts.
        truth: What is right.
        truth_paths: Files that the truth speaks of, those without a declaration too.

    Raises:
        InputFileError: ``evaluate_ambiguous`` where a file could be several of the truth.
    """
    wanted: dict[PurePath, list[JudgedDeclaration]] = {path: [] for path in truth_paths}
    for want in truth:
        wanted[want.path].append(want)
    found: dict[PurePath, list[JudgedDeclaration]] = defaultdict(list)
    for got in predicted:
        path = _truth_file(got.path, truth_paths)
        if path is not None:
            found[path].append(got)
    return [
        pairing
        for path, wants in wanted.items()
        for pairing in _pair_file(_in_page_order(found[path]), _in_page_order(wants), path)
    ]


def _in_page_order(declarations: Iterable[JudgedDeclaration]) -> list[JudgedDeclaration]:
    return sorted(declarations, key=lambda declaration: declaration.pages[:1])


def _truth_file(path: PurePath, truth_paths: Collection[PurePath]) -> PurePath | None:
    shared = {known: _shared_tail(path, known) for known in truth_paths if known.name == path.name}
    if not shared:
        return None
    most = max(shared.values())
    best = [known for known, count in shared.items() if count == most]
    if len(best) > 1:
        raise InputFileError(
            f"文件可能对应多份标准答案，请保留文件夹名 / could be any of "
            f"{', '.join(map(str, best))}; keep the folder names",
            code="evaluate_ambiguous",
            path=str(path),
        )
    return best[0]


def _shared_tail(one: PurePath, other: PurePath) -> int:
    pairs = zip(reversed(one.parts), reversed(other.parts), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _pair_file(
    got: list[JudgedDeclaration], want: list[JudgedDeclaration], path: PurePath
) -> list[Pairing]:
    if len(got) == len(want):
        return [Pairing(path, g, w) for g, w in zip(got, want, strict=True)]
    likeness = sorted(
        ((_likeness(g, w), -i, -j) for i, g in enumerate(got) for j, w in enumerate(want)),
        reverse=True,
    )
    partner: dict[int, int] = {}
    for score, minus_i, minus_j in likeness:
        if score > 0 and -minus_i not in partner.values() and -minus_j not in partner:
            partner[-minus_j] = -minus_i
    pairs = [
        Pairing(path, got[partner[j]] if j in partner else None, w) for j, w in enumerate(want)
    ]
    spurious = (g for i, g in enumerate(got) if i not in partner.values())
    return pairs + [Pairing(path, g, None) for g in spurious]


def _likeness(got: JudgedDeclaration, want: JudgedDeclaration) -> float:
    """0 (nothing in common) to 1.5: share of equal scalars, and overlap of pages."""
    scalars = {
        key: value
        for key, value in want.values.items()
        if not is_choice(value) and not is_rows(value)
    }
    equal = sum(same(got.values.get(key), value) for key, value in scalars.items())
    pages = set(got.pages) | set(want.pages)
    overlap = len(set(got.pages) & set(want.pages)) / len(pages) if pages else 0.0
    return equal / max(len(scalars), 1) + PAGE_WEIGHT * overlap
