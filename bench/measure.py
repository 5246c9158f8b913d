"""One part of the suite read and compared with its truth."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.suite import Part, SuiteFile, files_of, truth_file
from normalizers.contract_json import to_contract
from pipeline.batch import run_batch
from pipeline.definitions import definitions_in_use
from pipeline.evaluate import Discrepancy, Score, evaluate
from pipeline.evaluate.evaluate import ALL, read_json_lines
from pipeline.evaluate.judgements import Judgement
from pipeline.options import Options

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WrongValue:
    """A wrong value, and how sure the extraction was of it.

    Attributes:
        part: Where it was found.
        discrepancy: What is wrong.
        confidence: 0..1; ``None`` where nothing was read, or in archives.
    """

    part: str
    discrepancy: Discrepancy
    confidence: float | None


@dataclass(frozen=True, slots=True)
class PageScore:
    """Whether forms were found on the right pages.

    Attributes:
        forms: Declarations in the truth.
        forms_right: Found with exactly their pages.
        others: Pages without a form.
        others_right: Of these, came back as ``skipped``.
    """

    forms: int
    forms_right: int
    others: int
    others_right: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What the measure of one part gave.

    Attributes:
        part: Its name.
        files: Files read.
        pages: Pages read.
        worker_seconds: Time of reading times the number of workers.
        score: Accuracy.
        page_score: Finding of forms.
        failures: Files and pages that could not be read.
        wrong: Every wrong value.
        judged: Every value that was found.
    """

    part: str
    files: int
    pages: int
    worker_seconds: float
    score: Score
    page_score: PageScore
    failures: int
    wrong: tuple[WrongValue, ...]
    judged: tuple[Judgement, ...] = ()


def measure(
    part: Part, suite: Path, options: Options, *, workers: int, on_file: Callable[[], None]
) -> tuple[Measured, list[Record]]:
    """Reads a printed part and judges it.

    Args:
        part: Already printed.
        suite: Folder of the suite.
        options: How to read.
        workers: Processes.
        on_file: Called after each file.

    Returns:
        The measure, and the records as `shenbao extract` prints them.
    """
    files = files_of(part, suite)
    started = time.monotonic()
    records: list[Record] = []
    for extraction in run_batch([file.path for file in files], options, workers):
        records += [to_contract(record, extraction) for record in extraction.records]
        on_file()
    seconds = (time.monotonic() - started) * workers
    truth = list(read_json_lines(truth_file(part, suite)))
    report = evaluate(records, truth, definitions=definitions_in_use(options.forms_dir))
    confidences = _confidences(records)
    wrong = (
        WrongValue(part.name, e, confidences.get((Path(e.file).name, e.path)))
        for e in report.errors
    )
    measured = Measured(
        part=part.name,
        files=len(files),
        pages=sum(file.pages for file in files),
        worker_seconds=seconds,
        score=report.groups[ALL],
        page_score=judge_pages(records, truth, files),
        failures=sum(record["kind"] == "failure" for record in records),
        wrong=tuple(wrong),
        judged=report.judged,
    )
    return measured, records


def judge_pages(
    records: Iterable[Record], truth: Iterable[Record], files: Sequence[SuiteFile]
) -> PageScore:
    """Whether declarations stand on their pages, and pages without a form were skipped."""
    found = defaultdict(set)
    for record in records:
        pages = tuple(record["source"].get("pages") or ())
        found[Path(record["source"]["path"]).name, record["kind"]].add(pages)
    wanted = [(r["source"]["path"], tuple(r["source"]["pages"])) for r in truth]
    skipped = {
        (name, page)
        for (name, kind), spans in found.items()
        if kind == "skipped"
        for span in spans
        for page in span
    }
    others = [(file.path.name, page) for file in files for page in file.other_pages]
    return PageScore(
        forms=len(wanted),
        forms_right=sum(pages in found[path, "declaration"] for path, pages in wanted),
        others=len(others),
        others_right=sum(other in skipped for other in others),
    )


def write_records(path: Path, records: Iterable[Record]) -> None:
    """JSON lines, as `shenbao extract` prints them."""
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text("".join(lines), encoding="utf-8")


def _confidences(records: Iterable[Record]) -> dict[tuple[str, str], float]:
    """By file and path, of files that hold a single declaration."""
    by_file = defaultdict(list)
    for record in records:
        if record["kind"] == "declaration":
            by_file[Path(record["source"]["path"]).name].append(record["evidence"])
    return {
        (name, path): proof["confidence"]
        for name, evidences in by_file.items()
        if len(evidences) == 1
        for path, proof in evidences[0].items()
        if proof is not None
    }
