"""Why a true pair was missed, and what a spurious one is.

The causes tell where the work is. The first that fits counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from bench.pairs_score import FoundPair, any_near, is_near, normalized
from bench.real_truth import Question, TrueLine
from bench.text_score import bare


class MissCause(StrEnum):
    """Why a true pair is not among the found ones."""

    GROUP = "the answers are labels themselves: a heading over fields"
    LABEL_NOT_READ = "the label is not in the text that was read"
    VALUE_BLANK = "the label was found, its value left blank"
    VALUE_CUT = "the value was found in part"
    VALUE_JOINED = "the value was found with more than it"
    MARKS_APART = "same text, tick boxes apart"
    COLUMN = "several answers, one of them was found alone: a column, or lines kept apart"
    OTHER_VALUE = "the label has another value"
    LABEL_CUT = "the value was found under part of its label, or under more than it"
    LABEL_ABOVE = "the value was given to a text above it"
    LABEL_OTHER = "the value was given to another label beside it"
    VALUE_AS_LABEL = "the value was taken for a label"
    LABEL_AS_VALUE = "the label was taken for a value"
    NO_PAIR = "no pair was made"


class SpuriousCause(StrEnum):
    """What a found pair that is none consists of."""

    RIGHT_LABEL = "a label with answers, but another value"
    LABEL_WITHOUT_ANSWER = "a label that the truth leaves without an answer"
    ANSWER_AS_LABEL = "an answer taken for a label"
    PART_OF_LABEL = "part of a printed line taken for a label"
    OTHER_TEXT = "a heading or other text taken for a label"
    MISREAD = "the label is not printed so"


def cause_of_miss(question: Question, found: Sequence[FoundPair], text: str) -> MissCause:
    """Why a question is not among the found pairs.

    Args:
        question: With its answers.
        found: All pairs found on its page, those without a value too.
        text: All that was read on its page.
    """
    if all(answer.label == "question" for answer in question.answers):
        return MissCause.GROUP
    labelled = [pair.value for pair in found if is_near(pair.label, question.text)]
    if labelled:
        return _by_value(question, labelled)
    holders = [pair for pair in found if any_near(pair.value, question.joined)]
    if holders:
        return _by_label(question, holders)
    reasons = {
        MissCause.LABEL_NOT_READ: bare(question.text).rstrip(":") not in bare(text),
        MissCause.VALUE_AS_LABEL: any(any_near(p.label, question.joined) for p in found),
        MissCause.LABEL_AS_VALUE: any(is_near(p.value, question.text) for p in found),
    }
    return next((cause for cause, holds in reasons.items() if holds), MissCause.NO_PAIR)


def _by_label(question: Question, holders: Sequence[FoundPair]) -> MissCause:
    """Where the right value went, which no pair of the right label has."""
    wanted = normalized(question.text)
    labels = [normalized(pair.label) for pair in holders]
    if any(label in wanted or wanted in label for label in labels):
        return MissCause.LABEL_CUT
    boxes = [pair.label_bbox for pair in holders if pair.label_bbox]
    above = any(box.y1 <= question.bbox.center[1] for box in boxes)
    return MissCause.LABEL_ABOVE if above else MissCause.LABEL_OTHER


def _by_value(question: Question, values: Sequence[str]) -> MissCause:
    """Why the values found under the right label are not the right one."""
    texts = [answer.text for answer in question.answers]
    found = [normalized(value) for value in values if normalized(value)]
    wants = [normalized(want) for want in question.joined]
    reasons = {
        MissCause.VALUE_BLANK: not found,
        MissCause.MARKS_APART: any(is_near(bare(v), bare(w)) for v in found for w in wants),
        MissCause.COLUMN: len(texts) > 1 and any(any_near(value, texts) for value in found),
        MissCause.VALUE_CUT: any(value in want for value in found for want in wants),
        MissCause.VALUE_JOINED: any(want in value for value in found for want in wants),
    }
    return next((cause for cause, holds in reasons.items() if holds), MissCause.OTHER_VALUE)


def cause_of_spurious(
    pair: FoundPair, questions: Sequence[Question], lines: Sequence[TrueLine]
) -> SpuriousCause:
    """What a spurious pair consists of.

    Args:
        pair: Found.
        questions: Of its page.
        lines: Of its page.
    """
    if any(is_near(pair.label, question.text) for question in questions):
        return SpuriousCause.RIGHT_LABEL
    kinds = {line.label for line in lines if is_near(pair.label, line.text)}
    if "question" in kinds:
        return SpuriousCause.LABEL_WITHOUT_ANSWER
    if "answer" in kinds:
        return SpuriousCause.ANSWER_AS_LABEL
    if kinds:
        return SpuriousCause.OTHER_TEXT
    label = normalized(pair.label)
    if any(label in normalized(line.text) for line in lines):
        return SpuriousCause.PART_OF_LABEL
    return SpuriousCause.MISREAD
