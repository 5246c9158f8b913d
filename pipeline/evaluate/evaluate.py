"""The whole comparison: JSON lines of the contract against JSON lines of the truth."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any

from extractors.errors import InputFileError
from extractors.forms.definition import FormDefinition
from pipeline.evaluate.compare import Comparison
from pipeline.evaluate.declarations import FieldKinds, declarations_among, source_path
from pipeline.evaluate.judgements import Judgement, judgements
from pipeline.evaluate.matching import Pairing, pair_up
from pipeline.evaluate.report import Discrepancy, Report, Score

ALL = "all"


def evaluate(
    predicted: Iterable[Mapping[str, Any]],
    truth: Iterable[Mapping[str, Any]],
    *,
    definitions: Collection[FormDefinition] = (),
) -> Report:
    """Compares what was extracted with what is right.

    Args:
        predicted: Objects as `shenbao extract` prints them; only declarations are judged.
        truth: Objects with ``kind``, ``form``, ``source`` (``path``, ``pages``), ``values``.
            A file without declarations is named by an object of another kind.
        definitions: Layouts, to know which fields are long text.

    Raises:
        InputFileError: ``evaluate_format``, ``evaluate_ambiguous``.
    """
    known = list(truth)
    truth_paths = list(dict.fromkeys(source_path(record) for record in known))
    pairings = pair_up(declarations_among(predicted), declarations_among(known), truth_paths)
    group_of = _groups(truth_paths)
    groups: dict[str, Score] = {name: Score() for name in sorted(set(group_of.values()))}
    groups.setdefault(ALL, Score())
    errors: list[Discrepancy] = []
    judged: list[Judgement] = []
    kinds = FieldKinds(definitions)
    for pairing in pairings:
        score, found = _judge(pairing, kinds)
        for name in {group_of[pairing.file], ALL}:
            groups[name].add(score)
        errors += found
        if pairing.got is not None and pairing.want is not None:
            judged += judgements(pairing.got, pairing.want, kinds)
    return Report(groups, tuple(errors), tuple(judged))


def _judge(pairing: Pairing, kinds: FieldKinds) -> tuple[Score, list[Discrepancy]]:
    if pairing.want is None:
        pages = list(pairing.got.pages) if pairing.got else []
        error = Discrepancy(str(pairing.file), "", "declaration", pages, None, in_review=False)
        return Score(spurious=1), [error]
    comparison = Comparison(pairing.got, pairing.want, kinds)
    comparison.run()
    return comparison.score, comparison.errors


def _groups(paths: Iterable[PurePath]) -> dict[PurePath, str]:
    """The first folder by which the truth's files differ; ``all`` where they do not."""
    folders = {path: path.parent.parts for path in paths}
    depth = 0
    while folders and len({parts[: depth + 1] for parts in folders.values()}) == 1:
        if all(len(parts) <= depth for parts in folders.values()):
            return dict.fromkeys(folders, ALL)
        depth += 1
    return {p: parts[depth] if len(parts) > depth else "." for p, parts in folders.items()}


def read_json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON lines file, or of one JSON array.

    Raises:
        InputFileError: ``evaluate_format``, naming the line; ``file_unreadable``.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputFileError(
            f"读不了 / cannot be read as UTF-8 text: {error}",
            code="file_unreadable",
            path=str(path),
        ) from error
    lines = [text] if text.lstrip().startswith("[") else text.split("\n")
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield from _objects(line, path, number)


def _objects(line: str, path: Path, number: int) -> list[dict[str, Any]]:
    try:
        found = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputFileError(
            f"第 {number} 行不是 JSON / line {number} is not JSON: {error.msg}",
            code="evaluate_format",
            path=str(path),
        ) from error
    objects = found if isinstance(found, list) else [found]
    if not all(isinstance(entry, dict) for entry in objects):
        raise InputFileError(
            f"第 {number} 行不是对象 / line {number} is no object", code="evaluate_format",
            path=str(path),
        )  # fmt: skip
    return objects
