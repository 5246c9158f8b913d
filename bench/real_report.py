"""The measure on real scans as a page for people, an object for programs, and a list of errors."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from bench.marks_score import MarksScore
from bench.pairs_score import PairsScore
from bench.real_score import PageScores, View, causes
from bench.table import markdown_line, percent
from bench.text_score import TextScore


@dataclass(frozen=True, slots=True)
class RealReport:
    """All pages together.

    Attributes:
        pages: Each for itself.
        seconds_per_page: Of one worker.
        failures: Records of kind ``failure``.
    """

    pages: tuple[PageScores, ...]
    seconds_per_page: float
    failures: int

    def pairs(self, view: View) -> PairsScore:
        """Pairs of all pages."""
        return reduce(add, (page.pairs[view] for page in self.pages), PairsScore())

    @property
    def marks(self) -> MarksScore:
        """Tick boxes of all pages."""
        return reduce(add, (page.marks for page in self.pages), MarksScore())

    @property
    def text(self) -> TextScore:
        """Characters of all pages."""
        return reduce(add, (page.text for page in self.pages), TextScore())


def rows(report: RealReport) -> Iterator[tuple[str, str]]:
    """Label and figure, top to bottom."""
    yield "pages", str(len(report.pages))
    for view in View:
        score = report.pairs(view)
        yield f"{view}: F1", percent(score.f1)
        counts = f"{len(score.right)} right, {len(score.missed)} missed"
        yield (
            f"{view}: precision / recall",
            f"{percent(score.precision)} / {percent(score.recall)} "
            f"({counts}, {len(score.spurious)} spurious)",
        )
    yield "labels found without a value, not judged", str(sum(page.blank for page in report.pages))
    marks = report.marks
    yield "marks accuracy", f"{percent(marks.accuracy)} ({len(marks.right)} of {marks.total})"
    yield (
        "marks in a wrong state / missed / spurious",
        f"{len(marks.wrong)} / {len(marks.missed)} / {len(marks.spurious)}",
    )
    yield "text CER", f"{percent(report.text.cer)} of {report.text.chars} characters"
    yield "files or pages failed", str(report.failures)
    yield "seconds a page (one worker)", f"{report.seconds_per_page:.2f}"


def as_markdown(report: RealReport) -> str:
    """The figures, the causes of wrong pairs by number, and each page."""
    lines = [markdown_line(["", ""]), markdown_line(["---", "---:"])]
    lines += [markdown_line(row) for row in rows(report)]
    lines += ["", markdown_line(["pairs", "cause", "count"]), markdown_line(["---", "---", "---:"])]
    lines += [
        markdown_line([kind, cause, str(count)])
        for (kind, cause), count in sorted(causes(report.pages).items(), key=_by_kind_and_count)
    ]
    lines += ["", markdown_line(["page", "pairs F1", "marks", "CER"])]
    lines += [markdown_line(["---", "---:", "---:", "---:"])]
    for page in report.pages:
        figures = (page.pairs[View.WHOLE].f1, page.marks.accuracy, page.text.cer)
        lines.append(markdown_line([page.page, *map(percent, figures)]))
    return "\n".join(lines) + "\n"


def as_json(report: RealReport, **how: object) -> dict[str, Any]:
    """Counts and shares, and how they were measured."""
    marks = report.marks
    return {
        "how": how,
        "pages": len(report.pages),
        "pairs": {view.name.lower(): _pairs(report.pairs(view)) for view in View},
        "causes": [[*key, count] for key, count in causes(report.pages).most_common()],
        "marks": {
            "accuracy": marks.accuracy,
            "right": len(marks.right),
            "wrong": len(marks.wrong),
            "missed": len(marks.missed),
            "spurious": len(marks.spurious),
        },
        "text": {"cer": report.text.cer, "chars": report.text.chars, "edits": report.text.edits},
        "failures": report.failures,
        "seconds_per_page": report.seconds_per_page,
    }


def error_lines(pages: Sequence[PageScores]) -> Iterator[str]:
    """One line an error, tab-separated: page, kind, label, value, cause; then tick boxes."""
    yield "page\tkind\tlabel\tvalue\tcause"
    for page in pages:
        for e in page.errors:
            label, value = (json.dumps(text, ensure_ascii=False) for text in (e.label, e.value))
            yield "\t".join((e.page, e.kind, label, value, e.cause))
        for want, got in page.marks.wrong:
            yield f"{page.page}\tmark wrong\t{want.text}\t{want.state} read as {got}\t"
        for want in page.marks.missed:
            yield f"{page.page}\tmark missed\t{want.text}\t{want.state} at x {want.x:.3f}\t"
        for mark in page.marks.spurious:
            x, y = mark.bbox.center
            yield f"{page.page}\tmark spurious\t\t{mark.state} at x {x:.3f}, y {y:.3f}\t"


def _pairs(score: PairsScore) -> dict[str, float | int | None]:
    return {
        "f1": score.f1,
        "precision": score.precision,
        "recall": score.recall,
        "right": len(score.right),
        "missed": len(score.missed),
        "spurious": len(score.spurious),
    }


def _by_kind_and_count(entry: tuple[tuple[str, str], int]) -> tuple[str, int]:
    (kind, _), count = entry
    return kind, -count
