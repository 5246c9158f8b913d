"""Why a value goes to a person: the closed list of codes, each with its message.

Messages are Chinese first, English after, because reviewers read Chinese and logs travel.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class IssueCode(StrEnum):
    """Stable codes of `review` entries."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    LOW_CONFIDENCE = "low_confidence"
    REQUIRED_BLANK = "required_blank"
    AMOUNT_INVALID = "amount_invalid"
    AMOUNT_AMBIGUOUS = "amount_ambiguous"
    DATE_INVALID = "date_invalid"
    DATE_INCOMPLETE = "date_incomplete"
    YEAR_INVALID = "year_invalid"
    MARK_UNKNOWN = "mark_unknown"
    EXCLUSIVE_CHOICE = "exclusive_choice"
    TRUNCATED = "truncated"
    INFERRED_MERGE = "inferred_merge"
    SOURCES_DISAGREE = "sources_disagree"
    UNASSIGNED_TEXT = "unassigned_text"
    CORRECTION_CONTRADICTED = "correction_contradicted"
    CORRECTION_UNPLACED = "correction_unplaced"


MESSAGES: dict[IssueCode, str] = {
    IssueCode.MISSING: "没有找到这个栏目 / field not found on the form",
    IssueCode.UNREADABLE: "无法辨认 / could not be read",
    IssueCode.LOW_CONFIDENCE: "识别把握不足 / read with too little confidence",
    IssueCode.REQUIRED_BLANK: "必填栏为空 / required field is blank",
    IssueCode.AMOUNT_INVALID: "不是可读的金额 / not a readable amount",
    IssueCode.AMOUNT_AMBIGUOUS: "金额有多种读法 / amount can be read in more than one way",
    IssueCode.DATE_INVALID: "不是可读的日期 / not a readable date",
    IssueCode.DATE_INCOMPLETE: "日期不完整，已按常规补全 / date incomplete, completed as usual",
    IssueCode.YEAR_INVALID: "年度无法辨认 / year could not be read",
    IssueCode.MARK_UNKNOWN: "没有方框或勾选不清 / no box seen, or its state is unclear",
    IssueCode.EXCLUSIVE_CHOICE: "单选项未选或多选 / exclusive choice with none or several marks",
    IssueCode.TRUNCATED: "文字在印刷处被截断 / text is cut off by the print",
    IssueCode.INFERRED_MERGE: "合并单元格由上文推定 / merged cell inferred from the row above",
    IssueCode.SOURCES_DISAGREE: "两种读法不一致 / two readings disagree",
    IssueCode.UNASSIGNED_TEXT: "附近有文字未归入任何栏目 / text nearby belongs to no field",
    IssueCode.CORRECTION_CONTRADICTED: "新的读法与人工更正不一致 / a new reading contradicts a "
    "person's correction",
    IssueCode.CORRECTION_UNPLACED: "人工更正的栏目或行已找不到 / the field or row that a person "
    "corrected is not there any more",
}


@dataclass(frozen=True, slots=True)
class Issue:
    """One reason to look at a value.

    Attributes:
        path: Field concerned, as in `RawField.path`.
        code: What is doubtful.
        message: For people.
    """

    path: str
    code: IssueCode
    message: str

    @classmethod
    def of(cls, path: str, code: IssueCode) -> Issue:
        """Issue with the code's standard message."""
        return cls(path, code, MESSAGES[code])
