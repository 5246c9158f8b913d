"""What counts as the true pairs of a page, beside what was found there.

The truth links a question to lines. Several lines are one text that the print wrapped, or the
cells of a column under one header; it does not tell which. So a column is judged cell by cell
where it was found so, and every question else by its answers joined.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.pairs_score import FoundPair, TruePair, any_near, is_near
from bench.real_truth import Question, TrueLine, joined

_MIN_CELLS = 2
"""So many answers found for themselves under one printed label show that they are cells."""


def true_pairs(
    questions: Sequence[Question], found: Sequence[FoundPair]
) -> Iterator[tuple[TruePair, Question]]:
    """The pairs that a page has, each with its question.

    A question with answers of its own over further labels is a label and a heading: two pairs.

    Args:
        questions: Of the page.
        found: Of the same page.
    """
    for question in questions:
        own = [a for a in question.answers if a.label != "question"]
        labels = [a for a in question.answers if a.label == "question"]
        for answers in filter(None, (own, labels)):
            if answers is own and _is_column(question, own, found):
                yield from ((TruePair(question.text, (a.text,)), question) for a in own)
            else:
                yield TruePair(question.text, joined(answers)), question


def _is_column(question: Question, answers: Sequence[TrueLine], found: Sequence[FoundPair]) -> bool:
    """Whether one printed label was found with several of the answers, each for itself."""
    under = [pair for pair in found if is_near(pair.label, question.text)]
    if any(any_near(pair.value, joined(answers)) for pair in under):
        return False
    for box in {pair.label_bbox for pair in under if pair.label_bbox is not None}:
        values = [pair.value for pair in under if pair.label_bbox == box]
        if sum(any_near(answer.text, values) for answer in answers) >= _MIN_CELLS:
            return len(values) > 1
    return False
