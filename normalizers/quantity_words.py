"""The words around a number in an indicator target: comparisons and units, as data."""

from __future__ import annotations

OPERATORS_BEFORE: dict[str, str] = {
    **dict.fromkeys(
        ("≥", "≧", ">=", "=>", "⩾", "不少于", "不低于", "不小于", "不得少于", "不得低于"), ">="
    ),
    **dict.fromkeys(("至少", "最少", "最低", "达到", "达"), ">="),
    **dict.fromkeys(
        ("≤", "≦", "<=", "=<", "⩽", "不超过", "不高于", "不大于", "不多于", "不得超过"), "<="
    ),
    **dict.fromkeys(("不得高于", "至多", "最多", "最高", "控制在", "不超出"), "<="),
    **dict.fromkeys((">", "超过", "大于", "高于", "多于", "超出", "逾"), ">"),
    **dict.fromkeys(("<", "低于", "少于", "小于", "不足", "不到", "未超过"), "<"),
    **dict.fromkeys(("约", "大约", "约为", "近", "将近", "接近", "≈"), "~"),
    **dict.fromkeys(("=", "等于"), "="),
}
"""Word before the number → operator code of `ParsedTarget`."""

OPERATORS_AFTER: dict[str, str] = {
    **dict.fromkeys(("及以上", "以上", "及其以上", "起"), ">="),
    **dict.fromkeys(("及以下", "以下", "以内", "之内", "内"), "<="),
    **dict.fromkeys(("左右", "上下"), "~"),
}
"""Word after number and unit → operator code. 以上 and 以下 include the number, as in law."""

_MAGNITUDES = ("百", "千", "万", "百万", "千万", "亿")
_COUNTED = (
    "元", "人", "人次", "个", "件", "项", "次", "场", "场次", "期", "篇", "册", "本",
    "部", "套", "台", "辆", "户", "家", "所", "处", "座", "栋", "间", "名", "位",
    "条", "份", "张", "幅", "平方米", "立方米", "平方公里", "公里", "米", "亩", "公顷", "吨",
    "千克", "公斤", "株", "棵", "头", "只", "例", "宗", "字", "课时", "学时", "页",
    "美元",
)  # fmt: skip
_OTHER = (
    "%", "‰", "℃", "度", "个百分点", "百分点", "倍", "成", "天", "日", "周", "年",
    "个月", "季度", "小时", "分钟", "秒", "个工作日", "工作日", "年度", "点", "款", "种",
    "类", "门", "节", "批", "批次", "组", "对", "级", "分", "轮", "届", "支", "队",
    "班", "起", "笔", "站", "村", "镇", "片", "块", "段", "口", "枚", "克", "升",
    "毫米", "厘米", "m2", "m3", "km", "kg", "t", "kW", "kWh", "人日", "人天",
    "人年", "车次", "架次", "班次", "床", "床位", "席", "股", "包", "箱", "瓶", "具",
    "艘", "架", "幢", "扇", "盏", "千瓦", "千瓦时", "兆瓦", "标准煤", "人/次", "元/人",
)  # fmt: skip

UNITS: frozenset[str] = frozenset(
    (*_COUNTED, *_OTHER, *_MAGNITUDES, *(m + c for m in _MAGNITUDES for c in _COUNTED))
)
"""Units and counters that may follow a number, with the magnitudes printed before them."""
