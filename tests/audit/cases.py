"""For each rule, declarations that it fires on, does not, and cannot judge: the last one counts."""

from datetime import date
from decimal import Decimal

from audit_subjects import LONG, evaluation, subject

D = Decimal
DOUBT = "low_confidence"
OTHER = {"applicant": "另一局", "project_name": "青年活动"}

MILLIONS = {
    "total_budget": D(2000000),
    "annual_budget": D(1000000),
    "prev_budget": D(950000),
    "prev_execution": D(900000),
    "subprojects__0__amount": D(600000),
    "subprojects__1__amount": D(400000),
}

CASES = {
    "sum_of_subprojects": (
        [subject(annual_budget=D(110))],
        [subject()],
        [subject(annual_budget=D(110), issues={"subprojects/0/amount": DOUBT})],
    ),
    "annual_within_total": (
        [subject(annual_budget=D(201))],
        [subject()],
        [subject(total_budget=None, issues={"total_budget": "unreadable"})],
    ),
    "one_year_money": (
        [subject(overall_goal="到2022年建成服务网络", total_budget=D(100))],
        [subject(overall_goal="到2022年建成服务网络")],
        [subject(overall_goal="到2022年建成", total_budget=D(100), issues={"total_budget": DOUBT})],
    ),
    "total_of_parts": (
        [subject(annual_fiscal=D(80), annual_other=D(10))],
        [subject(annual_fiscal=D(80), annual_other=D(20))],
        [subject(annual_fiscal=D(80), annual_other=D(10), issues={"annual_fiscal": DOUBT})],
    ),
    "execution_rate": (
        [subject(prev_execution=D(50))],
        [subject()],
        [subject(prev_execution=D(50), issues={"prev_budget": "amount_ambiguous"})],
    ),
    "budget_growth": (
        [subject(prev_budget=D(50))],
        [subject()],
        [subject(prev_budget=D(50), issues={"annual_budget": DOUBT})],
    ),
    "raised_after_low_execution": (
        [subject(prev_execution=D(50))],
        [subject(prev_execution=D(50), prev_budget=D(120))],
        [subject(prev_execution=D(50), issues={"prev_execution": DOUBT})],
    ),
    "unit_slip": (
        [subject(**MILLIONS | {"prev_budget": D(95), "prev_execution": D(90)})],
        [subject(**MILLIONS)],
        [subject(**MILLIONS, issues={"total_budget": DOUBT})],
    ),
    "previous_year_mismatch": (
        [subject(1, year=2018, annual_budget=D(80)), subject(2)],
        [subject(1, year=2018, annual_budget=D(95)), subject(2)],
        [subject(1, year=2018, annual_budget=D(80), issues={"annual_budget": DOUBT}), subject(2)],
    ),
    "required_blank": (
        [subject(basis="无")],
        [subject()],
        [subject(basis=None, issues={"basis": "unreadable"})],
    ),
    "empty_target": (
        [subject(indicators__1__target="")],
        [subject()],
        [subject(indicators__1__target=None, issues={"indicators/1/target": "unreadable"})],
    ),
    "truncated_text": (
        [subject(issues={"basis": "truncated"})],
        [subject()],
        [subject(basis=None, issues={"basis": "unreadable"})],
    ),
    "missing_pages": ([subject(pages=(1, 3))], [subject()], [subject(pages=())]),
    "vague_target": (
        [subject(indicators__1__target="有所提升")],
        [subject()],
        [
            subject(
                indicators__0__target="良好",
                indicators__1__target="有所提升",
                issues={"indicators/0/target": DOUBT, "indicators/1/target": DOUBT},
            )
        ],
    ),
    "unit_missing": (
        [subject(indicators__0__target="12")],
        [subject()],
        [subject(issues={"indicators/0/target": DOUBT, "indicators/1/target": DOUBT})],
    ),
    "rate_over_100": (
        [subject(indicators__1__target="120%")],
        [subject(indicators__1__level3="收入增长率", indicators__1__target="120%")],
        [subject(issues={"indicators/0/target": DOUBT, "indicators/1/target": DOUBT})],
    ),
    "implausible_target": (
        [subject(indicators__1__target="50%")],
        [subject()],
        [subject(issues={"indicators/0/target": DOUBT, "indicators/1/target": DOUBT})],
    ),
    "quantity_without_indicator": (
        [subject(annual_goal="开办讲座12场，发放手册5000册。")],
        [subject()],
        [subject(annual_goal="发放手册5000册。", issues={"indicators/0/target": DOUBT})],
    ),
    "goal_without_money": (
        [subject(subprojects__1__name="购置车辆")],
        [subject()],
        [subject(subprojects__1__name="购置车辆", issues={"annual_budget": DOUBT})],
    ),
    "copied_indicator": (
        [subject(1), subject(2, **OTHER)],
        [
            subject(1),
            subject(2, **OTHER, indicators__0__level3="活动次数", indicators__1__target="≥95%"),
        ],
        [
            subject(1),
            subject(
                2, **OTHER, issues={"indicators/0/target": DOUBT, "indicators/1/target": DOUBT}
            ),
        ],
    ),
    "near_duplicate_text": (
        [subject(1, overview=LONG), subject(2, **OTHER, overview=LONG.replace("按季度", "按月"))],
        [subject(1, overview=LONG), subject(2, **OTHER, overview=LONG[::-1])],
        [
            subject(1, overview=LONG),
            subject(2, **OTHER, overview=None, issues={"overview": "unreadable"}),
        ],
    ),
    "double_funding": (
        [
            subject(1, subprojects__0__name="《百姓健康讲堂》节目播出"),
            subject(2, **OTHER, annual_goal="办好《百姓健康讲堂》节目。"),
        ],
        [
            subject(1, subprojects__0__name="《百姓健康讲堂》节目播出"),
            subject(2, **OTHER, annual_goal="办好《青年健康讲堂》节目。"),
        ],
        [
            subject(1, subprojects__0__name="《百姓健康讲堂》节目播出"),
            subject(
                2, **OTHER, annual_goal="办好《百姓健康讲堂》。", issues={"year": "year_invalid"}
            ),
        ],
    ),
    "declared_twice": (
        [subject(1), subject(2)],
        [subject(1), subject(2, year=2018)],
        [subject(1), subject(2, issues={"project_name": DOUBT})],
    ),
    "date_order": (
        [subject(start_date=date(2020, 1, 1))],
        [subject()],
        [subject(start_date=date(2020, 1, 1), issues={"start_date": DOUBT})],
    ),
    "outside_fiscal_year": (
        [subject(start_date=date(2017, 1, 1), end_date=date(2017, 12, 31))],
        [subject()],
        [subject(start_date=date(2017, 1, 1), end_date=None, issues={"end_date": "date_invalid"})],
    ),
    "date_incomplete": (
        [subject(issues={"start_date": "date_incomplete"})],
        [subject()],
        [subject(start_date=None, issues={"start_date": "date_invalid"})],
    ),
    "late_indicator": (
        [subject(indicators__0__target="2020年3月底前完成")],
        [subject(indicators__0__target="2019年12月底前完成")],
        [subject(indicators__0__target="2020年3月完成", issues={"indicators/0/target": DOUBT})],
    ),
    "expired_basis": (
        [subject(basis="《某市规划（2011—2015年）》")],
        [subject(basis="《某市规划（2016—2020年）》")],
        [subject(basis="《某市规划（2011—2015年）》", issues={"year": "year_invalid"})],
    ),
    "exclusive_choice": (
        [subject(project_type__结转项目=True)],
        [subject()],
        [subject(project_type__结转项目=None, issues={"project_type/结转项目": "mark_unknown"})],
    ),
    "one_off_with_previous_budget": (
        [subject(project_type__其他一次性项目=True)],
        [subject(project_type__其他一次性项目=True, prev_budget=D(0))],
        [
            subject(
                project_type__其他一次性项目=None,
                issues={"project_type/其他一次性项目": "mark_unknown"},
            )
        ],
    ),
    "mark_unknown": (
        [subject(project_type__结转项目=None, issues={"project_type/结转项目": "mark_unknown"})],
        [subject()],
        [subject(issues={"project_type/结转项目": DOUBT})],
    ),
    "score_arithmetic": (
        [evaluation(indicators__1__actual="10%")],
        [evaluation(indicators__1__actual="10%", indicators__1__score=D(20))],
        [evaluation(indicators__1__actual="10%", issues={"indicators/1/score": DOUBT})],
    ),
    "score_sum": (
        [evaluation(total_score=D(99))],
        [evaluation()],
        [evaluation(total_score=D(99), issues={"total_score": DOUBT})],
    ),
    "shortfall_unexplained": (
        [evaluation(indicators__0__actual="6场")],
        [evaluation(indicators__0__actual="6场", indicators__0__deviation="场馆整修")],
        [evaluation(indicators__0__actual="6场", issues={"indicators/0/actual": DOUBT})],
    ),
    "target_lowered": (
        [subject(1), evaluation(2, indicators__0__target="≥8场")],
        [subject(1), evaluation(2)],
        [
            subject(1),
            evaluation(2, indicators__0__target="≥8场", issues={"indicators/0/target": DOUBT}),
        ],
    ),
}
"""Rule id → declarations on which it fails, passes, has insufficient data."""
