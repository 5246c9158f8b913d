"""``shenbao ingest``: the main job, files into the database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenbao.cli.options import db_option, paths_argument, reading_options

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from pipeline.ingest import IngestSummary


@click.command(
    name="ingest",
    help="读文件或文件夹并入库；可中断续跑，重复运行不产生变化。\n\n"
    "Reads files or folders into the database; resumable, and running it twice changes nothing.",
)
@paths_argument
@db_option
@reading_options
def command(
    paths: tuple[Path, ...],
    db: str,
    engine: str,
    forms_dir: Path | None,
    executor: str,
    workers: int,
) -> None:
    """Reads, saves, shows progress and a summary on stderr."""
    from rich.console import Console

    from db.store import RunInfo, open_store
    from pipeline.definitions import definitions_in_use, fingerprint
    from pipeline.ingest import ingest
    from shenbao import __version__
    from shenbao.cli.reading import Reading, exit_code, failure_line, files_named

    reading = Reading(engine, forms_dir, executor, workers)
    files = files_named(paths)
    definitions = fingerprint(definitions_in_use(forms_dir))
    run = RunInfo(__version__, engine, definitions, {"executor": executor, "workers": workers})
    console = Console(stderr=True)
    with open_store(db) as store, _progress_bar(console) as bar:
        summary = ingest(files, store, run, readings=reading.read, progress=_Bar(bar))
    for path, failure in summary.failures:
        click.echo(failure_line(path, failure), err=True)
    _print_summary(console, summary)
    successes = summary.documents + summary.unchanged
    sys.exit(exit_code(failures=len(summary.failures), successes=successes))


class _Bar:
    """The progress bar as the batch sees it."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task: TaskID = bar.add_task("读取 / reading", total=None)

    def begin(self, total: int) -> None:
        """``total`` files are to be seen to."""
        self._bar.update(self._task, total=total)

    def advance(self) -> None:
        """One file is seen to."""
        self._bar.advance(self._task)


def _progress_bar(console: Console) -> Progress:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("剩余 / left"),
        TimeRemainingColumn(),
        console=console,
    )


def _print_summary(console: Console, summary: IngestSummary) -> None:
    from rich.table import Table

    table = Table(title="汇总 / summary")
    table.add_column("")
    table.add_column("数量 / count", justify="right")
    for label, count in (
        ("新入库文件 / documents saved", summary.documents),
        ("无变化 / unchanged", summary.unchanged),
        ("页 / pages", summary.pages),
        ("申报表 / declarations", summary.declarations),
        ("未知版式 / unmatched forms", summary.unmatched),
        ("略过的页 / skipped pages", summary.skipped_pages),
        ("待复核 / entries to review", summary.to_review),
        ("失败 / failures", len(summary.failures)),
        *((f"  {code}", count) for code, count in summary.failures_by_reason.items()),
    ):
        table.add_row(label, str(count))
    console.print(table)
