"""The table of a measure: groups of fields by parts of the suite.

Strict unless it says "width forgiven": there full- and half-width forms of a character are one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from bench.measure import Measured, WrongValue
from pipeline.evaluate.confidence import acceptance, calibration_error, reliability

Row = tuple[str, tuple[str, ...]]


def rows(measures: Sequence[Measured]) -> Iterator[Row]:
    """Label and one cell a part, top to bottom; shares as percentages."""
    shares = [m.score.shares() for m in measures]
    yield "declarations", tuple(str(m.score.declarations) for m in measures)
    yield "short fields exact", tuple(percent(s["short_exact"]) for s in shares)
    yield "marks exact", tuple(percent(s["marks_exact"]) for s in shares)
    for key in dict.fromkeys(key for m in measures for key in m.score.rows):
        yield f"{key} rows F1", tuple(percent(s.get(f"rows_f1/{key}")) for s in shares)
        folded = tuple(percent(s.get(f"rows_f1/{key}/folded")) for s in shares)
        yield f"{key} rows F1, width forgiven", folded
    yield "long text CER", tuple(percent(s["long_cer"]) for s in shares)
    yield "long text CER, width forgiven", tuple(percent(s["long_cer/folded"]) for s in shares)
    yield "perfect declarations", tuple(percent(s["perfect"]) for s in shares)
    yield (
        "missing / spurious",
        tuple(f"{m.score.missing} / {m.score.spurious}" for m in measures),
    )
    yield (
        "declarations on their pages",
        tuple(_of(m.page_score.forms_right, m.page_score.forms) for m in measures),
    )
    yield (
        "formless pages skipped",
        tuple(_of(m.page_score.others_right, m.page_score.others) for m in measures),
    )
    yield "files or pages failed", tuple(str(m.failures) for m in measures)
    yield "values wrong, not in review", tuple(percent(s["silent_errors"]) for s in shares)
    yield "values in review", tuple(percent(s["in_review"]) for s in shares)
    own = [acceptance(m.judged)[0] for m in measures]
    yield (
        "accepted without a person",
        tuple(percent(a.accepted / a.values if a.values else None) for a in own),
    )
    yield "wrong among these", tuple(_of(a.wrong, a.accepted) for a in own)
    errors = (calibration_error(reliability(m.judged)) for m in measures)
    yield "calibration error", tuple(percent(e) for e in errors)
    yield (
        "seconds a page (one worker)",
        tuple(f"{m.worker_seconds / max(m.pages, 1):.2f}" for m in measures),
    )


def as_markdown(measures: Sequence[Measured]) -> str:
    """The table in Markdown."""
    head = ["", *(m.part for m in measures)]
    lines = [markdown_line(head), markdown_line(["---", *("---:" for _ in measures)])]
    lines += [markdown_line([label, *cells]) for label, cells in rows(measures)]
    return "\n".join(lines) + "\n"


def as_json(measures: Sequence[Measured], **how: object) -> dict[str, Any]:
    """Counts and shares of every part, and how they were measured."""
    parts = {
        m.part: {
            "files": m.files,
            "pages": m.pages,
            "failures": m.failures,
            "seconds_per_page": m.worker_seconds / max(m.pages, 1),
            "counts": asdict(m.score),
            "acceptance": [asdict(a) for a in acceptance(m.judged)],
            "reliability": [asdict(b) for b in reliability(m.judged)],
            "shares": m.score.shares(),
            "finding": asdict(m.page_score),
        }
        for m in measures
    }
    return {"how": how, "parts": parts}


def error_lines(measures: Sequence[Measured]) -> Iterator[str]:
    """One line a wrong value, tab-separated: part, file, path, got, want, confidence, review."""
    yield "level\tfile\tpath\tgot\twant\tconfidence\tin review"
    for measured in measures:
        yield from map(_error_line, measured.wrong)


def _error_line(wrong: WrongValue) -> str:
    error = wrong.discrepancy
    confidence = "" if wrong.confidence is None else f"{wrong.confidence:.3f}"
    got, want = (json.dumps(value, ensure_ascii=False) for value in (error.got, error.want))
    review = "yes" if error.in_review else "no"
    path = error.path or error.group
    return "\t".join((wrong.part, error.file, path, got, want, confidence, review))


def markdown_line(cells: Sequence[str]) -> str:
    """One row of a table."""
    return f"| {' | '.join(cells)} |"


def percent(share: float | None) -> str:
    """A share with two decimals; a dash where nothing counts."""
    return "–" if share is None else f"{100 * share:.2f} %"


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole}" if whole else "–"
