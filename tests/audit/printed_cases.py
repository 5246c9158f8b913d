"""Printed texts, a rule, and how it should come out on them."""

from audit.verdict import Outcome

FIRES, PASSES = Outcome.FAIL, Outcome.PASS
UNKNOWN, APART = Outcome.INSUFFICIENT_DATA, Outcome.NOT_APPLICABLE


def sh(rule, outcome, **texts):
    return rule, outcome, "sh_2019", texts


def mof(rule, outcome, **texts):
    return rule, outcome, "mof_2015", texts


def evaluated(rule, outcome, **texts):
    return rule, outcome, "mof_self_eval", texts


def target(text, level3="活动", level2="数量目标"):
    return [{"level1": "产出目标", "level2": level2, "level3": level3, "target": text}]


def scored(goal, actual, score, level3="活动", **more):
    row = {"level1": "产出指标", "level2": "数量指标", "level3": level3, "target": goal}
    return row | {"actual": actual, "weight": "10", "score": score} | more


def parts(*amounts):
    return [{"name": f"子项{n}", "amount": amount} for n, amount in enumerate(amounts)]


def funds(**more):
    return [{"source": "年度资金总额"} | more]


SEVERAL = {"year": "2019年", "start_date": "2019年1月1日", "end_date": "2021年12月31日"}
ONE_YEAR = {"year": "2019年", "start_date": "2019年1月1日", "end_date": "2019年12月31日"}

MONEY = [
    sh("sum_of_subprojects", PASSES, annual_budget="300", subprojects=parts("100", "200")),
    sh("sum_of_subprojects", PASSES, annual_budget="300", subprojects=parts("300", "", "无")),
    sh("sum_of_subprojects", FIRES, annual_budget="300", subprojects=parts("100", "199")),
    sh("sum_of_subprojects", UNKNOWN, annual_budget="300", subprojects=parts("100", "199"),
       doubtful=["subprojects/1/amount"]),
    sh("sum_of_subprojects", UNKNOWN, annual_budget="300", subprojects=parts("100", "1.2.3")),
    sh("sum_of_subprojects", UNKNOWN, annual_budget="300", subprojects=()),
    mof("sum_of_subprojects", APART, annual_total="3"),
    sh("annual_within_total", PASSES, annual_budget="300", total_budget="300"),
    sh("annual_within_total", FIRES, annual_budget="301", total_budget="300"),
    sh("annual_within_total", UNKNOWN, annual_budget="301", total_budget=None),
    mof("annual_within_total", FIRES, annual_total="3", midterm_total="2"),
    evaluated("annual_within_total", APART),
    sh("one_year_money", PASSES, annual_budget="300", total_budget="900", **SEVERAL),
    sh("one_year_money", FIRES, annual_budget="300", total_budget="300", **SEVERAL),
    sh("one_year_money", UNKNOWN, annual_budget="300", total_budget="300", **SEVERAL,
       doubtful=["end_date"]),
    sh("one_year_money", FIRES, annual_budget="300", total_budget="300", **SEVERAL,
       doubtful=["overall_goal"]),
    sh("one_year_money", FIRES, annual_budget="300", total_budget="300", **ONE_YEAR,
       overall_goal="到2020年实现25%"),
    sh("one_year_money", FIRES, annual_budget="300", total_budget="300", year="2023年",
       overall_goal="在“十四五”期间建成"),
    sh("one_year_money", UNKNOWN, annual_budget="300", total_budget="300", year="2019年",
       overall_goal="到2020年实现25%", doubtful=["overall_goal"]),
    sh("one_year_money", APART, annual_budget="300", total_budget="300", **ONE_YEAR,
       overall_goal="第20届到位"),
    mof("one_year_money", FIRES, annual_total="3", midterm_total="3", year="2019年",
        project_period="2019-2021年"),
    mof("total_of_parts", PASSES, annual_total="3", annual_fiscal="2", annual_other="1"),
    mof("total_of_parts", FIRES, annual_total="3", annual_fiscal="2.5", annual_other="1"),
    mof("total_of_parts", UNKNOWN, annual_total="3", annual_fiscal="2.5", annual_other=None),
    sh("total_of_parts", APART, annual_budget="3"),
    evaluated("total_of_parts", FIRES, funds=[
        *funds(annual_budget="5"), {"source": "财政拨款", "annual_budget": "3"},
        {"source": "其他资金", "annual_budget": "1"}]),
    evaluated("total_of_parts", PASSES, funds=[
        *funds(annual_budget="5"), {"source": "财政拨款", "annual_budget": "5"},
        {"source": "其他资金", "annual_budget": "—"}]),
    mof("total_of_parts", FIRES, annual_total="3", annual_fiscal="2.5", annual_other="1",
        midterm_total="5", midterm_fiscal="4", midterm_other="1", doubtful=["midterm_total"]),
    sh("execution_rate", PASSES, prev_budget="100", prev_execution="80"),
    sh("execution_rate", FIRES, prev_budget="100", prev_execution="79"),
    sh("execution_rate", FIRES, prev_budget="100", prev_execution="101"),
    sh("execution_rate", FIRES, prev_budget="0", prev_execution="101"),
    sh("execution_rate", UNKNOWN, prev_budget="100", prev_execution="79",
       doubtful=["prev_execution"]),
    sh("execution_rate", APART, prev_budget="无", prev_execution="无"),
    sh("execution_rate", APART, prev_budget="0", prev_execution="0"),
    mof("execution_rate", APART),
    evaluated("execution_rate", FIRES, funds=funds(annual_budget="10", execution="5")),
    sh("budget_growth", PASSES, annual_budget="120", prev_budget="100"),
    sh("budget_growth", FIRES, annual_budget="121", prev_budget="100"),
    sh("budget_growth", FIRES, annual_budget="79", prev_budget="100"),
    sh("budget_growth", UNKNOWN, annual_budget="121", prev_budget="100", unread=["prev_budget"]),
    sh("budget_growth", APART, annual_budget="121", prev_budget=""),
    sh("raised_after_low_execution", FIRES, annual_budget="101", prev_budget="100",
       prev_execution="50"),
    sh("raised_after_low_execution", PASSES, annual_budget="101", prev_budget="100",
       prev_execution="90"),
    sh("unit_slip", PASSES, annual_budget="3000000", total_budget="3000000",
       prev_budget="2500000", prev_execution="2500000", subprojects=parts("3000000")),
    sh("unit_slip", FIRES, annual_budget="3000000", total_budget="3000000",
       prev_budget="2500000", prev_execution="2500000", subprojects=parts("100", "200")),
    sh("unit_slip", FIRES, annual_budget="300", total_budget="300"),
    mof("unit_slip", FIRES, annual_total="3000000"),
    sh("unit_slip", UNKNOWN, annual_budget="3000000", total_budget="300",
       doubtful=["total_budget"]),
    sh("unit_slip", UNKNOWN, annual_budget="3000000", prev_budget="3000000", total_budget="300",
       doubtful=["total_budget"]),
    sh("unit_slip", UNKNOWN, annual_budget="3000000", subprojects=parts("300"),
       doubtful=["subprojects/0/amount"]),
    sh("unit_slip", FIRES, annual_budget="3000000", prev_budget="300", total_budget="300",
       doubtful=["total_budget"]),
    sh("unit_slip", APART, subprojects=[{"name": "甲"}]),
]  # fmt: skip

MEASURABILITY = [
    sh("vague_target", PASSES, indicators=target("不少于3次")),
    sh("vague_target", PASSES, indicators=target("满意度提高到85%")),
    sh("vague_target", PASSES, indicators=target("2019年12月底前")),
    sh("vague_target", PASSES, indicators=target("群众满意度：\n≥95%")),
    sh("vague_target", FIRES, indicators=target("有所提升")),
    sh("vague_target", FIRES, indicators=target("3次；质量达到较高水平")),
    sh("vague_target", UNKNOWN, indicators=target("有所提升"), doubtful=["indicators/0/target"]),
    sh("vague_target", UNKNOWN, indicators=[*target("3次"), *target("5次")],
       unread=["indicators/1/target"]),
    sh("vague_target", FIRES, indicators=[*target("有所提升"), *target("5次")],
       unread=["indicators/1/target"]),
    mof("vague_target", FIRES, midterm_indicators=target("有所提升"), indicators=target("3次")),
    mof("vague_target", UNKNOWN),
    sh("unit_missing", PASSES, indicators=target("≥85%")),
    sh("unit_missing", PASSES, indicators=target("200", level3="培训人数")),
    sh("unit_missing", PASSES, indicators=target("3", level3="活动（次）")),
    sh("unit_missing", PASSES, indicators=target("0", level3="事故")),
    sh("unit_missing", PASSES, indicators=target("38微克/立方米", level3="年均浓度")),
    sh("unit_missing", FIRES, indicators=target("85", level3="合格率")),
    sh("unit_missing", UNKNOWN, indicators=target("85"), doubtful=["indicators/0/level3"]),
    sh("unit_missing", PASSES, indicators=target("≥85%"), doubtful=["indicators/0/level3"]),
    sh("unit_missing", UNKNOWN, indicators=[*target("3次"), *target("5次")],
       doubtful=["indicators/1/target"]),
    sh("rate_over_100", PASSES, indicators=target("100%", level3="合格率")),
    sh("rate_over_100", PASSES, indicators=target("120%", level3="产值增长率")),
    sh("rate_over_100", FIRES, indicators=target("105%", level3="合格率")),
    sh("rate_over_100", UNKNOWN, indicators=target("105%", level3="合格率"),
       unread=["indicators/0/target"]),
    sh("rate_over_100", UNKNOWN, indicators=target("105%", level3="合格率"),
       doubtful=["indicators/0/level3"]),
    sh("rate_over_100", UNKNOWN, indicators=[*target("3次"), *target("合格率110%")],
       doubtful=["indicators/1/target"]),
    sh("rate_over_100", FIRES, indicators=target("超过100%", level3="满意度")),
    sh("rate_over_100", PASSES, indicators=target("≥100%", level3="满意度")),
    sh("rate_over_100", PASSES, indicators=target("为上年的120%", level3="产量")),
    evaluated("rate_over_100", FIRES, indicators=[scored("95%", "110%", "10", "合格率")]),
    evaluated("rate_over_100", PASSES, indicators=[scored("200人", "110%", "10", "培训人数")]),
    evaluated("rate_over_100", UNKNOWN, indicators=[scored("95%", "110%", "10", "合格率")],
              doubtful=["indicators/0/actual"]),
    sh("implausible_target", PASSES, indicators=target("85%", level3="公众满意度")),
    sh("implausible_target", PASSES, indicators=target("≤10%", level3="不满意率")),
    sh("implausible_target", PASSES, indicators=target("满意度提高10%", level3="公众")),
    sh("implausible_target", FIRES, indicators=target("满意度提高到10%", level3="公众")),
    sh("implausible_target", FIRES, indicators=target("执行率10%", level3="制度")),
    sh("implausible_target", FIRES, indicators=target("50%", "居民", "满意度目标")),
    sh("implausible_target", UNKNOWN, indicators=target("10%", level3="执行率"),
       doubtful=["indicators/0/level3"]),
    sh("implausible_target", PASSES, indicators=target("95%", level3="执行率"),
       doubtful=["indicators/0/level3"]),
    sh("implausible_target", UNKNOWN, indicators=[*target("3次"), *target("执行率10%")],
       doubtful=["indicators/1/target"]),
]  # fmt: skip

WHOLE = dict.fromkeys(
    ("overview", "basis", "necessity", "safeguards", "implementation_plan"), "已写明。"
) | {
    "year": "2019年", "applicant": "某局", "project_name": "科普", "overall_goal": "目标。",
    "annual_goal": "目标。", "start_date": "2019年1月1日", "end_date": "2019年12月31日",
    "total_budget": "3", "annual_budget": "3", "subprojects": [{"name": "子项", "amount": "3"}],
    "indicators": target("3次"), "project_type": ["结转项目"], "fund_use": ["资产购置类"],
    "title": "上海市财政支出项目绩效目标申报表",
}  # fmt: skip

COMPLETENESS = [
    sh("required_blank", PASSES, **WHOLE),
    sh("required_blank", FIRES, **WHOLE | {"basis": ""}),
    sh("required_blank", FIRES, **WHOLE | {"overview": "无"}),
    sh("required_blank", UNKNOWN, **WHOLE | {"overview": "无"}, doubtful=["overview"]),
    sh("required_blank", FIRES, **WHOLE | {"annual_goal": "培训XX人次"}),
    sh("required_blank", PASSES, **WHOLE | {"annual_goal": "型号MAXX。"}),
    sh("required_blank", FIRES, **WHOLE | {"annual_budget": "/"}),
    sh("required_blank", UNKNOWN, **WHOLE | {"overview": None}),
    sh("required_blank", UNKNOWN, **WHOLE, unread=["overview"]),
    sh("required_blank", PASSES, **WHOLE, remarks="无"),
    sh("required_blank", PASSES, **WHOLE | {"indicators": target("0")}),
    sh("empty_target", PASSES, indicators=target("3次")),
    sh("empty_target", FIRES, indicators=[*target("3次"), *target("", "", "质量目标")]),
    sh("empty_target", FIRES, indicators=[*target("3次"), *target("/", "/", "生态效益目标")]),
    sh("empty_target", FIRES, indicators=[*target("3次"), *target("", level3="人数")]),
    sh("empty_target", FIRES, indicators=target("5%", level2="质量目标")),
    sh("empty_target", PASSES, indicators=target("5%", level2="")),
    sh("empty_target", PASSES, indicators=[*target("3次"), *target("", level3="")]),
    sh("empty_target", UNKNOWN, indicators=target("3次"), unread=["indicators/0/target"]),
    sh("empty_target", UNKNOWN, indicators=[*target("3次"), *target("", "", "质量目标")],
       doubtful=["indicators/0/level2"]),
    sh("empty_target", UNKNOWN, indicators=[*target("3次"), *target("", "人数")],
       doubtful=["indicators/1/level3"]),
    sh("empty_target", PASSES, indicators=[*target("3次"), *target("", "", "")]),
    sh("empty_target", FIRES, indicators=[
        *target("3次"), {"level1": "影响力目标", "level2": "", "level3": "", "target": ""}]),
    sh("empty_target", UNKNOWN, indicators=()),
    sh("truncated_text", PASSES, **WHOLE),
    sh("truncated_text", FIRES, **WHOLE | {"overview": "按照《上海市"}),
    sh("truncated_text", UNKNOWN, **WHOLE | {"overview": "按照《上海市"}, doubtful=["overview"]),
    sh("truncated_text", UNKNOWN, **WHOLE | {"overview": None}),
    sh("truncated_text", UNKNOWN, **WHOLE, doubtful=["indicators/0/target"]),
    sh("truncated_text", PASSES, **WHOLE, unread=["total_budget", "fund_use/资产购置类"]),
    sh("missing_pages", PASSES, **WHOLE),
    sh("missing_pages", FIRES,
       **WHOLE | {"indicators": (), "annual_goal": None, "remarks": None}),
    sh("missing_pages", FIRES,
       **WHOLE | dict.fromkeys(("title", "year", "applicant", "project_name"))),
    sh("missing_pages", UNKNOWN, **WHOLE | {"indicators": (), "remarks": None}),
    sh("missing_pages", UNKNOWN, **WHOLE | {"indicators": ()}),
    sh("missing_pages", PASSES, **WHOLE | {"basis": None, "remarks": None}),
]  # fmt: skip

SEMINAR = {"overall_goal": "举办科普讲座。", "annual_goal": "举办科普讲座。",
           "annual_budget": "3", "indicators": target("3场")}  # fmt: skip
TALENTS = {"overall_goal": "一、科普讲座\n按期举办。\n二、引才计划系列\n引进人才。"}
LECTURE = [{"name": "科普讲座", "amount": "3"}]
DREDGING = [{"name": "河道清淤", "amount": "3"}]

ALIGNMENT = [
    sh("quantity_without_indicator", PASSES, annual_goal="举办讲座3场。",
       indicators=target("3场")),
    sh("quantity_without_indicator", PASSES, annual_goal="服务2万人次。",
       indicators=target("20000人次")),
    sh("quantity_without_indicator", PASSES, annual_goal="服务2万人次。",
       indicators=target("≥2万人次")),
    sh("quantity_without_indicator", FIRES, annual_goal="服务2万人次。",
       indicators=target("2人次")),
    sh("quantity_without_indicator", APART, annual_goal="单个项目不超过20万元，第3届。",
       indicators=target("3场")),
    sh("quantity_without_indicator", FIRES, annual_goal="举办讲座3场，专报10篇。",
       indicators=target("3场")),
    sh("quantity_without_indicator", FIRES, annual_goal="专家100名。", indicators=target("100%")),
    sh("quantity_without_indicator", UNKNOWN, annual_goal="专报10篇。", indicators=target("3场"),
       doubtful=["indicators/0/target"]),
    sh("quantity_without_indicator", UNKNOWN, annual_goal="专报10篇。", indicators=target("3场"),
       doubtful=["indicators/0/level3"]),
    sh("quantity_without_indicator", PASSES, annual_goal="专报10篇。", indicators=[
        *target("10篇"), *target("3场")], doubtful=["indicators/1/target"]),
    sh("quantity_without_indicator", UNKNOWN, annual_goal="专报10篇。", indicators=target("3场"),
       doubtful=["annual_goal"]),
    mof("quantity_without_indicator", FIRES, midterm_goal="修桥8座。",
        midterm_indicators=target("3座"), annual_goal="修桥2座。", indicators=target("2座")),
    mof("quantity_without_indicator", PASSES, midterm_goal="修桥8座。",
        midterm_indicators=target("8座"), annual_goal="修桥2座。", indicators=target("2座")),
    sh("goal_without_money", PASSES, **SEMINAR, subprojects=[{"name": "科普讲座", "amount": "3"}]),
    sh("goal_without_money", FIRES, **SEMINAR, subprojects=DREDGING),
    sh("goal_without_money", FIRES, **SEMINAR | TALENTS, subprojects=LECTURE),
    sh("goal_without_money", PASSES, **SEMINAR | TALENTS, subprojects=[
        *LECTURE, {"name": "引才计划", "amount": "2"}]),
    sh("goal_without_money", PASSES, **SEMINAR | TALENTS, subprojects=[
        *LECTURE, {"name": "引才", "amount": "2"}]),
    sh("goal_without_money", PASSES, **SEMINAR | TALENTS | {"overview": "购置设备。"},
       subprojects=[{"name": "购置设备", "amount": "3"}]),
    sh("goal_without_money", UNKNOWN, **SEMINAR | TALENTS, subprojects=LECTURE,
       doubtful=["subprojects/0/name"]),
    sh("goal_without_money", PASSES, **SEMINAR | {
        "overall_goal": "一、总体目标\n举办科普讲座。\n二、保障措施\n按期举办。"},
       subprojects=LECTURE),
    sh("goal_without_money", UNKNOWN, **SEMINAR, subprojects=DREDGING,
       doubtful=["overall_goal"]),
    sh("goal_without_money", UNKNOWN, **SEMINAR, subprojects=DREDGING,
       doubtful=["indicators/0/level3"]),
    sh("goal_without_money", UNKNOWN, **SEMINAR, subprojects=DREDGING,
       doubtful=["subprojects/0/name"]),
]  # fmt: skip


SELF_EVALUATION = [
    evaluated("score_arithmetic", PASSES, indicators=[
        scored("≥10次", "12次", "10"), scored("≥10次", "8次", "8"),
        scored("≤5天", "4天", "10"), scored("≤5天", "10天", "5"),
        scored("有所提升", "有所提升", "9"), scored("≥10次", "20次", "9")]),
    evaluated("score_arithmetic", FIRES, indicators=[scored("≥10次", "8次", "10")]),
    evaluated("score_arithmetic", FIRES, indicators=[scored("≤5天", "10天", "10")]),
    evaluated("score_arithmetic", FIRES, indicators=[scored("5万元", "10万元", "10", "成本")]),
    evaluated("score_arithmetic", PASSES, indicators=[scored("5万元", "4万元", "10", "成本")]),
    evaluated("score_arithmetic", FIRES, indicators=[scored("≥10次", "11次", "7")]),
    evaluated("score_arithmetic", FIRES, indicators=[scored("有所提升", "有所提升", "11")]),
    evaluated("score_arithmetic", FIRES, indicators=[scored("3次", "3次", "10")], funds=funds(
        annual_budget="10", execution="5", weight="10", score="10")),
    evaluated("score_arithmetic", UNKNOWN, indicators=[scored("≥10次", "8次", "10")],
              doubtful=["indicators/0/score"]),
    evaluated("score_arithmetic", FIRES, indicators=[
        scored("≥10次", "8次", "10"), scored("≥10次", "8次", "10")],
        doubtful=["indicators/0/score"]),
    sh("score_arithmetic", APART, indicators=target("3次")),
    evaluated("score_sum", PASSES, total_score="18", total_weight="100", indicators=[
        scored("3次", "3次", "10"), scored("3次", "3次", "8", weight="90")]),
    evaluated("score_sum", FIRES, total_score="19", indicators=[
        scored("3次", "3次", "10"), scored("3次", "3次", "8", weight="90")]),
    evaluated("score_sum", FIRES, total_score="20", indicators=[
        scored("3次", "3次", "10"), scored("3次", "3次", "10")]),
    evaluated("score_sum", PASSES, total_score="100", total_weight="100",
              indicators=[scored("3次", "3次", "90", weight="90")],
              funds=[*funds(weight="10", score="10"),
                     {"source": "财政拨款", "weight": "—", "score": "—"}]),
    evaluated("score_sum", PASSES, total_score="90", total_weight="100",
              indicators=[scored("3次", "3次", "90", weight="100")],
              funds=funds(weight="10", score="10")),
    evaluated("score_sum", FIRES, total_score="90",
              indicators=[scored("3次", "3次", "90", weight="90")],
              funds=funds(weight="10", score="10")),
    evaluated("score_sum", UNKNOWN, total_score="19", total_weight="100",
              indicators=[scored("3次", "3次", "10", weight="100")], doubtful=["total_score"]),
    evaluated("score_sum", FIRES, total_score="19",
              indicators=[scored("3次", "3次", "10", weight="100")],
              doubtful=["indicators/0/weight"]),
    sh("score_sum", APART, indicators=target("3次")),
    evaluated("shortfall_unexplained", PASSES, indicators=[
        scored("≥10次", "10次", "10"), scored("≥10次", "8次", "8", deviation="疫情影响")]),
    evaluated("shortfall_unexplained", FIRES, indicators=[
        scored("≥10次", "8次", "8", deviation="无")]),
    evaluated("shortfall_unexplained", FIRES, indicators=[scored("≤5天", "10天", "5")]),
    evaluated("shortfall_unexplained", FIRES, indicators=[scored("5万元", "6万元", "5", "成本")]),
    evaluated("shortfall_unexplained", UNKNOWN, indicators=[scored("≥10次", "8次", "8")],
              doubtful=["indicators/0/deviation"]),
    sh("shortfall_unexplained", APART, indicators=target("3次")),
]  # fmt: skip

YEAR = {"year": "2019年", "end_date": "2019年12月31日"}
HALF = {"year": "2019年", "end_date": "2019年6月30日"}

DATES = [
    sh("date_order", PASSES, **ONE_YEAR),
    sh("date_order", FIRES, start_date="2019年12月1日", end_date="2019年1月31日"),
    sh("date_order", UNKNOWN, start_date="2019年12月1日", end_date="2019年1月",
       doubtful=["end_date"]),
    mof("date_order", APART),
    sh("outside_fiscal_year", PASSES, **ONE_YEAR | {"start_date": "2018年6月1日"}),
    sh("outside_fiscal_year", FIRES, year="2019年", start_date="2018年1月1日",
       end_date="2018年12月31日"),
    sh("outside_fiscal_year", UNKNOWN, year="2019年", start_date="2018年1月1日",
       end_date="2018年12月31日", doubtful=["year"]),
    sh("date_incomplete", PASSES, **ONE_YEAR),
    sh("date_incomplete", FIRES, **ONE_YEAR | {"start_date": "19年1月1"}),
    sh("date_incomplete", FIRES, **ONE_YEAR | {"start_date": "2019年1月"}),
    sh("date_incomplete", UNKNOWN, **ONE_YEAR | {"start_date": "20I9年1月1日"}),
    sh("date_incomplete", UNKNOWN, **ONE_YEAR | {"start_date": "19年1月1"},
       doubtful=["start_date"]),
    mof("date_incomplete", FIRES, year="（19年度）"),
    sh("late_indicator", PASSES, **YEAR, indicators=target("2019年12月底前")),
    sh("late_indicator", PASSES, **YEAR, indicators=target("2019年度")),
    sh("late_indicator", PASSES, **HALF, indicators=target("服务3月以上，6月底前")),
    sh("late_indicator", FIRES, **YEAR, indicators=target("2020年3月前完成")),
    sh("late_indicator", FIRES, **HALF, indicators=target("11月底前")),
    sh("late_indicator", UNKNOWN, **HALF, indicators=target("11月底前"), doubtful=["end_date"]),
    sh("late_indicator", UNKNOWN, **HALF, indicators=[*target("5月底前"), *target("11月底前")],
       doubtful=["indicators/1/target"]),
    mof("late_indicator", APART, indicators=target("2020年3月前完成")),
    sh("expired_basis", PASSES, year="2019年", basis="《科普规划（2016-2020年）》"),
    sh("expired_basis", FIRES, year="2019年", basis="《科普规划（2011-2015年）》"),
    sh("expired_basis", FIRES, year="2019年", basis="《上海市“十二五”规划》"),
    sh("expired_basis", UNKNOWN, year="2019年", basis="《科普规划（2011-2015年）》",
       unread=["basis"]),
    mof("expired_basis", APART),
]  # fmt: skip

CASES = [*MONEY, *MEASURABILITY, *COMPLETENESS, *ALIGNMENT, *SELF_EVALUATION, *DATES]
