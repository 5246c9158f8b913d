"""One real scan judged: pairs, tick boxes and text; and several added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bench.marks_score import MarksScore, score_marks, true_marks
from bench.pairs_causes import cause_of_miss, cause_of_spurious
from bench.pairs_score import FoundPair, PairsScore, TruePair, normalized, score_pairs
from bench.pairs_truth import true_pairs
from bench.real_read import ReadScan
from bench.real_truth import Question, TruePage
from bench.text_score import PlacedText, TextScore, bare, score_text


class View(StrEnum):
    """What counts as a true pair."""

    WHOLE = "pairs"
    WITHOUT_BOXES = "pairs, tick boxes left out"
    JOINED = "pairs, a column as one value"
    LINKS = "links: each answer for itself"


@dataclass(frozen=True, slots=True)
class PairError:
    """A missed or a spurious pair.

    Attributes:
        page: File.
        kind: ``missed`` or ``spurious``.
        label: Its label.
        value: Its value.
        cause: Why.
    """

    page: str
    kind: str
    label: str
    value: str
    cause: str


@dataclass(frozen=True, slots=True)
class PageScores:
    """What the measure of one page gave.

    Attributes:
        page: File.
        pairs: By view.
        blank: Found labels without a value, which claim nothing and are not judged.
        marks: Tick boxes.
        text: Characters.
        errors: Of `View.WHOLE`.
    """

    page: str
    pairs: dict[View, PairsScore]
    blank: int
    marks: MarksScore
    text: TextScore
    errors: tuple[PairError, ...]


def judge_page(scan: ReadScan, truth: TruePage) -> PageScores:
    """Compares what was found on a scan with its truth."""
    found = [pair for pair in scan.pairs if normalized(pair.value)]
    asked = tuple(true_pairs(truth.questions, found))
    wanted = [pair for pair, _ in asked]
    pairs = {view: score_pairs(_seen(found, view), _true(truth, wanted, view)) for view in View}
    true = [PlacedText(line.text, line.bbox) for line in truth.lines]
    boxes = [mark for line in truth.lines for mark in true_marks(line.text, line.bbox)]
    return PageScores(
        page=scan.name,
        pairs=pairs,
        blank=len(scan.pairs) - len(found),
        marks=score_marks(scan.marks, boxes),
        text=score_text(scan.texts, true),
        errors=tuple(_errors(scan, truth, dict(asked), pairs[View.WHOLE])),
    )


def causes(pages: Sequence[PageScores]) -> Counter[tuple[str, str]]:
    """How often pairs were missed or spurious, by kind and cause."""
    return Counter((error.kind, error.cause) for page in pages for error in page.errors)


def _seen(found: Sequence[FoundPair], view: View) -> list[FoundPair]:
    if view is not View.WITHOUT_BOXES:
        return list(found)
    return [FoundPair(bare(pair.label), bare(pair.value)) for pair in found]


def _true(truth: TruePage, asked: Sequence[TruePair], view: View) -> list[TruePair]:
    if view is View.LINKS:
        return [TruePair(q.text, (a.text,)) for q in truth.questions for a in q.answers]
    if view is View.JOINED:
        return [TruePair(q.text, q.joined) for q in truth.questions]
    if view is View.WHOLE:
        return list(asked)
    bared = (TruePair(bare(p.label), tuple(bare(v) for v in p.values)) for p in asked)
    return [pair for pair in bared if any(pair.values)]


def _errors(
    scan: ReadScan, truth: TruePage, asked: Mapping[TruePair, Question], score: PairsScore
) -> Iterator[PairError]:
    text = "".join(piece.text for piece in scan.texts)
    for want in score.missed:
        cause = cause_of_miss(asked[want], scan.pairs, text)
        yield PairError(scan.name, "missed", want.label, want.values[0], cause)
    for pair in score.spurious:
        cause_ = cause_of_spurious(pair, truth.questions, truth.lines)
        yield PairError(scan.name, "spurious", pair.label, pair.value, cause_)
