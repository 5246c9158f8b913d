"""``shenbao replace``: a corrected scan in the place of an earlier one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenbao.cli.options import archive_option, db_option, reading_options

if TYPE_CHECKING:
    from pipeline.replace import Replacement


@click.command(
    name="replace",
    help="用更正后的扫描件替换先前的，保留编号、历史和人工更正。OLD 为申报表编号，或文件的 SHA-256"
    "（可只写前几位）。\n\n"
    "A corrected scan takes the place of an earlier one and keeps its number, history and "
    "people's corrections. OLD is a declaration number, or the SHA-256 of a file (its first "
    "digits will do). Another project's form is refused.",
)
@click.argument("old")
@click.argument("new_file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--force", is_flag=True, help="名称不一致也替换 / though the names differ")
@click.option("--by", "author", help="何人替换 / who replaces it")
@click.option("--reason", help="理由 / why")
@db_option
@archive_option
@reading_options
def command(  # noqa: PLR0913, PLR0917 -- one a command line option, passed by name
    old: str,
    new_file: Path,
    force: bool,
    author: str | None,
    reason: str | None,
    db: str,
    archive: Path | None,
    engine: str,
    forms_dir: Path | None,
    executor: str,
    workers: int,
) -> None:
    """Reads, replaces, and says what stands now."""
    from db.models import Command
    from db.replacements import Said
    from db.store import open_store
    from pipeline.archive_place import archive_of
    from pipeline.job import Job
    from pipeline.options import Options
    from pipeline.replace import replace
    from shenbao.cli.reading import executor_named, exit_code, failure_line

    kept = archive_of(db, archive)
    options = Options(engine=engine, forms_dir=forms_dir, page_cache=kept.pages)
    job = Job(options, Command.REPLACE, executor_named(executor), workers)
    with open_store(db, create=False) as store:
        said = Said(force, author, reason)
        done = replace(store, job, old, new_file, archive=kept, said=said)
    for failure in done.failures:
        click.echo(failure_line(str(new_file), failure), err=True)
    if done.added is not None:
        _tell(done, new_file)
    sys.exit(exit_code(failures=len(done.failures), successes=done.added is not None))


def _tell(done: Replacement, new_file: Path) -> None:
    numbers = ", ".join(map(str, done.numbers)) or "–"
    click.echo(
        f"已替换 / replaced: {done.old_path} → {new_file}; 申报表 / declarations: {numbers}",
        err=True,
    )
    saved = done.added.saved if done.added else ()
    doubtful = sum(one.contradicted + one.unplaced for one in saved)
    if doubtful:
        click.echo(
            f"{doubtful} 处人工更正待复核，见 shenbao query values_to_review / {doubtful} "
            "corrections by people are in review: `shenbao query values_to_review`",
            err=True,
        )
