"""A real reading of OCR'd text through the database and back."""

import json

import pytest

from db.store import RunInfo, open_store
from normalizers.contract_json import to_contract
from pipeline.document import process_document
from pipeline.export import ExportFormat, export
from pipeline.options import Options
from samples.generate import print_form
from samples.printing import printable_forms

FORM = """上海市财政支出项目绩效目标申报表

(2021年)

申报单位名称：青浦区湿地保护中心

项目名称\t芦苇荡修复
项目类型\t结转项目 <input type="checkbox"/> 其他一次性项目 <input checked="" type="checkbox"/>
开始时间\t2021 年 3 月 1\t结束时间\t2021年 12 月 31 日
联系人\t某甲\t联系电话\t4321
项目概况\t修复芦苇荡两处，补种本地水生植物。
项目总预算（元）\t1,250,000.50\t项目当年预算（元）\t壹佰万元整

\t子项目名称\t\t预算金额（元）
项目当年投入资金构成\t补种\t\t800000
\t巡护\t\t看不清

一级指标\t二级指标\t三级指标\t指标目标值
产出目标\t数量目标\t补种面积\t≥85%
效果目标\t\t巡护次数\t约200人次
"""


@pytest.fixture(params=["sh_2019", *printable_forms()])
def reading(request, tmp_path):
    path = tmp_path / "表.md"
    if request.param == "sh_2019":
        path.write_text(FORM, encoding="utf-8")
    else:
        path = path.with_suffix(".pdf")
        path.write_bytes(print_form(1, request.param)[0])
    return process_document(path, Options())


def test_export_gives_what_was_read(reading, tmp_path):
    assert any(record["kind"] == "declaration" for record in contract(reading))
    with open_store(f"sqlite:///{tmp_path / 'x.db'}") as store:
        store.save(reading, store.start_run(RunInfo(reading.extractor_version, "rapidocr", "f")))
        assert list(store.current_extractions()) == [reading]
        export(store, ExportFormat.JSONL, tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == contract(reading)


def contract(extraction):
    return [to_contract(record, extraction) for record in extraction.records]
