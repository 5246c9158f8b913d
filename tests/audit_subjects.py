"""Subjects of audits, made by hand: a whole, blameless declaration, and what is changed in it."""

from datetime import date
from decimal import Decimal

from audit.subject import Subject
from normalizers.targets import parse_target

LONG = (
    "本项目围绕城市公共服务水平的提升，组织专业队伍开展调查、培训和现场指导，建立常态化的工作机制，"
    "对重点区域逐一走访，形成问题清单和整改台账，按季度通报进展，并邀请第三方机构对成效进行独立评估，"
    "评估结果向社会公开，接受群众监督。"
)

WHOLE = {
    "year": 2019,
    "applicant": "某市某局",
    "project_name": "社区服务",
    "project_type/结转项目": False,
    "project_type/其他经常性项目": True,
    "project_type/其他一次性项目": False,
    "start_date": date(2019, 1, 1),
    "end_date": date(2019, 12, 31),
    "overview": "为社区居民开办讲座和义诊。",
    "basis": "《某市社区服务条例》",
    "total_budget": Decimal("200.00"),
    "annual_budget": Decimal("100.00"),
    "prev_budget": Decimal("95.00"),
    "prev_execution": Decimal("90.00"),
    "subprojects/0/name": "社区讲座",
    "subprojects/0/amount": Decimal("60.00"),
    "subprojects/1/name": "居民义诊",
    "subprojects/1/amount": Decimal("40.00"),
    "overall_goal": "居民就近得到服务。",
    "annual_goal": "开办社区讲座12场，居民义诊。",
    "indicators/0/level1": "产出目标",
    "indicators/0/level2": "数量目标",
    "indicators/0/level3": "讲座场次",
    "indicators/0/target": "≥12场",
    "indicators/1/level1": "影响力目标",
    "indicators/1/level2": "满意度目标",
    "indicators/1/level3": "居民满意度",
    "indicators/1/target": "≥90%",
    "remarks": "",
}

EVALUATION = {
    "year": 2019,
    "applicant": "某市某局",
    "project_name": "社区服务",
    "funds/0/source": "年度资金总额",
    "funds/0/annual_budget": Decimal("100.00"),
    "funds/0/execution": Decimal("98.00"),
    "funds/0/weight": Decimal("10"),
    "funds/0/score": Decimal("10"),
    "indicators/0/level2": "数量指标",
    "indicators/0/level3": "讲座场次",
    "indicators/0/target": "≥12场",
    "indicators/0/actual": "12场",
    "indicators/0/weight": Decimal("50"),
    "indicators/0/score": Decimal("50"),
    "indicators/0/deviation": "",
    "indicators/1/level2": "质量指标",
    "indicators/1/level3": "投诉率",
    "indicators/1/target": "≤5%",
    "indicators/1/actual": "4%",
    "indicators/1/weight": Decimal("40"),
    "indicators/1/score": Decimal("40"),
    "indicators/1/deviation": "",
    "total_weight": Decimal("100"),
    "total_score": Decimal("100"),
}

ABSENT = object()
"""For a field that the form does not have."""


def subject(number=1, base=WHOLE, pages=(1, 2), issues=(), **changes):
    """The whole declaration with changes; ``__`` in a name stands for ``/``."""
    values = dict(base)
    for name, value in changes.items():
        values[name.replace("__", "/")] = value
    values = {path: value for path, value in values.items() if value is not ABSENT}
    parsed = {
        path: parse_target(value)
        for path, value in values.items()
        if path.endswith(("/target", "/actual")) and isinstance(value, str)
    }
    codes = {path.replace("__", "/"): frozenset([code]) for path, code in dict(issues).items()}
    return Subject(number, number + 100, "a" * 64, "sh_2019", pages, values, parsed, codes)


def evaluation(number=2, **changes):
    """The whole self-evaluation with changes."""
    return subject(number, EVALUATION, (3,), **changes)
