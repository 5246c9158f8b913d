"""Photographs and scans of other real forms, where they are at hand: no layout is claimed."""

from pathlib import Path

import pytest

from normalizers.records import Declaration, Unmatched
from pipeline.document import process_document
from pipeline.options import Options

IMAGES = Path(__file__).parents[2] / "shared" / "real" / "images"
LIKE_A_DECLARATION = IMAGES / "zh_train_115.jpg"
"""Shares labels with the layouts that come along, so that only its layout is judged."""
OTHERS = sorted(path for path in IMAGES.glob("*.jpg") if path != LIKE_A_DECLARATION)


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_a_form_nobody_has_defined_is_unmatched(path):
    records = process_document(path, Options()).records
    assert any(isinstance(record, Unmatched) for record in records), records
    assert not any(isinstance(record, Declaration) for record in records)


@pytest.mark.skipif(not LIKE_A_DECLARATION.exists(), reason="the real scans are not at hand")
def test_a_form_much_like_a_declaration_is_not_taken_for_one():
    records = process_document(LIKE_A_DECLARATION, Options()).records
    forms = {record.form_id for record in records if isinstance(record, Declaration)}
    assert "sh_2019" not in forms
