import re
from pathlib import Path

import pytest

from normalizers.text import clean_text
from normalizers.truncation import looks_truncated, truncated_in_column

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds" / "declarations-2019.md"

PROSE = (
    "河道巡查由各街道分段负责，每周不少于两次，巡查记录当日上传。汛期加密巡查频次，"
    "并安排专人值守泵站，发现险情立即上报。设施养护按照年度计划分季度推进，"
    "由养护单位提交月报。"
)


@pytest.mark.parametrize(
    "text",
    [
        PROSE + "此外，对沿",
        PROSE + "同步建立联席会议制度并推动资源下",
        PROSE
        + "\n第二段说明经费安排与使用方式，专款专用，按进度拨付，由财务部门审核后支付，并按季公",
        "依据《河道管理条例》、《关于印发水环境治理三年行动计划（2024-2026年）的通知》（某府发〔",
        "按照《某区公园绿地养护管理办法》、《某区",
        "宣传材料印制（已含设计费",
        "提出“一河一策",
        "完善巡查、养护、",
        "、群众满意",
        "的满意率",
        "，提升服务",
        "制度健全，严",
        "制度健全, 严",
        "组织培训和",
        "按照文件要求组织开展相关工作并及时向社会公众公开对",
        "加强巡查…",
        "加强巡查...",
    ],
)
def test_cut_texts_are_seen(text: str) -> None:
    assert looks_truncated(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "无",
        PROSE,
        PROSE + "依据《某区绿化条例》",
        PROSE + "（详见附件）",
        PROSE + "具体如下：",
        PROSE.replace("。", "；") + "按季度拨付经费",
        PROSE + "\n1、完成泵站检修\n2、完成堤防加固",
        "河道保洁与绿化养护",
        "完成泵站检修，更换老旧水泵，组织汛前演练，确保安全度汛",
        "1）巡查到位；2）记录完整",
        "一）前期准备 二）组织实施",
        "“一河一策“编制",
        "市、区两级配套",
        "水、电、气",
        "老、中、青",
        "公众参与",
        "科学普及",
        "事项涉及",
        "志愿者应对",
        "服务对象满意度",
        "总和",
        "实现既定目的",
        "购置电脑、打印机等……",
        "符合要求的",
        "提升周边居民的幸福感",
        "项目开展期间无安全事故发生，资金使用合规，按时完成各项工作任务",
        "《某市节约用水管理办法》（某府规〔2021〕8号）",
        "第一条（略。后续条款照此执行，不再重复。",
        "≥95%",
        "3次 约200人次",
        "及时",
        "与会代表满意度",
        "的确有效",
        "依据(某财〔2020]12号）文件执行",
    ],
)
def test_whole_texts_are_left_alone(text: str) -> None:
    assert not looks_truncated(text)


@pytest.mark.parametrize(
    ("column", "cut"),
    [
        (
            [
                "河道巡查制度，严",
                "为沿河居民环境提",
                "巡查完成率",
                "、街道和居民满",
                "沿河居民满意程度",
            ],
            [True, True, False, True, False],
        ),
        # Nothing is visibly cut: equal widths alone prove nothing.
        (["泵站检修数量", "堤防加固长度", "验收合格比例"], [False, False, False]),
        # A wider cell shows that the column has no such limit.
        (
            ["河道巡查制度，严", "为沿河居民环境提", "沿河单位和居民对环境的满意程度"],
            [True, False, False],
        ),
        ([], []),
    ],
)
def test_cut_neighbours_betray_the_limit_of_a_column(column: list[str], cut: list[bool]) -> None:
    assert list(truncated_in_column(column)) == cut


@pytest.mark.skipif(not SEEDS.exists(), reason="the seed declarations are not here")
def test_seed_declarations_that_print_cut_off() -> None:
    cut: dict[int, list[str]] = {}
    for number, form in enumerate(SEEDS.read_text("utf-8").split("申报单位名称")[1:], start=1):
        cells = [
            clean_text(re.sub("</?p>", "\n", cell))
            for line in form.splitlines()
            if "<input" not in line
            for cell in line.split("\t")[1:]
        ]
        cut[number] = [c for c in cells if looks_truncated(c)]
    assert all(cut[n] for n in (1, 2, 4, 5))
    closed = [c for found in cut.values() for c in found if c.endswith(("。", "》", "）"))]
    assert closed == []
