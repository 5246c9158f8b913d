"""Command: confidences fitted to how often values are right, on the half that is tuned on.

``python -m bench.calibrate build/tune`` takes what ``python -m bench.accuracy --half tune`` left
there and writes ``normalizers/calibration.yaml``. Never give it a measuring half.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML

from extractors.forms.definition import FieldType
from normalizers.calibration import MOST, Curve, curve_of
from pipeline.definitions import definitions_in_use
from pipeline.evaluate import evaluate
from pipeline.evaluate.evaluate import read_json_lines

TARGET = Path(__file__).parent.parent / "normalizers" / "calibration.yaml"
PICTURE_ENGINES = frozenset({"rapidocr", "tesseract", "picture"})
"""What reads pictures; other sources say what is printed."""
PRIOR = 3.0
"""How many values the belief that a claim is right as it stands weighs."""
STEPS = 50
"""Newton's method is at rest after ten."""

Claim = tuple[float, float]
"""What was claimed, and the share that was right."""


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
def main(folders: tuple[Path, ...]) -> None:
    """Fits a curve for each engine and type of field, and writes them."""
    claims: dict[tuple[str, FieldType], list[Claim]] = defaultdict(list)
    for folder in folders:
        for engine, kind, claim in _claims(folder):
            claims[engine, kind].append(claim)
    curves: dict[str, dict[str, dict[str, float]]] = defaultdict(dict)
    for (engine, kind), found in sorted(claims.items()):
        curve = fitted(found)
        curves[engine][kind.value] = {
            "slope": round(curve.slope, 3),
            "offset": round(curve.offset, 3),
        }
        click.echo(f"{engine} {kind}: {len(found)} values, {curve}")
    yaml = YAML()
    with TARGET.open("w", encoding="utf-8") as stream:
        stream.write("# 由 python -m bench.calibrate 生成，勿手改 / written by it, not by hand\n")
        yaml.dump({engine: dict(kinds) for engine, kinds in curves.items()}, stream)


def fitted(claims: Sequence[Claim]) -> Curve:
    """The likeliest curve, by Newton's method, drawn a little towards the claims themselves.

    Args:
        claims: Of one engine and type.
    """
    claimed, right = (np.array(v, dtype=np.float64) for v in zip(*claims, strict=True))
    odds = np.log(np.clip(claimed, 1 - MOST, MOST) / (1 - np.clip(claimed, 1 - MOST, MOST)))
    inputs = np.stack([odds, np.ones_like(odds)], axis=1)
    start = np.array([1.0, 0.0])
    weights = start.copy()
    for _ in range(STEPS):
        weights = weights - _newton_step(weights, start, inputs, right)
    return Curve(float(weights[0]), float(weights[1]))


def _newton_step(
    weights: NDArray[np.float64],
    start: NDArray[np.float64],
    inputs: NDArray[np.float64],
    right: NDArray[np.float64],
) -> NDArray[np.float64]:
    probability = 1.0 / (1.0 + np.exp(-inputs @ weights))
    gradient = inputs.T @ (probability - right) + PRIOR * (weights - start)
    spread = probability * (1.0 - probability)
    curvature = (inputs * spread[:, None]).T @ inputs + PRIOR * np.eye(len(weights))
    return np.asarray(np.linalg.solve(curvature, gradient), dtype=np.float64)


def _claims(folder: Path) -> Iterator[tuple[str, FieldType, Claim]]:
    """Every value of a measure that an engine read, with what the engine had claimed."""
    for path in sorted(folder.glob("*.jsonl")):
        records = list(read_json_lines(path))
        truth = [
            record
            for file in sorted((folder / "suite" / path.stem).rglob("truth.jsonl"))
            for record in read_json_lines(file)
        ]
        report = evaluate(records, truth, definitions=definitions_in_use(None))
        for judgement in report.judged:
            engine, claimed = judgement.engine, judgement.confidence
            if claimed is not None and engine in PICTURE_ENGINES:
                curve = curve_of(engine, judgement.kind) or Curve()
                yield engine, judgement.kind, (curve.inverse(claimed), judgement.share)


if __name__ == "__main__":
    main()
