"""Whether a text reads like a label: by its length, its last word, and labels known elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import IntEnum

from extractors.forms.colon import colon_pairs
from extractors.forms.definition import FormDefinition
from extractors.forms.labels import bare_label, printed_unit, without_remarks
from extractors.forms.table import TableCell
from extractors.forms.unknown.spelled import has_boxes, spelled_text

# A form's label is a word or two; a longer text is a value or an instruction.
_MAX_LABEL_EMS = 20
# A question that is answered beside it by a tick is a whole sentence.
_MAX_QUESTION_EMS = 40
_QUESTION_MARKS = ("?", "？")
# Latin letters are half as wide as Chinese characters.
_LATIN_EM = 0.5
_COLONS = (":", "：")
# Words in which labels of any Chinese form end; a proper name or an amount does not.
_LAST_WORDS = (
    "名称 单位 部门 机构 姓名 时间 日期 期限 周期 年度 金额 预算 资金 经费 预算数 预算额 "
    "执行数 总额 数额 合计 小计 类型 类别 性质 属性 种类 负责人 联系人 经办人 申请人 填报人 "
    "电话 手机 传真 邮箱 邮编 地址 地点 账号 代码 编号 编码 序号 情况 概况 简介 说明 内容 "
    "依据 必要性 可行性 目标 指标 目标值 指标值 完成值 标准 方式 方法 用途 来源 计划 措施 "
    "制度 备注 意见 原因 结果 得分 分值 权重 比例 执行率 数量 单价 规格 型号 职务 职称 签字 "
    "签章 盖章 范围 对象 效益 构成 明细 进度 方案 职能"
)
_ENDINGS = tuple(_LAST_WORDS.split())
_SENTENCE = re.compile(r"[。；，,;]")
# What may stand before a label: a year, a number, 其中 before a part of the sum above.
_LEADING = re.compile(r"^(?:\d{4}年度?|[（(]?\d{1,2}[)）、.．]|[①-⑳]\d?|其中[:：])")
_ORDINAL = re.compile(r"[一二三四五六七八九十]+[、.．]")
# One of several of its kind: 电话1.
_NUMBER_BEHIND = re.compile(r"(?<=[^\W\d])[#＃]?\d{1,2}$")
# The same again in another script, as forms in two languages print their labels.
_TRANSLATION = re.compile(r"(?<=[^\x00-\x7f])\s*[A-Za-z][\x20-\x7e’]*$")


class Likeness(IntEnum):
    """How much a text is like a label."""

    NONE = 0
    SHORT = 1
    """Short enough; a name would be too."""
    SURE = 2
    """Ends as labels do, carries a unit or a colon, or is a label of a known layout."""


Judge = Callable[[TableCell], Likeness]
"""How much the text of a cell is like a label."""


def judge_of(definitions: Sequence[FormDefinition]) -> Judge:
    """A judge of cells that also knows the labels of defined layouts.

    Args:
        definitions: Known layouts.
    """
    fields = [f for d in definitions for f in d.fields]
    known = {bare_label(label) for f in fields for label in f.labels}
    known |= {bare_label(label) for f in fields for c in f.columns for label in c.labels}

    def judge(cell: TableCell) -> Likeness:
        if has_boxes(cell):
            return Likeness.NONE
        if not _is_one_label(cell) and any(colon_pairs(line) for line in cell.lines):
            return Likeness.NONE
        return label_likeness(spelled_text(cell.lines), known)

    return judge


def _is_one_label(cell: TableCell) -> bool:
    """Whether a colon in a cell stands behind a label or a word before it, not before a value."""
    text = "".join(cell.text.split())
    rest = _LEADING.sub("", text)
    return text.endswith(_COLONS) or (rest != text and not any(c in rest for c in _COLONS))


def label_likeness(text: str, known: frozenset[str] | set[str] = frozenset()) -> Likeness:
    """How much a text is like a label.

    Args:
        text: As printed.
        known: Labels of defined layouts, as `bare_label` gives them.
    """
    bare = "".join(text.split())
    if bare.endswith(_QUESTION_MARKS):
        return Likeness.SURE if _ems(bare) <= _MAX_QUESTION_EMS else Likeness.NONE
    rest = _LEADING.sub("", bare.rstrip("".join(_COLONS)))
    rest = _TRANSLATION.sub("", rest) or rest
    core = _NUMBER_BEHIND.sub("", without_remarks(rest))
    is_long = _ems(core) > _MAX_LABEL_EMS or _ems(rest) > _MAX_QUESTION_EMS
    if is_long or _ORDINAL.fullmatch(rest) or not bare_label(rest) or _SENTENCE.search(core):
        return Likeness.NONE
    if any(c.isdigit() for c in core):
        return Likeness.NONE
    is_sure = (
        bare.endswith(_COLONS)
        or bare_label(rest) in known
        or printed_unit(rest) is not None
        or core.endswith(_ENDINGS)
    )
    return Likeness.SURE if is_sure else Likeness.SHORT


def _ems(text: str) -> float:
    """Width of a text in Chinese characters."""
    return sum(_LATIN_EM if char.isascii() else 1.0 for char in text)
