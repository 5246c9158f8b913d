"""What confidences are worth, on invented declarations."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.forms.definition import FieldType
from pipeline.evaluate import evaluate
from pipeline.evaluate.confidence import acceptance, calibration_error, reliability
from pipeline.evaluate.judgements import Judgement

LONG = "为提升河道水质，开展清淤、疏浚和绿化养护。" * 10


def record(
    values: dict[str, Any], confidences: dict[str, float], review: tuple[str, ...] = ()
) -> dict[str, Any]:
    return {
        "kind": "declaration",
        "form": "f",
        "source": {"path": "a.pdf", "pages": [1]},
        "values": values,
        "evidence": {path: {"confidence": c} for path, c in confidences.items()},
        "review": [{"path": path} for path in review],
    }


TRUTH = {
    "name": "河道养护",
    "use": {"甲": True, "乙": False},
    "overview": LONG,
    "rows": [{"a": "一", "b": "1"}, {"a": "二", "b": "2"}],
}


def judged(values: dict[str, Any], **confidences: float) -> dict[str, Judgement]:
    report = evaluate([record(TRUTH | values, confidences)], [record(TRUTH, {})])
    return {j.path: j for j in report.judged}


def test_every_value_is_judged_with_its_confidence() -> None:
    found = judged({"name": "河道保护", "use": {"甲": True, "乙": None}}, name=0.9, overview=0.99)
    assert {p for p, j in found.items() if not j.is_right} == {"name", "use/乙"}
    assert (found["name"].confidence, found["use/甲"].confidence) == (0.9, None)
    assert found["use/甲"].kind is FieldType.CHOICE
    assert found["overview"].kind is FieldType.LONG_TEXT
    assert len(found) == 8


@pytest.mark.parametrize(("lost", "right"), [(4, True), (5, False)])
def test_long_text_is_right_up_to_two_characters_in_a_hundred(lost: int, right: bool) -> None:
    found = judged({"overview": LONG[:-lost]})["overview"]
    assert found.share == pytest.approx(1 - lost / len(LONG))
    assert found.is_right == right


def test_cells_of_a_row_that_is_not_printed_are_wrong_and_the_others_keep_their_partners() -> None:
    rows = [TRUTH["rows"][0], {"a": "多", "b": "9"}, TRUTH["rows"][1]]
    found = judged({"rows": rows})
    assert {p for p, j in found.items() if not j.is_right} == {"rows/1/a", "rows/1/b"}


def values(*pairs: tuple[float | None, float]) -> list[Judgement]:
    return [
        Judgement(FieldType.TEXT, str(i), c, "e", r, r >= 0.98, False, c is None)
        for i, (c, r) in enumerate(pairs)
    ]


def test_acceptance_counts_what_a_threshold_lets_through() -> None:
    rules = {a.rule: a for a in acceptance(values((0.97, 1), (0.85, 0), (0.999, 0), (None, 0)))}
    assert (rules["not in review"].accepted, rules["not in review"].wrong) == (3, 2)
    assert (rules["≥ 0.95"].accepted, rules["≥ 0.95"].wrong) == (2, 1)
    assert rules["≥ 0.999"].values == 4


def test_calibration_error_weighs_each_bin_by_its_values() -> None:
    bins = reliability(values((0.6, 1), (0.6, 0), (1.0, 1), (1.0, 1), (None, 0)))
    assert [(b.count, b.confidence, b.right) for b in bins] == [
        (2, pytest.approx(0.6), pytest.approx(0.5)),
        (2, 1.0, 1.0),
    ]
    assert calibration_error(bins) == pytest.approx(0.05)
    assert calibration_error([]) is None
