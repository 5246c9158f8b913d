"""``shenbao ingest``: the main job, files into the database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenbao.cli.options import archive_option, db_option, paths_argument, reading_options

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.ingest import IngestSummary


@click.command(
    name="ingest",
    help="读文件或文件夹并入库；可中断续跑，重复运行不产生变化。\n\n"
    "Reads files or folders into the database; resumable, and running it twice changes nothing."
    "\n\n"
    "读不出的页不在库中，每次都会列出，退出码为 1。\n\n"
    "A page that could not be read is not in the database: it is named every time its file is, "
    "and the exit code is 1.",
)
@paths_argument
@db_option
@archive_option
@reading_options
def command(
    paths: tuple[Path, ...],
    db: str,
    archive: Path | None,
    engine: str,
    forms_dir: Path | None,
    executor: str,
    workers: int,
) -> None:
    """Reads, saves, shows progress and a summary on stderr."""
    from rich.console import Console

    import shenbao
    from shenbao.cli.progress import Bar, progress_bar
    from shenbao.cli.reading import executor_named, exit_code, failure_line, files_named

    console = Console(stderr=True)
    chosen = executor_named(executor)
    files = files_named(paths)
    with progress_bar(console) as bar:
        summary = shenbao.ingest(
            files,
            db=db,
            engine=engine,
            forms_dir=forms_dir,
            executor=chosen,
            workers=workers,
            archive=archive,
            progress=Bar(bar),
        )
    for path, failure in summary.failures:
        click.echo(failure_line(path, failure), err=True)
    _print_summary(console, summary)
    successes = summary.documents + summary.unchanged
    sys.exit(exit_code(failures=len(summary.failures), successes=successes))


def _print_summary(console: Console, summary: IngestSummary) -> None:
    from shenbao.cli.progress import print_summary

    counts = (
        ("新入库文件 / documents saved", summary.documents),
        ("无变化 / unchanged", summary.unchanged),
        ("页 / pages", summary.pages),
        ("申报表 / declarations", summary.declarations),
        ("  其中修订 / of these revisions", summary.revisions),
        ("  其中重复 / of these duplicates", summary.duplicates),
        ("未知版式 / unmatched forms", summary.unmatched),
        ("略过的页 / skipped pages", summary.skipped_pages),
        ("待复核 / entries to review", summary.to_review),
        ("失败 / failures", len(summary.failures)),
        ("  其中先前已知 / of these known before", summary.known_failures),
        *((f"  {code}", count) for code, count in summary.failures_by_reason.items()),
    )
    print_summary(console, counts)
