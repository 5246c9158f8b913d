import json
import re
from functools import cache

import pytest
from printed_text import extracted_pages

from extractors.forms.loader import builtin_definitions
from normalizers.contract_json import to_contract
from pipeline.document import process_document
from pipeline.evaluate import evaluate
from pipeline.options import Options
from samples.cells import Run
from samples.generate import print_form
from samples.printing import load_printing, printable_forms
from samples.truth import Truth

SEEDS = range(4)
CASES = [(form, seed) for form in printable_forms() for seed in SEEDS]
DEFINITIONS = {d.id: d for d in builtin_definitions()}


@cache
def printed(form, seed):
    return print_form(seed, form)


def test_every_definition_can_be_printed():
    assert {*printable_forms(), "sh_2019"} == DEFINITIONS.keys()


@pytest.mark.parametrize("form", printable_forms())
def test_layouts_and_definitions_name_the_same_fields(form):
    layout, definition = load_printing(form).layout, DEFINITIONS[form]
    made = {"title", "year", *layout.values, *layout.rows}
    shown = {"title", "year", *(k for b in layout.blocks for group in b.fields for k in group)}
    assert made == shown == {f.key for f in definition.fields}
    headings = {text for block in layout.blocks for text in block.heading}
    assert headings <= set(definition.headings)


@pytest.mark.parametrize("form", printable_forms())
def test_the_same_seed_gives_the_same_bytes(form):
    again, layout = print_form(1, form)
    assert again == printed(form, 1)[0]
    assert layout.values == printed(form, 1)[1].values


@pytest.mark.parametrize(("form", "seed"), CASES)
def test_truth_obeys_the_definition(form, seed):
    values = printed(form, seed)[1].values
    definition = DEFINITIONS[form]
    assert list(values) == [f.key for f in definition.fields]
    for field in definition.fields:
        if field.columns:
            for row in values[field.key]:
                assert list(row) == [c.key for c in field.columns]
        if field.type == "amount":
            assert re.fullmatch(r"\d+\.\d\d", values[field.key] or "0.00")


@pytest.mark.parametrize(("form", "seed"), CASES)
def test_text_stays_inside_its_cell_and_on_its_page(form, seed):
    pdf, layout = printed(form, seed)
    pages = extracted_pages(pdf)
    for cell in layout.cells:
        assert len(cell.lines) * cell.fitted.leading <= cell.y1 - cell.y0 + 1.0
        assert cell.y1 <= layout.style.page.height - layout.style.page.margin_bottom + 1.0
        for line in cell.lines:
            assert line.width <= cell.x1 - cell.x0
            for run in line.items:
                if not isinstance(run, Run):
                    continue
                assert re.sub(r"\s", "", run.text) in pages[cell.page]


@pytest.mark.parametrize(("form", "seed"), CASES)
def test_what_was_printed_is_read_back(form, seed, tmp_path):
    pdf, layout = printed(form, seed)
    path = tmp_path / "form.pdf"
    path.write_bytes(pdf)
    extraction = process_document(path, Options())
    records = [to_contract(record, extraction) for record in extraction.records]
    truth = json.loads(
        Truth(path.name, tuple(range(1, layout.pages + 1)), layout.values, form).as_line()
    )
    report = evaluate(records, [truth], definitions=DEFINITIONS.values())
    assert report.errors == ()
    assert [r["form"] for r in records] == [form]
