"""Command: how right the extraction is on real scans of forms without a layout.

``python -m bench.real --real ../shared/real --out build/real`` reads every scan of a folder as
`bench.real_truth` describes it, prints the figures, and writes ``report.md``, ``report.json``,
``errors.txt`` (every missed and every spurious pair) and the records.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bench.measure import write_records
from bench.real_read import ReadScan, read_scans
from bench.real_report import RealReport, as_json, as_markdown, error_lines, rows
from bench.real_score import judge_page
from bench.real_truth import TruePage, read_truth
from pipeline.options import EXTRACTOR_VERSION, Options


@click.command()
@click.option(
    "--real", required=True, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@click.option("--workers", default=2, show_default=True, type=click.IntRange(min=1))
@click.option("--engine", default="rapidocr", type=click.Choice(["rapidocr", "tesseract"]))
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False))
def main(real: Path, workers: int, engine: str, out: Path) -> None:
    """Prints the figures; writes reports, records and every error to --out."""
    truth = read_truth(real)
    scans, seconds = _read(truth, Options(engine=engine), workers)
    by_name = {scan.name: scan for scan in scans}
    report = RealReport(
        pages=tuple(judge_page(by_name[page.image.name], page) for page in truth),
        seconds_per_page=seconds,
        failures=sum(r["kind"] == "failure" for scan in scans for r in scan.records),
    )
    out.mkdir(parents=True, exist_ok=True)
    write_records(out / "records.jsonl", (r for scan in scans for r in scan.records))
    (out / "report.md").write_text(as_markdown(report), "utf-8")
    figures = as_json(report, engine=engine, workers=workers, extractor=EXTRACTOR_VERSION)
    (out / "report.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1), "utf-8")
    (out / "errors.txt").write_text("\n".join(error_lines(report.pages)) + "\n", "utf-8")
    _print(report)


def _read(
    truth: tuple[TruePage, ...], options: Options, workers: int
) -> tuple[list[ReadScan], float]:
    columns = (TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("reading", total=len(truth))
        paths = [page.image for page in truth]
        return read_scans(paths, options, workers=workers, on_file=partial(progress.advance, task))


def _print(report: RealReport) -> None:
    table = Table(title="real scans", show_header=False)
    for row in rows(report):
        table.add_row(*row)
    Console().print(table)


if __name__ == "__main__":
    main()
