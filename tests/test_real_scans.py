"""Photographs and scans of real forms, where they are at hand: one is known, the rest are not."""

import itertools
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from extractors.forms.definition import FieldType
from extractors.forms.labels import bare, best_similarity
from extractors.forms.loader import builtin_definitions
from normalizers.records import Declaration, Unmatched
from pipeline.document import process_document
from pipeline.options import Options

IMAGES = Path(__file__).parents[2] / "shared" / "real" / "images"
PAIRS = IMAGES.parent / "pairs.jsonl"
DECLARATION = IMAGES / "zh_train_115.jpg"
"""A declaration of the ministry's layout; what is on it is told by its annotations alone."""
WIDTH, HEIGHT = 2480, 3508
"""Of that scan, in pixels."""
HEADERS = ("一级指标", "二级指标", "三级指标", "指标值")
TEN_THOUSAND = 10_000
OTHERS = sorted(path for path in IMAGES.glob("*.jpg") if path != DECLARATION)


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_a_form_nobody_has_defined_is_unmatched(path):
    records = process_document(path, Options()).records
    assert any(isinstance(record, Unmatched) for record in records), records
    assert not any(isinstance(record, Declaration) for record in records)


@pytest.fixture(scope="module")
def declared():
    """The declaration on the page, and what its annotators linked: question → answers."""
    if not (DECLARATION.exists() and PAIRS.exists()):
        pytest.skip("the real scans are not at hand")
    (found,) = process_document(DECLARATION, Options()).records
    pages = map(json.loads, PAIRS.read_text("utf-8").splitlines())
    pairs = next(page["pairs"] for page in pages if page["image"] == DECLARATION.name)
    answered = [
        (pair["q"], pair["q_box"], answers)
        for pair in pairs
        if (answers := [a for a in pair["answers"] if a["label"] == "answer"])
    ]
    return found, sorted(answered, key=lambda pair: pair[1][0])


def test_a_real_declaration_is_known(declared):
    found, _ = declared
    assert isinstance(found, Declaration)
    assert (found.form_id, found.pages) == ("mof_2015", (1,))
    assert isinstance(found.get("year").value, int)


def test_every_field_of_a_real_declaration_is_right(declared):
    found, pairs = declared
    definition = next(d for d in builtin_definitions() if d.id == found.form_id)
    seen = set()
    for question, _, answers in pairs:
        if question.strip() in HEADERS:
            continue
        keys = [f.key for f in definition.fields if best_similarity(question, f.labels) == 1.0]
        values = [v for v in map(found.get, keys) if v is not None and stands(v, answers[0])]
        assert [bare(v.raw) for v in values] == ["".join(bare(a["t"]) for a in answers)], question
        seen |= {v.path for v in values}
    assert seen == {
        f.key for f in definition.fields if f.place == "cell" and f.type is not FieldType.ROWS
    }
    amounts = [v for v in found.values if v.type is FieldType.AMOUNT]
    assert all(v.value == Decimal(v.raw) * TEN_THOUSAND for v in amounts)


def test_every_row_of_a_real_declaration_is_right(declared):
    found, pairs = declared
    left = (("level1", "level2", "level3", "target"), "midterm_indicators")
    right = (("level2", "level3", "target"), "indicators")
    columns = [(rows, column) for names, rows in (left, right) for column in names]
    annotated = [answers for question, _, answers in pairs if question.strip() in HEADERS]
    for (rows, column), answers in zip(columns, annotated, strict=True):
        values = [v for v in found.values if re.fullmatch(rf"{rows}/\d+/{column}", v.path)]
        texts = [bare(v.raw) for v in values]
        if column in {"level1", "level2"}:
            texts = [text for text, _ in itertools.groupby(texts)]
        assert "".join(texts) == "".join(bare(a["t"]) for a in answers), (rows, column)
        if column == "target":
            assert len(values) == len(answers)


def stands(value, answer):
    """Whether a value was read where its annotators saw it."""
    x0, y0, x1, y1 = answer["box"]
    box = value.provenance.bbox
    x, y = (x0 + x1) / 2 / WIDTH, (y0 + y1) / 2 / HEIGHT
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
