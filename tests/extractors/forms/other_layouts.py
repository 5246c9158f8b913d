"""Invented pages of the ministry's layouts and of a Shanghai district's, row by row."""

from __future__ import annotations

from printed_pages import printed_grid, printed_page

from extractors.evidence import Grid, PageEvidence
from extractors.forms.loader import builtin_definitions
from extractors.forms.matching import match_pages
from extractors.forms.raw import RawDeclaration

DECLARATION = ("项目支出绩效目标申报表", "（2020年度）")
SELF_EVALUATION = ("项目支出绩效自评表", "（2021年度）")
DISTRICT = ("财政项目支出绩效目标申报表", "（2026年度）")
EIGHTHS = (0.06, 0.1, 0.12, 0.15, 0.14, 0.12, 0.15, 0.16)
NINTHS = (0.06, 0.1, 0.14, 0.18, 0.12, 0.12, 0.08, 0.08, 0.12)
SIXTHS = (0.06, 0.14, 0.2, 0.1, 0.2, 0.3)


def declaration_rows(*, unit: str = "（万元）") -> list[list[str]]:
    """项目支出绩效目标申报表: the mid-term on the left, the year on the right."""
    return [
        ["项目名称", "<", "河道清淤", "<", "<", "<", "<", "<"],
        ["主管部门及代码", "<", "某区水务局 101", "<", "实施单位", "<", "某区河道所", "<"],
        ["项目属性", "<", "延续项目", "<", "项目期", "<", "3年", "<"],
        [f"项目资金{unit}", "<", "中期资金总额：", "300", "年度资金总额：", "<", "100", "<"],
        ["^", "<", "其中：财政拨款", "200", "其中：财政拨款", "<", "80", "<"],
        ["^", "<", "其他资金", "100", "其他资金", "<", "20", "<"],
        ["总体目标", "中期目标（2020年—2022年）", "<", "<", "年度目标", "<", "<", "<"],
        ["^", "三年清淤九公里。", "<", "<", "清淤三公里。", "<", "<", "<"],
        [
            "绩效指标",
            "一级指标",
            "二级指标",
            "三级指标",
            "指标值",
            "二级指标",
            "三级指标",
            "指标值",
        ],
        ["^", "产出指标", "数量指标", "清淤长度", "9公里", "数量指标", "清淤长度", "3公里"],
        ["^", "^", "^", "清淤方量", "60方", "^", "清淤方量", "20方"],
        ["^", "效益指标", "社会效益指标", "受益人数", "", "社会效益指标", "受益人数", "≥100人"],
        ["^", "^", "满意度指标", "居民满意", "九成", "满意度指标", "居民满意", "≥85%"],
        ["^", "^", "^", "投诉减少率", "30%", "^", "投诉减少率", "10%"],
    ]


def self_evaluation_rows(*, unit: str = "（万元）") -> list[list[str]]:
    """项目支出绩效自评表: money by source and column, targets beside what was reached."""
    gap = ["<"] * 6
    return [
        ["项目名称", "<", "<", "河道清淤", *gap[:5]],
        ["主管部门", "<", "<", "某区水务局", "实施单位", "<", "某区河道所", "<", "<"],
        [f"项目资金{unit}", "<", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率",
         "得分"],
        ["^", "<", "年度资金总额", "100", "110", "99", "10", "90%", "9"],
        ["^", "<", "其中：当年财政拨款", "80", "90", "79", "—", "—", "—"],
        ["^", "<", "上年结转资金", "", "", "", "—", "—", "—"],
        ["^", "<", "其他资金", "20", "20", "20", "—", "—", "—"],
        ["年度总体目标", "预期目标", "<", "<", "<", "实际完成情况", "<", "<", "<"],
        ["^", "清淤三公里。", "<", "<", "<", "清淤两公里。", "<", "<", "<"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
         "偏差原因分析及改进措施"],
        ["^", "产出指标（50分）", "数量指标", "清淤长度", "3公里", "2公里", "30", "20", "雨季停工"],
        ["^", "^", "质量指标", "验收合格率", "100%", "100%", "20", "20", ""],
        ["^", "效益指标（30分）", "社会效益指标", "受益人数", "≥100人", "120人", "30", "30", ""],
        ["总分", "<", "<", "<", "<", "<", "100", "79", ""],
    ]  # fmt: skip


def district_rows() -> list[list[str]]:
    """财政项目支出绩效目标申报表: the whole on the left, the year on the right."""
    return [
        ["项目名称", "<", "河道清淤", "<", "<", "<"],
        ["项目性质", "<", "新增项目", "<", "项目类别", "一次性项目"],
        ["主管部门", "<", "某区水务局", "<", "实施单位", "某区河道所"],
        ["计划开始日期", "<", "2026-01-01", "<", "计划完成日期", "2027-12-31"],
        ["项目资金（元）", "<", "项目资金总额", "300000", "年度资金申请总额", "100000"],
        ["^", "<", "其中：财政资金", "200000", "其中：当年财政拨款", "70000"],
        ["^", "<", "其他资金", "100000", "上年结转资金", "10000"],
        ["^", "<", "", "", "其他资金", "20000"],
        ["总体目标", "项目总目标", "<", "<", "年度总体目标", "<"],
        ["^", "三年清淤九公里。", "<", "<", "清淤三公里。", "<"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "<", "指标目标值"],
        ["^", "产出指标", "数量指标", "清淤长度", "<", "≥3公里"],
        ["^", "^", "质量指标", "验收合格率", "<", "100%"],
    ]


def declaration_grid(rows: list[list[str]], top: float = 0.1) -> Grid:
    """Rows of 项目支出绩效目标申报表, ruled."""
    return printed_grid(rows, widths=EIGHTHS, top=top)


def read(*pages: PageEvidence) -> RawDeclaration:
    """The one declaration on these pages."""
    records = match_pages(pages, builtin_definitions())
    assert [type(r) for r in records] == [RawDeclaration]
    return next(r for r in records if isinstance(r, RawDeclaration))


def read_declaration(rows: list[list[str]]) -> RawDeclaration:
    return read(printed_page(1, *DECLARATION, declaration_grid(rows)))


def read_self_evaluation(rows: list[list[str]]) -> RawDeclaration:
    return read(printed_page(1, *SELF_EVALUATION, printed_grid(rows, widths=NINTHS)))


def read_district(rows: list[list[str]]) -> RawDeclaration:
    return read(printed_page(1, *DISTRICT, printed_grid(rows, widths=SIXTHS)))


def row_texts(declaration: RawDeclaration, key: str) -> list[list[str | None]]:
    """Texts of repeated rows, column by column."""
    rows: dict[str, list[str | None]] = {}
    for field in declaration.fields:
        name, _, place = field.path.partition("/")
        if name == key and place:
            rows.setdefault(place.partition("/")[0], []).append(field.text)
    return list(rows.values())
