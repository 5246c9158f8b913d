import re
from datetime import date
from functools import cache

import pytest
from printed_text import extracted_pages

from samples.cells import Run
from samples.content import FUND_USES, PROJECT_TYPES
from samples.fonts import NOTO_SANS, TYPEFACES, MissingGlyphError, covering, metrics
from samples.generate import print_declaration

SEEDS = range(0, 12)
KEYS = [
    "title", "year", "applicant", "project_name", "project_type", "fund_use", "start_date",
    "end_date", "overview", "basis", "necessity", "safeguards", "total_budget", "annual_budget",
    "prev_budget", "prev_execution", "subprojects", "implementation_plan", "overall_goal",
    "annual_goal", "indicators", "remarks",
]  # fmt: skip


@cache
def printed(seed):
    return print_declaration(seed)


def test_the_same_seed_gives_the_same_bytes():
    again, layout = print_declaration(5)
    assert again == printed(5)[0]
    assert layout.values == printed(5)[1].values


@pytest.mark.parametrize("seed", SEEDS)
def test_truth_obeys_the_contract(seed):
    values = printed(seed)[1].values
    assert list(values) == KEYS
    assert list(values["project_type"]) == list(PROJECT_TYPES)
    assert list(values["fund_use"]) == list(FUND_USES)
    assert date.fromisoformat(values["start_date"]) <= date.fromisoformat(values["end_date"])
    for key in ("total_budget", "annual_budget", "prev_budget", "prev_execution"):
        assert re.fullmatch(r"\d+\.\d\d", values[key])
    for row in values["subprojects"]:
        assert list(row) == ["name", "amount"]
        assert re.fullmatch(r"\d+\.\d\d|", row["amount"])
    assert 7 <= len(values["indicators"]) <= 18
    for row in values["indicators"]:
        assert list(row) == ["level1", "level2", "level3", "target"]
        assert row["level1"]


@pytest.mark.parametrize("seed", SEEDS)
def test_born_digital_text_holds_every_printed_line(seed):
    pdf, layout = printed(seed)
    pages = extracted_pages(pdf)
    for cell in layout.cells:
        for line in cell.lines:
            for run in line.items:
                if isinstance(run, Run):
                    assert re.sub(r"\s", "", run.text) in pages[cell.page]


@pytest.mark.parametrize("seed", SEEDS)
def test_printed_lines_add_up_to_the_true_long_texts(seed):
    layout = printed(seed)[1]
    for key in layout.content.long_texts:
        parts = [c for c in layout.cells if c.fitted.cell.key == key]
        lines = [line for c in sorted(parts, key=lambda c: c.page) for line in c.lines]
        text = "".join(run.text for line in lines for run in line.items)
        assert text == layout.values[key].replace("\n", "")


@pytest.mark.parametrize("seed", SEEDS)
def test_text_stays_inside_its_cell(seed):
    layout = printed(seed)[1]
    tolerance = 1.0
    for cell in layout.cells:
        assert len(cell.lines) * cell.fitted.leading <= cell.y1 - cell.y0 + tolerance
        for line in cell.lines:
            assert line.width <= cell.x1 - cell.x0 + tolerance


def test_first_levels_are_shown_at_least_once():
    for seed in SEEDS:
        layout = printed(seed)[1]
        shown = {c.fitted.visible for c in layout.cells if c.lines and c.fitted.cell.label}
        assert {row.level1 for row in layout.content.indicators} <= shown


def test_a_missing_glyph_is_an_error():
    with pytest.raises(MissingGlyphError, match="no glyph"):
        metrics(NOTO_SANS).width("\ue123")
    with pytest.raises(MissingGlyphError, match="apt-get install"):
        covering(TYPEFACES, "项目\ue123")


def test_collections_give_their_chinese_face():
    assert metrics(NOTO_SANS).face_index == 2
