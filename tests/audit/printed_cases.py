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

CASES = [*MEASURABILITY]
