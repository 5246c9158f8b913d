"""A layout of one's own: drafted from a sample, finished by hand, used to read another."""

import re

import pypdfium2
import pytest
from click.testing import CliRunner
from printed_pdf import Sheet, write_pdf

import shenbao
from shenbao.cli import main

WIDTHS = (0.18, 0.22, 0.2, 0.2, 0.2)
KEYS = {
    "填报日期": "filled_on",
    "项目代码": "code",
    "项目类别": "project_type",
    "项目负责人": "manager",
    "联系电话": "phone",
    "申请资金总额": "total",
    "财政拨款": "grant",
    "项目背景": "background",
    "资金明细": "costs",
    "支出内容": "what",
    "审核意见": "opinion",
}
"""Keys that a person gives to labels no other layout has."""


def sheet(*, office, name, code, kind, period, money, manager, background, costs, goals):
    kinds = " ".join(("■" if k == kind else "□") + k for k in ("新建项目", "延续项目", "修缮项目"))
    rows = [
        ["项目名称", name, "<", "项目代码", code],
        ["项目类别", kinds, "<", "<", "<"],
        ["起止时间", period, "<", "<", "<"],
        ["申请资金总额（万元）", money[0], "<", "财政拨款（万元）", money[1]],
        ["项目负责人", manager[0], "<", "联系电话", manager[1]],
        ["项目背景", background, "<", "<", "<"],
        ["资金明细", "支出内容", "<", "<", "金额（元）"],
        *(["^", what, "<", "<", amount] for what, amount in costs),
        ["绩效目标", "<", "<", "<", "<"],
        ["一级指标", "二级指标", "三级指标", "<", "指标值"],
        *([first, second, third, "<", target] for first, second, third, target in goals),
        ["审核意见", "", "<", "<", "<"],
    ]
    lines = [f"填报单位：{office}", "填报日期：2021年3月5日"]
    return Sheet("某区专项资金项目申请书", lines, rows, WIDTHS)


SAMPLE = sheet(
    office="区文化馆",
    name="社区合唱团排练",
    code="WH07",
    kind="延续项目",
    period="2021年1月1日至2021年12月31日",
    money=("12.50", "10.00"),
    manager=("张三", "13800000000"),
    background="社区合唱团成立多年，排练场地分散，设备老化，居民多次反映排练时间无法保证，需要稳定的场地和指导老师。",
    costs=[("排练场地", "80,000.00"), ("指导老师", "45,000.00")],
    goals=[
        ("产出指标", "数量指标", "排练次数", "≥40次"),
        ("^", "质量指标", "到课率", "≥90%"),
        ("效益指标", "社会效益指标", "演出场次", "≥6场"),
    ],
)
ANOTHER = sheet(
    office="区图书馆",
    name="流动图书车",
    code="TS12",
    kind="新建项目",
    period="2022年2月1日至2023年1月31日",
    money=("30.00", "28.00"),
    manager=("李四", "13900000000"),
    background="城郊居民离图书馆远，借书不便。",
    costs=[("购置车辆", "200,000.00"), ("采购图书", "90,000.00"), ("司机劳务", "10,000.00")],
    goals=[
        ("产出指标", "数量指标", "服务站点", "≥12个"),
        ("^", "时效指标", "到站准点率", "≥95%"),
        ("效益指标", "社会效益指标", "借阅册次", "≥8000册"),
        ("满意度指标", "服务对象指标", "读者满意度", "≥90%"),
    ],
)


@pytest.fixture(scope="module")
def drafted(tmp_path_factory):
    """The folder with the definition as drafted, and what the command printed."""
    folder = tmp_path_factory.mktemp("layouts")
    sample = write_pdf(folder / "sample.pdf", SAMPLE)
    out = folder / "fund_request.yaml"
    result = CliRunner().invoke(main, ["forms", "draft", str(sample), "-o", str(out)])
    assert result.exit_code == 0, result.output
    return folder, out


def finished(text):
    """The draft with keys named, as a person would: by the label behind each key.

    A label that a known layout has too comes with that layout's key, which a person may change.
    """
    for label, key in KEYS.items():
        text, count = re.subn(
            rf"key: \w+((?:\n[^-]*?)labels: \[{label}\])",
            rf"key: {key}\1",
            text,
        )
        assert count == 1, label
    return text


def test_the_draft_passes_the_check_as_it_stands(drafted):
    _, out = drafted
    result = CliRunner().invoke(main, ["forms", "check", str(out)])
    assert (result.exit_code, result.stderr) == (0, "")


def test_the_draft_keeps_values_of_the_sample_to_itself(drafted):
    text = drafted[1].read_text("utf-8")
    for value in ("合唱", "WH07", "张三", "13800000000", "12.50", "排练场地", "到课率"):
        assert value not in text


def test_a_draft_never_overwrites(drafted):
    folder, out = drafted
    before = out.read_bytes()
    result = CliRunner().invoke(
        main, ["forms", "draft", str(folder / "sample.pdf"), "-o", str(out)]
    )
    assert result.exit_code == 2
    assert out.read_bytes() == before


def test_another_form_of_the_layout_is_read_without_python(drafted, tmp_path):
    folder, out = drafted
    forms = tmp_path / "forms"
    forms.mkdir()
    (forms / out.name).write_text(finished(out.read_text("utf-8")), "utf-8")
    (record,) = shenbao.extract(write_pdf(folder / "another.pdf", ANOTHER), forms_dir=forms)
    assert (record["kind"], record["form"]) == ("declaration", "fund_request")
    values = record["values"]
    targets = [row.pop("target") for row in values["indicators"]]
    assert targets == ["≥12个", "≥95%", "≥8000册", "≥90%"]
    for row in values["indicators"]:
        row.pop("parsed")
    assert values == {
        "title": "某区专项资金项目申请书",
        "applicant": "区图书馆",
        "filled_on": "2021-03-05",
        "project_name": "流动图书车",
        "code": "TS12",
        "project_type": {"新建项目": True, "延续项目": False, "修缮项目": False},
        "start_date": "2022-02-01",
        "end_date": "2023-01-31",
        "total": "300000.00",
        "grant": "280000.00",
        "manager": "李四",
        "phone": "13900000000",
        "background": "城郊居民离图书馆远，借书不便。",
        "costs": [
            {"what": "购置车辆", "amount": "200000.00"},
            {"what": "采购图书", "amount": "90000.00"},
            {"what": "司机劳务", "amount": "10000.00"},
        ],
        "indicators": [
            {"level1": "产出指标", "level2": "数量指标", "level3": "服务站点"},
            {"level1": "产出指标", "level2": "时效指标", "level3": "到站准点率"},
            {"level1": "效益指标", "level2": "社会效益指标", "level3": "借阅册次"},
            {"level1": "满意度指标", "level2": "服务对象指标", "level3": "读者满意度"},
        ],
        "opinion": "",
    }
    assert record["review"] == []


def test_the_same_layout_is_drafted_from_a_scan(drafted, tmp_path):
    folder, out = drafted
    scan = tmp_path / "scan.png"
    with pypdfium2.PdfDocument(folder / "sample.pdf") as document:
        document[0].render(scale=200 / 72).to_pil().save(scan, dpi=(200, 200))
    result = CliRunner().invoke(main, ["forms", "draft", str(scan)])
    assert result.exit_code == 0, result.output
    assert result.stdout == out.read_text("utf-8").replace("id: fund_request", "id: my_form")


def test_a_page_without_rulings_gives_its_labels_and_values(tmp_path):
    rows = {
        "经费名称": "社区读书节",
        "经费编号": "DS09",
        "申请金额（元）": "12,000.00",
        "主要内容": "讲座四场",
        "编制依据": "见附件",
        "联系电话": "62000000",
        "负责人": "王五",
        "填报日期": "2021年3月5日",
        "预期效果": "居民五百人次",
        "备注": "无",
    }
    page = Sheet("文化活动经费申请表", [label + "\t" + v for label, v in rows.items()], [], WIDTHS)
    (record,) = shenbao.extract(write_pdf(tmp_path / "loose.pdf", page))
    assert record["kind"] == "unmatched"
    assert {p["label"]: p["value"] for p in record["pairs"]} == rows
