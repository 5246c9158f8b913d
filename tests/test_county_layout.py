"""The layout in `samples/own_layout`: drafted from its sample, finished by hand, read and measured.

`docs/own-layout.md` walks through it.
"""

import json
import re
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from bench.suite import Part
from extractors.forms.loader import load_definition
from normalizers.contract_json import to_contract
from pipeline.definitions import definitions_in_use
from pipeline.document import process_document
from pipeline.evaluate import evaluate
from pipeline.options import Options
from samples.fonts import TYPEFACES, installed
from samples.generate import write_declaration
from samples.printing import FormName, form_id, forms_dir_of, load_printing
from samples.scan import Level
from shenbao.cli.main import main

OWN = Path(__file__).parents[1] / "samples" / "own_layout"
SAMPLE, PRINTING = OWN / "sample.pdf", OWN / "county_request.yaml"
DEFINITION = OWN / "forms" / "county_request.yaml"
needs_typefaces = pytest.mark.skipif(
    len(installed(TYPEFACES)) < len(TYPEFACES), reason="typefaces of the samples are missing"
)
KEYS = {
    "填报日期": "filled_on",
    "项目编号": "project_code",
    "支持方式": "support",
    "项目负责人": "manager",
    "联系电话": "phone",
    "申请资金总额": "total_budget",
    "上级补助资金": "upper_grant",
    "县级财政拨款": "county_fiscal",
    "单位自有资金": "own_money",
    "单位职能概述": "duties",
    "可行性": "feasibility",
    "必要性": "necessity",
    "实施进度计划": "progress",
    "工作内容": "task",
    "开始时间": "begin",
    "完成时间": "finish",
    "年度绩效指标": "indicators",
    "指标类别": "level1",
    "指标分项": "level2",
    "数据来源": "source",
    "主管部门意见": "opinion",
}
"""Keys given by hand; those of the other labels are known from other layouts."""
REQUIRED = (
    *("填报单位", "项目名称", "主管部门", "申请资金总额", "单位职能概述", "项目概况"),
    *("立项依据", "可行性", "必要性", "实施进度计划", "年度目标", "年度绩效指标"),
)
EXCLUSIVE = ("项目属性",)


def draft(sample, out):
    result = CliRunner().invoke(main, ["forms", "draft", str(sample), "-o", str(out)])
    assert result.exit_code == 0, result.output
    return out.read_text("utf-8")


def finished(text):
    """The draft as a person finishes it, and how many lines that takes."""
    for label, key in KEYS.items():
        text, count = re.subn(rf"key: \w+((?:\n[^-]*?)labels: \[{label}\])", rf"key: {key}\1", text)
        assert count == 1, label
    added = [(label, "required: true") for label in REQUIRED]
    added += [(label, "exclusive: true") for label in EXCLUSIVE]
    for label, line in added:
        text, count = re.subn(rf"( +)(labels: \[{label}\]\n)", rf"\1\2\1{line}\n", text)
        assert count == 1, label
    return text, len(KEYS) + len(added)


def test_the_draft_wants_names_and_nothing_else(tmp_path):
    out = tmp_path / "county_request.yaml"
    text, lines = finished(draft(SAMPLE, out))
    out.write_text(text, "utf-8")
    assert load_definition(out) == load_definition(DEFINITION)
    assert lines == 34
    assert f"{lines} lines" in (OWN.parents[1] / "docs" / "own-layout.md").read_text("utf-8")


def test_a_scan_of_the_sample_gives_the_same_draft(tmp_path):
    scan = tmp_path / "scan.png"
    with pypdfium2.PdfDocument(SAMPLE) as document:
        document[0].render(scale=200 / 72).to_pil().save(scan, dpi=(200, 200))
    scanned, digital = (tmp_path / name / DEFINITION.name for name in ("scan", "digital"))
    for out in (scanned, digital):
        out.parent.mkdir()
    assert draft(scan, scanned) == draft(SAMPLE, digital)


def test_the_finished_definition_is_right():
    result = CliRunner().invoke(main, ["forms", "check", str(DEFINITION)])
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_file_of_blocks_names_its_definition():
    printing = load_printing(str(PRINTING))
    blocks = printing.layout.blocks
    printed = {k for block in blocks for group in block.fields for k in group}
    both = {r["to"] for r in printing.layout.values.values() if "to" in r}
    above = {f.key for f in printing.definition.fields if f.place == "heading"}
    assert printed | both | above == {f.key for f in printing.definition.fields}
    assert forms_dir_of(str(PRINTING)) == DEFINITION.parent
    assert form_id(str(PRINTING)) == "county_request"
    assert Part(Level.CLEAN, (1,), form=str(PRINTING)).name == "county_request clean"


@pytest.mark.parametrize("name", ["no_such_form", str(DEFINITION), str(OWN / "missing.yaml")])
def test_what_cannot_be_printed_is_refused(name):
    with pytest.raises(Exception, match=re.escape(name)):
        FormName().convert(name, None, None)


@needs_typefaces
@pytest.mark.parametrize(
    ("seed", "level"), [(700, Level.DIGITAL), (712, Level.DIGITAL), (708, Level.CLEAN)]
)
def test_forms_of_the_layout_are_read_as_printed(seed, level, tmp_path):
    write_declaration(seed, [level], tmp_path, str(PRINTING))
    folder = tmp_path / level
    truth = json.loads((folder / "truth.jsonl").read_text("utf-8"))
    options = Options(forms_dir=DEFINITION.parent)
    extraction = process_document(folder / truth["source"]["path"], options)
    records = [to_contract(record, extraction) for record in extraction.records]
    report = evaluate(records, [truth], definitions=definitions_in_use(options.forms_dir))
    assert report.errors == ()
    assert [r["form"] for r in records] == ["county_request"]
