"""Whether print cut a text off. A cut text is flagged for a person, never completed.

A false alarm costs a person's time, so each sign is one that complete texts hardly show: an
opening bracket without its partner after the last full stop, a comma at either end, a clause of
a single character, a word that needs another after it, prose whose last sentence alone lacks its
full stop. A column that was cut at a fixed width betrays the cells that bear no sign themselves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_PAIRS = {
    "（": "round", "(": "round", "〔": "square", "[": "square", "［": "square", "【": "square",
    "《": "title", "〈": "title", "“": "quote", "「": "corner", "『": "corner",
}  # fmt: skip
_CLOSERS = {
    "）": "round", ")": "round", "〕": "square", "]": "square", "］": "square", "】": "square",
    "》": "title", "〉": "title", "”": "quote", "」": "corner", "』": "corner",
}  # fmt: skip
"""Brackets by kind: recognizers and writers mix the widths and shapes within a kind."""

_SENTENCE_END = re.compile(r"[。！？!?]")
_CANNOT_END = tuple("、，,")
_CANNOT_BEGIN = tuple("、，,。；;）)》〉〕】”」』！？%％")
_ELLIPSES = ("…", "...")
_CLOSED = tuple("。！？!?；;：:.．…）)》〉〕】]］”」』\"'")
"""A last character that ends a text properly, or leaves nothing to conclude."""

_NEEDS_MORE = tuple("和与及或且并把被将向从由对为在于的其而按")
_NEEDS_MORE_IN_SHORT = tuple("和与及或且并把被将向从由")
"""Words that need another after them; in short texts, which are names, only the clearest."""
_WORDS_ENDING_SO = (
    "总和", "缓和", "调和", "温和", "饱和", "共和", "参与", "赠与", "给与", "普及", "涉及",
    "遍及", "触及", "顾及", "合并", "兼并", "一并", "归并", "名将", "干将", "方向", "导向", "走向",
    "意向", "趋向", "取向", "去向", "流向", "动向", "服从", "自由", "理由", "事由", "缘由", "来由",
    "应对", "核对", "校对", "比对", "相对", "绝对", "结对", "行为", "作为", "有为", "人为", "存在",
    "所在", "内在", "潜在", "外在", "实在", "终于", "由于", "目的", "标的", "尤其", "极其", "从而",
    "反而", "双向", "横向", "纵向", "定向", "单向", "志向", "倾向", "转向", "投向",
)  # fmt: skip

_PROSE_LENGTH = 80
"""Characters from which a text can be prose that a field limit cut off; the shortest such text
seen measures 158, while single sentences without a full stop are common below."""
_PARAGRAPH_LENGTH = 40
"""Characters from which a paragraph is a sentence and not a heading or list entry."""
_SHORT_LENGTH = 20
"""Characters up to which a text is a name, such as an indicator."""
_DANGLING_LENGTH = 4
"""Characters below which a text says too little to judge its last word."""


def looks_truncated(text: str) -> bool:
    """Whether the text bears a sign of having been cut off at either end.

    Args:
        text: Cleaned text of one field.
    """
    if not text:
        return False
    return (
        text.startswith(_CANNOT_BEGIN)
        or (text.startswith("的") and not text.startswith(("的确", "的士")))
        or text.endswith(_CANNOT_END)
        or (text.endswith(_ELLIPSES) and not text.endswith(("等…", "等……", "等...", "等......")))
        or _open_bracket(text)
        or _dangling_word(text)
        or _stub_clause(text)
        or _open_sentence(text)
    )


def _open_bracket(text: str) -> bool:
    """Whether a bracket opens after the last full stop outside brackets and never closes."""
    stack: list[tuple[str, int]] = []
    for at, character in enumerate(text):
        opened, closed = _PAIRS.get(character), _CLOSERS.get(character)
        inside = {kind for kind, _ in stack}
        if opened == "quote" and "quote" in inside:
            opened, closed = None, "quote"  # recognizers read one mark for both sides
        if opened:
            stack.append((opened, at))
        elif closed in inside:
            while stack.pop()[0] != closed:
                pass
    if not stack:
        return False
    # A bracket left open before a later sentence is a slip of print or recognition, not a cut.
    return not re.search(r"[。！？\n]", text[stack[-1][1] :])


def _dangling_word(text: str) -> bool:
    words = _NEEDS_MORE if len(text) > _SHORT_LENGTH else _NEEDS_MORE_IN_SHORT
    return (
        len(text) >= _DANGLING_LENGTH
        and text.endswith(words)
        and not text.endswith(_WORDS_ENDING_SO)
    )


def _stub_clause(text: str) -> bool:
    """Whether a short text begins or ends with a clause of a single character: 制度，严."""
    if len(text) > _SHORT_LENGTH:
        return False
    clauses = [c.strip() for c in re.split("[，,]", text)]
    lone = [len(c) == 1 and not c.isascii() for c in clauses]
    return len(clauses) > 1 and (lone[0] or lone[-1]) and not all(lone)


def _open_sentence(text: str) -> bool:
    """Whether prose that ends its sentences with full stops lacks the last one."""
    if len(text) < _PROSE_LENGTH or text.endswith(_CLOSED):
        return False
    *earlier, last = text.split("\n")
    if _SENTENCE_END.search(last):
        return True
    prose = [p for p in earlier if len(p) >= _PARAGRAPH_LENGTH]
    return (
        len(last) >= _PARAGRAPH_LENGTH
        and bool(prose)
        and all(_SENTENCE_END.search(p[-1]) for p in prose)
    )


_WHOLE_NAME_ENDINGS = (
    *"率度数量额性",
    "情况", "水平", "机制", "建设", "提升", "提高", "改善", "共享", "能力", "时间", "效果", "影响",
    "服务", "管理", "完成", "发展", "保障", "创建", "覆盖", "满意", "部门", "人员", "工作", "项目",
    "活动", "资金", "成本", "投入", "及时", "规范", "验收", "培训", "宣传", "增长", "稳定", "良好",
)  # fmt: skip
"""Last words of most whole indicator names: 合格率, 满意度, 长效机制. Not flagged at the limit: a
cut that falls between two words leaves no trace."""

_LIMIT_TOLERANCE = 2
"""Half-width columns by which texts cut at one limit differ, as commas may be half as wide."""


def truncated_in_column(texts: Sequence[str]) -> tuple[bool, ...]:
    """Which texts of a column are cut off, each judged by itself and by its neighbours.

    Where some text is visibly cut at its end and none is wider, that width is the column's
    limit: whatever reaches it is taken as cut too, unless it ends as whole names do.

    Args:
        texts: Cleaned texts, top to bottom.

    Returns:
        One flag a text.
    """
    own = [looks_truncated(t) for t in texts]
    widths = [_print_width(t) for t in texts]
    # The end of a text cut at its start says nothing about the limit.
    cut_widths = [
        w for t, w, cut in zip(texts, widths, own, strict=True)
        if cut and "\n" not in t and not t.startswith(_CANNOT_BEGIN)
    ]  # fmt: skip
    if not cut_widths or max(widths) > max(cut_widths) + _LIMIT_TOLERANCE:
        return tuple(own)
    limit = min(w for w in cut_widths if w >= max(cut_widths) - _LIMIT_TOLERANCE)
    return tuple(
        cut or (w >= limit and not t.endswith((*_WHOLE_NAME_ENDINGS, *_CLOSED)))
        for t, w, cut in zip(texts, widths, own, strict=True)
    )


def _print_width(text: str) -> int:
    """Width in half-width columns: 2 for an ideograph, 1 for a Latin letter, 0 for a space."""
    return sum(
        0 if c.isspace() else 2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text
    )
