"""``shenbao reextract``: today's code over what is archived."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenbao.cli.options import archive_option, db_option, reading_options

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.reextract import ReextractSummary


@click.command(
    name="reextract",
    help="用今天的程序和版式重读存档的文件，不需要原路径；旧读数保留，人工更正继续有效，"
    "与新读数矛盾的进入待复核。默认只重读过时的。\n\n"
    "Reads what is archived again by today's code and layouts; the original paths are not needed. "
    "Earlier readings stay, people's corrections stay in force, and come up for review where a "
    "new reading contradicts them. Reads what is outdated unless told otherwise.",
)
@click.option("--all", "everything", is_flag=True, help="全部文件 / every file")
@click.option(
    "--outdated",
    is_flag=True,
    help="由其他版本、版式或引擎读过的（默认） / read by other code or layouts (default)",
)
@click.option("--form", help="含此版式申报表的文件 / files with a declaration of this layout")
@click.option("--document", metavar="SHA256", help="一个文件（可只写前几位） / one file")
@db_option
@archive_option
@reading_options
def command(  # noqa: PLR0913, PLR0917 -- one a command line option, passed by name
    everything: bool,
    outdated: bool,
    form: str | None,
    document: str | None,
    db: str,
    archive: Path | None,
    engine: str,
    forms_dir: Path | None,
    executor: str,
    workers: int,
) -> None:
    """Reads, saves, shows progress and a summary on stderr."""
    if sum([everything, outdated, form is not None, document is not None]) > 1:
        raise click.UsageError(
            "--all、--outdated、--form、--document 只能用一个 / give one of --all, --outdated, "
            "--form, --document"
        )
    from rich.console import Console

    from db.models import Command
    from db.store import open_store
    from pipeline.archive_place import archive_of
    from pipeline.job import Job
    from pipeline.options import Options
    from pipeline.reextract import Selection, reextract, select_files
    from shenbao.cli.progress import Bar, progress_bar
    from shenbao.cli.reading import executor_named, exit_code, failure_line

    kept = archive_of(db, archive)
    options = Options(engine=engine, forms_dir=forms_dir, page_cache=kept.pages)
    console = Console(stderr=True)
    job = Job(options, Command.REEXTRACT, executor_named(executor), workers)
    with open_store(db, create=False) as store:
        files = select_files(store, Selection(everything, form, document), job)
        with progress_bar(console) as bar:
            summary = reextract(files, store, job, archive=kept, progress=Bar(bar))
    for path, failure in summary.failures:
        click.echo(failure_line(path, failure), err=True)
    _print(console, summary)
    read = summary.documents - summary.failed
    sys.exit(exit_code(failures=len(summary.failures), successes=read))


def _print(console: Console, summary: ReextractSummary) -> None:
    from shenbao.cli.progress import print_summary

    counts = (
        ("重读文件 / documents read again", summary.documents),
        ("有变化 / changed", summary.changed),
        ("无变化 / unchanged", summary.unchanged),
        ("失败 / failed", summary.failed),
        ("沿用的更正 / corrections carried", summary.carried),
        ("与新读数矛盾的更正 / corrections contradicted", summary.contradicted),
        ("找不到位置的更正 / corrections unplaced", summary.unplaced),
        ("不再找到的申报表 / declarations no longer found", len(summary.withdrawn)),
    )
    print_summary(console, counts)
    if summary.withdrawn:
        numbers = ", ".join(map(str, summary.withdrawn))
        click.echo(f"不再找到 / no longer found: {numbers}", err=True)
